// Datagrams as packets of a pcapng file, for tests that let tshark read them.
import type { Event, Sent } from '../../source/core/event.ts';
import { PcapStream } from '../../source/report/pcap-stream.ts';
import { group, header, startedAt } from '../session/events.ts';

export const joined: Event = {
  type: 'joined',
  at: startedAt,
  group,
  interface: 'lan0',
  address: '10.0.0.1',
  ttl: 3,
  replyPort: 40_123,
};

/** One that came from 10.0.0.2 to the group, `n` ms after the start. */
export function received(bytes: Uint8Array, n: number, more: object = {}): Event {
  return {
    type: 'received',
    at: startedAt + n,
    group,
    address: '10.0.0.2',
    port: 50_123,
    bytes: bytes.length,
    kind: 'binary',
    worker: 2,
    payload: Buffer.from(bytes).toString('base64'),
    ...more,
  };
}

export function sent(bytes: Uint8Array, n: number, more: Partial<Sent> = {}): Event {
  const payload = Buffer.from(bytes).toString('base64');
  return { type: 'sent', at: startedAt + n, group, bytes: bytes.length, kind: 'chat', payload, ...more };
}

export function pcapOf(events: readonly Event[]): { bytes: Buffer; counts: PcapStream['counts'] } {
  const stream = new PcapStream(header.groups, { version: '0.1.0', name: 'ana', lang: 'en' });
  for (const event of [joined, ...events]) stream.add(event);
  return { bytes: stream.take(), counts: stream.counts };
}
