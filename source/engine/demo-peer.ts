// One peer of the demonstration: an engine of its own on a cable of its own.
import { randomBytes } from 'node:crypto';
import { Cable } from '../net/cable.ts';
import { openTransport } from '../net/multicast.ts';
import { Engine } from './engine.ts';
import type { Connect } from './member.ts';
import type { GroupOptions } from './options.ts';

export type DemoPeerOptions = {
  name: string;
  group: GroupOptions;
  version: string;
  /** What it says, in turn. */
  lines: readonly string[];
  /** Share of its datagrams that its cable loses. */
  loss: number;
};

/** A viewer of a demo peer's own snapshots and lines: there is none. */
const nobody = { snapshot: () => {}, lines: () => {}, ended: () => {} };
const bandwidth = 10_000_000;

export class DemoPeer {
  #engine: Engine | undefined;
  #cable: Cable | undefined;
  #said = 0;

  constructor(private readonly options: DemoPeerOptions) {}

  /** Each start is a new incarnation. */
  async start(): Promise<void> {
    const { group, name, version, loss } = this.options;
    this.#cable = new Cable(openTransport, loss, Math.random);
    const connect: Connect = this.#cable.connect;
    const id = randomBytes(8).toString('hex');
    const settings = { version, groups: [group], id, name, workers: 1, work: 0, heartbeat: 1000, bandwidth };
    const rest = { ack: false, record: undefined, lines: false, count: undefined, duration: undefined };
    this.#engine = await Engine.open({ ...settings, ...rest }, nobody, connect);
  }

  sayNext(): void {
    const { lines } = this.options;
    this.#say(lines[this.#said++ % lines.length]!);
  }

  /** Many lines at once, for the workers to share. */
  burst(lines: readonly string[]): void {
    for (const line of lines) this.#say(line);
  }

  /** Gone without a bye, as by a power cut. */
  async vanish(): Promise<void> {
    if (this.#cable) this.#cable.cut = true;
    await this.stop();
  }

  async stop(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.close('demo');
  }

  #say(text: string): void {
    this.#engine?.command({ do: 'say', text });
  }
}
