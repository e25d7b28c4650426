// What must hold for any run, however the network behaves: made-up stories of a few nodes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../source/core/fold.ts';
import { matrixOf } from '../../source/core/matrix.ts';
import { Publisher, rowOf, totalsOf } from '../../source/core/publish.ts';
import { newState } from '../../source/core/state.ts';
import { play } from './play.ts';
import { type Scenario, start } from './scenario.ts';
import { Viewer } from './viewer.ts';

const node = fc.constantFrom('ana', 'ana#2', 'ana#3', 'ben', 'cleo');
const seq = fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.maxSafeNat() });
const number = fc.nat(30);

const said = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ node, seq, every: fc.constantFrom(1, 1000, 5000), last: number, lost: number, held: number })
      .map(({ node, seq, every, last, lost, held }) => {
        return `${node} beat ${seq} every=${every} me=0-${last}/${Math.min(lost, last)} held=${held}`;
      }),
  },
  { weight: 2, arbitrary: fc.tuple(node, seq).map(([node, seq]) => `${node} chat ${seq} hi`) },
  { weight: 1, arbitrary: fc.tuple(node, seq).map(([node, seq]) => `${node} bye ${seq}`) },
  { weight: 1, arbitrary: fc.tuple(node, number).map(([node, of]) => `${node} ack of=${of}`) },
  { weight: 1, arbitrary: number.map((seq) => `me chat ${seq} hello`) },
  { weight: 1, arbitrary: fc.constantFrom('10.0.0.9 raw {"mcast":1}', '10.0.0.9 raw hola', 'me looped') },
);

/** Pauses are mostly short, sometimes long enough for any verdict. */
const pause = fc.oneof({ weight: 5, arbitrary: fc.nat(1500) }, { weight: 1, arbitrary: fc.nat(45_000) });

const anyScenario = fc
  .array(fc.tuple(pause, said), { minLength: 1, maxLength: 60 })
  .chain((steps) => fc.tuple(fc.constant(steps), fc.nat(50_000)))
  .map(([steps, after]): Scenario => {
    let at = 0;
    const story = steps.map(([wait, what]) => {
      at += wait;
      return `${at} ${what}`;
    });
    return { name: 'any', story: story.join('\n'), until: Math.ceil((at + after) / 200) * 200 };
  });

test('a replay of the lines gives the live state, from the start and from any checkpoint', () => {
  fc.assert(
    fc.property(anyScenario, fc.double({ min: 0, max: 1, noNaN: true }), (scenario, part) => {
      const { state, events } = play(scenario);
      const file = JSON.parse(
        `[${events.map((event) => JSON.stringify(event)).join(',\n')}]`,
      ) as typeof events;
      let replayed = newState();
      file.forEach((event, i) => {
        if (i === Math.floor(part * file.length)) replayed = structuredClone(replayed);
        fold(replayed, event);
      });
      expect(replayed).toEqual(state);
    }),
  );
});

test('a checkpoint is not touched by what is folded after it', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { events } = play(scenario);
      const half = events.length >> 1;
      const state = newState();
      for (const event of events.slice(0, half)) fold(state, event);
      const checkpoint = structuredClone(state);
      const untouched = structuredClone(state);
      for (const event of events.slice(half)) fold(state, event);
      expect(checkpoint).toEqual(untouched);
    }),
  );
});

test('merging all snapshots gives what one fresh snapshot says', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const viewer = new Viewer();
      let publisher: Publisher | undefined;
      const { state } = play(scenario, false, (state, now) => {
        publisher ??= new Publisher(state);
        viewer.see(publisher, now);
      });
      const newcomer = new Viewer();
      newcomer.see(new Publisher(state), start + scenario.until);
      expect(viewer.rows).toEqual(newcomer.rows);
      expect(viewer.ticks).toEqual(newcomer.ticks);
      expect(viewer.chat).toEqual(newcomer.chat);
    }),
  );
});

test('figures stay sane, one datagram at a time and in blocks', () => {
  fc.assert(
    fc.property(anyScenario, fc.boolean(), (scenario, batched) => {
      const { state, verdicts } = play(scenario, batched, (state, now) => {
        for (const peer of state.peers.values()) {
          const { phi, lossRatio, lost, received } = rowOf(peer, now);
          expect(phi >= 0 && phi <= 99 && lossRatio >= 0 && lossRatio < 1 && lost >= 0 && received > 0).toBe(
            true,
          );
        }
      });
      const kept = [...state.peers.values()];
      expect(new Set(kept.filter((peer) => peer.state === 'gone').map(({ key }) => key))).toEqual(state.gone);
      expect([...state.nodes.values()].flatMap((keys) => [...keys]).sort()).toEqual(
        kept.map(({ key }) => key).sort(),
      );
      const { received, kinds } = totalsOf(state);
      expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(received);
      // A verdict is a change, or the first word of a peer.
      for (const { state, was, reason } of verdicts)
        expect(state !== was || reason === 'restarted').toBe(true);
      const { nodes, cells } = matrixOf(state);
      expect(cells.every((row) => row.length === nodes.length) && cells.length === nodes.length).toBe(true);
    }),
  );
});
