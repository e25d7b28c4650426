// What is said, and who is known to have heard what this node said.
import type { Scenario } from './scenario.ts';

export const chatScenarios: Scenario[] = [
  {
    name: 'ours and foreign lines stand in order of arrival',
    story: `
      0   ana beat 1
      100 ana chat 2 hola a todos
      200 10.0.0.9 raw very important data
      300 me chat 1 hello
      400 ben chat 1 qué tal`,
    until: 400,
    chat: `
      ana: hola a todos
      10.0.0.9:4000: very important data
      me: hello
      ben: qué tal`,
    totals: { received: 4, sent: 1 },
  },
  {
    name: 'a heartbeat that heard without loss ticks every line it covers',
    story: `
      0    ana beat 1 me=1-1
      0    ben beat 1 me=1-1
      500  me chat 2 hello
      1000 ana beat 2 me=1-2
      1000 ben beat 2 me=1-1
      2000 ben beat 3 me=1-3`,
    until: 2000,
    ticks: 'hello 2/2 0',
  },
  {
    name: 'a line from before a peer came is not said to have reached it',
    story: `
      0    ana beat 1 me=1-1
      500  me chat 2 hello
      900  ben beat 1 me=4-4
      1000 ana beat 2 me=1-2`,
    until: 1000,
    ticks: 'hello 1/1 0',
  },
  {
    name: 'where something was lost only an unharmed stretch is certain',
    story: `
      0    ana beat 1 me=1-9/2
      500  me chat 10 first
      1000 ana beat 2 me=1-11/2
      1500 me chat 12 second
      2000 ana beat 3 me=1-13/3`,
    until: 2000,
    ticks: `
      first 1/1 0
      second 0/1 0`,
  },
  {
    name: 'a peer that began to count anew says nothing of what it leapt over',
    story: `
      0    ana beat 1 me=1-9/5
      500  me chat 10 hello
      1000 ana beat 2 me=8000-8010/1
      2000 ana beat 3 me=8-8011/1`,
    until: 2000,
    ticks: 'hello 0/1 0',
  },
  {
    name: 'acknowledgements count by their sender, and those of peers tick',
    story: `
      0   ana beat 1
      100 me chat 1 one
      200 me chat 2 two
      300 ana ack of=1
      310 ana ack of=1
      320 10.0.0.9 bare-ack
      330 stranger ack of=2
      340 ana ack of=77`,
    until: 400,
    ticks: `
      one 1/1 1
      two 0/1 2`,
    chat: `
      me: one
      me: two`,
    totals: { lost: 0 },
  },
  {
    name: 'a peer that was taken for silent may have heard the line',
    story: `
      0     ana beat 1 me=1-1
      6000  me chat 2 hello
      6100  ana beat 2 me=1-2`,
    until: 6400,
    ticks: 'hello 1/1 0',
  },
];
