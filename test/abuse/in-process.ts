// An engine in this process, with real workers and real sockets on loopback, and a socket that says anything to it.
import type { Event, Received } from '../../source/core/event.ts';
import type { ChatLine, PeerRow, Snapshot } from '../../source/core/snapshot.ts';
import { Engine } from '../../source/engine/engine.ts';
import { freePort } from '../support/cli.ts';
import { engineOptions, onLoopback } from '../support/engine-options.ts';
import { eventually } from '../support/eventually.ts';
import { Speaker } from './speaker.ts';

const address = '239.255.77.31';

export class InProcess {
  readonly events: Event[] = [];
  readonly peers = new Map<string, PeerRow>();
  readonly chat: ChatLine[] = [];
  #latest: Snapshot | undefined;
  #engine!: Engine;
  #speaker!: Speaker;

  static async open(): Promise<InProcess> {
    const node = new InProcess();
    const port = await freePort();
    node.#engine = await Engine.open(
      engineOptions({ groups: [onLoopback(`${address}:${port}`)], name: 'node', ack: true }),
      {
        snapshot: (snapshot) => node.#take(snapshot),
        lines: (block) => {
          node.events.push(...(JSON.parse(`[${Buffer.from(block)}]`) as Event[]));
          node.#engine.tookLines(block.length);
        },
        ended: () => {},
      },
    );
    node.#engine.command({ do: 'watch', peer: undefined, matrix: true });
    node.#speaker = await Speaker.open(address, port);
    return node;
  }

  /** Datagrams to the group, in order of arrival. */
  get received(): Received[] {
    return this.events.filter((event) => event.type === 'received').filter(({ unicast }) => !unicast);
  }

  /** Heartbeats that it sent. */
  get beats(): number {
    return this.events.filter((event) => event.type === 'sent' && event.kind === 'heartbeat').length;
  }

  send(bytes: Uint8Array): Promise<void> {
    return this.#speaker.send(bytes);
  }

  /** A snapshot of all that was received until now. */
  async snapshot(): Promise<Snapshot> {
    const seen = this.events.length;
    this.#latest = undefined;
    return eventually(() => {
      this.#engine.tookSnapshot();
      if (!this.#latest || this.events.length < seen) throw new Error('no snapshot yet');
      return this.#latest;
    });
  }

  async close(): Promise<void> {
    this.#speaker.close();
    await this.#engine.close('test');
  }

  #take(snapshot: Snapshot): void {
    this.#latest = snapshot;
    for (const key of snapshot.removed) this.peers.delete(key);
    for (const row of snapshot.peers) this.peers.set(row.key, row);
    this.chat.push(...snapshot.chat);
  }
}
