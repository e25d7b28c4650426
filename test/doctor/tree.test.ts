// The tree of counters: what was sent, what the kernel counted, what the program received, and the verdict.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fate, type Flow, flowText, whereLost } from '../../source/doctor/tree.ts';

type Row = {
  what: string;
  /** Short probes of 10 that came, and of 30 of any size that did not. */
  got: number;
  missing: number;
  /** What the kernel counted; a heartbeat of somebody else (5 of them came and were received) is among it. */
  inMulticast?: number;
  reversePath?: number;
  ignored?: number;
  bufferErrors?: number;
  verdict: Fate;
};
const others = 5;

const rows: Row[] = [
  { what: 'all came', got: 10, missing: 0, inMulticast: 30, verdict: 'arrived' },
  { what: 'one of ten was lost', got: 9, missing: 3, inMulticast: 27, verdict: 'arrived' },
  { what: 'large ones only were lost', got: 10, missing: 10, inMulticast: 20, verdict: 'arrived' },
  { what: 'nothing was counted', got: 0, missing: 30, verdict: 'network' },
  { what: 'all were dropped by the filter', got: 0, missing: 30, reversePath: 30, verdict: 'filter' },
  { what: 'all were counted and none came', got: 0, missing: 30, inMulticast: 30, verdict: 'firewall' },
  { what: 'nobody is bound there', got: 0, missing: 30, inMulticast: 30, ignored: 30, verdict: 'nobody' },
  {
    ...{ what: 'the buffer was full for most of them', got: 2, missing: 24 },
    ...{ inMulticast: 30, bufferErrors: 24, verdict: 'buffer' },
  },
  {
    ...{ what: 'the network lost a half, counted by nobody', got: 5, missing: 15 },
    ...{ inMulticast: 15, verdict: 'lossy' },
  },
  {
    ...{ what: 'a firewall takes a half', got: 5, missing: 15 },
    ...{ inMulticast: 30, verdict: 'firewall' },
  },
  {
    ...{ what: 'the filter dropped a few packets of others', got: 0, missing: 30 },
    ...{ reversePath: 4, verdict: 'network' },
  },
  {
    ...{ what: 'few more were counted than came, of other groups', got: 0, missing: 30 },
    ...{ inMulticast: 6, verdict: 'network' },
  },
];

function flowOf({
  got,
  missing,
  inMulticast = 0,
  reversePath = 0,
  ignored = 0,
  bufferErrors = 0,
}: Row): Flow {
  const counted = { reversePath, ignored, bufferErrors, inErrors: bufferErrors };
  return {
    ...{ sent: 10, got, missing, heard: 30 - missing + others },
    counted: { ...counted, inMulticast: inMulticast + others },
  };
}

test.each(rows)('$what: $verdict', (row) => {
  expect(whereLost(flowOf(row))).toBe(row.verdict);
});

test.each([
  [0, 'unknown'],
  [5, 'lossy'],
  [10, 'arrived'],
])('without counters, %i of 10 is %s', (got, verdict) => {
  expect(whereLost({ sent: 10, got, missing: 10 - got, counted: undefined, heard: 0 })).toBe(verdict);
});

test('where nothing was sent there is no verdict', () => {
  expect(whereLost({ sent: 0, got: 0, missing: 0, counted: undefined, heard: 0 })).toBe('unknown');
});

test('whatever a hostile node tells, there is a verdict', () => {
  const count = fc.nat(Number.MAX_SAFE_INTEGER);
  const counted = { inMulticast: count, reversePath: count, ignored: count, bufferErrors: count };
  const flow = fc.record<Flow>({
    ...{ sent: count, got: count, missing: count, heard: count },
    counted: fc.option(fc.record({ ...counted, inErrors: count }), { nil: undefined }),
  });
  fc.assert(
    fc.property(flow, (any) => {
      expect(typeof whereLost(any)).toBe('string');
    }),
  );
});

test('the evidence names what was counted as the kernel does', () => {
  expect(flowText(flowOf(rows[4]!))).toBe(
    '0 of 10 (InMcastPkts +5, IPReversePathFilter +30, IgnoredMulti +0, RcvbufErrors +0, InErrors +0, received 5)',
  );
});
