// A control connection of the lab protocol, on either side: whatever comes at once is one message, for whoever speaks it
// waits for an answer in between.
import type { Socket } from 'node:net';
import { plainAddress } from './control-link.ts';
import { mostMessage } from './lab-protocol.ts';

/** Silence after which the kernel asks whether the other host is still there, ms. */
const keepAlive = 10_000;
/** Messages that wait to be asked for; more is no such conversation. */
const mostWaiting = 16;

export class LabTalk {
  /** Of the other side, and of this one. */
  readonly address: string;
  readonly localAddress: string;
  /** Resolves when the connection is over, however. */
  readonly ended: Promise<void>;
  isOver = false;
  readonly #waiting: Buffer[] = [];
  #wake: () => void = () => {};

  constructor(private readonly socket: Socket) {
    this.address = plainAddress(socket.remoteAddress ?? '');
    this.localAddress = plainAddress(socket.localAddress ?? '');
    socket.setNoDelay(true);
    // At the barrier both sides are silent for as long as it takes: who is gone must show.
    socket.setKeepAlive(true, keepAlive);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => this.#take(chunk));
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.isOver = true;
        this.#wake();
        resolve();
      };
      // A script that has said all may close its half and still listen for data.
      socket.on('end', end);
      socket.on('close', end);
    });
  }

  say(text: string | number): void {
    if (this.socket.writable) this.socket.write(String(text));
  }

  /** The next message; undefined when none came within so many ms, or before the end of the connection. */
  async next(within: number): Promise<Buffer | undefined> {
    if (this.#waiting.length === 0 && !this.isOver) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, within);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = () => {};
    }
    return this.#waiting.shift();
  }

  /** Ends it after what was said last. */
  finish(): void {
    if (this.socket.destroyed) return;
    this.socket.end();
    const force = setTimeout(() => this.socket.destroy(), 1000);
    this.socket.once('close', () => clearTimeout(force));
  }

  cut(): void {
    this.socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (chunk.length > mostMessage || this.#waiting.length >= mostWaiting) this.cut();
    else {
      this.#waiting.push(chunk);
      this.#wake();
    }
  }
}
