// What a command is, and all of the outside world that it may touch.
import type { Readable, Writable } from 'node:stream';
import type { HelpWords } from '../words/help.ts';
import type { Lang } from '../words/lang.ts';
import type { FlagGroup, FlagName, Flags } from './flags.ts';

export type Io = {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  env: Record<string, string | undefined>;
  /** Both ends are a terminal that can draw a screen. */
  interactive: boolean;
  lang: Lang;
  version: string;
};

export type CommandName = keyof HelpWords['commands'];

/** Returns the exit code; throws a Fault for what a person can mend. */
export type Run = (input: string[], flags: Flags, io: Io) => Promise<number>;

/** What the file of a benchmark exports as `run`: see bench.ts. */
export type Bench = (flags: Flags, io: Io) => Promise<number>;

/** Its code is a file of its own, which exports `run` and is loaded only when it runs: see dispatch.ts. */
export type Command = {
  name: CommandName;
  summary(lang: Lang): string;
  /** Its whole help text. */
  help(lang: Lang): string;
  /** Groups of flags that it takes; the first ones are shown first. */
  groups: readonly FlagGroup[];
  flags: readonly FlagName[];
  /** Without those that it takes only because every network command does. */
  shown: readonly FlagName[];
  /** Words that can follow it, for shell completion. */
  words: readonly string[];
  /** Of its flags those that mean nothing with that word. */
  notWith(word: string): readonly FlagName[];
};
