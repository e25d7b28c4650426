// Rows of CSV (RFC 4180) that are safe to open in a spreadsheet: a cell that begins like a formula must not be one.

export type CsvCell = string | number | boolean | undefined;

/** What Excel, Calc and Sheets take for the beginning of a formula; wide forms are narrowed by some. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

export function csvCell(cell: CsvCell): string {
  const text = typeof cell === 'string' && formula.test(cell) ? `'${cell}` : String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line with its end. */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
