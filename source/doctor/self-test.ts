// Joins the group as the program itself does, sends itself a few datagrams that do not leave this host (TTL 0), and
// then listens for a while to what comes from others.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { decode } from '../core/wire.ts';
import { wantedBuffer } from '../net/group-socket.ts';
import { isMember } from '../net/kernel.ts';
import { openTransport } from '../net/multicast.ts';
import type { Transport } from '../net/transport.ts';
import { type Counters, difference, readCounters } from './counters.ts';
import { testLeak } from './leak-test.ts';
import { transportOptions } from './open.ts';
import type { Question } from './question.ts';

/** Few, and not a number that other traffic is likely to match. */
const tokens = 7;
const tokenEvery = 10;
/** Own datagrams need no network; this is for a loaded host, ms. */
const echoWithin = 1_000;
/** What is the same within this time came twice, and was not said twice, ms. */
const twiceWithin = 50;
/** Senders and datagrams that are kept in mind. */
const mostKept = 10_000;

export type SelfTest = {
  /** Why the group could not be joined; nothing below was tried then. */
  refused: Fault | undefined;
  /** The kernel lists the membership; undefined where it does not tell. */
  member: boolean | undefined;
  receiveBuffer: { asked: number; granted: number | undefined };
  /** Own datagrams: sent, and come back; what the kernel counted meanwhile. */
  echo: { sent: number; heard: number; refused: Fault | undefined; counted: Counters | undefined };
  /** Datagrams to another group that came to a socket bound as ours is; undefined where that could not be tried. */
  leaked: number | undefined;
  /** What came from others while listening. */
  others: {
    ms: number;
    received: number;
    twice: number;
    senders: string[];
    /** Some of it were heartbeats: there are nodes that can be asked what they hear. */
    nodes: boolean;
    counted: Counters | undefined;
  };
};

export async function runSelfTest(question: Question): Promise<SelfTest> {
  const { group } = question;
  const hearing = new Hearing(question.self);
  let transport: Transport;
  try {
    transport = await openTransport(transportOptions(question, 0), {
      datagram: (bytes, address, port) => hearing.hear(bytes, address, port),
      notice: () => {},
      dropped: () => {},
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return nothing(error);
  }
  try {
    const member = await isMember(group, transport.settings.interface);
    const echo = await sayAndHear(question, transport, hearing);
    const leaked = await testLeak(group, transport.settings);
    return {
      refused: undefined,
      member,
      receiveBuffer: { asked: wantedBuffer, granted: transport.receiveBuffer },
      echo,
      leaked,
      others: await listen(question, hearing),
    };
  } finally {
    await transport.close();
  }
}

async function sayAndHear({ group, source }: Question, transport: Transport, hearing: Hearing) {
  // Who listens to one source only does not hear itself.
  if (source !== undefined && source !== transport.settings.address) {
    return { sent: 0, heard: 0, refused: undefined, counted: undefined };
  }
  const before = readCounters(group.family);
  let sent = 0;
  let refused: Fault | undefined;
  for (let n = 0; n < tokens; n++) {
    try {
      await transport.send(hearing.token(n));
      sent++;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      refused = error;
    }
    await sleep(tokenEvery);
  }
  for (const until = Date.now() + echoWithin; hearing.own < sent && Date.now() < until; )
    await sleep(tokenEvery);
  const after = readCounters(group.family);
  return { sent, heard: hearing.own, refused, counted: before && after && difference(before, after) };
}

async function listen({ group, watch }: Question, hearing: Hearing): Promise<SelfTest['others']> {
  const before = readCounters(group.family);
  await sleep(watch);
  const after = readCounters(group.family);
  const { received, twice, senders, nodes } = hearing;
  return {
    ms: watch,
    received,
    twice,
    senders: [...senders],
    nodes,
    counted: before && after && difference(before, after),
  };
}

/** Tells own datagrams from those of others, and what came twice from what was said twice. */
class Hearing {
  own = 0;
  received = 0;
  twice = 0;
  nodes = false;
  readonly senders = new Set<string>();
  readonly #secret = randomBytes(8).toString('hex');
  readonly #seen = new Map<string, number>();

  constructor(private readonly self: string | undefined) {}

  /** As one of our messages, so that it is readable in Wireshark and nodes that run here know what it is. */
  token(n: number): Buffer {
    const message = {
      mcast: 1,
      kind: 'probe',
      id: this.#secret,
      name: 'doctor',
      seq: n,
      at: Date.now(),
      ttl: 0,
    };
    return Buffer.from(JSON.stringify(message));
  }

  hear(bytes: Uint8Array, address: string, port: number): void {
    if (bytes.length < 300 && Buffer.from(bytes).includes(this.#secret)) {
      this.own++;
      return;
    }
    const { kind, id } = decode(bytes);
    if (id !== undefined && id === this.self) return;
    this.received++;
    this.nodes ||= kind === 'heartbeat';
    if (this.senders.size < mostKept) this.senders.add(address);
    if (this.#seen.size >= mostKept) return;
    const key = `${address} ${port} ${createHash('sha1').update(bytes).digest('base64')}`;
    const now = performance.now();
    if (now - (this.#seen.get(key) ?? Number.NEGATIVE_INFINITY) < twiceWithin) this.twice++;
    this.#seen.set(key, now);
  }
}

const nothing = (refused: Fault): SelfTest => ({
  refused,
  member: undefined,
  receiveBuffer: { asked: wantedBuffer, granted: undefined },
  echo: { sent: 0, heard: 0, refused: undefined, counted: undefined },
  leaked: undefined,
  others: { ms: 0, received: 0, twice: 0, senders: [], nodes: false, counted: undefined },
});
