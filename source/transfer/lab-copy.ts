// One client's copy of the file: name, size and data in datagrams, as fast as this host sends them unless it is told a
// rate. Nothing is ever sent twice.
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { DataOut } from '../net/data-out.ts';
import { datagramBytes } from './lab-protocol.ts';

/** Read and sent before others have a turn, bytes. */
const mostAtOnce = 64 * datagramBytes;
/** Of its time at a given rate, s. */
const pieceTime = 0.005;

export type LabContent = { name: string; size: number; file: FileHandle };

export class LabCopy {
  /** Bytes of the file that went out, and with name and size. */
  sent = 0;
  posted = 0;
  #isStopped = false;

  /** `rate`: most bytes per second. */
  constructor(
    private readonly out: DataOut,
    private readonly rate = Number.POSITIVE_INFINITY,
  ) {}

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves when all is with the network, or it was stopped; false when the file ended before its size. */
  async send({ name, size, file }: LabContent): Promise<boolean> {
    const begin = performance.now();
    const datagrams = Math.round((this.rate * pieceTime) / datagramBytes);
    const most = Math.min(mostAtOnce, Math.max(1, datagrams) * datagramBytes);
    this.#post(Buffer.from(name));
    this.#post(Buffer.from(String(size)));
    while (this.sent < size && !this.#isStopped) {
      // Its parts must not change while anything is queued, so each piece has memory of its own.
      const piece = Buffer.allocUnsafe(Math.min(most, size - this.sent));
      const { bytesRead } = await file.read(piece, 0, piece.length, this.sent);
      if (bytesRead === 0) return false;
      for (let at = 0; at < bytesRead && !this.#isStopped; at += datagramBytes) {
        this.#post(piece.subarray(at, Math.min(at + datagramBytes, bytesRead)));
      }
      this.sent += bytesRead;
      await this.#room();
      const due = begin + (this.sent / this.rate) * 1000;
      if (due > performance.now()) await sleep(due - performance.now());
    }
    return true;
  }

  /** While the network takes no more it is waited for, as a script waits in its call. */
  async #room(): Promise<void> {
    if (this.out.queued === 0) await nextTurn();
    while (this.out.queued > 0 && !this.#isStopped) await sleep(1);
  }

  #post(bytes: Uint8Array): void {
    this.out.post([bytes]);
    this.posted += bytes.length;
  }
}
