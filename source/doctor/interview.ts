// Doctor's side of the probe with one other node: it asks it to begin a count, tries all ways and sizes, and asks what
// came. Questions go by unicast, and where none is answered, to the group.
import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Family } from '../core/address.ts';
import { type Ask, askBytes, encodeProbing, type Probe } from '../core/probing.ts';
import { socketType } from '../net/dgram.ts';
import type { UnicastSocket } from '../net/unicast-socket.ts';
import type { Lane } from './lanes.ts';
import type { Listener, Told } from './listener.ts';
import type { Numbered } from './numbered.ts';

/** Probes of each lane by unicast, and the time between two, ms. */
export const eachUnicast = 8;
const every = 8;
/** How long the answer to each ask is waited for, before it is asked again, ms. */
const patience = [250, 250, 500, 500, 1_000];
/** A refusal comes from the next host but a few, ms. */
const refusedWithin = 300;

export type Partner = {
  /** Undefined while nothing was heard of it. */
  id: string | undefined;
  address: string;
  /** The port that it speaks from; undefined where that is not known. */
  reply: number | undefined;
  /** Where it answers probes; undefined where it does at the port that it speaks from. */
  door: number | undefined;
};
export type Sockets = {
  /** Any port, of whatever address the routes lead from: it gets there even where the group's address does not. */
  spare: UnicastSocket;
  /** Any port, and the fixed one, of the address that the group is spoken to from. */
  own: UnicastSocket;
  door: UnicastSocket | undefined;
  /** Where replies to what is said to the group are expected. */
  replyPort: number;
};

export class Interview {
  /** By lane. */
  readonly sent = new Map<number, number>();
  /** The answer before the first probe, and after the last. */
  first: (Told & { id: string }) | undefined;
  last: (Told & { id: string }) | undefined;

  constructor(
    readonly partner: Partner,
    private readonly listener: Listener,
    private readonly speaker: Numbered,
    private readonly sockets: Sockets,
  ) {}

  async begin(run: number): Promise<boolean> {
    this.first = await this.#ask(run, 0);
    return this.first !== undefined;
  }

  async finish(run: number): Promise<void> {
    this.last = await this.#ask(run, 1);
  }

  /** Sends the unicast ones among the lanes. */
  async walk(lanes: readonly Lane[]): Promise<void> {
    const { partner, sockets } = this;
    for (const lane of lanes.filter(({ from }) => from !== 'group')) {
      const socket = lane.from === 'group' ? undefined : sockets[lane.from];
      const port = lane.to === 'door' ? partner.door : partner.reply;
      if (!socket || port === undefined) continue;
      // What is to come unasked goes to the port that spoke to the group only; what is to come to the fixed one, there.
      const replyTo = lane.what === 'fixed' ? socket.port : sockets.replyPort;
      for (let n = 0; n < eachUnicast; n++) {
        const { number, back } = lane;
        const probe: Probe = { kind: 'probe', lane: number, n, ...(back && { back }) };
        if (partner.id !== undefined) probe.to = partner.id;
        if (back === 'reply') probe.port = replyTo;
        const text = encodeProbing(this.speaker.envelope(), probe, lane.bytes);
        if (text !== undefined) await socket.send(Buffer.from(text), partner.address, port);
        this.sent.set(number, n + 1);
        await sleep(every);
      }
    }
  }

  async #ask(run: number, turn: number): Promise<(Told & { id: string }) | undefined> {
    const { partner, listener, speaker, sockets } = this;
    const port = partner.door ?? partner.reply;
    const to = partner.id === undefined ? {} : { to: partner.id };
    for (const [n, answerWithin] of patience.entries()) {
      const byGroup = n % 2 === 1 && partner.id !== undefined;
      const ask: Ask = { kind: 'ask', ...to, run, turn, back: byGroup ? 'group' : 'here' };
      const text = encodeProbing(speaker.envelope(), ask, askBytes) ?? '';
      if (byGroup) await speaker.probe(ask, askBytes);
      else if (port !== undefined) await sockets.spare.send(Buffer.from(text), partner.address, port);
      for (const until = Date.now() + answerWithin; Date.now() < until; await sleep(10)) {
        const found = [...listener.tells].find(
          ([id, tell]) => this.#isPartner(id) && tell.run === run && tell.turn === turn,
        );
        if (!found) continue;
        const [id, tell] = found;
        partner.id = id;
        return { ...tell, id };
      }
    }
    return undefined;
  }

  #isPartner(id: string): boolean {
    const { partner, listener } = this;
    return partner.id === undefined ? listener.tells.get(id)?.address === partner.address : id === partner.id;
  }
}

/** True when the host says that nobody has this port open: then it is there, and unicast reaches it. */
export async function isRefused(family: Family, address: string, port: number): Promise<boolean> {
  const socket = createSocket(socketType(family));
  try {
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), refusedWithin);
      const settle = (refused: boolean) => {
        clearTimeout(timer);
        resolve(refused);
      };
      socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'));
      socket.connect(port, address, () => socket.send('{}', (error) => error && settle(false)));
    });
  } finally {
    socket.close();
  }
}
