// Moves within whatever has the keys: a list of lines, the chosen peer, an overlay.
import { activityHead } from './activity-pane.tsx';
import { lowestAtTop } from './chat-pane.tsx';
import { columns } from './columns.ts';
import { type Desk, labelOfGroup } from './desk.ts';
import { inner } from './frame.ts';
import { lastFirst } from './overlay.tsx';
import { overlayRows } from './overlay-rows.ts';
import type { ViewAction } from './view-state.ts';

/** `by` is told the rows of a page, and says how far down (or up, below zero) to go. */
export function move(desk: Desk, by: (page: number) => number): void {
  desk.dispatch(step(desk, by));
}

function step(desk: Desk, by: (page: number) => number): ViewAction {
  const { overlay, focus } = desk.view();
  if (overlay === 'columns') return { do: 'overlay-scroll', by: by(5), last: columns.length - 1 };
  if (overlay) {
    const { rows, size } = overlayRows(desk);
    const page = Math.max(1, inner(size).height - 1);
    return { do: 'overlay-scroll', by: by(page), last: lastFirst(rows.length, size.height) };
  }
  const { lists, model, look, options } = desk;
  const layout = desk.layout();
  const room = inner(layout.panes[focus] ?? layout.body);
  const page = Math.max(1, room.height - 2);
  switch (focus) {
    case 'peers': {
      const keys = lists.peers(model, desk.view(), look).map(({ key }) => key);
      return { do: 'select', by: by(page), keys };
    }
    case 'files': {
      const shares = lists.files(model, desk.view(), look).map(({ share }) => share);
      return { do: 'choose', by: by(page), shares };
    }
    case 'workers': {
      const lines = lists.activity(model, desk.view(), look);
      const places = room.height - activityHead(room.height, model.latest?.workers.length ?? 0);
      return { do: 'scroll', pane: focus, by: by(page), lines, least: Math.min(lines.length, places) - 1 };
    }
    case 'chat': {
      const lines = lists.chat(model, desk.view(), look);
      const context = {
        look,
        delivery: (n: number) => model.deliveries.get(n),
        groupLabel: (group: string) => labelOfGroup(desk, group),
      };
      const places = room.height - (options.replay ? 0 : 1);
      const least = lowestAtTop(lines, room.width, places, context);
      return { do: 'scroll', pane: focus, by: by(page), lines, least };
    }
  }
}
