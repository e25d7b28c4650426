// All commands: what they take and say. Their code is loaded only when they run, by dispatch.ts.
import { helpWords } from '../words/help.ts';
import type { Command, CommandName } from './command.ts';
import { type FlagGroup, type FlagName, flagNames, isOf } from './flags.ts';
import { commandHelp } from './help.ts';

type Entry = {
  groups: readonly FlagGroup[];
  words?: readonly string[];
  idle?: readonly FlagName[];
  notWith?: Record<string, readonly FlagName[]>;
};

/** What a transfer does without. */
const notForFiles: readonly FlagName[] = ['workers', 'work', 'ack', 'count', 'bandwidth'];

/** The doctor joins for a moment, and says nothing to others. */
const notForDoctor: readonly FlagName[] = [
  'name',
  'workers',
  'work',
  'heartbeat',
  'bandwidth',
  'ack',
  'record',
  'recordLimit',
  'count',
];

/** A capture takes what passes by, and joins nothing. */
const notForCapture: readonly FlagName[] = [
  'source',
  'ttl',
  'name',
  'workers',
  'work',
  'heartbeat',
  'bandwidth',
  'replyPort',
  'ack',
  'record',
  'recordLimit',
];

/** Looking at interfaces opens no socket. */
const notForInterfaces: readonly FlagName[] = [...notForDoctor, 'source', 'ttl', 'replyPort', 'duration'];

/** Each benchmark has flags that mean nothing to the other. */
const notWithBench: Record<string, readonly FlagName[]> = {
  share: ['workers', 'work', 'bursts', 'ascii'],
  workers: ['sizes', 'modes', 'clients', 'rate'],
};

const table: Record<CommandName, Entry> = {
  monitor: { groups: ['network', 'membership', 'files', 'wireshark', 'screen', 'every'] },
  listen: { groups: ['network', 'membership', 'wireshark', 'every'] },
  send: {
    groups: ['send', 'network', 'every'],
    idle: ['workers', 'work', 'heartbeat', 'bandwidth', 'ack', 'record', 'recordLimit'],
  },
  share: { groups: ['share', 'result', 'network', 'wireshark', 'every'], idle: notForFiles },
  receive: { groups: ['receive', 'files', 'result', 'network', 'wireshark', 'every'], idle: notForFiles },
  replay: { groups: ['replay', 'screen', 'every'] },
  doctor: { groups: ['doctor', 'network', 'every'], idle: notForDoctor },
  interfaces: { groups: ['network', 'every'], idle: notForInterfaces },
  sessions: { groups: ['sessions', 'every'], words: ['list', 'show', 'remove', 'prune'] },
  export: { groups: ['export', 'every'] },
  report: { groups: ['report', 'every'] },
  capture: { groups: ['capture', 'network', 'every'], idle: notForCapture },
  dissector: { groups: ['dissector', 'every'] },
  demo: { groups: ['network', 'wireshark', 'screen', 'every'] },
  bench: { groups: ['bench', 'result', 'every'], words: ['share', 'workers'], notWith: notWithBench },
  completion: { groups: ['every'], words: ['bash', 'zsh', 'fish'] },
};

export const commandNames = Object.keys(table) as CommandName[];

export const commands: readonly Command[] = commandNames.map((name) => {
  const { groups, words = [], idle = [], notWith = {} } = table[name];
  const flags = flagsOf(groups);
  const command: Command = {
    name,
    groups,
    words,
    flags,
    shown: flags.filter((flag) => !idle.includes(flag)),
    notWith: (word) => (words.includes(word) ? (notWith[word] ?? []) : []),
    summary: (lang) => helpWords(lang).commands[name],
    help: (lang) => commandHelp(command, lang),
  };
  return command;
});

export function findCommand(name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}

/** `--help` and `--version` are answered before any command runs, so every command takes them. */
function flagsOf(groups: readonly FlagGroup[]): FlagName[] {
  return flagNames.filter((name) => [...groups, 'program' as const].some((group) => isOf(name, group)));
}
