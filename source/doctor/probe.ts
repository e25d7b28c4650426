// With other nodes in the group: who is heard, who hears this host, at which sizes, by multicast and by unicast, and
// what was lost where. This host joins as a node for some seconds and sends numbered probes; nodes of older versions
// tell by their heartbeats how many arrived, others answer probes and tell what their kernel counted.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageLimit } from '../core/message.ts';
import { pickInterface } from '../net/interfaces.ts';
import { openTransport } from '../net/multicast.ts';
import type { Transport } from '../net/transport.ts';
import { doorBeside, openUnicastSocket } from '../net/unicast-socket.ts';
import { type Counters, difference, readCounters } from './counters.ts';
import { Interview, isRefused, type Partner, type Sockets } from './interview.ts';
import { type Lane, lanesOf, mediumBytes, shortBytes } from './lanes.ts';
import { Listener } from './listener.ts';
import { Numbered } from './numbered.ts';
import { transportOptions } from './open.ts';
import type { Question } from './question.ts';
import type { Flow } from './tree.ts';
import { isMeant, parseWanted } from './wanted.ts';

/** Datagrams of each size to the group, and the time between two, ms: 30 datagrams, 20 kB, whoever listens. */
export const each = 10;
const every = 50;
/** Heartbeats come each second, or less often in a large group; they are waited for so long, ms. */
const heardWithin = 1_300;
const reportWithin = 2_500;
/** What was sent needs this long to be heard before a heartbeat can report on it, ms. */
const settle = 150;
/** Nodes that are probed by unicast, unless one is named. */
const mostInterviews = 4;

/** How many of a lane were sent, came, were answered, and whose answer came. */
export type Tried = Lane & { sent: number; arrived: number; echoed: number; returned: number };
export type Answered = {
  /** Multicast of this host there, and of that node here. */
  there: Flow;
  here: Flow;
  /** Copies of multicast that came there beside the first. */
  twice: number;
  tried: Tried[];
  /** TTL that it sends to the group with; undefined where it did not tell. */
  ttl: number | undefined;
};

export type Node = {
  name: string;
  address: string;
  /** Heartbeats and other messages of it that came, and those that its numbers say are missing. */
  heard: number;
  missed: number;
  /** How many of the datagrams of each size it reports to have; undefined where no report came in time. */
  small: number | undefined;
  large: number | undefined;
  /** What it answered: nothing where it should have (`silent`), or it is of a version that does not (`old`). */
  answer?: Answered | 'silent' | 'old' | undefined;
};
export type Probed = {
  nodes: Node[];
  /** The host of the peer that is wanted says that no program has the port open. */
  refused: boolean;
};

/** Rejects with the Faults of joining. `mtu`: of the interface, bytes. */
export async function probe(question: Question, mtu: number | undefined): Promise<Probed> {
  const { group } = question;
  const listener = new Listener(question.self);
  const byUnicast = (bytes: Uint8Array, address: string, port: number) =>
    listener.hear(bytes, address, port, false);
  const transport = await openTransport(transportOptions(question, question.ttl), {
    datagram: (bytes, address, port, _at, unicast) => listener.hear(bytes, address, port, !unicast),
    door: byUnicast,
    notice: () => {},
    dropped: () => {},
  });
  const local = pickInterface(group, question.interface);
  const any = { family: group.family, address: group.family === 4 ? '0.0.0.0' : '::' };
  const [spare, own] = await Promise.all(
    [any, local].map((on) => openUnicastSocket(on, 0, byUnicast).catch(() => undefined)),
  );
  try {
    const { door, replyPort } = transport;
    const sockets = spare && own && { spare, own, door, replyPort };
    return await new Probing(question, transport, listener, sockets, mtu).run();
  } finally {
    await Promise.all([transport.close(), spare?.close(), own?.close()]);
  }
}

class Probing {
  readonly #speaker: Numbered;
  readonly #run = randomInt(1, 2 ** 31);
  /** Those who tell what came, so that their heartbeats need not be waited for. */
  readonly #answering = new Set<string>();
  /** Short and long ones that nodes report by heartbeat to have. */
  #small = new Map<string, number>();
  #large = new Map<string, number>();

  constructor(
    private readonly question: Question,
    transport: Transport,
    private readonly listener: Listener,
    private readonly sockets: Sockets | undefined,
    private readonly mtu: number | undefined,
  ) {
    this.#speaker = new Numbered(transport, listener.id);
  }

  async run(): Promise<Probed> {
    const { listener } = this;
    const { family } = this.question.group;
    await this.#meet();
    const before = readCounters(family);
    const total = listener.total;
    const interviews = this.#interviews();
    const begun = await Promise.all(interviews.map((talk) => talk.begin(this.#run)));
    for (const { first } of interviews) if (first) this.#answering.add(first.id);
    // Where nobody is heard and nobody answers, there is nobody to tell what came.
    if (listener.nodes.size > 0 || begun.includes(true)) await this.#speak();
    const talks = interviews.filter((_, place) => begun[place]);
    const ways = talks.map((talk) => this.#lanesTo(talk.partner));
    await Promise.all(talks.map((talk, place) => talk.walk(ways[place]!)));
    await sleep(settle);
    await Promise.all(talks.map((talk) => talk.finish(this.#run)));
    // What was said to the group before the last answer may still wait at another socket than the answer's.
    await sleep(settle);
    const after = readCounters(family);
    await this.#speaker.say('bye');
    const counted = before && after && difference(before, after);
    const here = { counted, heard: listener.total - total };
    const answers = new Map(
      talks.flatMap((talk, place) => {
        const answer = this.#answerOf(talk, ways[place]!, here);
        return talk.partner.id === undefined ? [] : [[talk.partner.id, answer] as const];
      }),
    );
    const nodes = this.#nodes(interviews, answers);
    const silent = interviews.find(({ partner }) => partner.id === undefined)?.partner;
    const port = silent?.door;
    const refused =
      silent !== undefined && port !== undefined && (await isRefused(family, silent.address, port));
    return { nodes, refused };
  }

  /** Makes itself known, and waits until those who are there were heard. */
  async #meet(): Promise<void> {
    await this.#speaker.say('heartbeat');
    const { nodes } = this.listener;
    const wanted = this.#wanted();
    const found = () => wanted && [...nodes.values()].some((node) => isMeant(node, wanted));
    for (const until = Date.now() + heardWithin; !found() && Date.now() < until; ) await sleep(every);
  }

  #wanted() {
    const { peer } = this.question;
    return peer === undefined ? undefined : parseWanted(peer);
  }

  #interviews(): Interview[] {
    const { listener, sockets } = this;
    if (!sockets) return [];
    const wanted = this.#wanted();
    const heard = [...listener.nodes].filter(([, node]) => !wanted || isMeant(node, wanted));
    const partners: Partner[] = heard
      .filter(([, { door }]) => door !== undefined)
      .slice(0, mostInterviews)
      .map(([id, { address, port, door }]) => ({ id, address, reply: port, door: door || undefined }));
    if (heard.length === 0 && wanted?.address !== undefined) {
      const door = wanted.port ?? doorBeside(this.question.group.port);
      partners.push({ id: undefined, address: wanted.address, reply: undefined, door });
    }
    return partners.map((partner) => new Interview(partner, listener, this.#speaker, sockets));
  }

  #lanesTo({ door }: Partner): Lane[] {
    const here = this.sockets?.door !== undefined;
    return lanesOf(this.question.group.family, this.mtu, { there: door !== undefined, here });
  }

  /** To the group, at three sizes. */
  async #speak(): Promise<void> {
    const [short, medium, long] = [0, 1, 2];
    this.#small = await this.#round(short, shortBytes);
    this.#large = await this.#round(long, messageLimit);
    await this.#say(medium, mediumBytes);
  }

  /** Sends so many of a size; then what each node reports to have in all, of those that report after that. */
  async #round(lane: number, size: number): Promise<Map<string, number>> {
    await this.#say(lane, size);
    await sleep(settle);
    const { listener } = this;
    listener.reports.clear();
    const isDone = (id: string, { reports }: { reports: boolean }) =>
      !reports || this.#answering.has(id) || listener.reports.has(id);
    const done = () => [...listener.nodes].every(([id, node]) => isDone(id, node));
    for (const until = Date.now() + reportWithin; !done() && Date.now() < until; ) await sleep(every);
    return new Map(listener.reports);
  }

  async #say(lane: number, size: number): Promise<void> {
    for (let n = 0; n < each; n++) {
      await this.#speaker.probe({ kind: 'probe', lane, n }, size);
      await sleep(every);
    }
  }

  #nodes(interviews: Interview[], answers: Map<string, Answered | 'silent'>): Node[] {
    const { listener } = this;
    const asked = new Set(interviews.map(({ partner }) => partner.id));
    const heard = [...listener.nodes].map(([id, node]): Node => {
      const before = this.#small.get(id);
      const after = this.#large.get(id);
      const answer =
        answers.get(id) ?? (node.door === undefined ? 'old' : asked.has(id) ? 'silent' : undefined);
      // The heartbeat that made this host known is among those that it reports.
      const [small, large] =
        typeof answer === 'object'
          ? [arrived(answer, 'short'), arrived(answer, 'long')]
          : [before && before - 1, after === undefined || before === undefined ? undefined : after - before];
      const cut = typeof answer === 'object' ? longLost(answer) : 0;
      const missed = Math.max(0, node.last - node.first + 1 - node.heard - cut);
      const { name, address } = node;
      return { name, address, heard: node.heard, missed, small, large, answer };
    });
    // Who answers by unicast only.
    const unheard = interviews.flatMap(({ partner: { id } }): Node[] => {
      const tell = id === undefined || listener.nodes.has(id) ? undefined : listener.tells.get(id);
      const answer = answers.get(id ?? '');
      if (!tell || typeof answer !== 'object') return [];
      const [small, large] = [arrived(answer, 'short'), arrived(answer, 'long')];
      return [{ name: tell.name, address: tell.address, heard: 0, missed: 0, small, large, answer }];
    });
    return [...heard, ...unheard];
  }

  #answerOf(
    { partner, first, last, sent }: Interview,
    lanes: readonly Lane[],
    here: { counted: Counters | undefined; heard: number },
  ): Answered | 'silent' {
    if (!first || !last) return 'silent';
    const { listener } = this;
    const id = last.id;
    const tried = lanes.map((lane): Tried => {
      const { number, from } = lane;
      const returned = listener.returned(id, number);
      const total = from === 'group' ? each : (sent.get(number) ?? 0);
      return { ...lane, sent: total, arrived: last.got[number]!, echoed: last.echoed[number]!, returned };
    });
    const toGroup = tried.filter(({ from }) => from === 'group');
    const short = toGroup[0]!;
    const missing = toGroup.reduce((sum, lane) => sum + lane.sent - lane.arrived, 0);
    const there: Flow = {
      ...{ sent: short.sent, got: short.arrived, missing },
      ...{ counted: last.counted, heard: last.heard },
    };
    // Long ones are a matter of size.
    const long = tried.find(({ what }) => what === 'group-long');
    const said = Math.max(0, last.sent - first.sent - (long?.echoed ?? 0));
    const heard = (listener.nodes.get(id)?.heard ?? 0) - first.had - (long?.returned ?? 0);
    const got = Math.max(0, Math.min(said, heard));
    return {
      there,
      here: { sent: said, got, missing: said - got, counted: here.counted, heard: here.heard },
      twice: toGroup.reduce((sum, { number }) => sum + last.twice[number]!, 0),
      tried,
      ttl: listener.nodes.get(partner.id ?? '')?.ttl ?? listener.tells.get(id)?.ttl,
    };
  }
}

/** Long messages of that node that did not come, of those that it was asked for. */
function longLost({ tried }: Answered): number {
  const long = tried.find(({ what }) => what === 'group-long');
  return long ? long.echoed - long.returned : 0;
}

const arrived = ({ tried }: Answered, what: Lane['what']): number | undefined =>
  tried.find((lane) => lane.what === what)?.arrived;
