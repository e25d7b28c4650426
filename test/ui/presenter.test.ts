// What the presenter sends, drawn by an emulator, must be what a terminal shows that got the frame whole.
import xterm from '@xterm/headless';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Screen, type Sink } from '../../source/ui/presenter.ts';

const chalk = new Chalk({ level: 3 });

class FakeTty implements Sink {
  busy = false;
  writes: string[] = [];
  #drained: () => void = () => {};

  write(text: string) {
    this.writes.push(text);
  }

  onDrain(listener: () => void) {
    this.#drained = listener;
  }

  drain() {
    this.busy = false;
    this.#drained();
  }
}

function setUp(columns: number, rows: number) {
  const tty = new FakeTty();
  return { tty, screen: new Screen(tty, { columns, rows }) };
}

async function shownBy(writes: string[], columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(writes.join(''), resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: rows }, (_, y) => {
    const line = buffer.getLine(y);
    return Array.from({ length: columns }, (_, x) => {
      const cell = line?.getCell(x);
      const chars = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
      const style = [
        cell?.isBold() && 'bold',
        cell?.isInverse() && 'inverse',
        cell?.isUnderline() && 'underline',
        chars !== ' ' && !cell?.isFgDefault() && `fg${cell?.getFgColor()}`,
        !cell?.isBgDefault() && `bg${cell?.getBgColor()}`,
      ].filter(Boolean);
      return style.length ? `${chars}<${style}>` : chars;
    }).join('');
  });
  terminal.dispose();
  return lines;
}

const words = fc.constantFrom(
  'alive',
  ' ',
  '   ',
  '12',
  '│',
  'ñandú',
  '漢字',
  'e\u0301',
  '────────',
  '●',
  '✖',
);
const paints = fc.constantFrom(
  (text: string) => text,
  chalk.red,
  chalk.bold,
  chalk.inverse,
  chalk.bgBlue.white,
  chalk.underline.hex('#aa5500'),
  chalk.bold.ansi256(99),
);
const line = fc
  .array(fc.tuple(paints, words), { maxLength: 8 })
  .map((parts) => parts.map(([paint, word]) => paint(word)).join(''));
const frames = fc.array(fc.array(line, { maxLength: 7 }), { minLength: 1, maxLength: 6 });

test('after any series of frames the terminal shows the last one', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (series) => {
      const [columns, rows] = [24, 6];
      const { tty, screen } = setUp(columns, rows);
      for (const frame of series) screen.write(frame.join('\n'));
      const fresh = setUp(columns, rows);
      fresh.screen.write(series.at(-1)?.join('\n') ?? '');
      expect(await shownBy(tty.writes, columns, rows)).toEqual(
        await shownBy(fresh.tty.writes, columns, rows),
      );
    }),
    { numRuns: 200 },
  );
});

test('a frame drawn whole is what the frame says', async () => {
  const { tty, screen } = setUp(20, 4);
  screen.write([`a${chalk.red('b')} 漢c`, '', chalk.inverse('  '), 'x'.repeat(30)].join('\n'));
  const blanks = (count: number) => ' '.repeat(count);
  expect(await shownBy(tty.writes, 20, 4)).toEqual([
    `ab<fg1> 漢c${blanks(14)}`,
    blanks(20),
    ` <inverse> <inverse>${blanks(18)}`,
    'x'.repeat(20),
  ]);
});

test('a row as wide as the screen neither wraps nor loses its last cell; a wide glyph there is cut', async () => {
  const { tty, screen } = setUp(6, 3);
  screen.write('abcdef\nabcde漢\nlast');
  screen.write('abcdeX\nabcdé漢\nlast');
  expect(await shownBy(tty.writes, 6, 3)).toEqual(['abcdeX', 'abcdé ', 'last  ']);
});

test('more rows than the screen has are left out', async () => {
  const { tty, screen } = setUp(8, 2);
  screen.write('one\ntwo\nthree\nfour');
  expect(await shownBy(tty.writes, 8, 2)).toEqual(['one     ', 'two     ']);
});

test('nothing is sent for a frame that is the same', () => {
  const { tty, screen } = setUp(20, 2);
  screen.write('same');
  screen.write('same');
  expect(tty.writes).toHaveLength(1);
});

test('no control byte gets through, whatever is in a frame', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (hostile, tail) => {
      const { tty, screen } = setUp(30, 3);
      screen.write(`${hostile}\x1b]52;c;aGk=\x07\x1b[5n\x9b31m\x07\x1bc${tail}`);
      // What the presenter itself uses: modes, cursor addresses, erase to end of line, styles.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      const own = /\x1b\[(\?\d+[hl]|\d+(;\d+)?H|\d+G|K|[\d;:]*m)/g;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(tty.writes.join('').replace(own, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    }),
  );
});

test('while the terminal is backed up frames are dropped; then the newest is drawn', async () => {
  const { tty, screen } = setUp(20, 2);
  screen.write('first');
  tty.busy = true;
  for (let n = 0; n < 100; n++) screen.write(`frame ${n}`);
  screen.setCursor(1, 3);
  expect(tty.writes).toHaveLength(1);
  tty.drain();
  expect(tty.writes).toHaveLength(2);
  expect((await shownBy(tty.writes, 20, 2))[0]?.trimEnd()).toBe('frame 99');
  expect(tty.writes[1]).toContain('\x1b[2;4H\x1b[?25h');
});

test('a resize draws everything anew, at the new size', async () => {
  const { tty, screen } = setUp(20, 3);
  screen.write('one\ntwo\nthree');
  screen.resize({ columns: 10, rows: 2 });
  screen.write('one\ntwo\nthree');
  const garbage = ['garbage', 'and more'].map((text, y) => `\x1b[${y + 1}H${text}`);
  expect(await shownBy([...garbage, tty.writes[1] ?? ''], 10, 2)).toEqual(['one       ', 'two       ']);
});

test('repaint draws the newest frame whole; nothing is drawn once closed', () => {
  const { tty, screen } = setUp(20, 2);
  screen.write('one');
  screen.repaint();
  expect(tty.writes[1]).toBe(tty.writes[0]);
  screen.close();
  screen.write('two');
  screen.repaint();
  screen.setCursor(0, 0);
  expect(tty.writes).toHaveLength(2);
});

test('every write is one synchronized update and leaves the style plain', () => {
  const { tty, screen } = setUp(20, 2);
  screen.write(chalk.red('one'));
  screen.write(chalk.red('two'));
  for (const write of tty.writes) {
    expect(write.startsWith('\x1b[?2026h')).toBe(true);
    expect(write.endsWith('\x1b[?2026l')).toBe(true);
    expect(write.lastIndexOf('\x1b[31m')).toBeLessThan(write.lastIndexOf('\x1b[m'));
  }
});

test('six rows that change on a screen of 120 by 40 cost at most 1,200 bytes, even wholly changed', () => {
  const { tty, screen } = setUp(120, 40);
  const row = (y: number, tick: number) => {
    const peer = `${chalk.green('●')} ${`peer-${y}`.padEnd(12)}${chalk.dim(`192.0.2.${y}`.padEnd(16))}`;
    const figures = [tick * 7 + y, tick % 3, (tick * 13.7 + y) % 90, tick * 11]
      .map((figure) => figure.toFixed(1).padStart(9))
      .join('');
    return `${chalk.gray('│')} ${peer}${chalk.yellow(figures)} ${chalk.gray('│')}`.padEnd(150);
  };
  const frame = (tick: number) =>
    Array.from({ length: 40 }, (_, y) => row(y, y >= 10 && y < 16 ? tick : 0)).join('\n');
  screen.write(frame(0));
  for (let tick = 1; tick <= 60; tick++) screen.write(frame(tick));
  const sizes = tty.writes.slice(1).map((write) => Buffer.byteLength(write));
  expect(sizes).toHaveLength(60);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(600);
  const chatter = (tick: number) =>
    Array.from({ length: 40 }, (_, y) =>
      y >= 10 && y < 16 ? String.fromCharCode(97 + ((tick + y) % 26)).repeat(120) : 'still',
    ).join('\n');
  screen.write(chatter(0));
  const before = tty.writes.length;
  for (let tick = 1; tick <= 60; tick++) screen.write(chatter(tick));
  for (const write of tty.writes.slice(before)) expect(Buffer.byteLength(write)).toBeLessThanOrEqual(1200);
});
