// Where text is typed: what stands left of it, and the cell of the cursor for the terminal's own (input methods
// open their window there).
import { labelOf, lineWindow } from './compose.tsx';
import type { Desk } from './desk.ts';
import { labelOfGroup } from './desk.ts';
import { panes, type Size } from './layout.ts';

type Place = { width: number; label: string; labelWidth: number; placeholder: string; end: string };

/** The compose line of a chat pane of this size; undefined where there is none. */
export function composePlace(desk: Desk, { width }: Size): Place | undefined {
  const { look, options, model } = desk;
  if (options.replay) return undefined;
  const { writing, focus, overlay } = desk.view();
  const { glyphs, theme, words } = look;
  const role = focus === 'chat' && overlay === undefined ? 'focus' : 'border';
  const group = desk.view().group ?? model.latest?.groups[0]?.group ?? '';
  const label = labelOfGroup(desk, group);
  const parts = [
    { text: `${glyphs.down} `, role },
    ...(label === '' ? [] : [{ text: `${label} `, role: 'match' } as const]),
    { text: `${glyphs.prompt} `, role: writing ? 'focus' : 'dim' },
  ] as const;
  return {
    width,
    ...labelOf(parts, look),
    placeholder: writing ? words.chat.write : words.chat.idle,
    end: ` ${theme[role](glyphs.down)}`,
  };
}

export function promptLabel({ look, view }: Desk): { label: string; labelWidth: number } {
  const { asking, focus } = view();
  const { prompts, panes: names } = look.words;
  const text = asking === 'time' ? prompts.time : prompts.filter(names[focus]);
  return labelOf([{ text: ` ${text}`, role: 'key' }], look);
}

/** Row and column of the cursor, from 0; undefined while keys are not text. */
export function cursorCell(
  desk: Desk,
  rows: number,
  columns: number,
): { row: number; column: number } | undefined {
  const { asking, writing, overlay, prompt, compose } = desk.view();
  const layout = desk.layout();
  if (layout.kind === 'tiny' || !desk.model.latest) return undefined;
  if (asking !== undefined) {
    if (asking.startsWith('landmark')) return undefined;
    const { labelWidth } = promptLabel(desk);
    return { row: rows - 1, column: labelWidth + lineWindow(prompt, columns - labelWidth).column };
  }
  const chat = layout.panes[panes[0]];
  if (!writing || overlay !== undefined || !chat) return undefined;
  const place = composePlace(desk, chat);
  if (!place) return undefined;
  const { column } = lineWindow(compose, chat.width - place.labelWidth - 2);
  return { row: layout.header + layout.tabs + chat.height - 2, column: place.labelWidth + column };
}
