// What a receiver tells the sender some hundred times a second over TCP: only what is new since the report before.
// Numbers are varints (LEB128, up to 2^53); ranges are pairs of distance from the end of the one before, and length.

/** Ranges of each list in one report; what does not fit waits for the next. */
export const mostRanges = 4096;
/** Ten numbers and two lists of pairs, none longer than 8 bytes. */
export const mostReportBytes = 10 * 8 + 2 * (8 + mostRanges * 16);

/** Block numbers as pairs: from, end (not included), from, end …; ascending, none empty, none touching. */
export type Ranges = number[];

export type Report = {
  /** Each datagram up to this number has come or is taken for lost; 0 before any. */
  number: number;
  /** The last datagram up to `number` that came, and when: µs of the receiver's clock. */
  heard: number;
  at: number;
  /** Datagrams up to `number` that came, and their payload in bytes: totals. */
  received: number;
  bytes: number;
  /** Datagrams up to `number` that did not come: total. */
  lost: number;
  /** Of them, those that the receiver's own kernel dropped: total. */
  drops: number;
  /** Every block below is had, unless it was listed as missing. */
  upto: number;
  /** Blocks between the `upto` before and this one that are missing. */
  missing: Ranges;
  /** Blocks that were listed as missing and have come since. */
  repaired: Ranges;
};

/** How many blocks lie in ranges. */
export function sizeOf(ranges: Ranges): number {
  let blocks = 0;
  for (let at = 0; at < ranges.length; at += 2) blocks += ranges[at + 1]! - ranges[at]!;
  return blocks;
}

const fields = ['number', 'heard', 'at', 'received', 'bytes', 'lost', 'drops', 'upto'] as const;
const lists = ['missing', 'repaired'] as const;

/** Bytes of a report; the body of a frame. */
export function encodeReport(report: Report): Buffer {
  const into = Buffer.allocUnsafe(10 * 8 + (report.missing.length + report.repaired.length) * 8);
  let at = 0;
  for (const field of fields) at = putVarint(into, at, report[field]);
  for (const list of lists) {
    at = putVarint(into, at, report[list].length / 2);
    let end = 0;
    for (let index = 0; index < report[list].length; index += 2) {
      at = putVarint(into, at, report[list][index]! - end);
      at = putVarint(into, at, report[list][index + 1]! - report[list][index]!);
      end = report[list][index + 1]!;
    }
  }
  return into.subarray(0, at);
}

/** Undefined for bytes that are no report of a stream of `blocks` blocks; never throws. */
export function decodeReport(bytes: Buffer, blocks: number): Report | undefined {
  const reader = new VarintReader(bytes);
  const report: Report = {
    number: reader.next(),
    heard: reader.next(),
    at: reader.next(),
    received: reader.next(),
    bytes: reader.next(),
    lost: reader.next(),
    drops: reader.next(),
    upto: reader.next(),
    missing: readRanges(reader, blocks),
    repaired: readRanges(reader, blocks),
  };
  return reader.failed || reader.at !== bytes.length || report.upto > blocks ? undefined : report;
}

function readRanges(reader: VarintReader, blocks: number): Ranges {
  const count = reader.next();
  if (count > mostRanges) reader.failed = true;
  const ranges: Ranges = [];
  for (let end = 0, index = 0; index < count && !reader.failed; index++) {
    const gap = reader.next();
    const length = reader.next();
    if (length === 0 || (index > 0 && gap === 0) || end + gap + length > blocks) reader.failed = true;
    ranges.push(end + gap, end + gap + length);
    end += gap + length;
  }
  return ranges;
}

function putVarint(into: Buffer, at: number, value: number): number {
  let rest = value;
  let to = at;
  while (rest > 127) {
    into[to++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  into[to++] = rest;
  return to;
}

class VarintReader {
  at = 0;
  failed = false;

  constructor(readonly bytes: Buffer) {}

  /** 0 once something was wrong. */
  next(): number {
    let value = 0;
    for (let scale = 1; !this.failed && scale <= 2 ** 49; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    this.failed = true;
    return 0;
  }
}
