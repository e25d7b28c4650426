// The terminal under Ink, on a real pseudo-terminal: it must be given back whole, whatever ends the program.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openPty, type Pty, type PtyOptions, ptyUnavailable } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'mcast-tui-fixture-'));
const fixture = join(folder, 'fixture.mjs');
const closed = join(folder, 'closed');
const note = join(folder, 'note');
let pty: Pty;

const start = async (env: Record<string, string> = {}, more: Partial<PtyOptions> = {}) => {
  for (const file of [closed, note]) rmSync(file, { force: true });
  const argv = [process.execPath, fixture];
  pty = await openPty({ argv, columns: 80, rows: 24, env: { CLOSED: closed, NOTE: note, ...env }, ...more });
  return pty;
};

/** All that a person notices about a terminal that was not given back. */
const expectGivenBack = () => {
  expect(pty.alternateScreen).toBe(false);
  expect(pty.cursor.visible).toBe(true);
  expect(pty.modes).toMatchObject({
    bracketedPasteMode: false,
    wraparoundMode: true,
    mouseTrackingMode: 'none',
  });
  expect(pty.modesRestored).toBe(true);
};

describe.skipIf(ptyUnavailable())(`on a pseudo-terminal ${ptyUnavailable() ?? ''}`, () => {
  beforeAll(async () => {
    await build({
      entryPoints: [join(import.meta.dirname, 'fixture.tsx')],
      outfile: fixture,
      bundle: true,
      format: 'esm',
      platform: 'node',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      alias: { 'react-devtools-core': 'data:text/javascript,export default {}' },
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => pty.close());

  test('fills the screen, shows keys and pastes, and gives the terminal back on q', async () => {
    await start();
    await pty.waitForText('size 80x24');
    expect(pty.alternateScreen).toBe(true);
    expect(pty.cursor.visible).toBe(false);
    expect(pty.screen()[23]).toBe(`${'='.repeat(79)}|`);
    pty.type('jjj\x1b[A\x1b[200~two\rlines\x1b[201~');
    await pty.waitForText('keys j j j up paste("two\\nlines")');
    pty.type('\x1b');
    await pty.waitForText('escape');
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectGivenBack();
    expect(readFileSync(closed, 'utf8')).toBe('quit');
    expect(pty.screen().join('').trim()).toBe('');
  });

  test('what was on the normal screen is there again, and a summary below it', async () => {
    await start({}, { argv: ['sh', '-c', `echo before; '${process.execPath}' '${fixture}'; echo after $?`] });
    await pty.waitForText('size 80x24');
    pty.type('Q');
    await pty.exit;
    expect(pty.screen().filter(Boolean)).toEqual(['before', 'twelve datagrams', 'after 0']);
    expectGivenBack();
  });

  test('CI in the environment changes nothing', async () => {
    await start({ CI: 'true', TICK: '20' });
    await pty.waitForText(/tick [5-9]/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectGivenBack();
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s gives the terminal back, closes the session and exits with %i', async (signal, code) => {
    await start({ TICK: '20' });
    await pty.waitForText('tick 2');
    pty.kill(signal);
    expect(await pty.exit).toBe(code);
    expectGivenBack();
    expect(readFileSync(closed, 'utf8')).toBe(signal);
  });

  test('a second signal does not wait for the session', async () => {
    await start({ CLOSING: '2900' });
    await pty.waitForText('size');
    pty.kill('SIGTERM');
    await pty.until(() => !pty.alternateScreen, 'the normal screen');
    pty.kill('SIGINT');
    expect(await pty.exit).toBe(130);
    expect(existsSync(closed)).toBe(false);
    expectGivenBack();
  });

  test('a session that does not close in time is said, and does not keep the program', async () => {
    await start({ CLOSING: '60000' });
    await pty.waitForText('size');
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expect(pty.screen().join('\n')).toContain('was not closed within 3 s');
  });

  test.each([
    ['thrown while drawing', 'e', 'failed: broken while drawing', 1],
    ['nobody caught', 'x', 'failed: thrown in a timer', 1],
    ['in a promise nobody awaited', 'r', 'failed: nobody awaited this', 1],
    ['of the feed', 'f', 'failed: port-busy', 2],
  ])('an error %s is told on the normal screen', async (_, key, message, code) => {
    await start();
    await pty.waitForText('size');
    pty.type(key);
    expect(await pty.exit).toBe(code);
    expectGivenBack();
    expect(pty.screen().filter(Boolean)).toEqual([message]);
    expect(readFileSync(closed, 'utf8')).toBe('error');
  });

  test('ends when the feed ends', async () => {
    await start();
    await pty.waitForText('size');
    pty.type('d');
    expect(await pty.exit).toBe(0);
    expect(readFileSync(closed, 'utf8')).toBe('ended');
  });

  test('what is printed meanwhile does not tear the screen and is told afterwards', async () => {
    await start();
    await pty.waitForText('size');
    pty.type('p');
    await pty.waitForText('keys p');
    expect(pty.raw).not.toContain('printed meanwhile');
    pty.type('q');
    await pty.exit;
    expect(pty.screen().filter(Boolean)).toEqual(['printed meanwhile']);
  });

  test('the window is closed: the session is closed too', async () => {
    await start({ TICK: '20' });
    await pty.waitForText('tick 2');
    pty.vanish();
    await pty.until(() => !pty.running, 'the process to end');
    expect(readFileSync(closed, 'utf8')).toBe('SIGHUP');
  });

  test('right after each resize the screen is whole: no ghost line, none missing', async () => {
    await start({ TICK: '30' });
    await pty.waitForText('size 80x24');
    for (const [columns, rows] of [
      [60, 15],
      [120, 40],
      [41, 40],
      [200, 11],
      [80, 24],
    ] as const) {
      await pty.resize(columns, rows);
      await pty.waitForText(`size ${columns}x${rows}`);
      const screen = pty.screen();
      expect(screen[rows - 1]).toBe(`${'='.repeat(columns - 1)}|`);
      const labels = screen.slice(2, -1).map((row) => row.match(/^row (\d+) (\d)\2*$/)?.[1]);
      expect(labels).toEqual(Array.from({ length: rows - 3 }, (_, y) => String(y)));
      expect(screen.slice(2, -1).every((row) => row.length === columns)).toBe(true);
    }
    pty.type('q');
    await pty.exit;
    expectGivenBack();
  });

  test('Ctrl+L draws over whatever another program wrote', async () => {
    await start();
    await pty.waitForText('size');
    await pty.scribble('\x1b[5;1Hgarbage\x1b[10;1Hmore');
    await pty.waitForText('garbage');
    pty.type('\x0c');
    await pty.waitForText('ctrl+l');
    expect(pty.screen().slice(2, -1)).toEqual(Array.from({ length: 21 }, (_, y) => `row ${y}`));
  });

  test('Ctrl+Z stops the job in an interactive shell, fg brings the screen back', async () => {
    await start({ PS1: 'prompt$ ' }, { argv: ['bash', '--norc', '--noprofile', '-i'] });
    await pty.waitForText('prompt$');
    pty.type(`'${process.execPath}' '${fixture}'\r`);
    await pty.waitForText('size 80x24');
    for (const round of [1, 2]) {
      pty.type('\x1a');
      await pty.waitForText('Stopped');
      expect(pty.alternateScreen).toBe(false);
      expect(pty.cursor.visible).toBe(true);
      pty.type(`echo alive-$((40 + ${round}))\r`);
      await pty.waitForText(`alive-4${round}`);
      if (round === 2) await pty.resize(90, 20);
      pty.type('fg\r');
      await pty.waitForText(round === 1 ? 'size 80x24' : 'size 90x20');
      expect(pty.alternateScreen).toBe(true);
      pty.type('k');
      await pty.waitForText(/keys .*k$/m);
    }
    expect(pty.screen()[19]).toBe(`${'='.repeat(89)}|`);
    pty.type('q');
    await pty.until(() => !pty.alternateScreen, 'the normal screen');
    pty.type('exit\r');
    await pty.exit;
    expect(pty.modesRestored).toBe(true);
  });

  test('Ctrl+Z where no shell could continue the program just draws again', async () => {
    await start();
    await pty.waitForText('size');
    pty.type('\x1a');
    await pty.waitForText('ctrl+z');
    pty.type('k');
    await pty.waitForText('ctrl+z k');
    expect(pty.alternateScreen).toBe(true);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectGivenBack();
  });

  describe('a terminal that stops reading', () => {
    // 500 frames of 12 kB are far more than what the buffers between the program and the emulator hold.
    const flood = async () => {
      await start({ TICK: '1000000' }, { columns: 200, rows: 60 });
      await pty.waitForText('size 200x60');
      pty.stall();
      pty.type('b');
      await pty.until(() => existsSync(note), 'the program to go on');
    };

    test('costs frames, not time: keys still work, and the newest frame is shown in the end', async () => {
      await flood();
      pty.type('k');
      pty.read();
      await pty.waitForText('keys b k');
      expect(pty.raw.split('\x1b[?2026h').length).toBeLessThan(250);
      const labels = pty.screen().slice(2, -1);
      expect(labels).toEqual(labels.map((_, y) => `row ${y} `.padEnd(200, String(y % 10))));
      pty.type('q');
      expect(await pty.exit).toBe(0);
      expectGivenBack();
    });

    test('does not keep a signal from closing the session and ending the program', async () => {
      await flood();
      pty.kill('SIGTERM');
      await pty.until(() => existsSync(closed), 'the session to be closed');
      await pty.until(() => !pty.running, 'the process to end');
    });
  });

  test('keys typed while it ends do not reach the shell', async () => {
    await start({ PS1: 'prompt$ ' }, { argv: ['bash', '--norc', '--noprofile', '-i'] });
    await pty.waitForText('prompt$');
    pty.type(`'${process.execPath}' '${fixture}'\r`);
    await pty.waitForText('size');
    pty.type('w');
    await pty.until(() => existsSync(note), 'the program to be busy');
    pty.type('echo leaked\r');
    await pty.until(() => !pty.alternateScreen, 'the normal screen');
    pty.type('echo next\r');
    await pty.waitForText(/^next$/m);
    expect(pty.screen().join('\n')).not.toContain('leaked');
    pty.type('exit\r');
    await pty.exit;
  });
});
