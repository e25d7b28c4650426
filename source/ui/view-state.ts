// Everything a person chose about the view, and nothing that came from the network: one pure reducer, so that
// every behaviour of the keys is a test without a screen.
import type { GroupName } from '../core/event.ts';
import type { ColumnId, ColumnWishes, Sorting } from './columns.ts';
import type { Pane } from './layout.ts';
import { panes } from './layout.ts';
import { type Edit, edited, type LineEditor, newLine, textOf } from './line-editor.ts';
import { type Indexed, scrolled } from './lines.ts';

export type Overlay = 'help' | 'detail' | 'matrix' | 'columns';
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
  /** `writable`: there is a compose line, which the round of panes ends at. */
  | { do: 'cycle'; by: 1 | -1; writable: boolean }
  | { do: 'edit'; change: Edit }
  | { do: 'zoom' }
  | { do: 'scroll'; pane: 'chat' | 'workers'; by: number; lines: Indexed<{ n: number }>; least: number }
  | { do: 'select'; by: number; keys: readonly string[] }
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
    filters: { chat: '', peers: '', workers: '' },
    anchors: { chat: undefined, workers: undefined },
    selected: undefined,
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
      return cycled(state, action.by, action.writable);
    case 'edit':
      return changed(state, action.change);
    case 'zoom':
      return { ...state, zoom: !state.zoom };
    case 'scroll': {
      const anchor = scrolled(action.lines, state.anchors[action.pane], action.by, action.least);
      return { ...state, anchors: { ...state.anchors, [action.pane]: anchor } };
    }
    case 'select': {
      const { keys } = action;
      if (keys.length === 0) return { ...state, selected: undefined };
      const at = state.selected === undefined ? -1 : keys.indexOf(state.selected);
      // Without a choice the first step chooses the row at the end that it comes from.
      const from = at >= 0 ? at : action.by > 0 || action.by === -Infinity ? -1 : keys.length;
      const to = from + action.by;
      return { ...state, selected: keys[Math.max(0, Math.min(keys.length - 1, to))] };
    }
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

/** Compose line, chat, peers, workers, and round again. */
function cycled(state: ViewState, by: 1 | -1, writable: boolean): ViewState {
  const stops = writable ? panes.length + 1 : panes.length;
  const at = state.writing ? panes.length : panes.indexOf(state.focus);
  const to = (at + by + stops) % stops;
  if (to === panes.length) return { ...state, focus: 'chat', writing: true };
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

function filtered(state: ViewState, text: string): ViewState {
  const { focus } = state;
  const anchors = focus === 'peers' ? state.anchors : { ...state.anchors, [focus]: undefined };
  return { ...state, filters: { ...state.filters, [focus]: text }, anchors };
}

function stepBack(state: ViewState): ViewState {
  const { focus, filters, anchors } = state;
  if (filters[focus] !== '') return filtered(state, '');
  if (focus === 'peers' && state.selected !== undefined) return { ...state, selected: undefined };
  if (focus !== 'peers' && anchors[focus] !== undefined) {
    return { ...state, anchors: { ...anchors, [focus]: undefined } };
  }
  if (state.group !== undefined) return { ...state, group: undefined };
  return state.zoom ? { ...state, zoom: false } : state;
}
