// A receiver's way to its sender: finds it, registers, comes again when the connection is cut, and says what the
// sender said.
import type { Socket } from 'node:net';
import {
  decodeApart,
  decodeEnd,
  decodeTold,
  decodeWelcome,
  encode,
  type Hello,
  kinds,
  partBytes,
  type Told,
  type Welcome,
} from './control.ts';
import { ControlLink } from './control-link.ts';
import type { Frame } from './frames.ts';

/** ms between two tries; and how long one may take. */
const retryEvery = 500;
const connectWithin = 5000;
/** Whatever is longer comes in parts. */
const mostFrame = partBytes + 4096;

export type SenderWords = {
  /** Registered, for the first time or again; with the manifest when it was not known. False: that cannot be. */
  welcome(welcome: Welcome, manifest: string | undefined): boolean;
  start(): void;
  told(told: Told): void;
  apart(token: number): void;
  /** Digests or hashes of sections. False: that is no answer. */
  answer(kind: number, body: Buffer): boolean;
  end(reason: string | undefined): void;
  /** The sender could not be reached for as long as it is waited for. */
  gone(): void;
};

export class SenderLink {
  #link: ControlLink | undefined;
  #retry: NodeJS.Timeout | undefined;
  #heardAt = performance.now();
  #welcome: Welcome | undefined;
  #parts: Buffer[] = [];
  #closed = false;

  /** `patience`: ms without the sender after which it is gone. */
  constructor(
    public address: string,
    public port: number,
    private readonly hello: () => Hello,
    private readonly words: SenderWords,
    private readonly patience: number,
  ) {
    this.#connect();
  }

  send(kind: number, body?: Uint8Array): void {
    this.#link?.send(kind, body);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#link?.finish();
  }

  #connect(): void {
    if (this.#closed) return;
    ControlLink.connect(this.address, this.port, connectWithin).then(
      (socket) => this.#connected(socket),
      () => this.#tryAgain(),
    );
  }

  #tryAgain(): void {
    if (this.#closed) return;
    if (performance.now() - this.#heardAt > this.patience) this.words.gone();
    else this.#retry = setTimeout(() => this.#connect(), retryEvery);
  }

  #connected(socket: Socket): void {
    if (this.#closed) {
      socket.destroy();
      return;
    }
    const link = new ControlLink(socket, mostFrame, {
      frame: (frame) => {
        if (this.#closed || link !== this.#link) return;
        this.#heardAt = performance.now();
        if (!this.#understand(frame)) link.close();
      },
      ended: () => {
        this.#link = undefined;
        this.#tryAgain();
      },
    });
    this.#link = link;
    this.#welcome = undefined;
    this.#parts = [];
    link.send(kinds.hello, encode(this.hello()));
  }

  /** False for what no sender says. Kinds of later versions are passed over. */
  #understand({ kind, body }: Frame): boolean {
    switch (kind) {
      case kinds.welcome:
        return this.#welcomed(decodeWelcome(body));
      case kinds.manifest:
        return this.#takeManifest(body);
      case kinds.start:
        this.words.start();
        return true;
      case kinds.told:
        return this.#pass(decodeTold(body), (told) => this.words.told(told));
      case kinds.apart:
        return this.#pass(decodeApart(body), ({ token }) => this.words.apart(token));
      case kinds.end:
        return this.#pass(decodeEnd(body), ({ reason }) => this.words.end(reason));
      case kinds.digests:
      case kinds.sections:
        return this.words.answer(kind, body);
      default:
        return true;
    }
  }

  #pass<T>(said: T | undefined, to: (said: T) => void): boolean {
    if (said !== undefined) to(said);
    return said !== undefined;
  }

  #welcomed(welcome: Welcome | undefined): boolean {
    if (!welcome || this.#welcome) return false;
    this.#welcome = welcome;
    return welcome.manifestBytes > 0 || this.words.welcome(welcome, undefined);
  }

  #takeManifest(body: Buffer): boolean {
    if (!this.#welcome) return false;
    this.#parts.push(Buffer.from(body));
    const have = this.#parts.reduce((sum, { length }) => sum + length, 0);
    if (have < this.#welcome.manifestBytes) return true;
    if (have > this.#welcome.manifestBytes) return false;
    return this.words.welcome(this.#welcome, Buffer.concat(this.#parts.splice(0)).toString());
  }
}
