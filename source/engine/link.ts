// What crosses between the main thread and a thread that makes snapshots. A snapshot is sent when the one before
// was taken: a terminal that stops reading delays snapshots, it never piles them up.

import type { Facts, FaultCode } from '../core/fault.ts';
import type { Command } from '../core/feed.ts';
import type { Snapshot } from '../core/snapshot.ts';

export type ToThread =
  | { command: Command }
  /** The snapshot was taken; the next may come. */
  | { took: 'snapshot' }
  /** So many bytes of lines were taken. */
  | { tookLines: number }
  | { close: string };

export type FromThread =
  | { ready: true }
  | { snapshot: Snapshot }
  | { lines: Uint8Array }
  | { fault: { code: FaultCode; facts: Facts; exitCode: 1 | 2 } }
  /** It ended by itself or was closed: all is on disk. */
  | { ended: string };
