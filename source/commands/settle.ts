// Weighs where a flag's value can come from: the flag itself, its MCAST_* variable, the settings file, the default.
// A value from any of the four is judged alike, and a wrong one is told with the place that it came from.
import { Fault } from '../core/fault.ts';
import {
  envName,
  type FlagName,
  type FlagSpec,
  type Flags,
  flagNames,
  flagSpec,
  kebab,
  spelling,
} from './flags.ts';
import { usageFault } from './usage.ts';

/** As meow gives them: text as often as it was given, or a switch. */
export type GivenFlags = Record<string, unknown>;
export type Env = Record<string, string | undefined>;
/** Keys are spelt as the flags are: "reply-port", "no-record" or "record". */
export type Settings = Record<string, unknown>;

/** `where` is how the person would find the value again: `--ttl`, `MCAST_TTL` or `settings: ttl`. */
type Found = { where: string; values: unknown[]; negated?: boolean };

/** @throws Fault `not-a-number` {name, value, min, max, whole} or `usage` */
export function settle(given: GivenFlags, env: Env, settings: Settings): Flags {
  const flags: Record<string, unknown> = {};
  for (const name of flagNames) {
    const found = fromFlag(name, given) ?? fromEnv(name, env) ?? fromSettings(name, settings);
    flags[name] = found ? read(flagSpec(name), found) : fallback(flagSpec(name));
  }
  return flags as Flags;
}

/** The flags that stand on the command line itself. */
export function givenNames(given: GivenFlags): FlagName[] {
  return flagNames.filter((name) => fromFlag(name, given) !== undefined);
}

function fromFlag(name: FlagName, given: GivenFlags): Found | undefined {
  const value = given[name];
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return {
    where: flagSpec(name).type === 'switch' ? spelling(name) : `--${kebab(name)}`,
    values: [value].flat(),
  };
}

function fromEnv(name: FlagName, env: Env): Found | undefined {
  const spec = flagSpec(name);
  const where = envName(name);
  const value = env[where];
  const negated = spec.type === 'switch' && spec.default === true;
  if (value)
    return { where, values: isMany(spec) ? value.split(/[\s,]+/).filter(Boolean) : [value], negated };
  // https://no-color.org: any value that is not empty.
  if (name === 'color' && env.NO_COLOR) return { where: 'NO_COLOR', values: [false] };
  return undefined;
}

function fromSettings(name: FlagName, settings: Settings): Found | undefined {
  const shown = spelling(name).slice(2);
  for (const key of new Set([shown, kebab(name)])) {
    const value = settings[key];
    if (value !== undefined && value !== null) {
      return { where: `settings: ${key}`, values: [value].flat(), negated: key !== kebab(name) };
    }
  }
  return undefined;
}

function isMany(spec: FlagSpec): boolean {
  return spec.type === 'text' && spec.many === true;
}

function fallback(spec: FlagSpec): unknown {
  return isMany(spec) && 'default' in spec ? [spec.default] : 'default' in spec ? spec.default : undefined;
}

/** Of a flag that is not repeatable the last one counts, so that an alias can be overruled. */
function read(spec: FlagSpec, { where, values, negated = false }: Found): unknown {
  const last = values[values.length - 1];
  switch (spec.type) {
    case 'switch':
      return readSwitch(last, where) !== negated;
    case 'number':
      return readNumber(spec, last, where);
    case 'numbers':
      return String(last)
        .split(',')
        .map((part) => readNumber(spec, part, where));
    case 'choice':
      if (typeof last === 'string' && spec.choices.includes(last)) return last;
      throw usageFault('not-a-choice', { name: where, value: quote(last), choices: spec.choices.join(', ') });
    case 'text':
      return isMany(spec) ? values.map(String) : String(last);
  }
}

function readSwitch(value: unknown, where: string): boolean {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  throw usageFault('not-a-switch', { name: where, value: quote(value) });
}

function readNumber(spec: FlagSpec & { type: 'number' | 'numbers' }, value: unknown, where: string): number {
  const { min, max, whole = false } = spec;
  // Decimal digits only: Number('') is 0 and Number('0x10') is 16, neither of which anybody meant.
  const written = typeof value === 'number' ? String(value) : value;
  const ok = typeof written === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written.trim());
  const number = Number(written);
  if (ok && number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
  throw new Fault('not-a-number', { name: where, value: quote(value), min, max, whole: whole ? 1 : 0 });
}

/** A message quotes what was typed, but not a page of it. */
function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
