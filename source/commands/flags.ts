// The one table of flags. What meow parses, what the help says, what the shell completes and what README
// lists are all made from it; the descriptions are in words/help.ts under the same names.

type Common = {
  short?: string;
  /** Commands that take it; see `groups` in roster.ts. */
  of: FlagGroup | readonly FlagGroup[];
};
type Switch = Common & { type: 'switch'; default?: boolean };
type Text = Common & {
  type: 'text';
  value: string;
  many?: boolean;
  default?: string /** What the shell offers as its value. */;
  complete?: 'directory' | 'file' | 'interface';
};
type Choice = Common & { type: 'choice'; value: string; choices: readonly string[] };
type Numeric = Common & {
  type: 'number';
  value: string;
  /** Both ends are allowed. */
  min: number;
  max: number;
  whole?: boolean;
  default?: number;
};

/** Numbers with commas between them. */
type Numbers = Omit<Numeric, 'type' | 'default'> & { type: 'numbers' };

export type FlagSpec = Switch | Text | Choice | Numeric | Numbers;
export type FlagGroup =
  | 'every'
  | 'network'
  | 'membership'
  | 'doctor'
  | 'screen'
  | 'send'
  | 'share'
  | 'receive'
  | 'files'
  | 'result'
  | 'bench'
  | 'wireshark'
  | 'export'
  | 'report'
  | 'capture'
  | 'dissector'
  | 'replay'
  | 'sessions'
  | 'program';

/** Defaults that depend on the host (name, workers, data directory, language) are filled in where they are used. */
export const flagTable = {
  group: {
    of: 'network',
    type: 'text',
    short: 'g',
    value: 'ADDR:PORT',
    many: true,
    default: '239.255.0.1:50000',
  },
  interface: {
    of: ['network', 'bench'],
    type: 'text',
    short: 'i',
    value: 'NAME|ADDR',
    complete: 'interface',
  },
  source: { of: 'network', type: 'text', value: 'ADDR' },
  ttl: { of: 'network', type: 'number', value: 'N', min: 0, max: 255, whole: true, default: 1 },
  name: { of: 'network', type: 'text', value: 'NAME' },
  workers: { of: ['network', 'bench'], type: 'numbers', value: 'N', min: 1, max: 64, whole: true },
  work: { of: ['network', 'bench'], type: 'number', value: 'MS', min: 0, max: 10_000 },
  heartbeat: {
    of: 'network',
    type: 'number',
    value: 'MS',
    min: 0,
    max: 3_600_000,
    whole: true,
    default: 1000,
  },
  bandwidth: { of: 'network', type: 'number', value: 'KBIT', min: 1, max: 100_000_000, default: 10_000 },
  replyPort: { of: 'network', type: 'number', value: 'N', min: 1, max: 65_535, whole: true },
  ack: { of: 'network', type: 'switch', default: false },
  record: { of: 'network', type: 'switch', default: true },
  recordLimit: { of: 'network', type: 'number', value: 'MIB', min: 1, max: 1_048_576, default: 1024 },
  duration: { of: 'network', type: 'number', value: 'S', min: 0.001, max: 31_536_000 },
  count: { of: 'network', type: 'number', value: 'N', min: 1, max: 1e12, whole: true },

  igmpRefresh: { of: 'membership', type: 'number', value: 'S', min: 1, max: 86_400 },

  peer: { of: 'doctor', type: 'text', value: 'NAME|ADDR[:PORT]' },

  raw: { of: 'send', type: 'switch', default: false },
  ackTimeout: { of: 'send', type: 'number', value: 'S', min: 0, max: 3600, default: 0.2 },
  expect: { of: 'send', type: 'number', value: 'N', min: 0, max: 1_000_000, whole: true, default: 0 },

  clients: { of: ['share', 'bench'], type: 'numbers', value: 'N', min: 1, max: 1000, whole: true },
  wait: { of: 'share', type: 'number', value: 'S', min: 0, max: 86_400 },
  mode: {
    of: ['share', 'receive'],
    type: 'choice',
    value: 'multicast|unicast|lab',
    choices: ['multicast', 'unicast', 'lab'],
  },
  rate: { of: ['share', 'bench'], type: 'number', value: 'MBIT', min: 0.001, max: 1_000_000 },
  controlPort: { of: 'share', type: 'number', value: 'N', min: 1, max: 65_535, whole: true },
  minRate: { of: 'share', type: 'number', value: 'KBIT', min: 0, max: 1e9 },

  once: { of: 'receive', type: 'switch', default: false },
  yes: { of: 'receive', type: 'switch', short: 'y', default: false },

  out: {
    of: ['files', 'export', 'report', 'capture', 'dissector', 'bench'],
    type: 'text',
    short: 'o',
    value: 'PATH',
    complete: 'file',
  },
  maxSize: { of: 'files', type: 'number', value: 'BYTES', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },

  csv: { of: 'result', type: 'switch', default: false },

  sizes: { of: 'bench', type: 'text', value: 'SIZE,…', default: '100M' },
  modes: { of: 'bench', type: 'text', value: 'MODE,…', default: 'lab,multicast' },
  bursts: { of: 'bench', type: 'numbers', value: 'N', min: 1, max: 50_000, whole: true },
  runs: { of: 'bench', type: 'number', value: 'N', min: 1, max: 1000, whole: true, default: 1 },

  pcap: { of: 'wireshark', type: 'text', value: 'FILE', complete: 'file' },
  payloads: { of: ['wireshark', 'export'], type: 'switch', default: true },
  format: {
    of: ['export', 'report'],
    type: 'choice',
    value: 'FORM',
    choices: ['pcapng', 'json', 'csv', 'ndjson', 'html', 'md'],
  },
  title: { of: 'report', type: 'text', value: 'TEXT' },
  bench: { of: 'report', type: 'text', value: 'FILE', complete: 'file' },
  doctor: { of: 'report', type: 'text', value: 'FILE', complete: 'file' },
  force: { of: 'report', type: 'switch', default: false },
  install: { of: 'dissector', type: 'switch', default: false },

  speed: { of: 'replay', type: 'number', value: 'X', min: 0.25, max: 64, default: 1 },

  olderThan: { of: 'sessions', type: 'number', value: 'DAYS', min: 0, max: 36_500 },
  keep: { of: 'sessions', type: 'number', value: 'MIB', min: 0, max: 1_048_576 },

  ascii: { of: ['screen', 'bench'], type: 'switch', default: false },
  color: { of: 'screen', type: 'switch', default: true },
  fps: { of: 'screen', type: 'number', value: 'N', min: 1, max: 15, whole: true, default: 10 },

  dataDir: { of: 'every', type: 'text', value: 'DIR', complete: 'directory' },
  json: { of: 'every', type: 'switch', default: false },
  lang: { of: 'every', type: 'choice', value: 'en|es', choices: ['en', 'es'] },
  help: { of: 'every', type: 'switch', short: 'h', default: false },
  version: { of: 'program', type: 'switch', short: 'v', default: false },
} as const satisfies Record<string, FlagSpec>;

type Table = typeof flagTable;
export type FlagName = keyof Table;

type Kind<F> = F extends { type: 'switch' }
  ? boolean
  : F extends { type: 'number' }
    ? number
    : F extends { type: 'numbers' }
      ? number[]
      : F extends { choices: readonly (infer C)[] }
        ? C
        : string;
type Value<F> = F extends { many: true }
  ? string[]
  : F extends { default: unknown }
    ? Kind<F>
    : Kind<F> | undefined;

/** All flags of one run, after flag, environment, settings file and default were weighed. */
export type Flags = { [Name in FlagName]: Value<Table[Name]> };

export const flagNames = Object.keys(flagTable) as FlagName[];

export function flagSpec(name: FlagName): FlagSpec {
  return flagTable[name];
}

/** Whether commands with that group of flags take it. */
export function isOf(name: FlagName, group: FlagGroup): boolean {
  return [flagSpec(name).of].flat().includes(group);
}

/** `replyPort` is `reply-port` on the command line and in the settings file. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flag as it is shown: a switch that is on by itself is shown by what turns it off. */
export function spelling(name: FlagName): string {
  const spec = flagSpec(name);
  return spec.type === 'switch' && spec.default ? `--no-${kebab(name)}` : `--${kebab(name)}`;
}

/** `MCAST_REPLY_PORT`; `MCAST_NO_RECORD` for `--no-record`. */
export function envName(name: FlagName): string {
  return `MCAST_${spelling(name).slice(2).replaceAll('-', '_').toUpperCase()}`;
}

type MeowFlag = { type: 'string'; isMultiple: true } | { type: 'boolean' };

/** What meow is told. All values come as text and as often as they were given, so that ours is the one judge of them. */
export function meowFlags(): Record<string, MeowFlag> {
  return Object.fromEntries(
    flagNames.map((name) => [
      name,
      flagSpec(name).type === 'switch' ? { type: 'boolean' } : { type: 'string', isMultiple: true },
    ]),
  );
}
