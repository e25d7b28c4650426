// `receive`: takes what is shared in the group, after asking.

import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { printable } from '../core/printable.ts';
import { sizeText } from '../core/size-text.ts';
import type { OfferView } from '../core/snapshot.ts';
import { isOver } from '../core/transfers.ts';
import { fill } from '../words/cli.ts';
import { transferWords } from '../words/transfer.ts';
import type { Io, Run } from './command.ts';
import { groupOptions } from './engine-options.ts';
import type { Flags } from './flags.ts';
import { refuseWords } from './input.ts';
import { parseServer } from './server-name.ts';
import { runTransfers, type Session } from './transfer-run.ts';
import { usageFault } from './usage.ts';

export const run: Run = async (input, flags, io) => {
  const isLab = flags.mode === 'lab';
  refuseWords('receive', input, isLab ? 1 : 0);
  if (isLab && input[0] !== undefined) {
    // Who names the server has said yes.
    const server = parseServer(input[0]);
    return runTransfers(flags, io, ({ feed, onEvent }) => {
      feed.send({ do: 'fetch', ...server });
      return new Promise((done) => onEvent((event) => event.type === 'transfer' && isOver(event) && done()));
    });
  }
  if (!flags.yes && !io.stdin.isTTY) throw usageFault('nobody-to-ask');
  return runTransfers(flags, io, (session) => new Reception(session, flags, io).run());
};

class Reception {
  /** Each offer is decided once; one that failed is not taken again by itself. */
  readonly #decided = new Set<string>();
  readonly #words;
  #waiting: OfferView[] = [];
  #asking = false;
  #accepted = 0;
  readonly #asked = new AbortController();

  constructor(
    private readonly session: Session,
    private readonly flags: Flags,
    private readonly io: Io,
  ) {
    this.#words = transferWords(io.lang);
  }

  /** Resolves with --once at the end of one transfer, else never. */
  run(): Promise<void> {
    const { session, flags } = this;
    if (!flags.json) {
      const group = groupOptions(flags)
        .map(({ name }) => name)
        .join(', ');
      session.show.say(fill(this.#words.waiting, { group }));
    }
    session.feed.subscribe(({ offers }) => {
      const { mode } = flags;
      this.#waiting = offers.filter(
        (offer) => !this.#decided.has(offer.share) && (mode === undefined || mode === offer.mode),
      );
      void this.#next();
    });
    return new Promise((done) => {
      session.onEvent((event) => {
        if (event.type !== 'transfer' || !isOver(event) || !flags.once) return;
        this.#asked.abort();
        done();
      });
    });
  }

  async #next(): Promise<void> {
    const { feed } = this.session;
    if (this.#asking) return;
    for (let offer = this.#waiting.shift(); offer; offer = this.#waiting.shift()) {
      if (this.flags.once && this.#accepted > 0) return;
      this.#decided.add(offer.share);
      const taken = this.flags.yes || (await this.#ask(offer));
      if (taken) this.#accepted++;
      feed.send(taken ? { do: 'accept', share: offer.share } : { do: 'decline', share: offer.share });
    }
  }

  async #ask({ from, address, title, bytes, files }: OfferView): Promise<boolean> {
    const { show } = this.session;
    const { stdin, stderr } = this.io;
    const facts = { name: from, address, title, size: sizeText(bytes), files: this.#words.files(files) };
    this.#asking = true;
    show.say(fill(this.#words.offered, facts));
    show.hold(true);
    // Not a terminal to readline, which would take Ctrl+C for itself; the line is edited by the terminal's own means.
    const lines = createInterface({ input: stdin, output: stderr, terminal: false });
    try {
      const question = printable(fill(this.#words.question, { path: resolve(this.flags.out ?? '.') }));
      const answer = await lines.question(question, { signal: this.#asked.signal });
      return this.#words.yes.test(answer.trim());
    } catch {
      // The terminal went away, or what was asked is settled.
      return false;
    } finally {
      lines.close();
      show.hold(false);
      this.#asking = false;
    }
  }
}
