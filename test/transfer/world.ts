// A sender, receivers and the network between them, in rounds instead of time: the real ledgers, plan, codecs and XOR
// with everything a network does to datagrams. Blocks are small; what they would cost on Ethernet is reckoned.

import { seeded } from '../../source/net/memory-network.ts';
import { Bitmap } from '../../source/transfer/bitmap.ts';
import {
  idBytesOf,
  newDatagram,
  readDatagram,
  runKind,
  type Shape,
  writeRepair,
  writeRun,
} from '../../source/transfer/block-datagram.ts';
import { FrameReader, frame } from '../../source/transfer/frames.ts';
import { ReceiverLedger } from '../../source/transfer/receiver-ledger.ts';
import { RepairPlan } from '../../source/transfer/repair-plan.ts';
import { decodeReport, encodeReport, mostReportBytes } from '../../source/transfer/report.ts';
import { framesOf, RunLength, wireBytes } from '../../source/transfer/run-length.ts';
import { SenderLedger } from '../../source/transfer/sender-ledger.ts';
import { SentLog } from '../../source/transfer/sent-log.ts';
import { xorInto } from '../../source/transfer/xor.ts';

export type Member = {
  /** Probability that a frame to this receiver is lost. */
  loss: number;
  /** The round in which it registers. */
  joins?: number;
  /** The round in which it goes. */
  leaves?: number;
  /** Blocks it has from an earlier try. */
  has?: (block: number) => boolean;
};

export type Setting = {
  blocks: number;
  members: Member[];
  /** Probabilities that a datagram comes late by up to 4 rounds, and twice. */
  late?: number;
  twice?: number;
  seed: number;
  /** Blocks a datagram; adapts by itself unless told. */
  run?: number;
  /** Datagrams a round. */
  pace?: number;
};

export type Outcome = {
  rounds: number;
  /** Of those who stayed: whether each has the same bytes. */
  whole: boolean[];
  runs: number;
  repairs: number;
  /** Blocks sent first, in runs. */
  sentBlocks: number;
  /** Bytes on the wire over bytes of the file, as of 1,408-byte blocks on Ethernet. */
  overhead: number;
  useless: number;
  undecodable: number;
  /** Time spent in the plan, ms. */
  planning: number;
  /** Blocks that repairs carried. */
  mixed: number;
  lastRun: number;
};

const blockSize = 24;
const ethernet = { blockSize: 1408, mtu: 1500, ipv6: false };
const window = 3000;
const reportKind = 1;

class Receiver {
  readonly ledger: ReceiverLedger;
  readonly bytes: Buffer;
  readonly inbox: { due: number; bytes: Buffer }[] = [];
  readonly #found = newDatagram();
  unreported = 0;
  drops = 0;

  constructor(
    readonly shape: Shape,
    readonly slot: number,
    readonly member: Member,
    source: Buffer,
  ) {
    this.bytes = Buffer.alloc(shape.total);
    const have = new Bitmap(shape.blocks);
    for (let block = 0; block < shape.blocks; block++) {
      if (member.has?.(block)) {
        have.set(block);
        source.copy(this.bytes, block * blockSize, block * blockSize, (block + 1) * blockSize);
      }
    }
    this.ledger = new ReceiverLedger(shape.blocks, have);
  }

  take(bytes: Buffer, round: number): void {
    const found = this.#found;
    const refused = readDatagram(bytes, this.shape, found);
    if (refused) throw new Error(refused);
    this.unreported++;
    if (found.kind === runKind) {
      const end = found.first + found.count;
      this.ledger.arrivals.came(found.number, bytes.length, end, round * 1000);
      this.ledger.put(found.first, end);
      bytes.copy(this.bytes, found.first * blockSize, found.offset);
      return;
    }
    const block = this.ledger.repair(found.number, bytes.length, found.ids, found.count, round * 1000);
    if (block < 0) return;
    const mix = bytes.subarray(found.offset);
    for (const id of found.ids.subarray(0, found.count))
      if (id !== block) xorInto(mix, blockOf(this.bytes, id));
    const room = blockOf(this.bytes, block);
    mix.copy(room, 0, 0, room.length);
    this.ledger.put(block, block + 1);
  }
}

const blockOf = (bytes: Buffer, block: number) => bytes.subarray(block * blockSize, (block + 1) * blockSize);

/** Plays a transfer to its end; throws when it has none. */
export function transfer(setting: Setting): Outcome {
  const { blocks, members, late = 0, twice = 0, pace = 64 } = setting;
  const random = seeded(setting.seed);
  const total = blocks === 0 ? 0 : (blocks - 1) * blockSize + 7;
  const shape: Shape = { token: 0xfeed_f00d, blocks, blockSize, total };
  const source = Buffer.alloc(total);
  for (let at = 0; at < total; at++) source[at] = random() * 256;

  const ledger = new SenderLedger(blocks);
  const plan = new RepairPlan(ledger);
  const runLength = new RunLength(ethernet);
  const log = new SentLog();
  const readers = new Map<number, FrameReader>();
  const outcome: Outcome = {
    rounds: 0,
    whole: [],
    runs: 0,
    repairs: 0,
    sentBlocks: 0,
    overhead: 0,
    useless: 0,
    undecodable: 0,
    planning: 0,
    mixed: 0,
    lastRun: 1,
  };
  let receivers: Receiver[] = [];
  let wire = 0;
  let number = 0;
  const control: { due: number; act: () => void }[] = [];

  const send = (bytes: Buffer, blocksIn: number, ids: number, round: number) => {
    const payload = 16 + (ids && idBytesOf(ids)) + blocksIn * ethernet.blockSize;
    const frames = framesOf(payload, ethernet);
    wire += wireBytes(payload, ethernet);
    log.sent(number, payload, frames, round);
    for (const receiver of receivers) {
      for (let copy = 0; copy < (random() < twice ? 2 : 1); copy++) {
        if (random() >= (1 - receiver.member.loss) ** frames) continue;
        const due = round + 1 + (random() < late ? Math.ceil(random() * 4) : 0);
        receiver.inbox.push({ due, bytes: Buffer.from(bytes) });
      }
    }
  };

  const sendNext = (round: number): boolean => {
    const most = setting.run ?? runLength.blocks;
    const repair = timed(() => plan.next(most));
    const run = repair?.kind === 'run' ? repair : repair ? undefined : ledger.next(most);
    if (run) {
      number++;
      const end = Math.min(total, (run.first + run.count) * blockSize);
      const bytes = Buffer.alloc(16 + end - run.first * blockSize);
      source.copy(bytes, writeRun(bytes, shape.token, number, run.first), run.first * blockSize, end);
      send(bytes, run.count, 0, round);
      ledger.sentRun(number, run.first, run.count);
      outcome.runs++;
      outcome.sentBlocks += run.count;
      outcome.lastRun = run.count;
      return true;
    }
    if (repair?.kind !== 'mix') return false;
    number++;
    const bytes = Buffer.alloc(16 + idBytesOf(repair.count) + blockSize);
    const mix = bytes.subarray(writeRepair(bytes, shape.token, number, repair.ids, repair.count));
    for (const id of repair.ids.subarray(0, repair.count)) xorInto(mix, blockOf(source, id));
    send(bytes, 1, repair.count, round);
    ledger.sentRepair(number, repair.ids, repair.count);
    outcome.repairs++;
    outcome.mixed += repair.count;
    return true;
  };

  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const result = work();
    outcome.planning += performance.now() - start;
    return result;
  };

  const takeReport = (slot: number, bytes: Buffer) => {
    for (const { kind, body } of readers.get(slot)!.push(bytes)) {
      const report = kind === reportKind ? decodeReport(body, blocks) : undefined;
      if (!report) throw new Error('a report was not understood');
      const before = { ...ledger.progress(slot)! };
      const flaw = ledger.report(slot, report);
      if (flaw) throw new Error(`report contradicts: ${flaw}`);
      const lost = report.lost - before.lost;
      const datagrams = report.received - before.received + lost;
      const frames = log.framesUpto(report.number) - log.framesUpto(report.number - datagrams);
      runLength.observe(slot, datagrams, frames, lost);
    }
  };

  const report = (receiver: Receiver, round: number) => {
    receiver.unreported = 0;
    for (const each of receiver.ledger.reports(0)) {
      const bytes = frame(reportKind, encodeReport(each));
      // TCP cuts where it likes.
      const cut = Math.floor(random() * bytes.length);
      for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
        if (part.length > 0) control.push({ due: round + 1, act: () => takeReport(receiver.slot, part) });
      }
    }
  };

  for (let round = 0; ; round++) {
    if (round > 200_000) throw new Error('no end');
    for (const member of members) {
      if ((member.joins ?? 0) !== round) continue;
      const slot = ledger.join();
      readers.set(slot, new FrameReader(mostReportBytes));
      const receiver = new Receiver(shape, slot, member, source);
      receivers.push(receiver);
      report(receiver, round);
    }
    for (const receiver of receivers.filter(({ member }) => member.leaves === round)) {
      receivers = receivers.filter((other) => other !== receiver);
      ledger.leave(receiver.slot);
      runLength.leave(receiver.slot);
      for (const message of control)
        if (message.due >= round) message.act = keepUnless(message.act, receiver.slot);
    }
    for (const message of control.splice(0)) {
      if (message.due <= round) message.act();
      else control.push(message);
    }
    const isEnding = ledger.front >= blocks;
    timed(() => plan.refresh(isEnding));
    const settled = Math.min(number, ...receivers.map(({ slot }) => ledger.progress(slot)!.number || number));
    for (let sent = 0; sent < pace && number - settled + sent < window; sent++) if (!sendNext(round)) break;
    for (const receiver of receivers) {
      const here = receiver.inbox.filter(({ due }) => due <= round);
      const later = receiver.inbox.filter(({ due }) => due > round);
      receiver.inbox.splice(0, receiver.inbox.length, ...later);
      for (const { bytes } of here) receiver.take(bytes, round);
      if (isEnding) receiver.ledger.told(Math.max(0, number - pace * 2), ledger.front);
      if (isEnding && here.length === 0) receiver.ledger.told(number, ledger.front);
      if (receiver.unreported >= 200 || round % 3 === 0) report(receiver, round);
    }
    const isOver = members.every(({ joins = 0 }) => joins <= round) && isEnding && ledger.complete;
    if (!isOver) continue;
    outcome.rounds = round;
    outcome.whole = receivers.map(({ bytes, ledger }) => ledger.complete && bytes.equals(source));
    outcome.useless = receivers.reduce((sum, receiver) => sum + receiver.ledger.useless, 0);
    outcome.undecodable = receivers.reduce((sum, receiver) => sum + receiver.ledger.undecodable, 0);
    outcome.overhead = wire / Math.max(1, blocks * ethernet.blockSize);
    return outcome;
  }

  function keepUnless(act: () => void, slot: number): () => void {
    return () => {
      if (ledger.progress(slot)) act();
    };
  }
}
