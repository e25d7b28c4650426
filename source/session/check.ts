// Judges one line of a session file. A file may come from anywhere, so a line must be an event, whole and in
// bounds, before the fold sees it, and its strings must be safe to draw. Checked by hand against a table: a seek
// passes a million lines, and a schema library took three times as long as parsing them.
import { diagnosisStatuses, type Event, kinds, payloadLimit, peerStates } from '../core/event.ts';
import { isRecord } from '../core/fields.ts';
import { titleLimit } from '../core/message.ts';
import { nameLimit, safeText, textLimit } from '../core/safe-text.ts';
import {
  type Offer,
  receiverStates,
  shareModes,
  type TransferReceiver,
  transferPhases,
  transferRows,
} from '../core/share.ts';

/** What a field may hold: `fits` accepts it as it is, `mend` makes it safe and returns undefined if it cannot. */
type Rule = { optional?: boolean; fits(value: unknown): boolean; mend(value: unknown): unknown };
type Shape = { rules: Map<string, Rule>; required: number };

/** The last instant that a JavaScript date can show, ms. */
const lastInstant = 8.64e15;

const plain = (fits: (value: unknown) => boolean): Rule => ({
  fits,
  mend: (value) => (fits(value) ? value : undefined),
});
const number = (least: number, most: number) =>
  plain((value) => typeof value === 'number' && value >= least && value <= most);
const whole = (most: number) =>
  plain((value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most);
const oneOf = (values: readonly unknown[]) => plain((value) => values.includes(value));
const optional = (rule: Rule): Rule => ({ ...rule, optional: true });

/** A string of at most so many graphemes. */
const text = (limit: number): Rule => ({
  fits: (value) => typeof value === 'string' && value.length <= limit,
  mend: (value) => (typeof value === 'string' ? safeText(value, limit) : undefined),
});

function shape(fields: Record<string, Rule>): Shape {
  const rules = new Map(Object.entries(fields));
  return { rules, required: [...rules.values()].filter((rule) => !rule.optional).length };
}

const object = (shape: Shape): Rule => ({
  fits: (value) => conforms(value, shape),
  mend: (value) => rebuild(value, shape),
});

const list = (rule: Rule, most: number): Rule => ({
  fits: (value) => Array.isArray(value) && value.length <= most && value.every(rule.fits),
  mend: (value) => {
    if (!Array.isArray(value) || value.length > most) return undefined;
    const mended = value.map(rule.mend);
    return mended.includes(undefined) ? undefined : mended;
  },
});

/** Values by short names. */
const record = (rule: Rule): Rule => ({
  fits: (value) => isRecord(value) && sound(Object.entries(value), rule),
  mend: (value) => {
    if (!isRecord(value)) return undefined;
    const mended = Object.entries(value).map(([name, held]) => [safeText(name, nameLimit), rule.mend(held)]);
    return sound(mended as [string, unknown][], rule) ? Object.fromEntries(mended) : undefined;
  },
});
const sound = (entries: [string, unknown][], rule: Rule) =>
  entries.length <= 64 && entries.every(([name, held]) => name.length <= nameLimit && rule.fits(held));

const either = (one: Rule, other: Rule): Rule => ({
  fits: (value) => one.fits(value) || other.fits(value),
  mend: (value) => one.mend(value) ?? other.mend(value),
});

const count = whole(Number.MAX_SAFE_INTEGER);
const instant = number(0, lastInstant);
const label = text(80);
const figure = plain((value) => typeof value === 'number');
const name = text(nameLimit);
const words = text(textLimit);
const port = whole(65_535);
const bytes = whole(65_535);
const worker = whole(1024);
const longestPayload = 4 * Math.ceil(payloadLimit / 3);
const payload = optional(
  plain(
    (value) =>
      typeof value === 'string' && value.length <= longestPayload && /^[A-Za-z0-9+/]*={0,2}$/.test(value),
  ),
);

const report = shape({
  id: label,
  seq: count,
  got: count,
  lost: count,
  duplicates: count,
  jitter: instant,
  at: instant,
  held: instant,
});
const settings = {
  group: label,
  interface: label,
  address: label,
  ttl: whole(255),
  source: optional(label),
};

const shapes = new Map<unknown, Shape>();
/** A field that events have and this table lacks does not compile. */
type Fields<T> = { [F in Exclude<keyof Extract<Event, { type: T }>, 'type' | 'at'>]-?: Rule };
const define = <T extends Event['type']>(type: T, fields: Fields<T>) =>
  shapes.set(type, shape({ type: oneOf([type]), at: instant, ...fields }));

type Rules<T> = { [F in keyof T]-?: Rule };
const facts = record(either(figure, text(1024)));
const title = text(titleLimit);
const offerRules: Rules<Offer> = {
  share: label,
  title,
  files: count,
  bytes: count,
  control: port,
  mode: oneOf(shareModes),
  clients: optional(count),
  key: optional(label),
};
const offer = optional(object(shape(offerRules)));
const receiverRules: Rules<TransferReceiver> = {
  number: count,
  name,
  address: label,
  port,
  bytes: count,
  lost: count,
  repaired: count,
  drops: count,
  rate: instant,
  seconds: optional(instant),
  state: oneOf(receiverStates),
  reason: optional(label),
};

define('received', {
  group: label,
  address: label,
  port,
  bytes,
  kind: oneOf(kinds),
  unicast: optional(oneOf([true])),
  worker: optional(worker),
  text: optional(words),
  hex: optional(text(256)),
  reason: optional(label),
  unknown: optional(name),
  id: optional(label),
  name: optional(name),
  seq: optional(count),
  sentAt: optional(instant),
  ttl: optional(whole(255)),
  every: optional(instant),
  up: optional(instant),
  hears: optional(list(object(report), 256)),
  of: optional(count),
  offer,
  payload,
});
define('sent', {
  group: label,
  bytes,
  kind: oneOf(kinds),
  to: optional(label),
  text: optional(words),
  id: optional(label),
  name: optional(name),
  seq: optional(count),
  of: optional(count),
  offer,
  payload,
});
define('task', {
  worker,
  items: count,
  wait: instant,
  run: instant,
  looped: optional(count),
  failed: optional(oneOf([true])),
});
define('peer', {
  group: label,
  id: label,
  name,
  address: label,
  state: oneOf(peerStates),
  was: optional(oneOf(peerStates)),
  reason: oneOf(['heard', 'silence', 'bye', 'restarted', 'expired']),
});
define('dropped', { group: label, count });
define('shed', { what: oneOf(['queue', 'peers', 'acks', 'screen', 'record']), count });
define('warning', { code: label, facts, text: words });
define('diagnosis', {
  group: optional(label),
  id: label,
  status: oneOf(diagnosisStatuses),
  code: label,
  facts,
  text: text(1024),
  evidence: optional(text(1024)),
  remedy: optional(text(512)),
  link: optional(text(256)),
});
define('transfer', {
  share: label,
  role: oneOf(['sender', 'receiver']),
  phase: oneOf(transferPhases),
  title,
  files: count,
  total: count,
  mode: oneOf(shareModes),
  group: optional(label),
  from: name,
  path: optional(text(1024)),
  reason: optional(object(shape({ code: label, facts }))),
  seconds: optional(instant),
  sent: optional(count),
  receivers: list(object(shape(receiverRules)), transferRows),
  more: optional(count),
});
define('started', {
  version: label,
  id: label,
  name,
  groups: list(object(shape(settings)), 256),
  workers: worker,
  heartbeat: instant,
});
define('joined', { ...settings, receiveBuffer: optional(count), replyPort: optional(port) });
define('left', { group: label, reason: label });
define('stopped', { reason: label, totals: record(either(figure, record(figure))) });

/** The event that a line holds; undefined when it holds none. Never throws. */
export function readEvent(line: string): Event | undefined {
  const value = parse(line);
  if (!isRecord(value)) return undefined;
  const shape = shapes.get(value.type);
  if (!shape) return undefined;
  return (isHarmless(line) && conforms(value, shape) ? value : rebuild(value, shape)) as Event | undefined;
}

/** ASCII without an escape: its strings hold no control characters (JSON forbids them bare), except DEL. */
function isHarmless(line: string): boolean {
  return Buffer.byteLength(line) === line.length && !line.includes('\\') && !line.includes('\x7f');
}

/** All that is required and nothing that is unknown, every field in bounds. */
function conforms(value: unknown, { rules, required }: Shape): boolean {
  if (!isRecord(value)) return false;
  let missing = required;
  for (const field in value) {
    const rule = rules.get(field);
    if (!rule?.fits(value[field])) return false;
    if (!rule.optional) missing--;
  }
  return missing === 0;
}

/** The same with safe strings and known fields only; undefined when a field cannot be mended. */
function rebuild(value: unknown, { rules }: Shape): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const out: Record<string, unknown> = {};
  for (const [field, rule] of rules) {
    const held = value[field];
    if (held === undefined && rule.optional) continue;
    const mended = rule.mend(held);
    if (mended === undefined) return undefined;
    out[field] = mended;
  }
  return out;
}

function parse(line: string): unknown {
  // Garbage is told apart without the cost of an exception.
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
