// A node that starts again has a new identity: it is the same row's successor, and its new numbers are not loss.
import type { Scenario } from './scenario.ts';

export const restartScenarios: Scenario[] = [
  {
    name: 'restarted after a bye',
    story: `
      0+1000x5    ana beat 1
      4500        ana bye 6
      6000+1000x3 ana#2 beat 1`,
    until: 8000,
    rows: `
      peer  state received lost restarts
      ana#2 alive 3        0    1`,
    states: `
      0    ana   alive heard
      4500 ana   gone  bye
      6000 ana#2 alive heard
      6000 ana   gone  restarted`,
    totals: { lost: 0 },
  },
  {
    name: 'restarted at once after kill -9: seen when the old one falls silent',
    story: `
      0+1000x5     ana beat 1
      4700+1000x10 ana#2 beat 1`,
    until: 13_800,
    rows: `
      peer  state received lost restarts
      ana#2 alive 10       0    1`,
    states: `
      0    ana   alive heard
      4700 ana#2 alive heard
      8800 ana   gone  restarted`,
  },
  {
    name: 'restarted when it was taken for dead',
    story: `
      0+1000x5     ana beat 1 without=3
      12000+1000x3 ana#2 beat 1`,
    until: 14_000,
    rows: `
      peer  state lost restarts
      ana#2 alive 0    1`,
    states: `
      0     ana   alive   heard
      9800  ana   suspect silence
      10800 ana   dead    silence
      12000 ana#2 alive   heard
      12000 ana   gone    restarted`,
    // What the old one lost stays in the totals.
    totals: { lost: 1 },
  },
  {
    name: 'restarted three times',
    story: `
      0    ana   beat 1
      100  ana   bye 2
      200  ana#2 beat 1
      300  ana#2 bye 2
      400  ana#3 beat 1
      500  ana#3 bye 2
      600  ana#4 beat 1`,
    until: 1000,
    rows: `
      peer  state restarts
      ana#4 alive 3`,
  },
  {
    name: 'two processes of one name on one host are two peers',
    story: `
      0+1000x10   ana beat 1
      300+1000x10 ana#2 beat 1`,
    until: 9400,
    rows: `
      peer  state lost restarts
      ana   alive 0    0
      ana#2 alive 0    0`,
  },
  {
    name: 'of two processes of one name one dies: the other is not its successor',
    story: `
      0+1000x5    ana beat 1
      300+1000x15 ana#2 beat 1`,
    until: 14_400,
    rows: `
      peer  state restarts
      ana   dead  0
      ana#2 alive 0`,
    states: `
      0    ana   alive   heard
      300  ana#2 alive   heard
      8800 ana   suspect silence
      9400 ana   dead    silence`,
  },
  {
    name: 'two that were heard once, in the same moment, do not both vanish as the successor of the other',
    story: `
      0  ana   beat 1
      20 ana#2 beat 1`,
    until: 6000,
    rows: `
      peer  state restarts
      ana#2 dead  1`,
  },
  {
    name: 'a process that chats a lot between slow beats is not younger for it',
    story: `
      0+500x2     ana   beat 1
      100         ana#2 beat 1 every=60000
      200+100x98  ana#2 chat 2`,
    until: 10_000,
    rows: `
      peer  state restarts
      ana   dead  0
      ana#2 alive 0`,
  },
  {
    name: 'one of that name on another host is another node',
    story: `
      0    ana beat 1
      100  ana bye 2
      1000 eva beat 1`,
    until: 1400,
    rows: `
      peer state restarts
      ana  gone  0
      eva  alive 0`,
  },
];
