// Main-thread handle of a replay: the same feed as a live engine's, out of a session file.
import type { Feed } from '../core/feed.ts';
import { threadEntry } from '../workers/entry.ts';
import { ThreadFeed } from './thread-feed.ts';

export type ReplayOptions = {
  /** The session file. */
  path: string;
  /** ¼ to 64 times; 1 is as it was. */
  speed: number;
};

/** Starts to play at once. Rejects with the Fault of a file that is missing or no session. */
export function startReplay(options: ReplayOptions): Promise<Feed> {
  return ThreadFeed.start(threadEntry('player-thread'), options);
}
