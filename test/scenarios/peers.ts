// Who is there: states by heartbeat and silence, byes, and whether it is the peers or this node that is cut off.
import type { Scenario } from './scenario.ts';

export const peerScenarios: Scenario[] = [
  {
    name: 'three nodes that beat are alive',
    story: `
      0+1000x6   ana beat 1
      10+1000x6  ben beat 1
      20+1000x6  cleo beat 1`,
    until: 5400,
    rows: `
      peer state received lost duplicates restarts seq every up
      ana  alive 6        0    0          0        6   1000  5000
      ben  alive 6        0    0          0        6   1000  5000
      cleo alive 6        0    0          0        6   1000  5000`,
    states: `
      0  ana  alive heard
      10 ben  alive heard
      20 cleo alive heard`,
    totals: { received: 18, lost: 0 },
  },
  {
    name: 'a killed node turns suspect, dead and gone, the others stay',
    story: `
      0+1000x6   ana beat 1
      0+1000x45  ben beat 1`,
    until: 44_000,
    rows: `
      peer state received lost
      ana  gone  6        0
      ben  alive 45       0`,
    states: `
      0     ana alive   heard
      0     ben alive   heard
      9800  ana suspect silence
      10400 ana dead    silence
      35200 ana gone    expired`,
    isolated: false,
  },
  {
    name: 'deadlines stretch while this node itself is slow',
    story: `
      0+1000x6 ana beat 1
      0+1000x30 ben beat 1`,
    until: 29_000,
    patience: 2,
    states: `
      0     ana alive   heard
      0     ben alive   heard
      14600 ana suspect silence
      15800 ana dead    silence`,
  },
  {
    name: 'a suspect that is heard is alive again, and the detector learns its pace',
    story: `
      0+1000x4 ana beat 1
      8000     ana beat 5
      13000    ana beat 6`,
    until: 13_000,
    rows: `
      peer state lost
      ana  alive 0`,
    states: `
      0    ana alive   heard
      7800 ana suspect silence
      8000 ana alive   heard`,
  },
  {
    name: 'one that beats every ten seconds is given its time',
    story: '0+10000x6 ana beat 1 every=10000',
    until: 151_000,
    states: `
      0      ana alive   heard
      97800  ana suspect silence
      103200 ana dead    silence
      150200 ana gone    expired`,
  },
  {
    name: 'a peer that never beats is not suspected, and gone after thirty seconds',
    story: '100 ana chat 1 hello',
    until: 31_000,
    rows: `
      peer state phi
      ana  gone  0`,
    states: `
      100   ana alive heard
      30200 ana gone  expired`,
  },
  {
    name: 'no announced interval keeps a silent peer for longer than half an hour',
    story: '0 ana beat 1 every=86400000',
    until: 1_801_000,
    states: `
      0       ana alive heard
      1800200 ana gone  expired`,
  },
  {
    name: 'a bye is final at once',
    story: `
      0+1000x3 ana beat 1
      2500     ana bye 4`,
    until: 3000,
    rows: `
      peer state received lost
      ana  gone  4        0`,
    states: `
      0    ana alive heard
      2500 ana gone  bye`,
  },
  {
    name: 'what was sent before a bye does not bring its sender back',
    story: `
      0+1000x3 ana beat 1
      3000     ana bye 5
      3050     ana beat 4
      3060     ana bye 5`,
    until: 4000,
    rows: `
      peer state received lost reordered duplicates
      ana  gone  6        0    1         1`,
    states: `
      0    ana alive heard
      3000 ana gone  bye`,
  },
  {
    name: 'one that speaks on after its bye is back, and an old copy of the bye is not a new one',
    story: `
      0    ana beat 1
      500  ana bye 2
      1000 ana beat 3
      1200 ana bye 2`,
    until: 2000,
    rows: `
      peer state duplicates
      ana  alive 1`,
    states: `
      0    ana alive heard
      500  ana gone  bye
      1000 ana alive heard`,
  },
  {
    name: 'a bye with a number from nowhere does not silence its sender for ever',
    story: `
      0+1000x3 ana beat 1
      2500     ana bye 9007199254740991
      3000     ana beat 4`,
    until: 3400,
    rows: `
      peer state lost seq jumps
      ana  alive 0    4   0`,
    states: `
      0    ana alive heard
      2500 ana gone  bye
      3000 ana alive heard`,
  },
  {
    name: 'a bye is all that was heard',
    story: '100 ana bye 7',
    until: 1000,
    rows: `
      peer state
      ana  gone`,
    states: '100 ana gone bye',
  },
  {
    name: 'all peers silent at once: it is this node that is cut off',
    story: `
      0+1000x6   ana beat 1
      300+1000x6 ben beat 1`,
    until: 12_000,
    rows: `
      peer state
      ana  dead
      ben  dead`,
    isolated: 5300,
  },
  {
    name: 'the only peer died, and this node still hears itself',
    story: `
      0+1000x6  ana beat 1
      0+1000x12 me looped`,
    until: 12_000,
    rows: `
      peer state
      ana  dead`,
    isolated: false,
  },
  {
    name: 'the only peer is silent, and so is the own loopback',
    story: `
      0+1000x6 ana beat 1
      0+1000x6 me looped`,
    until: 12_000,
    isolated: 5000,
  },
  {
    name: 'peers that died one after the other did not isolate this node',
    story: `
      0+1000x6  ana beat 1
      0+1000x20 ben beat 1`,
    until: 30_000,
    rows: `
      peer state
      ana  dead
      ben  dead`,
    isolated: false,
  },
  {
    name: 'peers that said bye did not isolate this node',
    story: `
      0+1000x6 ana beat 1
      0+1000x6 ben beat 1
      5500     ana bye 7
      5600     ben bye 7`,
    until: 12_000,
    isolated: false,
  },
];
