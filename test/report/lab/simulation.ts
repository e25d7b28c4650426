// A run of several nodes with clocks of their own on a network that loses, doubles and delays, as the sessions that
// they record and as what really happened.
import type { Event, HearingReport, Received } from '../../../source/core/event.ts';
import { reportOn } from '../../../source/core/hearing.ts';
import { hear, newPeer, type OwnDatagram, type Peer } from '../../../source/core/peer.ts';
import { SessionFigures } from '../../../source/report/lab/session-figures.ts';
import type { SessionHeader } from '../../../source/session/format.ts';
import { group, header, startedAt } from '../../session/events.ts';

export type SimulatedNode = {
  name: string;
  /** Ahead of the true time, ms; and how much further ahead after each second. */
  offset: number;
  drift?: number;
  /** It hears nothing, and so reports nothing. */
  deaf?: boolean;
};

export type Simulation = {
  nodes: readonly SimulatedNode[];
  beats: number;
  /** 0 to 1, called for each choice. */
  random(): number;
  loss?: number;
  doubled?: number;
  /** Heartbeats say what they heard. */
  reports?: boolean;
  /** ms on the way: this, and up to so much more. */
  delay?: number;
  spread?: number;
};

type Node = SimulatedNode & {
  index: number;
  id: string;
  seq: number;
  events: Event[];
  peers: Map<string, Peer>;
};

export type Simulated = { header: SessionHeader; events: Event[]; figures: SessionFigures }[];

export function simulate(simulation: Simulation): Simulated {
  const { beats, random, loss = 0, doubled = 0, reports = true, delay = 0.2, spread = 3 } = simulation;
  const nodes = simulation.nodes.map((node, index): Node => {
    const id = `${index}`.padStart(16, 'a');
    return { ...node, index, id, seq: 0, events: [], peers: new Map() };
  });
  const clockOf = ({ offset, drift = 0 }: Node, true_: number) =>
    startedAt + true_ + offset + (drift * true_) / 1000;
  for (const node of nodes) {
    const groups = [{ group, interface: 'zt0', address: `10.0.0.${node.index + 1}`, ttl: 1 }];
    const at = clockOf(node, 0);
    node.events.push(
      {
        type: 'started',
        at,
        version: '0.1.0',
        id: node.id,
        name: node.name,
        groups,
        workers: 2,
        heartbeat: 1000,
      },
      { type: 'joined', at, receiveBuffer: 4_194_304, replyPort: 40_000 + node.index, ...groups[0]! },
    );
  }
  const arrivals: { node: Node; at: number; event: Received }[] = [];
  const say = (from: Node, when: number, kind: 'heartbeat' | 'chat') => {
    const seq = ++from.seq;
    const sentAt = clockOf(from, when);
    const hears: HearingReport[] = reports
      ? [...from.peers.values()].map((peer) => reportOn(peer, sentAt))
      : [];
    from.events.push({
      type: 'sent',
      at: sentAt,
      group,
      bytes: 200,
      kind,
      id: from.id,
      name: from.name,
      seq,
    });
    for (const node of nodes) {
      if (node === from || node.deaf || random() < loss) continue;
      for (let copies = random() < doubled ? 2 : 1; copies > 0; copies--) {
        const at = when + delay + random() * spread;
        const beat = kind === 'heartbeat' ? { every: 1000, up: when, hears } : { text: `line ${seq}` };
        const { id, name } = from;
        const where = {
          address: `10.0.0.${from.index + 1}`,
          port: 40_000 + from.index,
          bytes: 200,
          worker: 1,
        };
        const event: Received = {
          type: 'received',
          at: clockOf(node, at),
          group,
          kind,
          id,
          name,
          seq,
          sentAt,
          ...where,
          ...beat,
        };
        arrivals.push({ node, at, event });
      }
    }
  };
  const deliver = (until: number) => {
    arrivals.sort((a, b) => a.at - b.at);
    while (arrivals[0] && arrivals[0].at <= until) {
      const { node, event } = arrivals.shift()!;
      const own = event as OwnDatagram;
      const first = !node.peers.has(own.id);
      if (first) node.peers.set(own.id, newPeer(own));
      hear(node.peers.get(own.id)!, own, first, node.peers.size);
      node.events.push(event);
    }
  };
  for (let beat = 0; beat < beats; beat++) {
    for (const node of nodes) {
      const when = beat * 1000 + node.index * 137;
      deliver(when);
      say(node, when, 'heartbeat');
      if (random() < 0.3) say(node, when + 20, 'chat');
    }
  }
  deliver(Number.POSITIVE_INFINITY);
  return nodes.map((node) => {
    node.events.push({ type: 'stopped', at: clockOf(node, beats * 1000), reason: 'q', totals: {} as never });
    return sessionOf(node.events, { ...header, id: node.id, name: node.name, groups: [] });
  });
}

export function sessionOf(events: Event[], head: SessionHeader = header): Simulated[number] {
  const figures = new SessionFigures(head, `${head.name}.json`);
  for (const event of events) figures.add(event);
  return { header: head, events, figures };
}
