// Turns what the terminal sends into key presses. Ink's own useInput gives "jjj" and "hello\r" as one event,
// loses the escape that tells a paste from typed text, and calls the backspace key "delete"; so this reads
// the raw pieces before that. There is one `useKeys`, at the root: focus is a matter of the view's state.
import { useStdin } from 'ink';
import { useEffect, useRef } from 'react';

/**
 * One key. `name` is the character itself for what prints (`q`, `?`, `ñ`, an emoji), else `space`, `enter`,
 * `escape`, `tab`, `backspace`, `delete`, `up`, `home`, `pageup`, …, with `ctrl+`, `alt+`, `shift+` before it in
 * that order (`ctrl+l`, `shift+tab`). A bracketed paste is one press named `paste`.
 * `text` is what a text field inserts: empty for keys that do not print; lines of a paste end in `\n`.
 */
export type KeyPress = { name: string; text: string };

/** Characters kept of one paste; the rest is dropped. */
export const pasteLimit = 65_536;

const pasteBegins = '\x1b[200~';
const pasteEnds = '\x1b[201~';

const finals: Record<string, string> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift+tab',
};
const tildes: Record<string, string> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
};

// A control sequence (also the Linux console's F-keys, `ESC [ [ A`), SS3, alt with a character, a lone control
// character, or a run of text. An escape before any of the first three is the alt key.
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal sends
  /(\x1b?)\x1b(?:\[(\[?[<=>?\d;:]*)[ -/]*([@-~])|O([@-~]))|\x1b([^\x1b[O\x00-\x1f])|([\x00-\x1f\x7f])|[^\x00-\x1f\x7f]+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not come in by a paste
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Keeps the state of a paste that comes in several pieces. */
export class KeyReader {
  #paste: string | undefined;

  /** @param piece raw terminal input; an escape sequence must be whole unless it is inside a paste. */
  read(piece: string): KeyPress[] {
    if (this.#paste !== undefined) return this.#pasted(piece);
    const begins = piece.indexOf(pasteBegins);
    if (begins < 0) return keysOf(piece);
    this.#paste = '';
    return [...keysOf(piece.slice(0, begins)), ...this.#pasted(piece.slice(begins + pasteBegins.length))];
  }

  #pasted(piece: string): KeyPress[] {
    // A terminal that lost the end of a paste must not leave the user without a way out.
    if (piece === '\x03') {
      this.#paste = undefined;
      return keysOf(piece);
    }
    const before = this.#paste ?? '';
    const whole = before + piece;
    const ends = whole.indexOf(pasteEnds, Math.max(0, before.length - pasteEnds.length));
    if (ends < 0) {
      // The tail stays, because the end marker may have begun in it.
      this.#paste =
        whole.length > 2 * pasteLimit ? whole.slice(0, pasteLimit) + whole.slice(-pasteEnds.length) : whole;
      return [];
    }
    this.#paste = undefined;
    const text = whole.slice(0, Math.min(ends, pasteLimit)).replace(/\r\n?/g, '\n').replace(controls, '');
    return [{ name: 'paste', text }, ...this.read(whole.slice(ends + pasteEnds.length))];
  }
}

/** Calls back with every key press; the handler may change from render to render. Use it once, at the root. */
export function useKeys(handler: (key: KeyPress) => void): void {
  const { setRawMode, internal_eventEmitter: input } = useStdin();
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    const reader = new KeyReader();
    const listen = (piece: string) => {
      for (const key of reader.read(piece)) latest.current(key);
    };
    setRawMode(true);
    input.on('input', listen);
    return () => {
      input.off('input', listen);
      setRawMode(false);
    };
  }, [setRawMode, input]);
}

function keysOf(piece: string): KeyPress[] {
  const keys: KeyPress[] = [];
  const press = (name: string | undefined, text = '') => {
    if (name) keys.push({ name, text });
  };
  for (const [all, alt = '', params = '', final, ss3, altered, control] of piece.matchAll(token)) {
    if (final) press(sequenceName(alt, params, final));
    else if (ss3) press(sequenceName(alt, '', ss3));
    else if (altered) press(`alt+${altered}`);
    else if (control) press(controlName(control));
    else
      for (const { segment } of graphemes.segment(all)) press(segment === ' ' ? 'space' : segment, segment);
  }
  return keys;
}

/** Name of a control sequence; undefined for what is no key of ours: mouse and focus reports, F-keys. */
function sequenceName(alt: string, params: string, final: string): string | undefined {
  if (!/^[\d;]*$/.test(params)) return undefined;
  const [first = '', modifier = '1'] = params.split(';');
  const name = final === '~' ? tildes[first] : finals[final];
  const held = Number(modifier) - 1;
  return (
    name && (held & 4 ? 'ctrl+' : '') + (alt || held & 2 ? 'alt+' : '') + (held & 1 ? 'shift+' : '') + name
  );
}

function controlName(control: string): string {
  const code = control.charCodeAt(0);
  if (control === '\r' || control === '\n') return 'enter';
  if (control === '\t') return 'tab';
  if (control === '\x1b') return 'escape';
  if (control === '\x7f' || control === '\b') return 'backspace';
  if (code === 0) return 'ctrl+space';
  return `ctrl+${String.fromCharCode(code + 64).toLowerCase()}`;
}
