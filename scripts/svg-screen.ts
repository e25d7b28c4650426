// Turns what a terminal shows into an SVG picture: the real cells with their colours, nothing drawn by hand.
import xterm from '@xterm/headless';

type Style = {
  color: string;
  background: string | undefined;
  bold: boolean;
  dim: boolean;
  underline: boolean;
};

const cell = { width: 8.4, height: 18, font: 14 };
const margin = 12;
const paper = '#16181d';
const ink = '#d7dae0';
const palette = [
  ...['#3b4048', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#abb2bf'],
  ...['#6b7280', '#ef8b93', '#b5e08f', '#f2d59a', '#8cc8ff', '#dd9bee', '#7fd6e0', '#ffffff'],
];

/** `output`: all bytes that the program wrote. */
export async function svgScreen(output: string, columns: number, rows: number): Promise<string> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(output, done));
  const width = Math.round(columns * cell.width + 2 * margin);
  const height = rows * cell.height + 2 * margin;
  const lines = Array.from({ length: rows }, (_, y) => drawRow(terminal, y, columns));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${cell.font}" xml:space="preserve">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawRow(terminal: xterm.Terminal, y: number, columns: number): string {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + y);
  const runs: { from: number; to: number; text: string; style: Style }[] = [];
  for (let x = 0; x < columns; x++) {
    const at = line?.getCell(x);
    if (!at || at.getWidth() === 0) continue;
    const style = styleOf(at);
    const text = at.getChars() || ' ';
    const last = runs.at(-1);
    if (last && JSON.stringify(last.style) === JSON.stringify(style)) {
      last.text += text;
      last.to = x + at.getWidth();
    } else runs.push({ from: x, to: x + at.getWidth(), text, style });
  }
  return runs.map((run) => drawRun(run, y)).join('');
}

function drawRun(
  { from, to, text, style }: { from: number; to: number; text: string; style: Style },
  y: number,
): string {
  const x = (margin + from * cell.width).toFixed(1);
  const width = ((to - from) * cell.width).toFixed(1);
  const top = margin + y * cell.height;
  const back = style.background
    ? `<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${style.background}"/>`
    : '';
  if (text.trim() === '') return back;
  const looks = [
    style.bold ? ' font-weight="bold"' : '',
    style.dim ? ' opacity="0.6"' : '',
    style.underline ? ' text-decoration="underline"' : '',
  ].join('');
  // The width is stated, so that a viewer with another font keeps the columns.
  return `${back}<text x="${x}" y="${top + 14}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${style.color}"${looks}>${escapeXml(text)}</text>\n`;
}

function styleOf(at: xterm.IBufferCell): Style {
  const front = at.isFgDefault() ? ink : colour(at.getFgColor(), at.isFgRGB());
  const back = at.isBgDefault() ? undefined : colour(at.getBgColor(), at.isBgRGB());
  const inverse = at.isInverse() !== 0;
  return {
    color: inverse ? (back ?? paper) : front,
    background: inverse ? front : back,
    bold: at.isBold() !== 0,
    dim: at.isDim() !== 0,
    underline: at.isUnderline() !== 0,
  };
}

const colour = (value: number, rgb: boolean): string =>
  rgb ? `#${value.toString(16).padStart(6, '0')}` : (palette[value] ?? ink);

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter]!);
