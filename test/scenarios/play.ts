// Plays a scenario as the engine does: datagrams are decoded and folded, each then judged, silence judged five
// times a second, and every verdict folded and written down.
import type { Event, PeerChanged, Received } from '../../source/core/event.ts';
import { fold } from '../../source/core/fold.ts';
import { judgeHeard, judgeSilence } from '../../source/core/judge.ts';
import { newState, type State } from '../../source/core/state.ts';
import { decode } from '../../source/core/wire.ts';
import { group, type Scenario, type Step, selfId, start, stepsOf } from './scenario.ts';

const tickEvery = 200;

export type Played = {
  state: State;
  /** Every event, in the order in which it was folded. */
  events: Event[];
  verdicts: PeerChanged[];
};

/** `batched`: what arrives between two ticks is folded as one block before it is judged, as in a burst. */
export function play(
  scenario: Scenario,
  batched = false,
  onTick?: (state: State, now: number) => void,
): Played {
  const state = newState();
  const played: Played = { state, events: [], verdicts: [] };
  const take = (event: Event): void => {
    // A session file and the pool hand events on as JSON.
    const copy = JSON.parse(JSON.stringify(event)) as Event;
    fold(state, copy);
    played.events.push(copy);
    if (copy.type === 'peer') played.verdicts.push(copy);
  };
  for (const event of opening) take(event);
  const steps = stepsOf(scenario.story);
  for (let tick = 0; tick <= scenario.until; tick += tickEvery) {
    const due = takeUntil(steps, tick);
    for (const block of batched ? [due] : due.map((step) => [step])) {
      const events = block.map(eventOf);
      for (const event of events) take(event);
      for (const event of events) {
        if (event.type === 'received') for (const verdict of judgeHeard(state, event)) take(verdict);
      }
    }
    for (const verdict of judgeSilence(state, start + tick, scenario.patience ?? 1)) take(verdict);
    onTick?.(state, start + tick);
  }
  if (steps.length > 0) throw new Error('the story goes on after its end');
  return played;
}

const settings = { group, interface: 'lo', address: '127.0.0.1', ttl: 1 };
const opening: Event[] = [
  {
    type: 'started',
    at: start,
    version: '0',
    id: selfId,
    name: 'me',
    groups: [settings],
    workers: 1,
    heartbeat: 1000,
  },
  { type: 'joined', at: start, ...settings, receiveBuffer: 4096 },
];

function takeUntil(steps: Step[], time: number): Step[] {
  const later = steps.findIndex(({ at }) => at > time);
  return steps.splice(0, later < 0 ? steps.length : later);
}

function eventOf(step: Step): Event {
  const at = start + step.at;
  if (step.is === 'looped') return { type: 'task', at, worker: 1, items: 1, wait: 0, run: 0, looped: 1 };
  if (step.is === 'left') return { type: 'left', at, group, reason: 'interface-gone' };
  if (step.is === 'joined') return { type: 'joined', at, ...settings };
  if (step.is === 'dropped') return { type: 'dropped', at, group, count: step.count };
  if (step.is === 'transfer') {
    const { share, role, phase, whole } = step;
    return {
      type: 'transfer',
      at,
      share,
      role,
      phase,
      title: `t${Number.parseInt(share, 16)}`,
      files: 1,
      total: 1_000_000,
      mode: 'multicast',
      from: 'ana',
      receivers: Array.from({ length: 2 }, (_, i) => ({
        number: i + 1,
        name: `r${i + 1}`,
        address: '10.0.0.9',
        port: 4000 + i,
        bytes: 500_000,
        lost: 0,
        repaired: 0,
        drops: 0,
        rate: 1000,
        state: i < whole ? ('whole' as const) : ('receiving' as const),
      })),
    };
  }
  if (step.is === 'sent') {
    const { kind, seq, text } = step;
    return { type: 'sent', at, group, bytes: 100, kind, seq, text, id: selfId, name: 'me' };
  }
  const { address, bytes, unicast } = step;
  const body = decode(bytes);
  const received: Received = {
    type: 'received',
    at,
    group,
    address,
    port: 4000,
    bytes: bytes.length,
    ...body,
  };
  if (unicast) received.unicast = true;
  // The three bytes are foreign text to the codec; only where they come by unicast are they an answer.
  if (unicast && body.text === 'ack') received.kind = 'ack';
  return received;
}
