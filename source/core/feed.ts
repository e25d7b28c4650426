// The one door between whatever makes snapshots (live engine, player, demo) and whatever shows them.
import type { GroupName, Kind, Millis, PeerState } from './event.ts';
import type { ShareMode } from './share.ts';
import type { Snapshot } from './snapshot.ts';

/** What `next event of a kind` can look for in a replay. */
export type Landmark = Kind | PeerState | 'warning' | 'diagnosis' | 'task';

/** How to share files; what is left out is up to the sender. */
export type ShareOptions = {
  mode: ShareMode;
  /** Receivers to wait for, and for how long at most, ms. */
  clients?: number;
  wait?: Millis;
  /** Most bytes per second on the wire. */
  rate?: number;
  /** TCP port of the control connections. */
  controlPort?: number;
  /** A receiver that gets fewer bytes per second than this is dropped. */
  minRate?: number;
};

export type Command =
  /** Send a chat line; to the first group when none is named. */
  | { do: 'say'; text: string; group?: GroupName }
  /** Ask for the detail of one peer row and for the matrix, in every snapshot from now on. */
  | { do: 'watch'; peer: string | undefined; matrix: boolean }
  /** Count from zero again. */
  | { do: 'reset' }
  /** Drop the rows of peers that are gone. */
  | { do: 'forget' }
  /** Offer files or folders to the group (the first when none is named). A path is one as a person writes it: ~ is home. */
  | { do: 'share'; paths: string[]; options: ShareOptions; group?: GroupName }
  /** Take what is offered, into a folder (by default the one of the engine's options), or wave it away. */
  | { do: 'accept'; share: string; out?: string }
  | { do: 'decline'; share: string }
  /** Take a file from a plain sender of the lab protocol, which announces nothing. */
  | { do: 'fetch'; address: string; port: number; out?: string }
  /** End an own transfer, in either role. */
  | { do: 'cancel'; share: string }
  /** Run the doctor's checks of this host. */
  | { do: 'examine' }
  /** Report the memberships now, and so often from now on. */
  | { do: 'refresh'; every: Millis }
  /** Replay only. Times are ms from the session's start. */
  | { do: 'play' }
  | { do: 'pause' }
  | { do: 'step'; by: 1 | -1 }
  | { do: 'speed'; factor: number }
  | { do: 'seek'; to: Millis }
  | { do: 'next'; landmark: Landmark; back?: boolean };

/** A live source of snapshots. */
export type Feed = {
  /** Calls back with each snapshot until the returned function is called. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  send(command: Command): void;
  /** Says bye, leaves the groups, closes the session file. Resolves when all is on disk. Safe to call twice. */
  close(reason: string): Promise<void>;
  /** Rejects with a Fault when the source fails by itself; resolves when it ended (a duration or a count was reached). */
  ended: Promise<void>;
};
