// The player of a replay: state, speed, how far it is, and a bar of the whole session.
import type { PlayerView } from '../core/snapshot.ts';
import { duration } from './format.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';
import { type Segment, segment, spread } from './segments.ts';
import { bar } from './sparkline.ts';

/** The speeds of `+` and `-`. */
export const speeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64];

/** The next speed up or down; the same at the ends. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  if (by > 0) return speeds.find((other) => other > speed) ?? speeds.at(-1)!;
  return speeds.findLast((other) => other < speed) ?? speeds[0]!;
}

/** Reads 90, 1:30, 0:01:30 or 12.5 as ms; undefined for what is no time. */
export function timeOf(text: string): number | undefined {
  const parts = text.trim().split(':');
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d+)?$/.test(part))) return undefined;
  return Math.round(parts.reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}

type Props = { width: number; look: Look; player: PlayerView };

export function PlayerBar({ width, look, player }: Props) {
  const { glyphs, words } = look;
  const { playing, atEnd, speed, position, length } = player;
  const state = atEnd ? words.player.ended : playing ? words.player.playing : words.player.paused;
  const left: Segment[] = [
    segment(` ${playing && !atEnd ? glyphs.playing : glyphs.paused} ${state} `, 'title'),
    segment(`${speedLabel(speed)} `, 'match'),
  ];
  const right: Segment[] = [segment(` ${duration(position)} / ${duration(length)} `, 'title')];
  const used = [...left, ...right].reduce((sum, { text }) => sum + text.length, 0);
  const gauge = Math.max(0, width - used);
  left.push(segment(bar(length > 0 ? position / length : 0, gauge, glyphs), 'accent'));
  return <Rows width={width} height={1} lines={[spread(left, right, width, look)]} />;
}

const speedLabel = (speed: number): string =>
  speed === 0.25 ? '1/4×' : speed === 0.5 ? '1/2×' : `${Math.round(speed * 100) / 100}×`;
