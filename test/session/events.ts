// Plausible events and sessions made of them, for tests and the processes that they start.
import type { Event, Received } from '../../source/core/event.ts';
import { closing, openingText, type SessionHeader, separator } from '../../source/session/format.ts';

export const group = '239.255.0.1:50000';
export const startedAt = 1_790_000_000_000;

export const header: SessionHeader = {
  'mcast-tui': 1,
  version: '0.1.0',
  id: '9f2c61d07ab34e15',
  name: 'ana',
  host: 'lab-3',
  pid: 0,
  started: startedAt,
  groups: [{ group, interface: 'lo', address: '127.0.0.1', ttl: 1 }],
};

/** A heartbeat of one of ten peers, `n` tenths of a second after the start. */
export function heartbeat(n: number): Received {
  const peer = n % 10;
  return {
    type: 'received',
    at: startedAt + 100 * n,
    group,
    address: `10.0.0.${peer + 1}`,
    port: 50_123,
    bytes: 163,
    kind: 'heartbeat',
    worker: 1 + (n % 2),
    id: `00000000000000${(16 + peer).toString(16)}`,
    name: `node-${peer}`,
    seq: Math.floor(n / 10),
    sentAt: startedAt + 100 * n - 0.5,
    ttl: 1,
    every: 1000,
    up: 100 * n,
  };
}

export const chat = (n: number, text: string): Received => ({ ...heartbeat(n), kind: 'chat', text });

export const started: Event = {
  type: 'started',
  at: startedAt,
  version: '0.1.0',
  id: header.id,
  name: 'ana',
  groups: header.groups,
  workers: 2,
  heartbeat: 1000,
};

export const stopped = (at: number): Event => ({ type: 'stopped', at, reason: 'q', totals: {} as never });

export const linesOf = (events: Event[]): string =>
  events.map((event) => JSON.stringify(event)).join(separator);

export const sessionText = (events: Event[], head = header): string =>
  openingText(head) + linesOf(events) + closing;
