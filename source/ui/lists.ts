// What each pane lists after group and filter: kept from one frame to the next, so that a frame costs what has
// changed and not what is kept.
import type { GroupName, Transfer } from '../core/event.ts';
import type { ActivityLine, ChatLine, PeerRow } from '../core/snapshot.ts';
import { isOver } from '../core/transfers.ts';
import { activitySubject } from './activity-pane.tsx';
import { chatSubject } from './chat-lines.ts';
import { sortPeers } from './columns.ts';
import { fileSubject } from './files-pane.tsx';
import { type Filter, filterOf, Sieve } from './filter.ts';
import { groupLabel } from './header.tsx';
import type { Indexed } from './lines.ts';
import type { Look } from './look.ts';
import type { Model } from './store.ts';
import type { ViewState } from './view-state.ts';

/** Calls `make` again only when one of the reasons is another than last time. */
function remembered<T>(): (reasons: readonly unknown[], make: () => T) => T {
  let last: { reasons: readonly unknown[]; value: T } | undefined;
  return (reasons, make) => {
    if (!last || reasons.some((reason, i) => reason !== last!.reasons[i])) last = { reasons, value: make() };
    return last.value;
  };
}

/** A transfer that is over stays in sight so long, ms. */
const lingering = 60_000;

export class Lists {
  #chat = new Sieve<ChatLine>();
  #activity = new Sieve<ActivityLine>();
  #chatTest = remembered<((line: ChatLine) => boolean) | undefined>();
  #activityTest = remembered<((line: ActivityLine) => boolean) | undefined>();
  #peers = remembered<readonly PeerRow[]>();

  chat(model: Model, { filters, group }: ViewState, look: Look): Indexed<ChatLine> {
    const test = this.#chatTest([filters.chat, group, look], () => {
      const filter = filterOf(filters.chat);
      if (!filter && group === undefined) return undefined;
      return (line) =>
        inGroup(line.group, group) && (filter === undefined || filter.test(chatSubject(line, look)));
    });
    return this.#chat.sift(model.chat, model.epoch, test);
  }

  activity(model: Model, { filters }: ViewState, look: Look): Indexed<ActivityLine> {
    const test = this.#activityTest([filters.workers, look], () => {
      const filter = filterOf(filters.workers);
      return filter && ((line) => filter.test(activitySubject(line, look)));
    });
    return this.#activity.sift(model.activity, model.epoch, test);
  }

  /**
   * What runs, newest first, then what is over. Of that only what ended just now, unless the pane has the keys; and
   * nothing that a person cleared away.
   */
  files(model: Model, { filters, focus, dropped }: ViewState, look: Look): readonly Transfer[] {
    const filter = filterOf(filters.files);
    const since = focus === 'files' ? 0 : (model.latest?.now ?? 0) - lingering;
    const shown = model.transfers
      .filter((transfer) => !isOver(transfer) || transfer.at > Math.max(dropped, since))
      .filter((transfer) => !filter || filter.test(fileSubject(transfer, look)))
      .reverse();
    return [...shown.filter((transfer) => !isOver(transfer)), ...shown.filter(isOver)];
  }

  /** In the order shown. */
  peers(model: Model, { filters, group, sorting }: ViewState, look: Look): readonly PeerRow[] {
    return this.#peers([model.peers, filters.peers, group, sorting, look], () => {
      const filter = filterOf(filters.peers);
      const kept = model.peers.filter(
        (row) => inGroup(row.group, group) && (!filter || filter.test(peerSubject(row, model, look))),
      );
      return sortPeers(kept, sorting);
    });
  }
}

/** What belongs to no group shows with each. */
const inGroup = (group: GroupName, only: GroupName | undefined) =>
  only === undefined || group === '' || group === only;

function peerSubject(
  { name, address, port, id, state, group }: PeerRow,
  { latest }: Model,
  look: Look,
): string {
  const label = groupLabel(latest?.groups ?? [], group);
  return `${name} ${look.address(`${address}:${port}`)} ${id} ${look.words.states[state]} ${group} ${label}`;
}

/** The filter as a pane tells it: what was typed, or why it is no filter. */
export function filterNote(text: string, { words }: Look): string {
  const filter: Filter | undefined = filterOf(text);
  if (!filter) return '';
  return filter.error === undefined
    ? words.filter(text)
    : `/${text} ${words.messages.badFilter(filter.error)}`;
}
