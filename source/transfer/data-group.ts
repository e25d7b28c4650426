// The group that carries the data of one share: only its receivers join it, so that nobody else is burdened.
import { createHash } from 'node:crypto';
import { formatAddress } from '../core/address.ts';
import type { Group } from '../core/group.ts';

/** Of the same family and scope as the group of the conversation, and another for every share. */
export function dataGroup(main: Group, share: string): Group {
  const random = createHash('sha256').update(`${main.address} ${main.port} ${share}`).digest();
  const port = 20_000 + (random.readUInt16BE(0) % 20_000);
  if (main.family === 6) {
    const scope = Number.parseInt(main.address.slice(2, 4), 16) & 0xf;
    // RFC 4291 §2.7: ff, flags (transient), scope.
    const words = [0xff10 | scope, 0, 0, 0, 0, 0x4d43, random.readUInt16BE(2), random.readUInt16BE(4)];
    return { address: formatAddress({ family: 6, words }), port, family: 6, ...zoneOf(main) };
  }
  const [first, second] = main.address.split('.');
  // RFC 2365: 239/8 is for use within one's own network; in 232/8 nobody hears without naming the source.
  const head = first === '239' ? [239, Number(second)] : [239, 255];
  return {
    address: [...head, random[2]!, Math.max(1, random[3]! % 255)].join('.'),
    port,
    family: 4,
  };
}

const zoneOf = ({ zone }: Group) => (zone === undefined ? {} : { zone });
