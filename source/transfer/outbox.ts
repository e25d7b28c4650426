// Makes the datagrams of a distribution and hands them to the socket, without allocating for each: headers and
// repairs lie in rings, long enough that nothing is written over while the socket's queue still points to it.
import type { DataOut } from '../net/data-out.ts';
import { headerBytes, idBytesOf, mostMixed, type Shape, writeRepair, writeRun } from './block-datagram.ts';
import { xorInto } from './xor.ts';

/** Bytes that may wait in the socket's queue. */
const mostQueued = 256 * 1024;

export class Outbox {
  readonly #headers: Buffer[];
  readonly #repairs: Buffer[];
  #next = 0;

  constructor(
    private readonly out: DataOut,
    private readonly shape: Shape,
  ) {
    // Each datagram of the queue holds a block at least, but for the last one of the stream.
    const slots = Math.ceil((2 * mostQueued) / shape.blockSize) + 16;
    const repairBytes = headerBytes + idBytesOf(mostMixed) + shape.blockSize;
    this.#headers = ring(slots, headerBytes);
    this.#repairs = ring(slots, repairBytes);
  }

  /** The kernel takes no more at this time. */
  get isFull(): boolean {
    return this.out.queued > mostQueued;
  }

  /** The kernel has taken all. */
  get isEmpty(): boolean {
    return this.out.queued === 0;
  }

  /** Sends blocks from `first` on; returns the payload's bytes. */
  run(number: number, first: number, blocks: Uint8Array): number {
    const header = this.#headers[this.#next++ % this.#headers.length]!;
    writeRun(header, this.shape.token, number, first);
    this.out.post([header, blocks]);
    return header.length + blocks.length;
  }

  /** Sends the XOR of blocks, given in the order of their ids; returns the payload's bytes. */
  mix(number: number, ids: Uint32Array, blocks: readonly Uint8Array[]): number {
    const buffer = this.#repairs[this.#next++ % this.#repairs.length]!;
    const at = writeRepair(buffer, this.shape.token, number, ids, blocks.length);
    const end = at + this.shape.blockSize;
    const mixed = buffer.subarray(at, end);
    mixed.fill(0);
    for (const block of blocks) xorInto(mixed, block);
    this.out.post([buffer.subarray(0, end)]);
    return end;
  }
}

function ring(slots: number, bytes: number): Buffer[] {
  // Whole words apart, for the XOR works on words.
  const stride = (bytes + 7) & ~7;
  const memory = Buffer.allocUnsafeSlow(slots * stride);
  return Array.from({ length: slots }, (_, slot) => memory.subarray(slot * stride, slot * stride + bytes));
}
