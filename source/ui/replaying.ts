// The player of a replay: speed, seeking, and the time that a person asks for.
import type { Desk } from './desk.ts';
import { textOf } from './line-editor.ts';
import { nextSpeed, timeOf } from './player-bar.tsx';

/** Takes what the prompt asked for. A filter works already while it is typed. */
export function answer(desk: Desk): void {
  const { asking, prompt } = desk.view();
  const text = textOf(prompt);
  desk.dispatch({ do: 'answered' });
  if (asking !== 'time' || text.trim() === '') return;
  const to = timeOf(text);
  if (to === undefined) desk.tell(desk.look.words.messages.badTime(text), 'warn');
  else desk.feed.send({ do: 'seek', to: Math.min(to, desk.model.latest?.player?.length ?? to) });
}

export function setSpeed({ feed, model }: Desk, by: 1 | -1): void {
  feed.send({ do: 'speed', factor: nextSpeed(model.latest?.player?.speed ?? 1, by) });
}

/** Moves by ms, within the session. */
export function seekBy({ feed, model }: Desk, by: number): void {
  const player = model.latest?.player;
  if (player) feed.send({ do: 'seek', to: Math.max(0, Math.min(player.length, player.position + by)) });
}
