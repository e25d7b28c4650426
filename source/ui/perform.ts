// What each action of the keymap does.
import { columns } from './columns.ts';
import { type Actions, type Desk, shownColumns, shownFiles } from './desk.ts';
import { examine, openDiagnosis, refreshMembership } from './diagnosing.ts';
import { duration, short } from './format.ts';
import type { Pane } from './layout.ts';
import type { Edit } from './line-editor.ts';
import { move } from './moving.ts';
import { answer, seekBy, setSpeed } from './replaying.ts';
import { say } from './saying.ts';
import { acceptOffer, cancelTransfer, declineOffer, dropTransfers } from './sharing.ts';

const seekStep = 10_000;

const edit =
  (change: Exclude<Edit['edit'], 'type' | 'set'>) =>
  (desk: Desk): void =>
    desk.dispatch({ do: 'edit', change: { edit: change } });

const focus =
  (pane: Pane) =>
  (desk: Desk): void =>
    desk.dispatch({ do: 'focus', pane });

export const actions: Actions = {
  quit: ({ around }) => around.onExit(0),
  'quit-summary': (desk) => desk.around.onExit(0, summaryOf(desk)),
  repaint: ({ around }) => around.onRepaint(),
  suspend: ({ around }) => around.onSuspend(),

  send: say,
  leave: (desk) => desk.dispatch({ do: 'leave' }),
  back: edit('back'),
  delete: edit('delete'),
  left: edit('left'),
  right: edit('right'),
  'word-left': edit('word-left'),
  'word-right': edit('word-right'),
  start: edit('start'),
  end: edit('end'),
  'kill-left': edit('kill-left'),
  'kill-right': edit('kill-right'),
  'kill-word': edit('kill-word'),
  yank: edit('yank'),
  older: edit('older'),
  newer: edit('newer'),

  compose: (desk) => {
    if (!desk.options.replay) desk.dispatch({ do: 'write' });
    else desk.tell(desk.look.words.messages.notInReplay, 'warn');
  },
  help: (desk) => desk.dispatch({ do: 'open', overlay: 'help' }),
  'next-pane': (desk) => cycle(desk, 1),
  'previous-pane': (desk) => cycle(desk, -1),
  'pane-1': focus('chat'),
  'pane-2': focus('peers'),
  'pane-3': focus('workers'),
  'pane-4': focus('files'),
  'accept-offer': (desk) => acceptOffer(desk),
  'decline-offer': declineOffer,
  'cancel-transfer': cancelTransfer,
  'drop-transfers': dropTransfers,
  zoom: (desk) => desk.dispatch({ do: 'zoom' }),
  filter: (desk) => desk.dispatch({ do: 'ask', asking: 'filter' }),
  group: narrow,
  mask: (desk) => desk.dispatch({ do: 'mask' }),
  freeze: ({ store }) => store.freeze(store.getSnapshot().frozen === undefined),
  reset: (desk) => {
    desk.feed.send({ do: 'reset' });
    desk.tell(desk.look.words.messages.reset);
  },
  forget: (desk) => {
    desk.feed.send({ do: 'forget' });
    desk.tell(desk.look.words.messages.forgotten);
  },
  matrix: (desk) => desk.dispatch({ do: 'open', overlay: 'matrix' }),
  wireshark: (desk) => desk.dispatch({ do: 'open', overlay: 'wireshark' }),
  diagnosis: openDiagnosis,
  examine,
  'refresh-membership': (desk) => refreshMembership(desk),
  'matrix-value': (desk) => desk.dispatch({ do: 'matrix-value' }),
  columns: (desk) => desk.dispatch({ do: 'open', overlay: 'columns' }),
  toggle: toggleColumn,
  'sort-left': (desk) => sortBy(desk, -1),
  'sort-right': (desk) => sortBy(desk, 1),
  reverse: (desk) => desk.dispatch({ do: 'reverse' }),
  detail: openDetail,

  down: (desk) => move(desk, () => 1),
  up: (desk) => move(desk, () => -1),
  'page-down': (desk) => move(desk, (page) => page),
  'page-up': (desk) => move(desk, (page) => -page),
  'half-down': (desk) => move(desk, (page) => Math.ceil(page / 2)),
  'half-up': (desk) => move(desk, (page) => -Math.ceil(page / 2)),
  top: (desk) => move(desk, () => -Infinity),
  bottom: (desk) => move(desk, () => Infinity),
  close: (desk) => desk.dispatch({ do: 'close' }),
  escape: (desk) => {
    if (desk.model.frozen) desk.store.freeze(false);
    else desk.dispatch({ do: 'escape' });
  },
  accept: answer,
  cancel: (desk) => desk.dispatch({ do: 'cancel' }),

  play: ({ feed, model }) => {
    const player = model.latest?.player;
    if (player?.atEnd) feed.send({ do: 'seek', to: 0 });
    feed.send({ do: player?.playing && !player.atEnd ? 'pause' : 'play' });
  },
  'step-forward': ({ feed }) => feed.send({ do: 'step', by: 1 }),
  'step-back': ({ feed }) => feed.send({ do: 'step', by: -1 }),
  faster: (desk) => setSpeed(desk, 1),
  slower: (desk) => setSpeed(desk, -1),
  'seek-forward': (desk) => seekBy(desk, seekStep),
  'seek-back': (desk) => seekBy(desk, -seekStep),
  'to-start': (desk) => seekBy(desk, -Infinity),
  'to-end': (desk) => seekBy(desk, Infinity),
  'seek-time': (desk) => desk.dispatch({ do: 'ask', asking: 'time' }),
  'next-landmark': (desk) => desk.dispatch({ do: 'ask', asking: 'landmark' }),
  'previous-landmark': (desk) => desk.dispatch({ do: 'ask', asking: 'landmark-back' }),
};

function cycle(desk: Desk, by: 1 | -1): void {
  desk.dispatch({ do: 'cycle', by, writable: !desk.options.replay, files: shownFiles(desk) > 0 });
}

function narrow(desk: Desk): void {
  const groups = (desk.model.latest?.groups ?? []).map(({ group }) => group);
  const { messages } = desk.look.words;
  if (groups.length < 2) {
    desk.tell(messages.onlyOneGroup);
    return;
  }
  desk.dispatch({ do: 'group', groups });
  const { group } = desk.view();
  desk.tell(group === undefined ? messages.allGroups : messages.oneGroup(desk.look.address(group)));
}

function sortBy(desk: Desk, by: 1 | -1): void {
  const shown = shownColumns(desk);
  const at = shown.indexOf(desk.view().sorting.column);
  const column = shown[(Math.max(0, at) + (at < 0 ? 0 : by) + shown.length) % shown.length]!;
  desk.dispatch({ do: 'sort', column });
  desk.tell(desk.look.words.messages.sorted(desk.look.words.columns[column]));
}

function toggleColumn(desk: Desk): void {
  const { id } = columns[desk.view().overlayRow] ?? columns[0]!;
  desk.dispatch({ do: 'column', column: id, shown: !shownColumns(desk).includes(id) });
}

function openDetail(desk: Desk): void {
  const { lists, model, look } = desk;
  const rows = lists.peers(model, desk.view(), look);
  if (rows.length === 0) {
    desk.tell(look.words.messages.noPeer, 'warn');
    return;
  }
  const { selected } = desk.view();
  if (!rows.some(({ key }) => key === selected)) {
    desk.dispatch({ do: 'select', by: -Infinity, keys: rows.map(({ key }) => key) });
  }
  desk.dispatch({ do: 'open', overlay: 'detail' });
}

function summaryOf({ model: { latest }, look: { words } }: Desk): string {
  if (!latest) return '';
  const { now, startedAt, totals, peerCount, recording } = latest;
  return words.summary({
    time: duration(now - startedAt),
    received: short(totals.received),
    sent: short(totals.sent),
    peers: Object.values(peerCount).reduce((sum, count) => sum + count, 0),
    lost: short(totals.lost),
    ...(recording && 'path' in recording && { path: recording.path }),
  });
}
