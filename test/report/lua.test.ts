// Wireshark 3.6 to 4.2 have Lua 5.2, 4.4 and newer have 5.4, which tells integers from floats: the dissector runs under
// each Lua that is installed, with the verdicts of the program itself. The stand-in for Wireshark refuses a float
// where Wireshark wants an integer.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode } from '../../source/core/message.ts';
import { decode } from '../../source/core/wire.ts';
import { dissector, fileOf } from './tshark.ts';

const standIn = fileURLToPath(new URL('./fixtures/plain-wireshark.lua', import.meta.url));
const luas = ['lua5.2', 'lua5.3', 'lua5.4'].map((lua) => ({
  lua,
  there: spawnSync(lua, ['-v']).status === 0,
}));
const utf8 = (text: string) => new TextEncoder().encode(text);
const envelope = { id: '00000000000000aa', name: 'ana', seq: 3, at: 1_790_000_000_000.25, ttl: 3 };
const report = {
  id: '00000000000000bb',
  seq: 9,
  got: 7,
  lost: 3,
  duplicates: 1,
  jitter: 1.5,
  at: 1e12,
  held: 2.5,
};
const whole = [
  encode({ ...envelope, kind: 'heartbeat', every: 1000, up: 12.5, hears: [report] }),
  encode({ ...envelope, kind: 'chat', text: 'buenos días 👋 "\\' }),
  encode({ ...envelope, kind: 'ack', of: 7 }),
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(-1, 0, 1, 255, 1.5, 2 ** 53, 1e300, ''),
);
const changed = fc.tuple(fc.constantFrom(...whole), fc.nat(), value).map(([text, nth, value]) => {
  const message = JSON.parse(text) as Record<string, unknown>;
  const keys = Object.keys(message);
  return utf8(JSON.stringify({ ...message, [keys[nth % keys.length]!]: value }));
});
const blocks = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.nat({ max: 25 }), fc.uint8Array({ maxLength: 80, size: 'max' }))
  .map(([kind, low, rest]) => Uint8Array.from([...utf8('MCF1aaaabbbb'), kind << 4, 0, 0, low, ...rest]));

describe.each(luas)('$lua', ({ lua, there }) => {
  const run = (datagrams: readonly Uint8Array[]): string[] => {
    const lines = datagrams.map((bytes) => `${Buffer.from(bytes).toString('hex')}\n`).join('');
    const { stdout, stderr } = spawnSync(lua, [standIn, dissector, fileOf(Buffer.from(lines), 'hex.txt')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split('\n').slice(0, -1);
  };

  test.skipIf(!there)('judges messages as the program does (skipped where this Lua is not installed)', () => {
    const datagrams = [...whole.map(utf8), ...fc.sample(changed, { numRuns: 2000, seed: 5 })];
    const wanted = datagrams
      .map((bytes) => decode(bytes))
      .map((body) => (body.kind === 'malformed' ? body.reason : ''));
    expect(run(datagrams)).toEqual(wanted);
  });

  test.skipIf(!there)('never fails on blocks (skipped where this Lua is not installed)', () => {
    const told = new Set(run(fc.sample(blocks, { numRuns: 2000, seed: 5 })));
    expect(told).toEqual(new Set(['', 'short', 'blocks', 'kind']));
  });
});
