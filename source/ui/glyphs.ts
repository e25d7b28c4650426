// Every sign on the screen that is not a letter, in Unicode and in ASCII for terminals and fonts without them.
import type { PeerState } from '../core/event.ts';
import type { ReceiverState } from '../core/share.ts';

const unicode = {
  /** Corners and sides of a pane. */
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  across: '─',
  down: '│',
  /** A peer's state, beside its word. */
  states: { alive: '●', suspect: '◐', dead: '○', gone: '✕' } as Record<PeerState, string>,
  /** A receiver's state, beside its word. */
  receivers: {
    registered: '○',
    receiving: '▸',
    repairing: '◐',
    verifying: '●',
    whole: '✓',
    failed: '✕',
    stalled: 'Ⅱ',
  } as Record<ReceiverState, string>,
  recording: '●',
  selected: '▸',
  prompt: '❯',
  tick: '✓',
  waiting: '…',
  more: '…',
  ascending: '▲',
  descending: '▼',
  overlap: '∥',
  notice: '•',
  unknown: '·',
  self: '—',
  dot: '·',
  masked: '•',
  playing: '▸',
  paused: 'Ⅱ',
  up: '↑',
  below: '↓',
  phi: 'φ',
  /** From an empty cell to a full one, upwards and to the right. */
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  partials: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
  empty: '░',
};

export type Glyphs = typeof unicode;

const ascii: Glyphs = {
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  across: '-',
  down: '|',
  states: { alive: '*', suspect: '?', dead: 'o', gone: 'x' },
  receivers: {
    registered: 'o',
    receiving: '>',
    repairing: '?',
    verifying: '*',
    whole: 'v',
    failed: 'x',
    stalled: '"',
  },
  recording: '*',
  selected: '>',
  prompt: '>',
  tick: 'v',
  waiting: '.',
  more: '~',
  ascending: '^',
  descending: 'v',
  overlap: '=',
  notice: '-',
  unknown: '.',
  self: '-',
  dot: '-',
  masked: 'x',
  playing: '>',
  paused: '"',
  up: '^',
  below: 'v',
  phi: 'phi',
  levels: ['_', '.', '-', ':', '=', '+', '*', '#'],
  partials: ['-', '-', '=', '=', '=', '#', '#', '#'],
  empty: '.',
};

export const glyphsOf = (wantAscii: boolean): Glyphs => (wantAscii ? ascii : unicode);

/** Signs in words and figures, each with a stand-in of the same width. */
const standIns: Record<string, string> = {
  '…': '~',
  '·': '-',
  '•': '-',
  '–': '-',
  '×': 'x',
  '±': '~',
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  φ: 'p',
};

const signs = new RegExp(`[${Object.keys(standIns).join('')}]`, 'g');

/** A row without this program's own signs beyond ASCII; letters of any language stay. */
export const toAscii = (row: string): string => row.replace(signs, (sign) => standIns[sign]!);
