// The datagrams of a transfer: a run of consecutive blocks, or the XOR of some. 16 bytes of header, big endian:
// "MCF1", the token of the transfer, the datagram's number (from 1, over both kinds), and in one word the kind
// (4 bits) and the first block of a run or the count of a repair's ids (28 bits). A repair's first id has 4 bytes, each
// further one the distance to it in 2, which leaves room for twice as many. Nothing here allocates.

export const runKind = 1;
export const repairKind = 2;
export const headerBytes = 16;
/** Room for the ids of a repair in a frame, bytes; blocks in one repair; how far one may be from the next. */
const idBytes = 48;
export const mostMixed = 1 + (idBytes - 4) / 2;
export const farthestMixed = 0xffff;
/** Payload of the longest run: well under 64 KiB, and not so many fragments that one lost costs much. */
const longestPayload = 29_000;

const magic = 0x4d43_4631;
const low28 = 0x0fff_ffff;

/** What a datagram must agree with: the token of the transfer and the stream's cut into blocks. */
export type Shape = { token: number; blocks: number; blockSize: number; total: number };

/** A datagram that was read; reused for the next one. */
export type Datagram = {
  kind: typeof runKind | typeof repairKind;
  number: number;
  /** Of a run. */
  first: number;
  /** Blocks in the run, or ids of the repair. */
  count: number;
  /** Of a repair, ascending; `count` of them. */
  ids: Uint32Array;
  /** Where the blocks, or their XOR, begin in the datagram. */
  offset: number;
};

export type Refusal = 'short' | 'not-ours' | 'token' | 'kind' | 'number' | 'blocks' | 'length';

/**
 * Bytes of a block such that any repair fits a frame of `mtu` bytes (IP, UDP, header, ids, block); whole words, so
 * that the XOR need not copy. 1,408 for Ethernet's 1,500 over IPv4.
 */
export function blockSizeFor(mtu: number, ipv6 = false): number {
  return (mtu - (ipv6 ? 40 : 20) - 8 - headerBytes - idBytes) & ~7;
}

/** The most blocks that a run may carry. */
export function longestRun(blockSize: number): number {
  return Math.max(1, Math.floor((longestPayload - headerBytes) / blockSize));
}

/** Bytes that the ids of a repair take: whole words, so that the XOR after them can be worked on where it is. */
export const idBytesOf = (count: number): number => (2 + count * 2 + 3) & ~3;

/** Where to read a datagram into. */
export function newDatagram(): Datagram {
  return { kind: runKind, number: 0, first: 0, count: 0, ids: new Uint32Array(mostMixed), offset: 0 };
}

/** Writes the header of a run; its blocks follow at the offset it returns. */
export function writeRun(into: Buffer, token: number, number: number, first: number): number {
  return writeHeader(into, token, number, runKind, first);
}

/** Writes header and ids (ascending, none too far from the one before) of a repair; the XOR, a whole block long, follows at the offset it returns. */
export function writeRepair(
  into: Buffer,
  token: number,
  number: number,
  ids: Uint32Array,
  count: number,
): number {
  let at = into.writeUInt32BE(ids[0]!, writeHeader(into, token, number, repairKind, count));
  for (let index = 1; index < count; index++) at = into.writeUInt16BE(ids[index]! - ids[index - 1]!, at);
  return count % 2 === 0 ? into.writeUInt16BE(0, at) : at;
}

/** Fills `found`, or says why the bytes are no datagram of this transfer. Never throws, whatever the bytes. */
export function readDatagram(bytes: Buffer, shape: Shape, found: Datagram): Refusal | undefined {
  if (bytes.length <= headerBytes) return 'short';
  if (bytes.readUInt32BE(0) !== magic) return 'not-ours';
  if (bytes.readUInt32BE(4) !== shape.token) return 'token';
  found.number = bytes.readUInt32BE(8);
  if (found.number === 0) return 'number';
  const word = bytes.readUInt32BE(12);
  found.kind = (word >>> 28) as typeof runKind;
  if (found.kind === runKind) return readRun(bytes, shape, word & low28, found);
  return word >>> 28 === repairKind ? readRepair(bytes, shape, word & low28, found) : 'kind';
}

function writeHeader(into: Buffer, token: number, number: number, kind: number, value: number): number {
  into.writeUInt32BE(magic, 0);
  into.writeUInt32BE(token, 4);
  into.writeUInt32BE(number, 8);
  return into.writeUInt32BE(((kind << 28) | value) >>> 0, 12);
}

function readRun(bytes: Buffer, shape: Shape, first: number, found: Datagram): Refusal | undefined {
  const length = bytes.length - headerBytes;
  found.first = first;
  found.count = Math.ceil(length / shape.blockSize);
  found.offset = headerBytes;
  if (first + found.count > shape.blocks) return 'blocks';
  const end = Math.min(shape.total, (first + found.count) * shape.blockSize);
  return length === end - first * shape.blockSize ? undefined : 'length';
}

function readRepair(bytes: Buffer, shape: Shape, count: number, found: Datagram): Refusal | undefined {
  if (count < 1 || count > mostMixed) return 'blocks';
  found.count = count;
  found.offset = headerBytes + idBytesOf(count);
  if (bytes.length !== found.offset + shape.blockSize) return 'length';
  let id = bytes.readUInt32BE(headerBytes);
  found.ids[0] = id;
  for (let index = 1; index < count; index++) {
    const distance = bytes.readUInt16BE(headerBytes + 2 + index * 2);
    if (distance === 0) return 'blocks';
    id += distance;
    found.ids[index] = id;
  }
  return id < shape.blocks ? undefined : 'blocks';
}
