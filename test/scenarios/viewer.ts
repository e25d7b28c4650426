// What a screen knows that has seen every snapshot.

import type { Transfer } from '../../source/core/event.ts';
import type { Publisher } from '../../source/core/publish.ts';
import type { ChatLine, Delivery, OfferView, PeerRow } from '../../source/core/snapshot.ts';

export class Viewer {
  rows = new Map<string, PeerRow>();
  ticks = new Map<number, Delivery>();
  chat: ChatLine[] = [];
  offers: OfferView[] = [];
  transfers = new Map<string, Transfer>();

  see(publisher: Publisher, now: number): void {
    const around = { recording: undefined, queued: 0, lag: 0 };
    const snapshot = publisher.snapshot(now, { peer: undefined, matrix: false }, around);
    if (snapshot.fresh) {
      this.rows.clear();
      this.ticks.clear();
      this.transfers.clear();
      this.chat = [];
    }
    // φ of a peer that is alive is told when it is heard; the screen lets it stand until then.
    for (const row of snapshot.peers)
      this.rows.set(row.key, row.state === 'alive' ? { ...row, phi: 0 } : row);
    for (const key of snapshot.removed) {
      this.rows.delete(key);
      this.transfers.delete(key);
    }
    this.offers = snapshot.offers;
    for (const transfer of snapshot.transfers) this.transfers.set(transfer.share, transfer);
    for (const tick of snapshot.deliveries) this.ticks.set(tick.n, tick);
    this.chat.push(...snapshot.chat);
  }
}
