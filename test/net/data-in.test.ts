// Real sockets on loopback: all that is sent comes, once, whole and in order, at whatever pace.
import { randomInt } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type DataIn, openDataIn, openPlainIn } from '../../source/net/data-in.ts';
import { type DataOut, openDataOut } from '../../source/net/data-out.ts';
import { pickInterface } from '../../source/net/interfaces.ts';
import { eventually } from '../support/eventually.ts';

const group = () => ({ address: '239.255.0.1', port: randomInt(20_000, 60_000), family: 4 as const });
const local = pickInterface(group(), 'lo');
const open: (DataIn | DataOut)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function pair(toGroup: boolean, onBytes: (bytes: Buffer) => void): Promise<[DataOut, DataIn]> {
  const target = group();
  const input = await openDataIn(toGroup ? target : undefined, local, (bytes) => onBytes(bytes));
  const where = toGroup ? target : { ...target, address: '127.0.0.1', port: input.port };
  const output = await openDataOut(where, local, 0, (fault) => {
    throw fault;
  });
  open.push(input, output);
  return [output, input];
}

/** A datagram of `length` bytes that says its number in every four of them. */
function numbered(number: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4) bytes.writeUInt32BE(number, at);
  return bytes;
}

test.each([
  ['a group', true],
  ['a port', false],
])('to %s: whole and in order, single and in floods, long and short', async (_, toGroup) => {
  const came: string[] = [];
  const expected: string[] = [];
  const [output] = await pair(toGroup, (bytes) => {
    const number = bytes.readUInt32BE(0);
    const isWhole = bytes.equals(numbered(number, bytes.length));
    came.push(`${number}: ${bytes.length} ${isWhole ? 'whole' : 'damaged'}`);
  });
  for (let number = 0; number < 4000; number++) {
    const length = number % 7 === 0 ? 4 + 4 * (number % 5000) : 1424;
    output.post([numbered(number, length)]);
    expected.push(`${number}: ${length} whole`);
    // Never more under way than the smallest buffer that a system grants; now and then nothing for a while.
    if (number % 32 === 31) await eventually(() => expect(came).toHaveLength(expected.length));
  }
  await eventually(() => expect(came).toHaveLength(expected.length));
  expect(came).toEqual(expected);
});

test('nothing is heard after close, whatever comes', async () => {
  let count = 0;
  let input: DataIn | undefined;
  const [output, opened] = await pair(true, () => {
    count++;
    // In the midst of a flood: more waits in the buffer.
    if (count === 300) void input?.close();
  });
  input = opened;
  const burst = () => {
    for (let number = 0; number < 50; number++) output.post([numbered(number, 1424)]);
  };
  await eventually(() => {
    burst();
    expect(count).toBeGreaterThanOrEqual(300);
  });
  for (let turn = 0; turn < 10; turn++) {
    burst();
    await new Promise(setImmediate);
  }
  expect(count).toBe(300);
});

test('a plain port says who sent, and has the buffer of the system', async () => {
  const from: string[] = [];
  const plain = await openPlainIn(local, (_bytes, address, port) => from.push(`${address}:${port}`));
  const large = await openDataIn(undefined, local, () => {});
  const target = { address: '127.0.0.1', port: plain.port, family: 4 as const };
  const output = await openDataOut(target, local, 0, () => {});
  open.push(plain, large, output);
  output.post([Buffer.from('1')]);
  await eventually(() => expect(from).toEqual([`${output.address}:${output.port}`]));
  expect(plain.receiveBuffer).toBeLessThanOrEqual(large.receiveBuffer ?? 0);
});
