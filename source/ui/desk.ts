// What the actions of the keys have at hand: the state of the view, the model, the feed, the terminal around.
import type { Feed } from '../core/feed.ts';
import { type ColumnId, chooseColumns } from './columns.ts';
import { fileRowCount } from './files-pane.tsx';
import { inner } from './frame.ts';
import { groupLabel } from './header.tsx';
import type { Action } from './keymap.ts';
import type { Layout } from './layout.ts';
import type { Lists } from './lists.ts';
import type { Look } from './look.ts';
import type { Model, Store } from './store.ts';
import type { Surroundings } from './surroundings.ts';
import type { Palette } from './theme.ts';
import type { Tone, ViewAction, ViewState } from './view-state.ts';

export type AppOptions = { replay: boolean; palette: Palette; ascii: boolean };

export type Desk = {
  readonly feed: Feed;
  readonly store: Store;
  readonly around: Surroundings;
  readonly options: AppOptions;
  readonly lists: Lists;
  readonly look: Look;
  readonly model: Model;
  view(): ViewState;
  layout(): Layout;
  dispatch(action: ViewAction): void;
  /** Says something in the footer, until the next key. */
  tell(text: string, tone?: Tone): void;
};

/** `landmark` is a key that names a kind, and needs to know which: the controller does it. */
export type Actions = Record<Exclude<Action, 'landmark'>, (desk: Desk) => void>;

/** Several groups show together: rows must say which is theirs. */
export function severalGroups({ model, view }: Desk): boolean {
  return (model.latest?.groups.length ?? 0) > 1 && view().group === undefined;
}

/** Short name of a group where several show; else empty. */
export function labelOfGroup(desk: Desk, group: string): string {
  return severalGroups(desk) ? groupLabel(desk.model.latest?.groups ?? [], group) : '';
}

/** Rows that the pane of files would fill; 0 for no pane: it opens by itself, or where a person asks for it. */
export function shownFiles({ lists, model, view, look }: Desk): number {
  const transfers = lists.files(model, view(), look);
  return transfers.length > 0 || view().focus === 'files' ? fileRowCount(transfers) : 0;
}

/** The columns that stand in the table of peers now. */
export function shownColumns(desk: Desk): ColumnId[] {
  const layout = desk.layout();
  const { width } = inner(layout.panes.peers ?? layout.body);
  return chooseColumns(width - 2, desk.view().columns, severalGroups(desk)).map(({ column }) => column.id);
}
