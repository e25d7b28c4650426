// `send`: messages from the arguments or standard input, and who acknowledges them.
import type { Sent } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { clock, endpoint } from '../core/plain.ts';
import { printable, printableJson } from '../core/printable.ts';
import { Courier, type Reply } from '../engine/courier.ts';
import { cliWords, fill } from '../words/cli.ts';
import { faultText } from '../words/faults.ts';
import type { Lang } from '../words/lang.ts';
import type { Io, Run } from './command.ts';
import { groupOptions, nodeName, randomId } from './engine-options.ts';
import type { Flags } from './flags.ts';
import { Printer } from './printer.ts';
import { firstSignal } from './signals.ts';
import { textLines } from './text-lines.ts';
import { usageFault } from './usage.ts';

export const run: Run = async (input, flags, io) => {
  const text = input.length > 0 ? input.join(' ') : undefined;
  if (text === '') throw usageFault('no-text');
  const printer = new Printer(io.stdout);
  const show = flags.json ? jsonLine : plainLine;
  const courier = await Courier.open(
    { groups: groupOptions(flags), id: randomId(), name: nodeName(flags), raw: flags.raw },
    (event) => printer.write(show(event, io.lang)),
  );
  const signal = firstSignal();
  const talk = new Talk(courier, flags, io, printer);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<number>((resolve) => {
    if (flags.duration !== undefined) timer = setTimeout(() => resolve(talk.exitCode), flags.duration * 1000);
  });
  try {
    return await Promise.race([
      text === undefined ? talk.lines() : talk.one(text),
      signal.came.then(({ exitCode }) => exitCode),
      printer.gone.then(() => 0),
      timeUp,
    ]);
  } finally {
    talk.stop();
    clearTimeout(timer);
    await courier.close();
    await printer.drained(1000);
    signal.ignore();
  }
};

class Talk {
  /** 1 as soon as a message got too few acknowledgements or could not be sent. */
  exitCode = 0;
  #stopped = false;

  constructor(
    private readonly courier: Courier,
    private readonly flags: Flags,
    private readonly io: Io,
    private readonly printer: Printer,
  ) {}

  stop(): void {
    this.#stopped = true;
  }

  async one(text: string): Promise<number> {
    const n = await this.courier.say(text);
    await this.#hearOut(n);
    this.#end();
    return this.exitCode;
  }

  /**
   * A line a message. What waits on standard input goes out at once, and only after the last one are replies waited
   * for; with --expect each message is waited for, because which one a bare `ack` answers is known only then.
   */
  async lines(): Promise<number> {
    const { flags, io, courier } = this;
    if (io.stdin.isTTY) io.stderr.write(`${cliWords(io.lang).typeHere}\n`);
    let last = 0;
    for await (const line of textLines(io.stdin)) {
      if (this.#stopped || line.trim() === 'salir') break;
      if (line === '') continue;
      try {
        last = await courier.say(line);
        if (flags.expect > 0) await this.#hearOut(last);
      } catch (error) {
        this.#refuse(error);
      }
      if (last === flags.count) break;
    }
    if (last > 0 && flags.expect === 0) await this.#hearOut(last);
    if (last > 0) this.#end();
    return this.exitCode;
  }

  async #hearOut(n: number): Promise<void> {
    const { expect, ackTimeout } = this.flags;
    await this.courier.silence(ackTimeout * 1000);
    const got = this.courier.acks(n);
    if (got >= expect || this.#stopped) return;
    this.exitCode = 1;
    this.#complain(fill(cliWords(this.io.lang).tooFewAcks, { got, expected: expect }));
  }

  /** Silence is an answer too, and should not look like a program that forgot to print. */
  #end(): void {
    const { flags, io, courier } = this;
    if (flags.json || flags.expect > 0 || courier.acknowledged || this.#stopped) return;
    this.printer.write(`${fill(cliWords(io.lang).noAck, { seconds: flags.ackTimeout })}\n`);
  }

  /** One bad line does not end the others. */
  #refuse(error: unknown): void {
    if (!(error instanceof Fault)) throw error;
    if (this.#stopped) return;
    this.exitCode = 1;
    const { lang } = this.io;
    this.#complain(fill(cliWords(lang).lineRefused, { why: faultText(lang, error) }));
  }

  #complain(sentence: string): void {
    this.io.stderr.write(`mcast-tui: ${printable(sentence)}\n`);
  }
}

function jsonLine(event: Sent | Reply): string {
  return printableJson(`${JSON.stringify(event)}\n`);
}

function plainLine(event: Sent | Reply, lang: Lang): string {
  const words = cliWords(lang);
  // A bye is manners, not a message.
  if (event.kind === 'bye') return '';
  const facts =
    event.type === 'sent'
      ? { text: event.text ?? '', group: event.group, bytes: event.bytes }
      : { from: sender(event), rtt: event.rtt.toFixed(1), text: event.text ?? event.hex ?? event.kind };
  const sentence = event.type === 'sent' ? words.sent : event.kind === 'ack' ? words.acked : words.replied;
  return `${printable(`${clock(event.at)} ${fill(sentence, facts)}`).replaceAll('\n', ' ')}\n`;
}

function sender({ name, address, port }: Reply): string {
  const at = endpoint(address, port);
  return name === undefined ? at : `${name} (${at})`;
}
