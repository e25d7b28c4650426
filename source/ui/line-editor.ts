// One line being typed: a pure reducer over graphemes, so that an emoji is one step of the cursor and one
// backspace. Keys and commands as in a shell: Ctrl+A, E, U, K, W, Y and a history.
import { graphemes } from './fit.ts';

export type LineEditor = {
  /** Graphemes. */
  chars: readonly string[];
  /** Graphemes left of the cursor. */
  cursor: number;
  /** Lines sent before, oldest first. */
  history: readonly string[];
  /** Which of them shows; `history.length` is the line of one's own, kept in `draft` meanwhile. */
  recalled: number;
  draft: string;
  /** What Ctrl+U, K or W took last. */
  killed: string;
};

export type Edit =
  | { edit: 'type'; text: string }
  | { edit: 'back' | 'delete' | 'left' | 'right' | 'word-left' | 'word-right' | 'start' | 'end' }
  | { edit: 'kill-left' | 'kill-right' | 'kill-word' | 'yank' }
  | { edit: 'older' | 'newer' }
  | { edit: 'set'; text: string }
  /** The line was sent: it goes to the history. */
  | { edit: 'sent' };

const historyKept = 200;
/** Longest line in graphemes; far above what fits a datagram, so that one too long is refused and not cut. */
export const longestLine = 8000;

export const newLine = (): LineEditor => ({
  chars: [],
  cursor: 0,
  history: [],
  recalled: 0,
  draft: '',
  killed: '',
});

export const textOf = (line: LineEditor): string => line.chars.join('');

export function edited(line: LineEditor, change: Edit): LineEditor {
  const { chars, cursor } = line;
  switch (change.edit) {
    case 'type':
      return typed(line, change.text);
    case 'set':
      return at(line, graphemes(change.text));
    case 'back':
      return cursor === 0 ? line : without(line, cursor - 1, cursor);
    case 'delete':
      return without(line, cursor, Math.min(chars.length, cursor + 1));
    case 'left':
      return { ...line, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { ...line, cursor: Math.min(chars.length, cursor + 1) };
    case 'word-left':
      return { ...line, cursor: wordStart(line) };
    case 'word-right': {
      let to = cursor;
      while (chars[to] === ' ') to++;
      while (to < chars.length && chars[to] !== ' ') to++;
      return { ...line, cursor: to };
    }
    case 'start':
      return { ...line, cursor: 0 };
    case 'end':
      return { ...line, cursor: chars.length };
    case 'kill-left':
      return killing(line, 0, cursor);
    case 'kill-right':
      return killing(line, cursor, chars.length);
    case 'kill-word':
      return killing(line, wordStart(line), cursor);
    case 'yank':
      return typed(line, line.killed);
    case 'older':
      return recall(line, line.recalled - 1);
    case 'newer':
      return recall(line, line.recalled + 1);
    case 'sent': {
      const text = textOf(line);
      const history = [...line.history.filter((old) => old !== text), text].slice(-historyKept);
      return { ...newLine(), killed: line.killed, history, recalled: history.length };
    }
  }
}

/** Line ends and tabs of a paste become spaces; nothing invisible gets into a message. */
const visible = (text: string): string =>
  text
    .replace(/\r\n?|[\n\t]/g, ' ')
    .replace(/[\p{Cc}\p{Co}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');

function typed(line: LineEditor, input: string): LineEditor {
  const { chars, cursor } = line;
  const text = visible(input);
  // What is typed may join with what stands before it: a combining accent, the second half of a flag.
  const before = graphemes(chars.slice(0, cursor).join('') + text);
  const all = [...before, ...chars.slice(cursor)].slice(0, longestLine);
  return { ...line, chars: all, cursor: Math.min(before.length, all.length) };
}

function at(line: LineEditor, chars: readonly string[]): LineEditor {
  return { ...line, chars, cursor: chars.length };
}

function without(line: LineEditor, from: number, to: number): LineEditor {
  const { chars } = line;
  return { ...line, chars: [...chars.slice(0, from), ...chars.slice(to)], cursor: from };
}

function killing(line: LineEditor, from: number, to: number): LineEditor {
  if (from === to) return line;
  return { ...without(line, from, to), killed: line.chars.slice(from, to).join('') };
}

function wordStart({ chars, cursor }: LineEditor): number {
  let from = cursor;
  while (from > 0 && chars[from - 1] === ' ') from--;
  while (from > 0 && chars[from - 1] !== ' ') from--;
  return from;
}

function recall(line: LineEditor, to: number): LineEditor {
  const { history } = line;
  if (to < 0 || to > history.length || to === line.recalled) return line;
  const draft = line.recalled === history.length ? textOf(line) : line.draft;
  const text = to === history.length ? draft : history[to]!;
  return at({ ...line, recalled: to, draft }, graphemes(text));
}
