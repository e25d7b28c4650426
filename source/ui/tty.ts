// Writing to the terminal without ever waiting for it. Node's own stdout blocks the whole thread while a
// terminal does not read (a stalled ssh connection, a stopped multiplexer): no key, no signal, no clean end.
// So the terminal is opened a second time, non-blocking; the flag then is ours alone and not the shell's.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { Sink } from './presenter.ts';

/** How often a terminal that is backed up is tried again, ms. */
const retryEvery = 10;

export class TtyWriter implements Sink {
  readonly #fd = reopen(1, constants.O_WRONLY) ?? 1;
  #rest: Uint8Array = new Uint8Array();
  #retry: NodeJS.Timeout | undefined;
  #drained: () => void = () => {};
  readonly #gone: () => void;
  #dead = false;

  /** @param gone called once when the terminal is no more: its window was closed, its connection cut */
  constructor(gone: () => void) {
    this.#gone = gone;
  }

  get busy(): boolean {
    return this.#rest.length > 0;
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  /** Writes as much as the terminal takes at once; the rest follows as it reads. */
  write(text: string): void {
    this.#rest = this.busy ? Buffer.concat([this.#rest, Buffer.from(text)]) : Buffer.from(text);
    this.#push();
  }

  /** Writes in this very call, instead of what still waits; gives up after `patience` ms. */
  writeNow(text: string, patience = 500): void {
    clearTimeout(this.#retry);
    this.#rest = Buffer.from(text);
    const nap = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; this.#take() && waited < patience; waited += retryEvery)
      Atomics.wait(nap, 0, 0, retryEvery);
    this.#rest = new Uint8Array();
  }

  #push(): void {
    clearTimeout(this.#retry);
    if (this.#take()) this.#retry = setTimeout(() => this.#pushed(), retryEvery);
  }

  #pushed(): void {
    this.#push();
    if (!this.busy) this.#drained();
  }

  /** True while something is left to write. */
  #take(): boolean {
    try {
      while (this.busy && !this.#dead) this.#rest = this.#rest.subarray(writeSync(this.#fd, this.#rest));
    } catch (error) {
      if (errorCode(error) === 'EAGAIN') return true;
      // EIO, EPIPE, ENXIO: there is no terminal any more.
      this.#dead = true;
      setImmediate(this.#gone);
    }
    this.#rest = new Uint8Array();
    return false;
  }
}

/** Throws away what was typed and not read, so that it does not end up on the shell's command line. */
export function discardInput(): void {
  const fd = reopen(0, constants.O_RDONLY);
  if (fd === undefined) return;
  try {
    const bytes = new Uint8Array(4096);
    for (let rounds = 0; rounds < 256 && readSync(fd, bytes) > 0; rounds++);
  } catch {
    // Nothing is left (EAGAIN), or there is no terminal any more.
  }
  closeSync(fd);
}

/** Undefined where the system has no such path, or the terminal belongs to another user (after `su`). */
function reopen(fd: number, mode: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return openSync(`/proc/self/fd/${fd}`, mode | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
