// Between the feed and React: takes in every snapshot as it comes, and shows the sum of them no more often than
// the eye needs. A chat line is shown at once, traffic at the frame rate, a group that only beats twice a second.
import type { Transfer } from '../core/event.ts';
import type { Feed } from '../core/feed.ts';
import type { ActivityLine, ChatLine, Delivery, Diagnosed, PeerRow, Snapshot } from '../core/snapshot.ts';
import { Lines } from './lines.ts';

export const chatKept = 5000;
export const activityKept = 2000;
const deliveriesKept = 200;
/** Least time between two frames, ms: for what a person waits for, and for a group that only beats. */
const promptly = 50;
const calmly = 500;
/** Changed rows and lines in one snapshot up to which a group only beats. */
const fewChanges = 6;

/** What the screen shows. A new object for each frame; the same between frames. */
export type Model = {
  /** The newest snapshot: all that is not a list. Undefined before the first. */
  latest: Snapshot | undefined;
  /** In order of first being heard. Replaced when any row changed. */
  peers: readonly PeerRow[];
  /** In the order in which they began. Replaced when any moved on. */
  transfers: readonly Transfer[];
  /** Replaced when any changed. */
  diagnoses: readonly Diagnosed[];
  chat: Lines<ChatLine>;
  activity: Lines<ActivityLine>;
  deliveries: ReadonlyMap<number, Delivery>;
  /** Counts the fresh starts of the feed: a seek, a reset. */
  epoch: number;
  /** Seconds that the screen stands still, and lines that have come meanwhile. */
  frozen: { seconds: number; missed: number } | undefined;
};

export type Store = {
  subscribe(listener: () => void): () => void;
  getSnapshot(): Model;
  /** Stop taking new models; everything is still collected. */
  freeze(on: boolean): void;
  close(): void;
};

export function openStore(
  feed: Feed,
  { fps = 10, now = Date.now }: { fps?: number; now?: () => number } = {},
): Store {
  const listeners = new Set<() => void>();
  const rows = new Map<string, PeerRow>();
  const chat = new Lines<ChatLine>(chatKept);
  const activity = new Lines<ActivityLine>(activityKept);
  const deliveries = new Map<number, Delivery>();
  const busily = 1000 / fps;
  let latest: Snapshot | undefined;
  let peers: readonly PeerRow[] = [];
  let peersStale = false;
  const moved = new Map<string, Transfer>();
  let transfers: readonly Transfer[] = [];
  let diagnoses: readonly Diagnosed[] = [];
  let epoch = 0;
  let missed = 0;
  let shown: Model = {
    latest,
    peers,
    transfers,
    diagnoses,
    chat,
    activity,
    deliveries,
    epoch,
    frozen: undefined,
  };
  let shownAt = Number.NEGATIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let ticker: NodeJS.Timeout | undefined;

  function take(snapshot: Snapshot): void {
    const wait = patience(snapshot);
    merge(snapshot);
    missed += snapshot.chat.length + snapshot.activity.length;
    if (shown.frozen) return;
    showAt(shownAt + wait);
  }

  function merge(snapshot: Snapshot): void {
    if (snapshot.fresh) {
      rows.clear();
      moved.clear();
      transfers = [];
      diagnoses = [];
      chat.clear();
      activity.clear();
      deliveries.clear();
      epoch++;
      peersStale = true;
    }
    latest = snapshot;
    for (const key of snapshot.removed) {
      rows.delete(key);
      moved.delete(key);
    }
    for (const row of snapshot.peers) rows.set(row.key, row);
    if (snapshot.removed.length + snapshot.peers.length > 0) peersStale = true;
    for (const transfer of snapshot.transfers) moved.set(transfer.share, transfer);
    if (snapshot.transfers.length + snapshot.removed.length > 0) transfers = [...moved.values()];
    if (snapshot.diagnoses) diagnoses = snapshot.diagnoses;
    for (const line of snapshot.chat) chat.push(line);
    for (const line of snapshot.activity) activity.push(line);
    for (const delivery of snapshot.deliveries) deliveries.set(delivery.n, delivery);
    for (const n of deliveries.keys()) {
      if (deliveries.size <= deliveriesKept) break;
      deliveries.delete(n);
    }
  }

  /** How long after the frame before a snapshot may wait for its own. */
  function patience(snapshot: Snapshot): number {
    const { chat: said, deliveries: ticks, fresh, player, peers: changed, activity: done } = snapshot;
    const turned = changed.some(({ key, state }) => rows.get(key)?.state !== state);
    const moved = player !== undefined && (player.playing !== latest?.player?.playing || !player.playing);
    if (fresh || said.length + ticks.length > 0 || turned || moved || snapshot.removed.length > 0)
      return promptly;
    if (snapshot.diagnoses || snapshot.doctor?.since !== latest?.doctor?.since) return promptly;
    if (snapshot.offers.length !== latest?.offers.length) return promptly;
    return changed.length + done.length > fewChanges || snapshot.transfers.length > 0 || player?.playing
      ? busily
      : calmly;
  }

  function showAt(time: number): void {
    if (time >= due) return;
    clearTimeout(timer);
    due = time;
    const wait = time - now();
    if (wait <= 0) show();
    else timer = setTimeout(show, wait);
  }

  function show(): void {
    due = Number.POSITIVE_INFINITY;
    shownAt = now();
    if (peersStale) peers = [...rows.values()];
    peersStale = false;
    missed = 0;
    publish({ latest, peers, transfers, diagnoses, chat, activity, deliveries, epoch, frozen: undefined });
  }

  function publish(model: Model): void {
    shown = model;
    for (const listener of listeners) listener();
  }

  function freeze(on: boolean): void {
    if (on === (shown.frozen !== undefined)) return;
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    if (!on) {
      clearInterval(ticker);
      show();
      return;
    }
    missed = 0;
    const still = {
      ...shown,
      chat: chat.still(),
      activity: activity.still(),
      deliveries: new Map(deliveries),
    };
    const since = now();
    const tell = () => publish({ ...still, frozen: { seconds: Math.round((now() - since) / 1000), missed } });
    tell();
    ticker = setInterval(tell, 1000);
  }

  const unsubscribe = feed.subscribe(take);
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => shown,
    freeze,
    close() {
      unsubscribe();
      clearTimeout(timer);
      clearInterval(ticker);
    },
  };
}
