// A link with a rate, a queue that drops at its tail, a delay and random loss; over it the sender that is tested, its
// receivers with real accounts of arrivals, and if wanted a TCP flow (Reno). Steps of 0.1 ms; the same in every run.

import { seeded } from '../../source/net/memory-network.ts';
import { Arrivals } from '../../source/transfer/arrivals.ts';
import { RateModel } from '../../source/transfer/rate-model.ts';
import { SentLog } from '../../source/transfer/sent-log.ts';

export type LinkSetting = {
  /** Bytes per second, and bytes that wait for it. */
  rate: number;
  queue: number;
  /** One way, ms. */
  delay: number;
  /** Probability that a datagram is lost behind the link, for each receiver on its own. */
  loss?: number;
  receivers?: number;
  seconds: number;
  /** A TCP flow shares the link, from and until these seconds. */
  tcp?: { from: number; until: number };
  /** The link's rate changes at this second. */
  change?: { at: number; rate: number };
  /** Bytes per second that a receiver can take in; what waits is in its socket buffer. */
  intake?: number;
  /** Bytes of a receiver's socket buffer that datagrams may fill. */
  room?: number;
  /** Bytes per second that the sender's machine can send. */
  outlet?: number;
  seed?: number;
};

/** Per 100 ms, as share of the link's rate, in bytes on the wire. */
export type Outcome = {
  ours: number[];
  tcp: number[];
  /** Datagrams that the link's queue or a receiver's buffer dropped, over those sent, per 100 ms. */
  dropped: number[];
  model: RateModel;
};

const step = 0.1;
const payload = 1424;
const wire = 1466;
const segment = 1514;

type Passing = { number: number; at: number };

class Receiver {
  readonly arrivals = new Arrivals();
  readonly inbox: Passing[] = [];
  head = 0;
  /** When its intake is through with what has come. */
  busyUntil = 0;
  reported = 0;
  reportedAt = 0;
  drops = 0;
}

export function play(setting: LinkSetting): Outcome {
  const { queue, delay, loss = 0, seconds, intake = 1e12, room = 2.4e6, outlet = 150e6 } = setting;
  const random = seeded(setting.seed ?? 1);
  const log = new SentLog();
  const model = new RateModel(log, { room });
  const receivers = Array.from({ length: setting.receivers ?? 1 }, () => new Receiver());
  receivers.forEach((_, id) => {
    model.join(id);
  });
  const tcp = new Reno(delay);
  const reports: { due: number; act: () => void }[] = [];
  const outcome: Outcome = { ours: [], tcp: [], dropped: [], model };
  let busyUntil = 0;
  let number = 0;
  let credit = 0;
  const sums = { ours: 0, tcp: 0, dropped: 0, sent: 0 };

  const report = (receiver: Receiver, id: number, now: number) => {
    receiver.arrivals.tick();
    const { settled, heard, at, received, bytes, lost } = receiver.arrivals;
    const report = { number: settled, heard, at, received, bytes, lost, drops: receiver.drops };
    reports.push({ due: now + delay, act: () => model.report(id, report, now + delay) });
    receiver.reported = received + lost;
    receiver.reportedAt = now;
  };

  const rateAt = (now: number) =>
    setting.change && now >= setting.change.at * 1000 ? setting.change.rate : setting.rate;

  /** When it is through the link; undefined when the queue has no room. */
  const pass = (bytes: number, now: number): number | undefined => {
    const rate = rateAt(now) / 1000;
    if ((busyUntil - now) * rate + bytes > queue) return undefined;
    busyUntil = Math.max(busyUntil, now) + bytes / rate;
    return busyUntil;
  };

  const send = (now: number) => {
    credit = Math.min(credit + (Math.min(model.rate, outlet) * step) / 1000, model.burst);
    while (credit >= payload && model.inFlight + payload <= model.window) {
      credit -= payload;
      log.sent(++number, payload, 1, now);
      sums.sent++;
      const through = pass(wire, now);
      if (through === undefined) {
        sums.dropped++;
        continue;
      }
      sums.ours += wire;
      for (const receiver of receivers) {
        if (random() < loss) continue;
        const at = through + delay;
        if ((receiver.busyUntil - at) * (intake / 1000) > room) {
          receiver.drops++;
          sums.dropped++;
          continue;
        }
        receiver.busyUntil = Math.max(receiver.busyUntil, at) + (payload / intake) * 1000;
        receiver.inbox.push({ number, at: receiver.busyUntil });
      }
    }
  };

  for (let tick = 0; tick * step < seconds * 1000; tick++) {
    const now = tick * step;
    for (const each of reports.splice(0)) {
      if (each.due <= now) each.act();
      else reports.push(each);
    }
    send(now);
    if (setting.tcp && now >= setting.tcp.from * 1000 && now < setting.tcp.until * 1000) {
      sums.tcp += tcp.step(now, pass, random() < 0.5) * segment;
    }
    receivers.forEach((receiver, id) => {
      const { inbox, arrivals } = receiver;
      // An event loop wakes for what has come meanwhile, and stamps it all with one time.
      if (tick % 5 === id % 5) {
        while (receiver.head < inbox.length && inbox[receiver.head]!.at <= now) {
          arrivals.came(inbox[receiver.head++]!.number, payload, 0, now * 1000);
        }
      }
      const fresh = arrivals.received + arrivals.lost - receiver.reported;
      const isFirst = receiver.reported === 0 && fresh > 0;
      if (fresh >= 200 || isFirst || now - receiver.reportedAt >= 10) report(receiver, id, now);
    });
    if ((tick + 1) % 1000 === 0) {
      const full = rateAt(now) / 10;
      outcome.ours.push(sums.ours / full);
      outcome.tcp.push(sums.tcp / full);
      outcome.dropped.push(sums.sent === 0 ? 0 : sums.dropped / sums.sent);
      Object.assign(sums, { ours: 0, tcp: 0, dropped: 0, sent: 0 });
    }
  }
  return outcome;
}

/** RFC 5681 without timeouts: slow start, congestion avoidance, halved once a round trip on loss (RFC 6582). */
class Reno {
  #window = 10;
  #threshold = 1e9;
  #flight = 0;
  #recoverUntil = 0;
  readonly #acks: { due: number; lost: boolean }[] = [];

  constructor(readonly delay: number) {}

  /** Acknowledgements, then as many segments as the window allows; says how many got through. */
  step(now: number, pass: (bytes: number, now: number) => number | undefined, first: boolean): number {
    while (this.#acks.length > 0 && this.#acks[0]!.due <= now)
      this.#acknowledge(this.#acks.shift()!.lost, now);
    let through = 0;
    // Ours and TCP's arrive at the queue in either order.
    for (let burst = first ? 4 : 3; burst > 0 && this.#flight < this.#window; burst--) {
      const out = pass(segment, now);
      const due = (out ?? (this.#acks.at(-1)?.due ?? now) - this.delay * 2) + this.delay * 2;
      this.#acks.push({ due: Math.max(due, now + this.delay), lost: out === undefined });
      this.#flight++;
      if (out !== undefined) through++;
    }
    return through;
  }

  #acknowledge(lost: boolean, now: number): void {
    this.#flight--;
    if (lost) {
      if (now < this.#recoverUntil) return;
      this.#threshold = Math.max(2, this.#window / 2);
      this.#window = this.#threshold;
      this.#recoverUntil = now + this.delay * 2 + 20;
    } else if (this.#window < this.#threshold) this.#window++;
    else this.#window += 1 / this.#window;
  }
}
