// Reads a busy socket past the event loop. There a datagram costs Node some 12 µs: 64 KiB of memory, an object for where
// it came from, a wake-up for one or two of them. Read from the descriptor, many after each sleep and into the same
// memory, it costs half. A socket that is not busy stays with the event loop, which answers at once.
import { readSync } from 'node:fs';

/** A socket is busy once so many bytes come through the event loop within so many ms, */
const busy = { bytes: 256 * 1024, within: 12 };
/** and until fewer than this come while the thread sleeps. */
const leastAwaited = 32 * 1024;
/** Read in a row before timers and other connections have their turn. */
const mostAtOnce = 256;
/** No datagram of UDP is larger, bytes. */
const largest = 65_536;

export class Drain {
  #isBusy = false;
  #isEmpty = true;
  #closed = false;
  #came = 0;
  #since = 0;
  readonly #memory = Buffer.allocUnsafeSlow(largest);
  #last = this.#memory;
  readonly #never = new Int32Array(new SharedArrayBuffer(4));

  /**
   * `descriptor`: of a socket that does not block. `nap`: how long the thread may sleep, ms; what comes meanwhile must
   * fit the socket's buffer. The bytes that `onBytes` is given are only valid during the call.
   */
  constructor(
    private readonly descriptor: number,
    private readonly nap: number,
    private readonly onBytes: (bytes: Buffer) => void,
  ) {}

  /** A datagram of so many bytes came through the event loop, at `now` ms. */
  came(bytes: number, now: number): void {
    this.#came += bytes;
    if (this.#isBusy || this.#came < busy.bytes) return;
    this.#isBusy = now - this.#since < busy.within;
    this.#came = 0;
    this.#since = now;
    if (this.#isBusy) setImmediate(this.#turn);
  }

  /** Must come before the socket is closed: the system gives its descriptor to the next file that is opened. */
  close(): void {
    this.#closed = true;
  }

  readonly #turn = (): void => {
    if (this.#closed) return;
    // Here and not before the event loop looks at the socket, for then it would read most of what has come.
    if (this.#isEmpty) Atomics.wait(this.#never, 0, 0, this.nap);
    this.#came = 0;
    let count = 0;
    while (count < mostAtOnce && !this.#closed && this.#readOne()) count++;
    this.#isEmpty = count < mostAtOnce;
    this.#isBusy = this.#came >= leastAwaited && !this.#closed;
    if (this.#isBusy) setImmediate(this.#turn);
  };

  /** False when nothing waits. What is wrong with the socket its own events tell. */
  #readOne(): boolean {
    let length: number;
    try {
      length = readSync(this.descriptor, this.#memory);
    } catch {
      return false;
    }
    this.#came += length;
    this.onBytes(this.#view(length));
    return true;
  }

  /** Most datagrams are as long as the one before. */
  #view(length: number): Buffer {
    if (this.#last.length !== length) this.#last = this.#memory.subarray(0, length);
    return this.#last;
  }
}
