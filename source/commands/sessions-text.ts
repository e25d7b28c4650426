// Sessions as people read them: a table, or all that is known of one.
import type { Entry } from '../session/entry.ts';
import { fill } from '../words/cli.ts';
import { size } from '../words/fault-sentences.ts';
import type { Lang } from '../words/lang.ts';
import { sessionWords } from '../words/sessions.ts';
import { align } from './align.ts';

/** An entry with the path to its file. */
export type Listed = Entry & { path: string };

export function sessionTable(entries: readonly Listed[], lang: Lang): string {
  const { columns, states } = sessionWords(lang);
  const rows = entries.map((entry) => [
    String(entry.id),
    day(entry.started),
    length(entry.ended - entry.started),
    String(entry.events),
    size(String(entry.bytes)),
    entry.name,
    entry.groups.join(' '),
    fill(states[entry.state], { events: entry.events }),
  ]);
  return align([Object.values(columns), ...rows], new Set([0, 2, 3, 4]));
}

export function sessionFacts(entry: Listed, lang: Lang): string {
  const { facts, states } = sessionWords(lang);
  const values: Record<keyof typeof facts, string> = {
    id: String(entry.id),
    name: entry.name,
    host: entry.host,
    started: day(entry.started),
    ended: `${day(entry.ended)} (${length(entry.ended - entry.started)})`,
    groups: entry.groups.join(' '),
    events: String(entry.events),
    bytes: size(String(entry.bytes)),
    state: fill(states[entry.state], { events: entry.events }),
    path: entry.path,
  };
  const rows = Object.entries(facts).map(([key, name]) => [`${name}:`, values[key as keyof typeof facts]]);
  return align(rows, new Set());
}

/** Local time, to the second. */
function day(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** h:mm:ss */
function length(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
