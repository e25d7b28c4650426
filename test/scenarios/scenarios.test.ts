// Plays every scenario, one datagram at a time and in blocks, and checks on the way what must hold for any run.
import { describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { fold } from '../../source/core/fold.ts';
import { isolatedSince } from '../../source/core/judge.ts';
import { offersOf } from '../../source/core/offers.ts';
import { Publisher, rowOf, totalsOf } from '../../source/core/publish.ts';
import { ringItems } from '../../source/core/ring.ts';
import { newState, type State } from '../../source/core/state.ts';
import { chatScenarios } from './chat.ts';
import { fileScenarios } from './files.ts';
import { hostileScenarios } from './hostile.ts';
import { lossScenarios } from './loss.ts';
import { peerScenarios } from './peers.ts';
import { type Played, play } from './play.ts';
import { restartScenarios } from './restart.ts';
import { lines, nodeOf, type Scenario, start } from './scenario.ts';
import { Viewer } from './viewer.ts';

const scenarios = [
  ...peerScenarios,
  ...lossScenarios,
  ...restartScenarios,
  ...chatScenarios,
  ...hostileScenarios,
  ...fileScenarios,
];

describe.each(scenarios)('$name', (scenario) => {
  test('comes out as told', () => {
    const played = play(scenario);
    expectOutcome(scenario, played);
    if (scenario.states !== undefined) expect(statesTold(scenario, played)).toEqual(told(scenario.states));
  });

  test('comes out the same in blocks', () => {
    expectOutcome(scenario, play(scenario, true));
  });

  test('replays to the same state', () => {
    const { state, events } = play(scenario);
    expect(foldAll(newState(), events)).toEqual(state);
  });

  test('goes on the same from a checkpoint', () => {
    const { state, events } = play(scenario);
    const half = foldAll(newState(), events.slice(0, events.length >> 1));
    expect(foldAll(structuredClone(half), events.slice(events.length >> 1))).toEqual(state);
  });

  test('shows a viewer of every snapshot what a newcomer sees', () => {
    let publisher: Publisher | undefined;
    const viewer = new Viewer();
    const { state } = play(scenario, false, (state, now) => {
      publisher ??= new Publisher(state);
      viewer.see(publisher, now);
    });
    const newcomer = new Viewer();
    newcomer.see(new Publisher(state), start + scenario.until);
    expect(viewer.rows).toEqual(newcomer.rows);
    expect(viewer.ticks).toEqual(newcomer.ticks);
    expect(viewer.offers).toEqual(newcomer.offers);
    expect(viewer.transfers).toEqual(newcomer.transfers);
    expect(viewer.chat.slice(-300)).toEqual(newcomer.chat);
  });
});

function foldAll(state: State, events: Event[]): State {
  for (const event of events) fold(state, event);
  return state;
}

function expectOutcome(scenario: Scenario, { state }: Played): void {
  const { rows, chat, ticks, totals, isolated, until, offers, transfers, fileNotices } = scenario;
  if (rows !== undefined) expect(tableOf(state, rows, start + until)).toEqual(cellsOf(rows));
  if (chat !== undefined) expect(chatTold(state)).toEqual(lines(chat));
  if (ticks !== undefined) expect(ticksTold(state)).toEqual(lines(ticks));
  if (offers !== undefined) {
    const told = offersOf(state, start + until).map(({ title, from }) => `${title} ${from}`);
    expect(told).toEqual(lines(offers));
  }
  if (transfers !== undefined) {
    expect([...state.transfers.values()].map(({ title, phase }) => `${title} ${phase}`)).toEqual(
      lines(transfers),
    );
  }
  if (fileNotices !== undefined) expect(fileNoticesTold(state)).toEqual(lines(fileNotices));
  if (totals !== undefined) expect(totalsOf(state)).toMatchObject(totals);
  if (isolated !== undefined) {
    expect(isolatedSince(state)).toBe(isolated === false ? undefined : start + isolated);
  }
}

const cellsOf = (table: string): string[][] => lines(table).map((line) => line.split(/ +/));

/** The state's peers in the columns that the expected table names. */
function tableOf(state: State, expected: string, now: number): string[][] {
  const [head = [], ...body] = cellsOf(expected);
  const labels = new Map(body.map(([label = '']) => [nodeOf(label).id, label]));
  const found = [...state.peers.values()].map((peer) => {
    const row = { ...rowOf(peer, now) };
    const cells: Record<string, unknown> = { ...row, peer: labels.get(row.id) ?? row.id };
    return head.map((column) => {
      const value = cells[column];
      return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : String(value ?? '-');
    });
  });
  const order = body.map(([label]) => label);
  return [head, ...found.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]))];
}

const told = (states: string): string[] => lines(states).map((line) => line.replace(/ +/g, ' '));

function statesTold({ story }: Scenario, { verdicts }: Played): string[] {
  const labels = new Map(lines(story).map((line) => [nodeOf(line.split(/ +/)[1]!).id, line.split(/ +/)[1]!]));
  return verdicts.map(({ at, id, state, reason }) => `${at - start} ${labels.get(id)} ${state} ${reason}`);
}

function chatTold(state: State): string[] {
  return ringItems(state.chat)
    .filter(({ kind }) => kind !== 'notice')
    .map(({ from, text, code, facts }) => (code ? `${from}: ${code} x${facts?.count}` : `${from}: ${text}`));
}

const fileNoticesTold = (state: State): string[] =>
  ringItems(state.chat)
    .filter(({ code }) => code?.startsWith('share-'))
    .map(({ code, facts }) => `${code} ${facts?.title}`);

function ticksTold(state: State): string[] {
  const { chat, deliveries } = new Publisher(state).snapshot(
    start,
    { peer: undefined, matrix: false },
    { recording: undefined, queued: 0, lag: 0 },
  );
  return deliveries.map(({ n, delivered, of, acks }) => {
    return `${chat.find((line) => line.n === n)?.text} ${delivered}/${of} ${acks}`;
  });
}
