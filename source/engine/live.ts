// Main-thread handle of a live engine, which runs in a thread of its own: a terminal that stops reading blocks
// the main thread in write(2), and the sockets must not stall with it.
import type { Feed } from '../core/feed.ts';
import { threadEntry } from '../workers/entry.ts';
import type { EngineOptions } from './options.ts';
import { ThreadFeed } from './thread-feed.ts';

export type LiveFeed = Feed & {
  /** Blocks of event lines: JSON objects joined by ",\n", as they stand in a session file. */
  onLines(listener: (block: string) => void): void;
};

/** Opens sockets, pool and recorder. Rejects with a Fault when the host or the settings do not allow it. */
export function startEngine(options: EngineOptions): Promise<LiveFeed> {
  return ThreadFeed.start(threadEntry('engine-thread'), options);
}
