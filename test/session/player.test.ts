import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import type { Command, Landmark } from '../../source/core/feed.ts';
import { fold } from '../../source/core/fold.ts';
import { newState, type State } from '../../source/core/state.ts';
import { Checkpoints } from '../../source/session/checkpoints.ts';
import { Player, type PlayerOptions } from '../../source/session/player.ts';
import { SessionReader } from '../../source/session/reader.ts';
import { chat, group, heartbeat, started, startedAt, stopped, writeSession } from './samples.ts';

const minute: Event[] = [
  started,
  ...Array.from({ length: 600 }, (_, n): Event => (n % 50 === 49 ? chat(n, `line ${n}`) : heartbeat(n))),
  stopped(startedAt + 60_000),
];
minute.splice(300, 0, {
  type: 'peer',
  at: startedAt + 29_850,
  group,
  id: '0000000000000010',
  name: 'node-0',
  address: '10.0.0.1',
  state: 'alive',
  reason: 'heard',
});

/** A player whose clock a test turns. */
function open(events: Event[] = minute, more: Partial<PlayerOptions> = {}) {
  const reader = new SessionReader(writeSession(events));
  onTestFinished(() => reader.close());
  let time = 0;
  const player = new Player(reader, { clock: () => time, checkpoints: new Checkpoints(40), ...more });
  const settle = () => {
    while (player.tick());
  };
  return {
    player,
    settle,
    run(ms: number) {
      time += ms;
      settle();
    },
    send(...commands: Command[]) {
      for (const command of commands) player.command(command);
      settle();
    },
  };
}

/** What a live engine would have made of the first events. */
function folded(count: number, events = minute): State {
  const state = {
    ...newState(),
    self: { id: started.type === 'started' ? started.id : '', name: 'ana', version: '0.1.0' },
  };
  state.startedAt = startedAt;
  for (const event of events.slice(0, count)) fold(state, event);
  return state;
}

const upTo = (ms: number, events = minute) => events.filter(({ at }) => at <= startedAt + ms).length;

test('it plays from the start, at the speed asked for', () => {
  const { player, run, send } = open();
  run(0);
  expect(player.view()).toMatchObject({ position: 0, length: 60_000, speed: 1, playing: true, atEnd: false });
  run(1000);
  expect(player.view().position).toBe(1000);
  expect(player.state).toEqual(folded(upTo(1000)));
  send({ do: 'speed', factor: 4 });
  run(2000);
  expect(player.view()).toMatchObject({ position: 9000, speed: 4 });
  expect(player.state).toEqual(folded(upTo(9000)));
  send({ do: 'speed', factor: 0.25 });
  run(2000);
  expect(player.view().position).toBe(9500);
});

test.each([
  [0.01, 0.25],
  [1000, 64],
  [Number.NaN, 1],
])('a speed of %d becomes %d', (factor, speed) => {
  const { player, send } = open();
  send({ do: 'speed', factor });
  expect(player.view().speed).toBe(speed);
});

test('paused, time stands still; played again, it goes on from there', () => {
  const { player, run, send } = open();
  run(5000);
  send({ do: 'pause' });
  expect(player.busy).toBe(false);
  run(100_000);
  expect(player.view()).toMatchObject({ position: 5000, playing: false });
  send({ do: 'play' });
  run(1000);
  expect(player.view().position).toBe(6000);
});

test('at the end it stops, and playing again starts anew', () => {
  const { player, run, send } = open();
  run(1e6);
  expect(player.view()).toMatchObject({ position: 60_000, playing: false, atEnd: true });
  expect(player.state).toEqual(folded(minute.length));
  send({ do: 'play' });
  expect(player.view()).toMatchObject({ position: 0, playing: true, atEnd: false });
  run(500);
  expect(player.state).toEqual(folded(upTo(500)));
});

test('a step goes one event on or back, and pauses', () => {
  const { player, run, send } = open();
  run(1000);
  const here = upTo(1000);
  send({ do: 'step', by: 1 });
  expect(player.state).toEqual(folded(here + 1));
  expect(player.view()).toMatchObject({ position: 1100, playing: false });
  send({ do: 'step', by: -1 }, { do: 'step', by: -1 });
  expect(player.state).toEqual(folded(here - 1));
  for (let n = 0; n < 100; n++) send({ do: 'step', by: -1 });
  expect(player.state).toEqual(folded(0));
  expect(player.view().position).toBe(0);
});

test('wherever it was sent, the state is what folding up to there gives', () => {
  const command = fc.oneof(
    fc.record({ do: fc.constant('seek' as const), to: fc.integer({ min: -1000, max: 70_000 }) }),
    fc.record({ do: fc.constant('step' as const), by: fc.constantFrom(1 as const, -1 as const) }),
  );
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 12 }), (commands) => {
      const { player, send } = open();
      let line = 0;
      for (const command of commands) {
        send({ do: 'pause' }, command);
        if (command.do === 'seek') line = Math.min(minute.length, upTo(Math.max(0, command.to)));
        else line = Math.min(minute.length, Math.max(0, line + command.by));
        expect(player.state).toEqual(folded(line));
      }
    }),
    { numRuns: 60 },
  );
});

test('going back makes another state, going on does not', () => {
  const { player, send } = open();
  const first = player.state;
  send({ do: 'seek', to: 30_000 });
  expect(player.state).toBe(first);
  send({ do: 'seek', to: 10_000 });
  expect(player.state).not.toBe(first);
});

test.each<[Landmark, number[]]>([
  ['chat', minute.flatMap((event, i) => (event.type === 'received' && event.kind === 'chat' ? [i] : []))],
  ['alive', [300]],
  ['dead', []],
  ['warning', []],
])('next and previous %s', (landmark, places) => {
  const { player, send } = open();
  send({ do: 'pause' });
  for (const place of places) {
    send({ do: 'next', landmark });
    expect(player.state).toEqual(folded(place + 1));
  }
  const position = player.view().position;
  send({ do: 'next', landmark });
  expect(player.view()).toMatchObject({ position, missed: landmark });
  for (const place of places.slice(0, -1).reverse()) {
    send({ do: 'next', landmark, back: true });
    expect(player.state).toEqual(folded(place + 1));
    expect(player.view().missed).toBeUndefined();
  }
  send({ do: 'next', landmark, back: true });
  expect(player.view().missed).toBe(landmark);
});

test('previous from long after an event is that event', () => {
  const { player, send } = open([started, chat(10, 'one'), heartbeat(100)]);
  send({ do: 'pause' }, { do: 'seek', to: 5000 });
  send({ do: 'next', landmark: 'chat', back: true });
  expect(player.view().position).toBe(1000);
});

test('own chat lines are landmarks too', () => {
  const own: Event = { type: 'sent', at: startedAt + 50, group, bytes: 90, kind: 'chat', text: 'hi', seq: 1 };
  const { player, send } = open([started, own, heartbeat(5)]);
  send({ do: 'pause' }, { do: 'next', landmark: 'chat' });
  expect(player.view().position).toBe(50);
});

test('long work is done in slices, shows how far it is, and gives way to a command', () => {
  let time = 0;
  // Each look at the clock costs a millisecond, so that a slice is some 25 events.
  const { player } = open(minute, { clock: () => time++ });
  player.command({ do: 'pause' });
  player.command({ do: 'seek', to: 50_000 });
  expect(player.tick()).toBe(true);
  const { position, seeking } = player.view();
  expect(seeking).toBe(true);
  expect(position).toBeGreaterThan(0);
  expect(position).toBeLessThan(10_000);
  player.command({ do: 'seek', to: 200 });
  while (player.tick());
  expect(player.view()).toMatchObject({ position: 200 });
  expect(player.view().seeking).toBeUndefined();
  expect(player.state).toEqual(folded(upTo(200)));
});

test('a stretch too dense for its speed plays more slowly, and owes nothing afterwards', () => {
  const dense = Array.from({ length: 3000 }, (_, n): Event => ({ ...heartbeat(n), at: startedAt + n / 100 }));
  let time = 0;
  const { player } = open([started, ...dense, heartbeat(600)], { clock: () => (time += 0.5), speed: 64 });
  let ticks = 0;
  while (player.now < startedAt + 29.9) {
    const before = time;
    player.tick();
    expect(time - before).toBeLessThan(30);
    ticks++;
  }
  expect(ticks).toBeGreaterThan(20);
  player.tick();
  expect(player.now).toBeLessThan(startedAt + 10_000);
});

test('damaged lines are passed, and time never runs backwards', () => {
  const reader = new SessionReader(
    writeSession([started, heartbeat(20), { type: 'none' } as never, heartbeat(10), heartbeat(30)]),
  );
  onTestFinished(() => reader.close());
  const player = new Player(reader, { clock: () => 0 });
  player.command({ do: 'pause' });
  const positions = Array.from({ length: 5 }, () => {
    player.command({ do: 'step', by: 1 });
    while (player.tick());
    return player.view().position;
  });
  expect(positions).toEqual([0, 2000, 2000, 2000, 3000]);
  expect(player.state.totals.received).toBe(3);
});

test('checkpoints stay few, and one always lies near enough', () => {
  const checkpoints = new Checkpoints(10);
  const state = newState();
  for (let line = 1; line <= 100_000; line++) checkpoints.offer({ offset: line, line, time: line }, state);
  expect(checkpoints.count).toBeLessThanOrEqual(64);
  expect(checkpoints.count).toBeGreaterThan(20);
  for (let line = 6000; line < 100_000; line += 777) {
    const found = checkpoints.before((mark) => mark.line <= line);
    expect(line - found!.mark.line).toBeLessThan(6000);
  }
});

test('an empty session has nothing to play', () => {
  const { player, run, send } = open([]);
  run(100);
  expect(player.view()).toMatchObject({ position: 0, length: 0, atEnd: true, playing: false });
  send(
    { do: 'step', by: 1 },
    { do: 'step', by: -1 },
    { do: 'seek', to: 5 },
    { do: 'next', landmark: 'chat', back: true },
  );
  expect(player.view()).toMatchObject({ position: 0, atEnd: true, missed: 'chat' });
});
