// The compose line and the prompts. ink-text-input shows the line; its own keys stay off (`focus`), because it
// steps through an emoji in halves, takes Ctrl+A for the letter a, and loses keys that come in one read. The
// keys go through the one keymap to the line editor instead. Only the part that fits is handed over: Ink
// remembers every text that it measures, and this one grows no faster than a person types.
import { Box } from 'ink';
import TextInput from 'ink-text-input';
import { cut, fitted, widthOf } from './fit.ts';
import type { LineEditor } from './line-editor.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';
import type { Role } from './theme.ts';

type Props = {
  line: LineEditor;
  width: number;
  active: boolean;
  /** What stands left of the text, styled, and its width. */
  label: string;
  labelWidth: number;
  placeholder: string;
  /** Right of the text, two columns: a blank and the pane's side. */
  end?: string;
  look: Look;
};

const nothing = () => {};

export function Compose({ line, width, active, label, labelWidth, placeholder, end = '', look }: Props) {
  const endWidth = end === '' ? 0 : 2;
  const room = Math.max(1, width - labelWidth - endWidth);
  const { text, cursor } = lineWindow(line, room);
  const empty = line.chars.length === 0;
  const shown = empty
    ? idle(placeholder, room, active, look)
    : active
      ? withCursor(text, cursor, look)
      : text.join('');
  return (
    <Box width={width} height={1} flexShrink={0}>
      <Rows width={labelWidth} height={1} lines={[label]} />
      <Box width={room} height={1} flexShrink={0}>
        <TextInput value={shown} onChange={nothing} focus={false} />
      </Box>
      {end !== '' && <Rows width={endWidth} height={1} lines={[end]} />}
    </Box>
  );
}

/** The graphemes around the cursor that fit, and the cursor's place among them; a blank keeps room for it. */
export function lineWindow(
  line: LineEditor,
  width: number,
): { text: string[]; cursor: number; column: number } {
  const { chars, cursor } = line;
  let from = cursor;
  let used = 1;
  // Two thirds of the room show what was written before the cursor, all of it while that is the end.
  const before = cursor === chars.length ? width : Math.ceil((width * 2) / 3);
  while (from > 0 && used + widthOf(chars[from - 1]!) <= before) used += widthOf(chars[--from]!);
  const column = used - 1;
  let to = cursor;
  while (to < chars.length && column + 1 + widthOf(chars.slice(cursor, to + 1).join('')) <= width) to++;
  return { text: chars.slice(from, to), cursor: cursor - from, column };
}

function withCursor(chars: readonly string[], cursor: number, { theme }: Look): string {
  const under = chars[cursor] ?? ' ';
  return chars.slice(0, cursor).join('') + theme.selected(under) + chars.slice(cursor + 1).join('');
}

function idle(placeholder: string, width: number, active: boolean, { theme }: Look): string {
  const text = cut(placeholder, width);
  if (!active) return theme.dim(text);
  const [first = ' '] = text;
  return theme.selected(first) + theme.dim(text.slice(first.length));
}

export type Label = { text: string; role: Role };

/** Parts before the text, and how wide they are together. */
export function labelOf(parts: readonly Label[], look: Look): { label: string; labelWidth: number } {
  return {
    label: parts.map(({ text, role }) => look.theme[role](fitted(text, widthOf(text)))).join(''),
    labelWidth: parts.reduce((sum, { text }) => sum + widthOf(text), 0),
  };
}
