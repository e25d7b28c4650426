// What the open overlay shows: its rows, and where it stands.
import { columnRows } from './column-chooser.ts';
import { type Desk, shownColumns } from './desk.ts';
import { diagnosisRows } from './diagnosis-sheet.ts';
import { filterRows } from './filter-sheet.ts';
import { inner } from './frame.ts';
import { groupLabel } from './header.tsx';
import { helpRows } from './help.ts';
import type { Size } from './layout.ts';
import { matrixRows } from './matrix-view.ts';
import { detailRows } from './peer-detail.ts';

export type OverlayRows = { title: string; note: string; rows: string[]; size: Size };

export function overlayRows(desk: Desk): OverlayRows {
  const { look, options } = desk;
  const { latest, peers, diagnoses } = desk.model;
  const view = desk.view();
  const layout = desk.layout();
  const { words } = look;
  const wide = view.overlay === 'help' || view.overlay === 'wireshark' || view.overlay === 'diagnosis';
  const size = wide ? layout.body : layout.side;
  const { width } = inner(size);
  switch (view.overlay) {
    case 'help':
      return {
        title: words.help.title,
        note: '',
        rows: helpRows(width, options.replay ? ['live', 'compose'] : ['replay', 'landmark'], look),
        size,
      };
    case 'matrix':
      return {
        title: words.matrix.title,
        note: words.matrix.values[view.matrixValue],
        rows: matrixRows(latest?.matrix, view.matrixValue, width, look),
        size,
      };
    case 'wireshark':
      return {
        title: look.wireshark.title,
        note: '',
        rows: filterRows(
          (latest?.groups ?? []).map(({ group }) => group),
          width,
          look,
        ),
        size,
      };
    case 'diagnosis': {
      const { replay } = options;
      const context = { latest: latest ?? { groups: [] }, diagnoses, only: view.group, replay, look };
      return { title: look.diagnosis.title, note: '', rows: diagnosisRows(context, width), size };
    }
    case 'columns':
      return {
        title: words.columnsTitle,
        note: '',
        rows: columnRows(new Set(shownColumns(desk)), view.columns, view.overlayRow, width, look),
        size,
      };
    default: {
      const row = peers.find(({ key }) => key === view.selected);
      const context = {
        now: latest?.now ?? 0,
        look,
        groupLabel: (group: string) => groupLabel(latest?.groups ?? [], group),
      };
      return {
        title: words.detail.title,
        note: row?.name ?? '',
        rows: row ? detailRows(row, latest?.detail, width, context) : [],
        size,
      };
    }
  }
}
