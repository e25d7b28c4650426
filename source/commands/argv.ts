// Judges the raw arguments before meow reads them. By itself meow would take `--ttl` without a value, `--ack=maybe`
// or a misspelt flag without a word, and `send --raw true story` would lose its "true".
import { type FlagName, flagNames, flagSpec, kebab, spelling } from './flags.ts';
import { nearest } from './nearest.ts';
import { usageFault } from './usage.ts';

const byLong = new Map(flagNames.map((name) => [kebab(name), name]));
const byShort = new Map(flagNames.flatMap((name) => shortOf(name).map((short) => [short, name] as const)));

function shortOf(name: FlagName): string[] {
  const { short } = flagSpec(name);
  return short ? [short] : [];
}

/**
 * The same arguments in one plain form: `--name=value` and `--switch=true` first, then `--` and everything else.
 * @throws Fault `usage` for an unknown flag, a missing value or a value that a switch cannot have.
 */
export function tidyArgv(argv: readonly string[]): string[] {
  const flags: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i]!;
    if (token === '--') {
      rest.push(...argv.slice(i + 1));
      break;
    }
    if (!looksLikeFlag(token)) {
      rest.push(token);
      continue;
    }
    for (const { name, as, value, negated } of splitToken(token)) {
      if (flagSpec(name).type === 'switch') {
        flags.push(`--${kebab(name)}=${switchValue(as, value) !== negated}`);
      } else {
        const given = value ?? argv[++i];
        // `--name --json` forgot the name. A value that does begin with a dash can be joined: --name=--json
        if (given === undefined || (value === undefined && looksLikeFlag(given)) || given === '') {
          throw usageFault('missing-value', { flag: as });
        }
        flags.push(`--${kebab(name)}=${given}`);
      }
    }
  }
  return [...flags, '--', ...rest];
}

/** `-` alone and negative numbers are words. */
function looksLikeFlag(token: string): boolean {
  return token.length > 1 && token.startsWith('-') && !/^-\.?\d/.test(token);
}

type Part = { name: FlagName; as: string; value: string | undefined; negated: boolean };

function splitToken(token: string): Part[] {
  return token.startsWith('--') ? [longPart(token)] : shortParts(token);
}

function longPart(token: string): Part {
  const [as, value] = cut(token);
  const plain = byLong.get(as.slice(2));
  if (plain) return { name: plain, as, value, negated: false };
  const positive = as.startsWith('--no-') ? byLong.get(as.slice(5)) : undefined;
  if (positive && flagSpec(positive).type === 'switch') return { name: positive, as, value, negated: true };
  throw unknownFlag(as);
}

/** `-g X`, `-gX`, `-g=X` and switches run together, as in `-hv`. */
function shortParts(token: string): Part[] {
  const parts: Part[] = [];
  for (let i = 1; i < token.length; i++) {
    const as = `-${token[i]}`;
    const name = byShort.get(token[i]!);
    if (!name) throw unknownFlag(token.length === 2 ? as : token);
    const rest = token.slice(i + 1).replace(/^=/, '');
    if (flagSpec(name).type !== 'switch') {
      parts.push({ name, as, value: rest === '' ? undefined : rest, negated: false });
      break;
    }
    parts.push({ name, as, value: undefined, negated: false });
  }
  return parts;
}

function cut(token: string): [string, string | undefined] {
  const at = token.indexOf('=');
  return at < 0 ? [token, undefined] : [token.slice(0, at), token.slice(at + 1)];
}

function switchValue(flag: string, value: string | undefined): boolean {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  throw usageFault('switch-value', { flag, value });
}

function unknownFlag(flag: string) {
  const near = nearest(
    flag,
    flagNames.flatMap((name) => [`--${kebab(name)}`, spelling(name)]),
  );
  return near ? usageFault('unknown-flag-near', { flag, near }) : usageFault('unknown-flag', { flag });
}
