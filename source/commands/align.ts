// Tables for people: plain text in columns.
import stringWidth from 'string-width';

/** Columns as wide as their widest cell; those in `right` hold numbers. */
export function align(rows: readonly string[][], right: ReadonlySet<number>): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column]!))));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const space = ' '.repeat(widths[column]! - stringWidth(cell));
        return right.has(column) ? space + cell : cell + space;
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
