// The last gate before a terminal or a pipe. Text is made safe where it is decoded; this keeps a mistake there from
// ever becoming a control sequence. Line ends pass, for they are ours.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
const unprintable = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** For people: each is shown as U+FFFD. */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** For JSON lines: each is escaped, which inside a JSON string means the same; outside of one there is none. */
export function printableJson(lines: string): string {
  return lines.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
