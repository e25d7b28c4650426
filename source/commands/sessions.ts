// `sessions`: what is on disk, and what may go.
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { printable, printableJson } from '../core/printable.ts';
import { safeName } from '../core/safe-text.ts';
import { listSessions, removeSessions } from '../session/catalogue.ts';
import { sessionsDir } from '../session/paths.ts';
import { findEntry, matching, prunable } from '../session/select.ts';
import { fill } from '../words/cli.ts';
import { size } from '../words/fault-sentences.ts';
import { sessionWords } from '../words/sessions.ts';
import type { Io, Run } from './command.ts';
import type { Flags } from './flags.ts';
import { refuseWords } from './input.ts';
import { type Listed, sessionFacts, sessionTable } from './sessions-text.ts';
import { dataDirOf, tellOn } from './settings.ts';
import { usageFault } from './usage.ts';

const actions = { list, show, remove, prune };
const dayMs = 86_400_000;
const mib = 1024 * 1024;

type Context = { words: string[]; flags: Flags; io: Io; dataDir: string; all: Listed[] };

export const run: Run = async (input, flags, io) => {
  const [word = 'list', ...words] = input;
  if (!Object.hasOwn(actions, word)) {
    throw usageFault('which-action', { word: safeName(word), actions: Object.keys(actions).join(', ') });
  }
  const dataDir = dataDirOf(flags.dataDir);
  const all = (await listSessions(dataDir, tellOn(io))).map((entry) => ({
    ...entry,
    path: join(sessionsDir(dataDir), entry.file),
  }));
  const text = await actions[word as keyof typeof actions]({ words, flags, io, dataDir, all });
  io.stdout.write(printable(text));
  return 0;
};

async function list({ words, flags, io, all }: Context): Promise<string> {
  const found = matching(all, words) as Listed[];
  if (flags.json) return json(found);
  const { none, noneMatch } = sessionWords(io.lang);
  if (all.length === 0) return `${none}\n`;
  if (found.length === 0) return `${fill(noneMatch, { words: words.join(' ') })}\n`;
  return sessionTable(found, io.lang);
}

async function show({ words, flags, io, all }: Context): Promise<string> {
  const [entry] = named(words.slice(0, 1), all);
  refuseWords('sessions', words, 1);
  return flags.json ? json(entry) : sessionFacts(entry!, io.lang);
}

async function remove(context: Context): Promise<string> {
  return clear(named(context.words, context.all), context);
}

async function prune(context: Context): Promise<string> {
  const { olderThan, keep } = context.flags;
  refuseWords('sessions', context.words);
  if (olderThan === undefined && keep === undefined) throw usageFault('what-to-prune');
  const limits = {
    ...(olderThan === undefined ? {} : { before: Date.now() - olderThan * dayMs }),
    ...(keep === undefined ? {} : { keepBytes: keep * mib }),
  };
  return clear(prunable(context.all, limits) as Listed[], context);
}

async function clear(entries: Listed[], { flags, io, dataDir, all }: Context): Promise<string> {
  await removeSessions(dataDir, entries);
  if (flags.json) return json(entries);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const facts = { count: entries.length, all: all.length, bytes: size(String(bytes)) };
  const sentence = fill(sessionWords(io.lang).removed, facts);
  return `${entries.length > 0 ? sessionTable(entries, io.lang) : ''}${sentence}\n`;
}

/** All must be there before anything is done to one. */
function named(words: string[], all: Listed[]): Listed[] {
  if (words.length === 0) throw usageFault('which-session');
  return words.map((word) => {
    const entry = findEntry(all, word) as Listed | undefined;
    if (!entry) throw new Fault('no-such-session', { session: word });
    return entry;
  });
}

function json(value: unknown): string {
  return printableJson(`${JSON.stringify(value, null, 2)}\n`);
}
