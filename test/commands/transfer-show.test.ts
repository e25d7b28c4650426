// Bars on a plain terminal, without one: the terminal is @xterm/headless, so that what is seen is what is checked.
import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Io } from '../../source/commands/command.ts';
import { TransferShow } from '../../source/commands/transfer-show.ts';
import { progressLines, resultText } from '../../source/commands/transfer-text.ts';
import type { Transfer } from '../../source/core/event.ts';
import type { TransferReceiver } from '../../source/core/share.ts';
import { langs } from '../../source/words/lang.ts';

const receiver = (number: number, part: Partial<TransferReceiver> = {}): TransferReceiver => ({
  number,
  name: `r${number}`,
  address: '10.0.0.2',
  port: 40_000 + number,
  bytes: 620_000,
  lost: 0,
  repaired: 0,
  drops: 0,
  rate: 100_000,
  seconds: 6.2,
  state: 'receiving',
  ...part,
});

const transfer = (part: Partial<Transfer> = {}): Transfer => ({
  type: 'transfer',
  at: 1_790_000_000_000,
  share: 'f1',
  role: 'sender',
  phase: 'running',
  title: 'slides.pdf',
  files: 1,
  total: 1_000_000,
  mode: 'multicast',
  from: 'ana',
  receivers: [receiver(1), receiver(2, { state: 'repairing', lost: 12, repaired: 9 })],
  ...part,
});

function terminal(columns: number, rows: number) {
  const term = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  const written: string[] = [];
  const stderr = Object.assign(
    new Writable({
      write(chunk, _, done) {
        term.write(String(chunk), done);
      },
    }),
    { isTTY: true, columns, rows },
  );
  const stdout = new PassThrough();
  stdout.on('data', (chunk) => written.push(String(chunk)));
  const io: Io = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: {},
    interactive: true,
    lang: 'en',
    version: '0',
  };
  const screen = async () => {
    // Through the stream, which holds back what the terminal has not taken yet.
    await new Promise<void>((resolve) => stderr.write('', () => resolve()));
    const { active } = term.buffer;
    return Array.from({ length: rows }, (_, y) => active.getLine(active.baseY + y)!.translateToString(true));
  };
  return { io, screen, written };
}

test('bars are drawn over the ones before, and give way to the table', async () => {
  const { io, screen, written } = terminal(96, 10);
  const show = new TransferShow(io, { json: false, csv: false });
  show.say('Waiting.');
  show.take(transfer({ phase: 'waiting', receivers: [] }));
  expect((await screen()).slice(0, 3)).toEqual([
    'Waiting.',
    'slides.pdf (1.00 MB, 1 file): waiting for receivers',
    '',
  ]);
  show.take(transfer());
  expect((await screen()).slice(0, 5)).toEqual([
    'Waiting.',
    'slides.pdf (1.00 MB, 1 file): sending',
    'r1               [##############----------]  62%   620 kB   100 kB/s  receiving  0:04 left',
    'r2               [##############----------]  62%   620 kB   100 kB/s  repairing  0:04 left',
    '',
  ]);
  show.say('One more came.');
  expect((await screen()).slice(0, 3)).toEqual([
    'Waiting.',
    'One more came.',
    'slides.pdf (1.00 MB, 1 file): sending',
  ]);
  const whole = { state: 'whole' as const, bytes: 1_000_000, seconds: 10 };
  show.take(
    transfer({ phase: 'done', sent: 1_040_000, receivers: [receiver(1, whole), receiver(2, whole)] }),
  );
  expect((await screen()).slice(0, 3)).toEqual(['Waiting.', 'One more came.', '']);
  expect(written.join('')).toBe(`slides.pdf (1.00 MB, 1 file): done
1.04 MB sent, 1.04 times the size
#  receiver  address         received  lost  repaired     time      rate  result
1  r1        10.0.0.2:40001   1.00 MB     0         0  10.00 s  100 kB/s  whole
2  r2        10.0.0.2:40002   1.00 MB     0         0  10.00 s  100 kB/s  whole
`);
  expect(show.exitCode).toBe(0);
});

test('more receivers than rows: the first ones, and how many more', async () => {
  const { io, screen } = terminal(60, 8);
  const show = new TransferShow(io, { json: false, csv: false });
  const many = Array.from({ length: 64 }, (_, i) => receiver(i + 1));
  for (let i = 0; i < 5; i++) show.take(transfer({ receivers: many, more: 36 }));
  const lines = await screen();
  expect(lines[0]).toContain('slides.pdf');
  expect(lines[4]).toContain('r4');
  expect(lines[5]).toBe('… and 96 more');
});

test('nothing is drawn over a question', async () => {
  const { io, screen } = terminal(80, 10);
  const show = new TransferShow(io, { json: false, csv: false });
  show.take(transfer());
  show.hold(true);
  io.stderr.write('Receive it? ');
  show.take(transfer({ phase: 'verifying' }));
  expect((await screen()).slice(0, 2)).toEqual(['Receive it? ', '']);
  io.stderr.write('\n');
  show.hold(false);
  expect((await screen())[1]).toBe('slides.pdf (1.00 MB, 1 file): checking');
});

test.each(langs)('no line is wider than the terminal (%s)', (lang) => {
  const odd = transfer({
    title: '漢字'.repeat(40),
    receivers: [
      receiver(1, { name: '👩‍👩‍👧‍👦漢字'.repeat(8), lost: 1e9, repaired: 1e9 }),
      receiver(2, { rate: 0, bytes: 0 }),
    ],
  });
  for (let width = 10; width <= 140; width++) {
    for (const line of progressLines(odd, lang, width, 20))
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
  }
});

test('one failed is an exit code of 1 and a reason in words', () => {
  const { io, written } = terminal(80, 10);
  const show = new TransferShow(io, { json: false, csv: false });
  show.take(transfer({ share: 'f2', phase: 'done' }));
  expect(show.exitCode).toBe(0);
  const lost = receiver(1, { state: 'failed', reason: 'connection-lost' });
  show.take(
    transfer({ phase: 'failed', receivers: [lost, receiver(2, { state: 'failed', reason: 'disk-full' })] }),
  );
  expect(show.exitCode).toBe(1);
  expect(written.join('')).toContain('failed: connection lost');
  expect(resultText(transfer({ phase: 'failed', receivers: [lost] }), 'es')).toContain(
    'fallido: conexión perdida',
  );
});

test('of a receiver that failed the code alone is known, and no sentence with a gap is made of it', () => {
  for (const code of ['part-failed', 'out-space', 'share-refused', 'port-busy']) {
    const table = resultText(
      transfer({ phase: 'failed', receivers: [receiver(1, { state: 'failed', reason: code })] }),
      'en',
    );
    expect(table).toMatch(/failed: [a-z]/);
    expect(table).not.toContain('?');
  }
});
