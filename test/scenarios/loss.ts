// What became of the numbers: lost, late, doubled, leapt over; and how the way's length is measured.
import type { Scenario } from './scenario.ts';

export const lossScenarios: Scenario[] = [
  {
    name: 'missing numbers are lost',
    story: '0+1000x10 ana beat 1 without=3,4,8',
    until: 9000,
    rows: `
      peer received lost lossRatio duplicates reordered seq
      ana  7        3    0.3       0          0         10`,
    totals: { lost: 3 },
  },
  {
    name: 'a late datagram takes its loss back',
    story: `
      0+1000x5 ana beat 1 without=3
      3500     ana beat 3`,
    until: 4400,
    rows: `
      peer received lost duplicates reordered
      ana  5        0    0          1`,
  },
  {
    name: 'copies are duplicates, neither gain nor beat',
    story: `
      0+1000x6   ana beat 1 without=3
      100+1000x6 ana beat 1 without=3,5,6
      200        ana beat 1`,
    until: 5000,
    rows: `
      peer received lost duplicates reordered
      ana  9        1    4          0`,
    totals: { duplicates: 4 },
  },
  {
    name: 'what was sent before the first one heard is not loss',
    story: `
      0    ana beat 500
      100  ana beat 450
      200  ana beat 450
      1000 ana beat 501`,
    until: 1400,
    rows: `
      peer received lost duplicates reordered
      ana  4        0    1          1`,
  },
  {
    name: 'a wild number is not believed until the next follows it',
    story: `
      0+1000x3 ana beat 1
      2500     ana beat 900000
      3000     ana beat 4`,
    until: 3400,
    rows: `
      peer received lost jumps seq
      ana  5        0    0     4`,
  },
  {
    name: 'a leap that goes on is a new beginning, not loss',
    story: `
      0+1000x5    ana beat 1 without=2
      5000+1000x3 ana beat 900000`,
    until: 7400,
    rows: `
      peer received lost jumps seq
      ana  7        1    1     900002`,
  },
  {
    name: 'the largest numbers there are',
    story: '0+1000x3 ana beat 9007199254740989',
    until: 2400,
    rows: `
      peer received lost jumps seq
      ana  3        0    0     9007199254740991`,
  },
  {
    name: 'a long outage at a known rate is loss, however large the step',
    story: `
      0+10x400   ana chat 1
      60000+10x5 ana chat 6001`,
    until: 60_400,
    rows: `
      peer received lost jumps seq
      ana  405      5600 0     6005`,
  },
  {
    name: 'a constant delay has no jitter, whatever the clocks say',
    story: '0+1000x20 ana beat 1 delay=-3000000',
    until: 19_000,
    rows: `
      peer jitter
      ana  0`,
  },
  {
    name: 'jitter follows a change of delay by a sixteenth (RFC 3550 A.8)',
    story: `
      0    ana beat 1 delay=5
      1000 ana beat 2 delay=21
      2000 ana beat 3 delay=21`,
    until: 2400,
    rows: `
      peer jitter
      ana  0.938`,
  },
  {
    name: 'a clock that was set is not jitter',
    story: `
      0    ana beat 1
      1000 ana beat 2 clock=0
      2000 ana beat 3 clock=1000
      3000 ana beat 4 clock=8640000000000000`,
    until: 3400,
    rows: `
      peer state jitter lost
      ana  alive 0      0`,
  },
  {
    name: 'round trip: arrival less echo less the time it was held',
    story: `
      0    ana beat 1
      1000 ana beat 2 me=1-1 echo=600 held=380
      2000 ana beat 3 me=1-2 echo=1600 held=372`,
    until: 2400,
    // 20, then an eighth of the way to 28.
    rows: `
      peer rtt
      ana  21`,
  },
  {
    name: 'a late or doubled heartbeat does not lengthen the round trip',
    story: `
      0    ana beat 1
      1000 ana beat 3 me=1-1 echo=600 held=380
      1900 ana beat 2 me=1-1 echo=100 held=380
      1950 ana beat 3 me=1-1 echo=600 held=380`,
    until: 2400,
    rows: `
      peer rtt reordered duplicates
      ana  20  1         1`,
  },
  {
    name: 'a round trip that cannot be is not believed',
    story: `
      0    ana beat 1 me=1-1 echo=-100000 held=0
      1000 ana beat 2 me=1-1 echo=900 held=5000
      2000 ana beat 3 me=1-1 echo=5000 held=0`,
    until: 2400,
    rows: `
      peer rtt
      ana  -`,
  },
];
