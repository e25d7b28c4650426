// Events as rows for a spreadsheet: one a line, with the columns that any of them has.
import { csvRow } from '../core/csv.ts';
import type { Event } from '../core/event.ts';

/** `hears`, `offer` and other lists have no cell, and neither have payloads. */
const columns = [
  'type',
  'group',
  'address',
  'port',
  'to',
  'kind',
  'name',
  'id',
  'seq',
  'bytes',
  'ttl',
  'unicast',
  'worker',
  'text',
  'hex',
  'of',
  'every',
  'up',
  'sentAt',
  'items',
  'wait',
  'run',
  'looped',
  'failed',
  'state',
  'was',
  'reason',
  'count',
  'what',
  'code',
  'interface',
  'title',
  'phase',
] as const;

export const eventHead = csvRow(['time', 'at', ...columns]);

export function eventRow(event: Event): string {
  const fields = event as unknown as Record<string, unknown>;
  return csvRow([isoMicros(event.at), event.at, ...columns.map((column) => cellOf(fields[column]))]);
}

function cellOf(value: unknown): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

/** `2026-11-21T05:24:11.123456Z`: a date of JavaScript ends at milliseconds. */
function isoMicros(at: number): string {
  const micros = Math.round(at * 1000);
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${rest}Z`);
}
