// IP addresses as numbers and as text, without the operating system: core stays pure, and a group is checked
// before any socket sees it.

export type Family = 4 | 6;

/** Four bytes of an IPv4 address, or eight 16-bit words of an IPv6 one, most significant first. */
export type Address = { family: Family; words: readonly number[] };

/** An IPv6 address may name its interface after a % (RFC 4007, section 11). */
export const withoutZone = (address: string): string => address.split('%')[0]!;

/** Reads a dotted quad or an IPv6 address without zone; undefined for anything else. Leading zeros are no octal. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) {
    const words = parseV6(text);
    return words && { family: 6, words };
  }
  const words = parseV4(text);
  return words && { family: 4, words };
}

/** The canonical text: dotted quad, or RFC 5952 §4 (lower case, the longest run of zero words as `::`). */
export function formatAddress({ family, words }: Address): string {
  if (family === 4) return words.join('.');
  const { start, length } = longestZeroRun(words);
  const hex = words.map((word) => word.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function parseV4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parseV6(text: string): number[] | undefined {
  if (text.length > 45) return undefined; // the longest form, with an embedded dotted quad
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseWords(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? parseWords(halves[1]!, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Words between colons; the last may be a dotted quad (RFC 4291 §2.2) where `last` says the address ends here. */
function parseWords(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (last && i === parts.length - 1 && part.includes('.')) {
      const quad = parseV4(part);
      if (!quad) return undefined;
      words.push(quad[0]! * 256 + quad[1]!, quad[2]! * 256 + quad[3]!);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
      words.push(Number.parseInt(part, 16));
    }
  }
  return words;
}

function longestZeroRun(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
