// Shows the transfers of `share` and `receive`: bars on a terminal, steps as lines where there is none, event lines
// with --json; and at the end of each its table, or its rows with --csv. Results go to standard output, what only
// passes by to standard error.
import type { Diagnosis, Event, Transfer } from '../core/event.ts';
import { plainLine } from '../core/plain.ts';
import { printable, printableJson } from '../core/printable.ts';
import { csvHead, csvOf } from '../core/transfer-table.ts';
import { isOver } from '../core/transfers.ts';
import { cliWords, fill } from '../words/cli.ts';
import { diagnosisLine } from '../words/diagnosis.ts';
import { reasonText } from '../words/transfer.ts';
import type { Io } from './command.ts';
import { Printer } from './printer.ts';
import { headline, progressLines, resultText } from './transfer-text.ts';

export class TransferShow {
  readonly printer: Printer;
  readonly #running = new Map<string, Transfer>();
  readonly #bars: boolean;
  /** Lines of bars that stand above the cursor. */
  #drawn = 0;
  #headPrinted = false;
  #whole = 0;
  #failed = 0;
  #held = false;

  constructor(
    private readonly io: Io,
    private readonly format: { json: boolean; csv: boolean },
  ) {
    this.printer = new Printer(io.stdout);
    this.#bars = Boolean(io.stderr.isTTY) && io.env.TERM !== 'dumb' && !format.json;
  }

  /** 0 when there was a transfer and none failed. */
  get exitCode(): number {
    return this.#whole > 0 && this.#failed === 0 ? 0 : 1;
  }

  take(event: Event): void {
    if (this.format.json) {
      if (event.type === 'transfer' || event.type === 'warning' || isOffer(event)) {
        this.printer.write(printableJson(`${JSON.stringify(event)}\n`));
      }
    } else if (event.type === 'warning') this.say(this.#lineOf(event));
    if (event.type === 'transfer') this.#takeTransfer(event);
  }

  /** A line for a person, above the bars. */
  say(line: string): void {
    this.#wipe();
    this.io.stderr.write(`${printable(line)}\n`);
    this.#draw();
  }

  /** While a question stands there, nothing is drawn over it. */
  hold(on: boolean): void {
    if (on) this.#wipe();
    this.#held = on;
    if (!on) this.#draw();
  }

  #takeTransfer(event: Transfer): void {
    const before = this.#running.get(event.share);
    if (isOver(event)) this.#running.delete(event.share);
    else this.#running.set(event.share, event);
    if (isOver(event)) {
      if (event.phase === 'done') this.#whole++;
      else this.#failed++;
      this.#wipe();
      this.#printResult(event);
    } else if (!this.#bars && !this.format.json && event.phase !== before?.phase) {
      this.io.stderr.write(`${printable(headline(event, this.io.lang))}\n`);
    }
    this.#draw();
  }

  #printResult(event: Transfer): void {
    const { json, csv } = this.format;
    if (json) return;
    if (!csv) {
      this.printer.write(printable(resultText(event, this.io.lang)));
      return;
    }
    const head = this.#headPrinted ? '' : `${csvHead}\r\n`;
    this.#headPrinted = true;
    this.printer.write(printableCsv(head + csvOf(event)));
  }

  #lineOf(event: Event): string {
    const { lang } = this.io;
    const explain = (code: string, facts: Record<string, string | number>) => reasonText(lang, code, facts);
    const diagnose = (found: Diagnosis) => diagnosisLine(lang, found);
    const { plain: words } = cliWords(lang);
    return plainLine(event, { words, fill, explain, diagnose, showGroup: false }) ?? '';
  }

  #draw(): void {
    if (!this.#bars || this.#held) return;
    const { columns = 80, rows = 24 } = this.io.stderr;
    // The last column stays free: a terminal would begin a new line after it.
    const lines = [...this.#running.values()].flatMap((transfer) =>
      progressLines(transfer, this.io.lang, columns - 1, rows - 2),
    );
    const shown = lines.slice(0, rows - 1);
    this.#wipe(shown.map((line) => `${printable(line)}\x1b[K\n`).join(''));
    this.#drawn = shown.length;
  }

  /** Goes back over what stands there, writes this in its place, and clears what is left below. */
  #wipe(instead = ''): void {
    const up = this.#drawn > 0 ? `\x1b[${this.#drawn}A\r` : '';
    if (this.#bars && up + instead !== '') this.io.stderr.write(`${up}${instead}\x1b[J`);
    this.#drawn = 0;
  }
}

const isOffer = (event: Event): boolean => event.type === 'received' && event.kind === 'share';

/** RFC 4180 ends lines with CR LF, and the CR is not one of the characters to be wary of there. */
const printableCsv = (text: string): string =>
  text
    .split('\r\n')
    .map((line) => printable(line))
    .join('\r\n');
