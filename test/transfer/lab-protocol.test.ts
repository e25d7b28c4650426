import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datagramBytes, LabHead, LabIntake, readNumber } from '../../source/transfer/lab-protocol.ts';
import { nameFlaw } from '../../source/transfer/safe-path.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a client has after these datagrams. */
function takenBy(...datagrams: (string | Uint8Array)[]) {
  const intake = new LabIntake();
  const parts = datagrams.map((each) => intake.datagram(typeof each === 'string' ? bytesOf(each) : each));
  return { intake, file: Buffer.concat(parts.filter((part) => part !== undefined)) };
}

test('any file comes out of its name, size and datagrams as it went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 5000 }), (content) => {
      const parts = [];
      for (let at = 0; at < content.length; at += datagramBytes) {
        parts.push(content.subarray(at, at + datagramBytes));
      }
      const { intake, file } = takenBy('a.bin', String(content.length), ...parts);
      expect([intake.isWhole, intake.isFull]).toEqual([true, true]);
      expect(file).toEqual(Buffer.from(content));
    }),
  );
});

test('what is lost is counted, and never makes a whole', () => {
  const content = new Uint8Array(10 * datagramBytes);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(9), { minLength: 1 }), (lost) => {
      const parts = [...Array(10).keys()]
        .filter((index) => !lost.includes(index))
        .map((index) => content.subarray(index * datagramBytes, (index + 1) * datagramBytes));
      const { intake } = takenBy('a.bin', String(content.length), ...parts);
      expect(intake.bytes).toBe((10 - lost.length) * datagramBytes);
      expect([intake.isWhole, intake.isFull]).toEqual([false, false]);
    }),
  );
});

test('no more is written than was announced, and too much is not whole either', () => {
  const { intake, file } = takenBy('a.bin', '5', 'hell', 'o, world');
  expect(file.toString()).toBe('hello');
  expect([intake.bytes, intake.isFull, intake.isWhole]).toEqual([12, true, false]);
});

test('an empty file is whole as soon as its size has come', () => {
  const { intake } = takenBy('a.bin', '0');
  expect([intake.isFull, intake.isWhole]).toEqual([true, true]);
});

test('whatever is sent as a name has no flaw on the disk', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', 'a\0b', 'con', 'x:y')),
      (name) => {
        const head = new LabHead();
        if (head.take(bytesOf(name))) expect(nameFlaw(head.name!)).toBeUndefined();
      },
    ),
  );
});

test.each([
  [['../../etc/passwd', '7'], 'passwd', 7],
  [['C:\\files\\100MB.bin', '104857600\n'], '100MB.bin', 104_857_600],
  [['100MB.bin<SEPARATOR>104857600'], '100MB.bin', 104_857_600],
  [['100MB.bin\n104857600\n'], '100MB.bin', 104_857_600],
  [['ünïcode.txt', ' 12 '], 'ünïcode.txt', 12],
])('%j is name and size', (messages, name, size) => {
  const head = new LabHead();
  for (const message of messages) expect(head.take(bytesOf(message))).toBe(true);
  expect([head.name, head.size]).toEqual([name, size]);
});

test.each<[string, (string | Uint8Array)[]]>([
  ['the name was lost', ['104857600', new Uint8Array(1024)]],
  ['both were lost', [Uint8Array.of(0xff, 0xfe, 0), new Uint8Array(1024)]],
  ['the size was lost', ['a.bin', new Uint8Array(1024).fill(65)]],
  ['the size is none', ['a.bin', '-5']],
  ['the size is beyond all', ['a.bin', '9'.repeat(16)]],
  ['the name is too long to be one', ['x'.repeat(1025)]],
])('%s: nothing of it is taken for data', (_, datagrams) => {
  const { intake, file } = takenBy(...datagrams, 'more');
  expect([intake.headLost, intake.isFull, file.length]).toEqual([true, false, 0]);
  expect(intake.bytes).toBeGreaterThan(0);
  expect(intake.had).toBe(0);
});

test.each([
  ['7', 7],
  [' 7\n', 7],
  ['0', 0],
  ['', undefined],
  ['7x', undefined],
  ['0x7', undefined],
  ['1e3', undefined],
  ['1001', undefined],
])('the number %j is %j', (text, number) => {
  expect(readNumber(text, 1000)).toBe(number);
});
