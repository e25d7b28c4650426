// Makes any string from the network safe to draw. A datagram must not be able to move the cursor, set the
// window title or the clipboard, reverse the reading order, hide, or pile marks over the lines above it; and
// what was tried stays visible, as a stand-in. Applied once, where bytes are decoded.
import { eachGrapheme } from './graphemes.ts';

/** Graphemes of a name, and of a chat line or foreign text. */
export const nameLimit = 32;
export const textLimit = 2_000;

/** Work is bounded before the clusters are told apart: ordinary text has one or two UTF-16 units a grapheme. */
const unitsPerGrapheme = 4;
/** Longest cluster kept. The longest emoji in use has 19 units; endless jamo or joiner chains are one cluster too. */
const clusterLimit = 20;
const ellipsis = '…';

/**
 * Characters that draw themselves and never join a neighbour of their own kind: Latin, Greek, Cyrillic, general
 * punctuation, currency, symbols, Chinese, Japanese, Korean. Almost every text is made of these alone.
 */
const simple =
  ' -~\\u00a0-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20c0' +
  '\\u2190-\\u2bff\\u3001-\\u3029\\u3041-\\u3096\\u309b-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60\\ufffd';
const allSimple = new RegExp(`^[${simple}]*$`);

/**
 * Group 1 is a joiner between two emoji, which stays. The rest is what does not draw itself: controls, format
 * characters (bidi, zero width, tags), line separators, lone surrogates, private use, non-characters, and the
 * ignorable letters (Hangul fillers). Variation selectors are ignorable but meant; they count as marks.
 */
const undrawable =
  /(\u200d)(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]{0,2}\u200d)(?=\p{Extended_Pictographic})|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** Burmese and Tibetan stack up to six marks; more is Zalgo. */
const piledMarks = /(\p{M}{6})\p{M}+/gu;

/**
 * Replaces what does not draw itself and cuts to `maxGraphemes` (at least 1), the last of them `…` when something
 * was cut. Safe text comes back as it is: safeText(safeText(t, n), n) = safeText(t, n).
 */
export function safeText(text: string, maxGraphemes: number): string {
  if (allSimple.test(text)) {
    return text.length <= maxGraphemes ? text : text.slice(0, maxGraphemes - 1) + ellipsis;
  }
  const units = maxGraphemes * unitsPerGrapheme;
  const tooLong = text.length > units;
  const bounded = tooLong ? text.slice(0, units - 1) : text;
  const drawable = bounded.replace(undrawable, standIn).replace(piledMarks, '$1');
  return cut(drawable, maxGraphemes, tooLong);
}

/** A name: one line of at most 32 graphemes without white space around it. Empty when nothing is left. */
export function safeName(text: string): string {
  return safeText(text.trim(), nameLimit);
}

/** Control pictures (U+2400 block) for C0 and DEL, a space for TAB, U+FFFD for all else. */
function standIn(char: string, joiner: string | undefined): string {
  if (joiner !== undefined) return joiner;
  if (char === '\t') return ' ';
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

function cut(text: string, maxGraphemes: number, tooLong: boolean): string {
  const kept: string[] = [];
  for (const grapheme of eachGrapheme(text)) {
    kept.push(grapheme.length > clusterLimit ? '\ufffd' : grapheme);
    if (kept.length > maxGraphemes) break;
  }
  if (kept.length <= maxGraphemes && !tooLong) return kept.join('');
  return kept.slice(0, maxGraphemes - 1).join('') + ellipsis;
}
