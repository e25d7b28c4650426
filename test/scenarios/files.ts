// What is offered, for how long, and what the chat tells of files.
import type { Scenario } from './scenario.ts';

const many = (count: number, who: string, from: number): string =>
  Array.from(
    { length: count },
    (_, i) => `${from} ${who} share ${i + 1} f${i} id=${(i + 16).toString(16)}`,
  ).join('\n');

export const fileScenarios: Scenario[] = [
  {
    name: 'an offer is told once, and stands while it is announced',
    story: '0+1000x5 ana share 1 a.pdf id=1',
    until: 8800,
    offers: 'a.pdf ana',
    fileNotices: 'share-offered a.pdf',
    totals: { received: 5 },
  },
  {
    name: 'an offer ends five seconds after its last announcement',
    story: '0+1000x5 ana share 1 a.pdf id=1',
    until: 9000,
    offers: '',
  },
  {
    name: 'one that comes back is told again',
    story: `
      0     ana share 1 a.pdf id=1
      20000 ana share 2 a.pdf id=1`,
    until: 20_000,
    offers: 'a.pdf ana',
    fileNotices: `
      share-offered a.pdf
      share-offered a.pdf`,
  },
  {
    name: 'an announcement that says it is another one changes nothing while that one stands',
    story: `
      0    ana share 1 a.pdf id=1
      500  eva share 1 evil.pdf id=1
      1000 ana share 2 a.pdf id=1
      1500 eva share 2 evil.pdf id=1`,
    until: 2000,
    offers: 'a.pdf ana',
    fileNotices: 'share-offered a.pdf',
  },
  {
    name: 'somebody who repeats an announcement does not keep it alive',
    story: `
      0    ana share 1 a.pdf id=1
      4000 eva share 1 a.pdf id=1`,
    until: 5000,
    offers: '',
  },
  {
    name: 'what is received is offered no more, unless it failed or was cancelled',
    story: `
      0+1000x9 ana share 1 a.pdf id=1
      0+1000x9 ana share 10 b.pdf id=2
      0+1000x9 ana share 20 c.pdf id=3
      100 me transfer waiting id=1
      200 me transfer running id=2
      300 me transfer failed id=2
      400 me transfer running id=3
      500 me transfer done id=3 whole=2`,
    until: 8800,
    offers: 'b.pdf ana',
    transfers: `
      t1 waiting
      t2 failed
      t3 done`,
    fileNotices: `
      share-offered a.pdf
      share-offered b.pdf
      share-offered c.pdf
      share-started-receiver t1
      share-started-receiver t2
      share-failed-receiver t2
      share-started-receiver t3
      share-done-receiver t3`,
  },
  {
    name: 'a transfer tells of its start and its end, not of what is between, and of both again when it goes on',
    story: `
      0    me transfer waiting id=5 role=sender
      100+250x20 me transfer running id=5 role=sender
      6000 me transfer cancelled id=5 role=sender
      6100 me transfer cancelled id=5 role=sender
      7000 me transfer running id=5 role=sender
      8000 me transfer done id=5 role=sender whole=2`,
    until: 8000,
    transfers: 't5 done',
    fileNotices: `
      share-started-sender t5
      share-cancelled-sender t5
      share-started-sender t5
      share-done-sender t5`,
  },
  {
    name: 'made-up offers: no more than 64 at once, and room for others when they are over',
    story: `
      ${many(100, 'eva', 0)}
      1000 ana share 1 a.pdf id=1
      6000 ana share 2 a.pdf id=1`,
    until: 6000,
    offers: 'a.pdf ana',
    totals: { received: 102 },
  },
  {
    name: 'of more than 64 transfers the oldest that are over go',
    story: Array.from(
      { length: 70 },
      (_, i) => `${i * 10} me transfer ${i === 0 ? 'running' : 'done'} id=${(i + 1).toString(16)}`,
    ).join('\n'),
    until: 800,
    transfers: ['t1 running', ...Array.from({ length: 63 }, (_, i) => `t${i + 8} done`)].join('\n'),
  },
];
