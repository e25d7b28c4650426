// All that a report needs of one session, gathered event by event in bounded memory. Totals, workers and transfers
// are those of the fold, so that the report cannot disagree with the screen.
import { diagnosisKey } from '../../core/diagnoses.ts';
import type {
  Diagnosis,
  Event,
  GroupName,
  Joined,
  Millis,
  Received,
  Sent,
  Task,
  Warning,
} from '../../core/event.ts';
import { fold } from '../../core/fold.ts';
import { newState, type State } from '../../core/state.ts';
import type { SessionHeader } from '../../session/format.ts';
import { Busiest } from './busiest.ts';
import { Concurrency } from './concurrency.ts';
import { Delays } from './delays.ts';
import { Hearings, isOwnProtocol } from './heard.ts';
import { Histogram } from './histogram.ts';
import { made } from './made.ts';
import { Series } from './series.ts';

/** ms */
const trafficBucket = 1000;
const taskBucket = 100;
const mostWarnings = 100;
const mostGroups = 256;
const mostDiagnoses = 1000;

export type SentCount = { datagrams: number; bytes: number; chats: number };
export type Warned = { warning: Warning; count: number };
export type WorkerTimes = { wait: Histogram; run: Histogram };

const newTimes = (): WorkerTimes => ({ wait: new Histogram(), run: new Histogram() });

export class SessionFigures {
  readonly state: State = newState();
  events = 0;
  firstAt: Millis = Number.POSITIVE_INFINITY;
  lastAt: Millis = 0;
  /** Its identity on the wire. */
  id: string;
  name: string;
  /** Workers asked for, and the interval of heartbeats; undefined where the session does not say. */
  workers: number | undefined;
  heartbeat: number | undefined;
  readonly joined = new Map<GroupName, Joined>();
  /** To the group; replies to one node are counted apart. */
  readonly sent = new Map<GroupName, SentCount>();
  replies = 0;
  readonly heard = new Hearings();
  /** By the identity of the other node. */
  readonly delays = new Map<string, Delays>();
  readonly received = new Series(trafficBucket);
  readonly sentOverTime = new Series(trafficBucket);
  readonly waits = new Series(taskBucket);
  readonly concurrency = new Concurrency();
  readonly busiest = new Busiest();
  readonly workerTimes = new Map<number, WorkerTimes>();
  readonly all: WorkerTimes = newTimes();
  readonly warnings = new Map<string, Warned>();
  /** The newest of each check and group. */
  readonly diagnoses = new Map<string, Diagnosis>();

  constructor(
    readonly header: SessionHeader,
    /** As it was named on the command line, and how to type it again. */
    readonly label: string,
  ) {
    this.id = header.id;
    this.name = header.name;
  }

  add(event: Event): void {
    fold(this.state, event);
    this.events++;
    this.firstAt = Math.min(this.firstAt, event.at);
    this.lastAt = Math.max(this.lastAt, event.at);
    switch (event.type) {
      case 'started':
        this.id = event.id;
        this.name = event.name;
        this.workers = event.workers;
        this.heartbeat = event.heartbeat;
        break;
      case 'joined':
        if (this.joined.size < mostGroups || this.joined.has(event.group))
          this.joined.set(event.group, event);
        break;
      case 'received':
        this.#received(event);
        break;
      case 'sent':
        this.#sent(event);
        break;
      case 'task':
        this.#task(event);
        break;
      case 'warning':
        this.#warned(event);
        break;
      case 'diagnosis':
        if (this.diagnoses.size < mostDiagnoses) this.diagnoses.set(diagnosisKey(event), event);
    }
  }

  #received(event: Received): void {
    this.received.add(event.at, 1);
    if (event.unicast || !isOwnProtocol(event)) return;
    const heard = this.heard.add(event, this.id);
    if (!heard || event.sentAt === undefined || event.id === this.id) return;
    const delays = made(this.delays, event.id, () => new Delays());
    delays.came(event.sentAt, event.at);
    const report = event.hears?.find(({ id }) => id === this.id);
    // It was held back for a known time, so it also tells when our own datagram arrived there.
    if (report) {
      const toThere = event.sentAt - report.held - report.at;
      delays.both({ toHere: event.at - event.sentAt, toThere }, event.at);
    }
  }

  #sent(event: Sent): void {
    this.sentOverTime.add(event.at, 1);
    if (event.to !== undefined) {
      this.replies++;
      return;
    }
    if (this.sent.size >= mostGroups && !this.sent.has(event.group)) return;
    const count = made(this.sent, event.group, () => ({ datagrams: 0, bytes: 0, chats: 0 }));
    count.datagrams++;
    count.bytes += event.bytes;
    if (event.kind === 'chat') count.chats++;
  }

  #task(event: Task): void {
    this.waits.add(event.at, event.wait);
    this.concurrency.add(event.at - event.run, event.at);
    this.busiest.add(event);
    const times = made(this.workerTimes, event.worker, newTimes);
    for (const each of [times, this.all]) {
      each.wait.add(event.wait);
      each.run.add(event.run);
    }
  }

  #warned(warning: Warning): void {
    const key = `${warning.code} ${JSON.stringify(warning.facts)}`;
    const warned = this.warnings.get(key);
    if (warned) warned.count++;
    else if (this.warnings.size < mostWarnings) this.warnings.set(key, { warning, count: 1 });
  }
}
