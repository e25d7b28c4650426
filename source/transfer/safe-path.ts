// Names of files that come from the network, or go there. A sender mends its own names so that they mean the same
// on every receiver; a receiver takes only names that need no mending, and says what is wrong with the others.

/** Bytes in UTF-8, and folders in each other. */
export const nameLimit = 255;
export const pathLimit = 1024;
export const depthLimit = 64;
/** Room for ` (99).part.json.tmp` after the name of a share. */
export const titleLimit = 200;

export type Flaw =
  | 'empty'
  | 'dots'
  | 'absolute'
  | 'drive'
  | 'separator'
  | 'control'
  | 'colon'
  | 'reserved'
  | 'trailing'
  | 'not-nfc'
  | 'too-long'
  | 'too-deep';

/**
 * Controls, line separators and lone surrogates, and the format characters that reorder or hide text; the joiners
 * of emoji and of some scripts stay.
 */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/u;
const allHidden = new RegExp(hidden, 'gu');
/** Devices of Windows, with any extension: naming-a-file in Microsoft's documentation of Win32. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\.|$)/i;

const bytesOf = (text: string) => Buffer.byteLength(text);

/** What is wrong with one component of a path; undefined when any system may use it as it is. */
export function nameFlaw(name: string): Flaw | undefined {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'dots';
  if (/[/\\]/.test(name)) return 'separator';
  if (hidden.test(name)) return 'control';
  if (name.includes(':')) return 'colon';
  if (reserved.test(name)) return 'reserved';
  if (/[. ]$/.test(name)) return 'trailing';
  if (name.normalize('NFC') !== name) return 'not-nfc';
  return bytesOf(name) > nameLimit ? 'too-long' : undefined;
}

/** What is wrong with a path, which must be relative and have `/` between its components. */
export function pathFlaw(path: string): Flaw | undefined {
  if (/^(\/|\\\\)/.test(path)) return 'absolute';
  if (/^[a-z]:/i.test(path)) return 'drive';
  if (bytesOf(path) > pathLimit) return 'too-long';
  const names = path.split('/');
  if (names.length > depthLimit) return 'too-deep';
  for (const name of names) {
    const flaw = nameFlaw(name);
    if (flaw) return flaw;
  }
  return undefined;
}

/** The nearest name that has no flaw and at most `limit` bytes: `_` for what may not be, cut before its extension. */
export function mendName(name: string, limit = nameLimit): string {
  let mended = name
    .normalize('NFC')
    .replace(allHidden, '_')
    .replace(/[/\\:]/g, '_');
  if (reserved.test(mended)) mended = mended.replace(/^[^. ]+/, '$&_');
  mended = shorten(mended, limit).replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  return mended === '' ? '_' : mended;
}

/** `photo.jpg` as `photo (1).jpg`; the name itself for 0. */
export function numbered(name: string, number: number): string {
  if (number === 0) return name;
  const [, stem, extension] = /^(.+?)((?:\.tar)?\.[^.]+)?$/s.exec(name) ?? [];
  return `${stem ?? name} (${number})${extension ?? ''}`;
}

/** The same for two paths that a file system without upper and lower case takes for one. */
export function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

function shorten(name: string, limit: number): string {
  if (bytesOf(name) <= limit) return name;
  const extension = /\.[^. ]{1,12}$/.exec(name)?.[0] ?? '';
  const room = limit - bytesOf(extension);
  let stem = '';
  let used = 0;
  for (const char of name.slice(0, name.length - extension.length)) {
    used += bytesOf(char);
    if (used > room) break;
    stem += char;
  }
  return stem + extension;
}
