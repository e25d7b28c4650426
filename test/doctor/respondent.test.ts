// What a node answers to probes, to whom, and that it never answers more than it was asked.
import { describe, expect, test } from 'vitest';
import {
  askBytes,
  type Back,
  encodeProbing,
  type Probing,
  parseProbing,
  type Tell,
} from '../../source/core/probing.ts';
import { Allowance } from '../../source/doctor/allowance.ts';
import type { Counters } from '../../source/doctor/counters.ts';
import { type Entrance, Respondent } from '../../source/doctor/respondent.ts';

const self = '1111111111111111';
const asker = '2222222222222222';
const third = '3333333333333333';
const address = '10.0.0.2';
type Answer = { to: string; text: string };

function respondent(counts: Counters[] = []) {
  const answers: Answer[] = [];
  const envelope = { id: self, name: 'bob', seq: 5, at: 0, ttl: 1 };
  const send = (to: string, text: string | undefined) => {
    if (text !== undefined) answers.push({ to, text });
    return text !== undefined;
  };
  const it = new Respondent({
    id: self,
    family: 4,
    toGroup: (write) => send('group', write(envelope)),
    toHost: (write, from, to, port) => send(`${from} to ${to}:${port}`, write(envelope)),
    sent: () => 5,
    counters: () => counts.shift(),
  });
  const ask = (message: Probing, by: Entrance, over: { size?: number; from?: string; at?: number } = {}) => {
    const { size = 400, from = asker, at = 0 } = over;
    const text = encodeProbing({ id: from, name: 'ana', seq: 1, at: 0, ttl: 1 }, message, size)!;
    it.hear(Buffer.from(text), address, 4000, by, at);
  };
  const tell = (run = 1, by: Entrance = 'door', back: Back = 'here') => {
    answers.length = 0;
    ask({ kind: 'ask', run, turn: 7, back }, by, { size: askBytes });
    const text = answers[0]?.text;
    return text === undefined ? undefined : (parseProbing(Buffer.from(text)) as Tell);
  };
  return { it, answers, ask, tell };
}

const probe = (over: Partial<Extract<Probing, { kind: 'probe' }>> = {}): Probing => ({
  kind: 'probe',
  lane: 2,
  n: 3,
  ...over,
});

describe('an answer goes', () => {
  test.each<[string, Probing, Entrance, string[]]>([
    ['nowhere when none is wanted', probe(), 'door', []],
    ['back from the door', probe({ back: 'here' }), 'door', ['door to 10.0.0.2:4000']],
    ['back from the reply port', probe({ back: 'here' }), 'reply', ['reply to 10.0.0.2:4000']],
    ['to another port', probe({ back: 'reply', port: 77 }), 'door', ['reply to 10.0.0.2:77']],
    ['to the group', probe({ back: 'group' }), 'door', ['group']],
    ['nowhere when everybody was asked', probe({ back: 'here' }), 'group', []],
    [
      'back when this node alone was asked',
      probe({ back: 'here', to: self }),
      'group',
      ['reply to 10.0.0.2:4000'],
    ],
    ['nowhere when another was asked', probe({ back: 'here', to: third }), 'door', []],
  ])('%s', (_, message, by, to) => {
    const { ask, answers } = respondent();
    ask(message, by);
    expect(answers.map((each) => each.to)).toEqual(to);
  });
});

test.each([300, 1_200, 1_472, 2_000])('a probe of %i bytes comes back in as many', (size) => {
  const { ask, answers } = respondent();
  ask(probe({ back: 'here' }), 'door', { size });
  expect(answers.map(({ text }) => Buffer.byteLength(text))).toEqual([size]);
  expect(parseProbing(Buffer.from(answers[0]!.text))).toMatchObject({
    kind: 'echo',
    of: asker,
    lane: 2,
    n: 3,
  });
});

test('one that is too short for its answer has none, and that is told', () => {
  const { it, answers, tell } = respondent();
  const text = JSON.stringify({ mcast: 1, kind: 'probe', id: asker, name: 'a', lane: 2, n: 3, back: 'here' });
  it.hear(Buffer.from(text), address, 4000, 'door', 0);
  expect(answers).toEqual([]);
  const told = tell(0);
  expect([told!.got[2], told!.echoed[2]]).toEqual([1, 0]);
});

test('what came is told: numbers once, copies apart, copies not answered', () => {
  const { it, ask, answers, tell } = respondent();
  expect(tell()).toMatchObject({ of: asker, run: 1, turn: 7, heard: 0, sent: 5, drops: 0 });
  answers.length = 0;
  for (const n of [0, 1, 31, 1, 1]) ask(probe({ n, back: 'here' }), 'door');
  expect(answers).toHaveLength(3);
  it.heard();
  it.heard();
  it.dropped(9);
  const told = tell();
  expect([told!.got[2], told!.twice[2], told!.echoed[2]]).toEqual([3, 2, 3]);
  expect([told!.heard, told!.drops]).toEqual([2, 9]);
});

test('a new run begins anew, and so does another asker', () => {
  const { ask, tell } = respondent();
  tell(1);
  ask(probe(), 'group');
  ask(probe(), 'group', { from: third });
  expect(tell(1)!.got[2]).toBe(1);
  expect(tell(2)!.got[2]).toBe(0);
});

test('the kernel’s counts are told from the beginning of the run, and left out where there are none', () => {
  const counts = (inMulticast: number): Counters => ({
    ...{ inMulticast, reversePath: 3, ignored: 0, bufferErrors: 1, inErrors: 0 },
  });
  const { tell } = respondent([counts(100), counts(100), counts(125)]);
  expect(tell()!.counted).toMatchObject({ inMulticast: 0 });
  expect(tell()!.counted).toEqual({
    ...{ inMulticast: 25, reversePath: 0, ignored: 0, bufferErrors: 0, inErrors: 0 },
  });
  expect(respondent().tell()!.counted).toBeUndefined();
});

test('an ask to everybody is answered by nobody', () => {
  expect(respondent().tell(1, 'group')).toBeUndefined();
});

test('many forged askers do not fill the memory, and the last of them are known', () => {
  const { ask } = respondent();
  for (let n = 0; n < 20_000; n++) ask(probe(), 'group', { from: n.toString(16).padStart(16, '0') });
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 20_000; n++) ask(probe(), 'group', { from: (n + 1e6).toString(16).padStart(16, '0') });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
});

test('asks are answered less often than probes: each reads what the kernel counted', () => {
  let reads = 0;
  const answers: string[] = [];
  const it = new Respondent({
    ...{ id: self, family: 4, sent: () => 0, toGroup: () => false },
    toHost: (write) => {
      answers.push(write({ id: self, name: 'bob', seq: 0, at: 0, ttl: 1 }) ?? '');
      return true;
    },
    counters: () => {
      reads++;
      return undefined;
    },
  });
  for (let n = 0; n < 5_000; n++) {
    const envelope = { id: n.toString(16).padStart(16, '0'), name: 'a', seq: 1, at: 0, ttl: 1 };
    const ask = encodeProbing(envelope, { kind: 'ask', run: 1, turn: 0, back: 'here' }, askBytes)!;
    it.hear(Buffer.from(ask), address, 4000, 'door', n / 5);
    it.hear(Buffer.from(encodeProbing(envelope, probe(), 300)!), address, 4000, 'door', n / 5);
  }
  expect(answers.length).toBeLessThanOrEqual(20 + 5);
  expect(answers.every((text) => text.length > 0 && text.length <= askBytes)).toBe(true);
  expect(reads).toBeLessThanOrEqual(2 * (20 + 5));
});

test('nobody makes it a source of floods: fewer answers than questions, and no larger', () => {
  const { ask, answers } = respondent();
  const questions = 5_000;
  for (let n = 0; n < questions; n++) {
    // A new asker each time, or every one would be a copy.
    const from = n.toString(16).padStart(16, '0');
    ask(probe({ back: n % 2 ? 'here' : 'group' }), 'door', { from, size: 500, at: n / 10 });
  }
  const bytes = answers.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThanOrEqual(answers.length * 500);
  const toGroup = answers.filter(({ to }) => to === 'group').length;
  expect(toGroup).toBeLessThanOrEqual(40 + 4);
  expect(answers.length - toGroup).toBeLessThanOrEqual(120 + 120);
  expect(answers.length - toGroup).toBeGreaterThan(100);
});

describe('allowance', () => {
  const each = { burst: 10, perSecond: 10 };
  const all = { burst: 25, perSecond: 25 };
  const taken = (allowance: Allowance, from: string, tries: number, at: number) =>
    Array.from({ length: tries }, () => allowance.take(from, at)).filter(Boolean).length;

  test('each address has its own, and all together have one', () => {
    const allowance = new Allowance(each, all);
    expect(taken(allowance, 'a', 100, 0)).toBe(10);
    expect(taken(allowance, 'b', 100, 0)).toBe(10);
    expect(taken(allowance, 'c', 100, 0)).toBe(5);
    expect(taken(allowance, 'a', 100, 500)).toBe(5);
    expect(taken(allowance, 'a', 100, 60_000)).toBe(10);
  });

  test('a million forged addresses do not fill the memory', () => {
    const allowance = new Allowance(each, all);
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 1_000_000; n++) allowance.take(`10.${n}`, 0);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
  });
});
