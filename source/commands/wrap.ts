// Text in lines of a given width, after a heading that the further lines are indented by.
import stringWidth from 'string-width';

export function wrap(text: string, width: number, heading: string): string[] {
  const indent = ' '.repeat(stringWidth(heading));
  const lines: string[] = [];
  let line = heading;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
