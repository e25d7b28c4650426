// Everything a person chose about the view, and nothing that came from the network: one pure reducer, so that
// every behaviour of the keys is a test without a screen.
import type { GroupName, Millis } from '../core/event.ts';
import type { ColumnId, ColumnWishes, Sorting } from './columns.ts';
import type { Pane } from './layout.ts';
import { panes } from './layout.ts';
import { type Edit, edited, type LineEditor, newLine, textOf } from './line-editor.ts';
import { type Indexed, scrolled } from './lines.ts';

export type Overlay = 'help' | 'detail' | 'matrix' | 'wireshark' | 'diagnosis' | 'columns';
export type MatrixValue = 'loss' | 'jitter' | 'rtt';
/** A line asked for at the foot of the screen, or one more key after `n`. */
export type Asking = 'filter' | 'time' | 'landmark' | 'landmark-back';
export type Tone = 'plain' | 'warn';

export type ViewState = {
  /** The pane that has the keys. */
  focus: Pane;
  /** Keys are text for the compose line. Only ever with the chat in focus. */
  writing: boolean;
  zoom: boolean;
  compose: LineEditor;
  filters: Record<Pane, string>;
  /** Number of the lowest line that shows; undefined follows the newest. */
  anchors: { chat: number | undefined; workers: number | undefined };
  /** Key of the chosen peer row. */
  selected: string | undefined;
  /** Share of the chosen transfer. */
  chosen: string | undefined;
  /** Transfers that were over by then are not shown any more. */
  dropped: Millis;
  sorting: Sorting;
  /** Columns that a person switched on or off; the others come and go with the width. */
  columns: ColumnWishes;
  overlay: Overlay | undefined;
  /** First row that shows of an overlay, or the row chosen in it. */
  overlayRow: number;
  matrixValue: MatrixValue;
  asking: Asking | undefined;
  prompt: LineEditor;
  /** The one group that shows; undefined is all. */
  group: GroupName | undefined;
  masked: boolean;
  message: { text: string; tone: Tone } | undefined;
};

export type ViewAction =
  | { do: 'focus'; pane: Pane }
  | { do: 'write' }
  | { do: 'leave' }
  /** `writable`: there is a compose line, which the round of panes ends at; `files`: there is a pane of files. */
  | { do: 'cycle'; by: 1 | -1; writable: boolean; files: boolean }
  | { do: 'edit'; change: Edit }
  | { do: 'zoom' }
  | { do: 'scroll'; pane: 'chat' | 'workers'; by: number; lines: Indexed<{ n: number }>; least: number }
  | { do: 'select'; by: number; keys: readonly string[] }
  | { do: 'choose'; by: number; shares: readonly string[] }
  | { do: 'drop'; at: Millis }
  | { do: 'sort'; column: ColumnId }
  | { do: 'reverse' }
  | { do: 'column'; column: ColumnId; shown: boolean }
  | { do: 'open'; overlay: Overlay }
  | { do: 'close' }
  | { do: 'overlay-scroll'; by: number; last: number }
  | { do: 'matrix-value' }
  | { do: 'ask'; asking: Asking }
  /** Ends the asking; a filter asked for stays as typed, or as it was with `cancel`. */
  | { do: 'answered' }
  | { do: 'cancel' }
  /** Clears the filter of the focused pane, then the choice, the group, the zoom. */
  | { do: 'escape' }
  | { do: 'group'; groups: readonly GroupName[] }
  | { do: 'mask' }
  | { do: 'tell'; text: string; tone: Tone }
  | { do: 'hush' };

export function newView(writing: boolean): ViewState {
  return {
    focus: 'chat',
    writing,
    zoom: false,
    compose: newLine(),
    filters: { chat: '', peers: '', workers: '', files: '' },
    anchors: { chat: undefined, workers: undefined },
    selected: undefined,
    chosen: undefined,
    dropped: 0,
    sorting: { column: 'name', reverse: false },
    columns: {},
    overlay: undefined,
    overlayRow: 0,
    matrixValue: 'loss',
    asking: undefined,
    prompt: newLine(),
    group: undefined,
    masked: false,
    message: undefined,
  };
}

const matrixValues: readonly MatrixValue[] = ['loss', 'jitter', 'rtt'];

export function viewed(state: ViewState, action: ViewAction): ViewState {
  switch (action.do) {
    case 'focus':
      return { ...state, focus: action.pane, writing: false, overlay: undefined };
    case 'write':
      return { ...state, focus: 'chat', writing: true, overlay: undefined };
    case 'leave':
      return { ...state, writing: false };
    case 'cycle':
      return cycled(state, action.by, action.writable, action.files);
    case 'edit':
      return changed(state, action.change);
    case 'zoom':
      return { ...state, zoom: !state.zoom };
    case 'scroll': {
      const anchor = scrolled(action.lines, state.anchors[action.pane], action.by, action.least);
      return { ...state, anchors: { ...state.anchors, [action.pane]: anchor } };
    }
    case 'select':
      return { ...state, selected: stepped(action.keys, state.selected, action.by) };
    case 'choose':
      return { ...state, chosen: stepped(action.shares, state.chosen, action.by) };
    case 'drop':
      return { ...state, dropped: action.at, chosen: undefined };
    case 'sort':
      return { ...state, sorting: { column: action.column, reverse: false } };
    case 'reverse':
      return { ...state, sorting: { ...state.sorting, reverse: !state.sorting.reverse } };
    case 'column':
      return { ...state, columns: { ...state.columns, [action.column]: action.shown } };
    case 'open':
      return { ...state, overlay: action.overlay, overlayRow: 0, writing: false };
    case 'close':
      return { ...state, overlay: undefined, overlayRow: 0 };
    case 'overlay-scroll':
      return { ...state, overlayRow: Math.max(0, Math.min(action.last, state.overlayRow + action.by)) };
    case 'matrix-value': {
      const next = (matrixValues.indexOf(state.matrixValue) + 1) % matrixValues.length;
      return { ...state, matrixValue: matrixValues[next]! };
    }
    case 'ask': {
      const text = action.asking === 'filter' ? state.filters[state.focus] : '';
      const prompt = { ...edited(newLine(), { edit: 'set', text }), draft: text };
      return { ...state, asking: action.asking, prompt, message: undefined };
    }
    case 'answered':
      return { ...state, asking: undefined };
    case 'cancel': {
      const rest = { ...state, asking: undefined };
      return state.asking === 'filter' ? filtered(rest, state.prompt.draft) : rest;
    }
    case 'escape':
      return stepBack(state);
    case 'group': {
      const at = state.group === undefined ? -1 : action.groups.indexOf(state.group);
      return { ...state, group: action.groups[at + 1], anchors: { chat: undefined, workers: undefined } };
    }
    case 'mask':
      return { ...state, masked: !state.masked };
    case 'tell':
      return { ...state, message: { text: action.text, tone: action.tone } };
    case 'hush':
      return state.message === undefined ? state : { ...state, message: undefined };
  }
}

/** What is so many steps from the chosen one; undefined where there is nothing. */
function stepped(keys: readonly string[], chosen: string | undefined, by: number): string | undefined {
  const at = chosen === undefined ? -1 : keys.indexOf(chosen);
  // Without a choice the first step chooses the row at the end that it comes from.
  const from = at >= 0 ? at : by > 0 || by === -Infinity ? -1 : keys.length;
  return keys[Math.max(0, Math.min(keys.length - 1, from + by))];
}

/** Compose line, chat, peers, workers, files, and round again. */
function cycled(state: ViewState, by: 1 | -1, writable: boolean, files: boolean): ViewState {
  const there = files ? panes.length : panes.length - 1;
  const stops = writable ? there + 1 : there;
  const at = state.writing ? there : panes.indexOf(state.focus);
  const to = (at + by + stops) % stops;
  if (to === there) return { ...state, focus: 'chat', writing: true };
  return { ...state, focus: panes[to]!, writing: false };
}

/** An edit goes to the prompt while one is open, else to the compose line. A filter works while it is typed. */
function changed(state: ViewState, change: Edit): ViewState {
  if (state.asking === undefined)
    return { ...state, compose: edited(state.compose, change), message: undefined };
  const prompt = edited(state.prompt, change);
  const next = { ...state, prompt };
  return state.asking === 'filter' ? filtered(next, textOf(prompt)) : next;
}

/** Panes that are lines in order of time. */
const isLines = (pane: Pane): pane is 'chat' | 'workers' => pane === 'chat' || pane === 'workers';

function filtered(state: ViewState, text: string): ViewState {
  const { focus } = state;
  const anchors = isLines(focus) ? { ...state.anchors, [focus]: undefined } : state.anchors;
  return { ...state, filters: { ...state.filters, [focus]: text }, anchors };
}

function stepBack(state: ViewState): ViewState {
  const { focus, filters, anchors } = state;
  if (filters[focus] !== '') return filtered(state, '');
  if (focus === 'peers' && state.selected !== undefined) return { ...state, selected: undefined };
  if (focus === 'files' && state.chosen !== undefined) return { ...state, chosen: undefined };
  if (isLines(focus) && anchors[focus] !== undefined) {
    return { ...state, anchors: { ...anchors, [focus]: undefined } };
  }
  if (state.group !== undefined) return { ...state, group: undefined };
  return state.zoom ? { ...state, zoom: false } : state;
}
