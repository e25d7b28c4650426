// Groups as people type them, against what they mean.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../../source/core/address.ts';
import { Fault } from '../../source/core/fault.ts';
import { groupName, isLinkLocalGroup, isMulticast, isSsmRange, parseGroup } from '../../source/core/group.ts';

test.each([
  ['239.255.0.1:50000', { address: '239.255.0.1', port: 50_000, family: 4 }, '239.255.0.1:50000'],
  [' 224.1.1.1:5004 ', { address: '224.1.1.1', port: 5_004, family: 4 }, '224.1.1.1:5004'],
  ['[ff15::4d43]:50000', { address: 'ff15::4d43', port: 50_000, family: 6 }, '[ff15::4d43]:50000'],
  ['[FF15:0:0:0:0:0:0:4D43]:1', { address: 'ff15::4d43', port: 1, family: 6 }, '[ff15::4d43]:1'],
  [
    '[ff02::1%eth0]:65535',
    { address: 'ff02::1', port: 65_535, family: 6, zone: 'eth0' },
    '[ff02::1%eth0]:65535',
  ],
  ['[ff0e:0:0:1::]:9', { address: 'ff0e:0:0:1::', port: 9, family: 6 }, '[ff0e:0:0:1::]:9'],
])('%s is a group', (text, group, name) => {
  expect(parseGroup(text)).toEqual(group);
  expect(groupName(parseGroup(text))).toBe(name);
});

test.each([
  ['', 'not-a-group'],
  ['239.255.0.1', 'not-a-group'],
  ['ff15::1:50000', 'not-a-group'],
  ['[239.255.0.1]:50000', 'not-a-group'],
  ['[ff15::1]', 'not-a-group'],
  ['[ff15::1%]:50000', 'not-a-group'],
  ['[ff02::1%et h0]:50000', 'not-a-group'],
  ['239.255.0.1%eth0:50000', 'not-a-group'],
  ['239.255.1:50000', 'not-a-group'],
  ['239.255.0.256:50000', 'not-a-group'],
  ['239.255.0.01:50000', 'not-a-group'],
  ['group.local:50000', 'not-a-group'],
  ['239.255.0.1:', 'bad-port'],
  ['239.255.0.1:0', 'bad-port'],
  ['239.255.0.1:65536', 'bad-port'],
  ['239.255.0.1:http', 'bad-port'],
  ['239.255.0.1:5e4', 'bad-port'],
  ['192.168.1.10:50000', 'not-multicast'],
  ['240.0.0.1:50000', 'not-multicast'],
  ['223.255.255.255:50000', 'not-multicast'],
  ['[fe80::1]:50000', 'not-multicast'],
  ['[::ffff:239.255.0.1]:50000', 'not-multicast'],
])('%j is refused: %s', (text, code) => {
  expect(() => parseGroup(text)).toThrow(expect.objectContaining({ name: 'Fault', code }));
});

test('a refusal quotes what was typed, cut to a length', () => {
  const fault = catchFault(() => parseGroup('192.168.1.10:50000'));
  expect(fault.facts).toEqual({ group: '192.168.1.10:50000', address: '192.168.1.10' });
  expect(catchFault(() => parseGroup('x'.repeat(5_000))).facts.group).toHaveLength(80);
});

test.each([
  ['239.255.0.1', true, false, false],
  ['224.0.0.1', true, false, true],
  ['224.0.1.1', true, false, false],
  ['232.1.2.3', true, true, false],
  ['10.0.0.1', false, false, false],
  ['ff02::fb', true, false, true],
  ['ff12::99', true, false, true],
  ['ff01::1', true, false, true],
  ['ff15::4d43', true, false, false],
  ['ff3e::1', true, true, false],
  ['ff32::1', true, true, true],
  ['ff3e:1::1', true, false, false],
  ['fe80::1', false, false, false],
  ['eth0', false, false, false],
])('%s: multicast %s, source-specific %s, link-local %s', (address, multicast, ssm, linkLocal) => {
  expect(isMulticast(address)).toBe(multicast);
  expect(isSsmRange(address)).toBe(ssm);
  expect(isLinkLocalGroup(address)).toBe(linkLocal);
});

const v4 = fc.ipV4();
const v6 = fc.ipV6();

test('an address keeps its meaning and gets one spelling', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), (text) => {
      const parsed = parseAddress(text)!;
      const canonical = formatAddress(parsed);
      expect(parseAddress(canonical)).toEqual(parsed);
      // The URL parser spells IPv6 as RFC 5952 does, and shares no code with ours.
      if (parsed.family === 6) expect(`[${canonical}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }),
  );
});

test('no text but a group gets through, and none makes it fail in another way', () => {
  const near = fc.stringMatching(/^[[\]0-9a-f.:%]{0,40}$/);
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      try {
        const group = parseGroup(text);
        expect(parseGroup(groupName(group))).toEqual(group);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
  );
});

function catchFault(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
