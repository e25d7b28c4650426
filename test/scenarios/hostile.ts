// What bad input gets: counted by reason, shown now and then, and nobody else's figures touched.
import type { Scenario } from './scenario.ts';

export const hostileScenarios: Scenario[] = [
  {
    name: 'a doctor that tests its own host is no peer, and ends no silence',
    story:
      '100+10x7 127.0.0.1 raw {"mcast":1,"kind":"probe","id":"00000000000000d0","name":"doctor","seq":0,"at":1,"ttl":0}',
    until: 1000,
    rows: 'peer received',
    states: '',
    totals: { received: 7 },
  },
  {
    name: 'a flood of malformed datagrams is one line a second',
    story: `
      0+1000x3 ana beat 1
      0+1x2500 10.0.0.9 raw {"mcast":1,"kind":"chat"}
      4000     10.0.0.9 raw {"mcast":2}`,
    until: 4000,
    chat: `
      10.0.0.9:4000: id x1
      10.0.0.9:4000: id x1000
      10.0.0.9:4000: id x1000
      10.0.0.9:4000: version x500`,
    rows: `
      peer state lost
      ana  alive 0`,
    totals: { received: 2504, malformed: { id: 2500, version: 1 } },
  },
  {
    name: 'control characters in names and text are made visible',
    story: `
      0   10.0.0.9 raw \u001b]52;c;aGk=\u0007pwned
      100 10.0.0.9 raw {"mcast":1,"kind":"chat","id":"00000000000000aa","name":"e\\u001b[31mva","seq":1,"at":1,"text":"\\u202etxt"}`,
    until: 200,
    chat: `
      10.0.0.9:4000: ␛]52;c;aGk=␇pwned
      e␛[31mva: \ufffdtxt`,
  },
  {
    name: 'a message of a later version counts in the numbering and is not shown',
    story: `
      0    ana beat 1
      500  ana wave 2
      1000 ana beat 3`,
    until: 1000,
    rows: `
      peer state received lost
      ana  alive 3        0`,
    chat: '',
  },
  {
    name: "an acknowledgement to the group says nothing of its sender's health",
    story: `
      0+1000x6 ana beat 1
      10000    ana ack of=1 to=group`,
    until: 12_000,
    rows: `
      peer state
      ana  dead`,
  },
  {
    name: 'a peer that announces a beat a millisecond is judged like the quickest',
    story: '0+100x20 ana beat 1 every=1',
    until: 2000,
    rows: `
      peer state lost
      ana  alive 0`,
    states: '0 ana alive heard',
  },
];
