// A pcapng file that grows while datagrams come and go. The thread that adds to it also empties the sockets, so it
// never waits for the disk: one write is under way at a time, and what a slow disk leaves no room for is counted.
import { type FileHandle, open } from 'node:fs/promises';
import type { Event, GroupSettings } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import type { Lang } from '../words/lang.ts';
import { PcapStream } from './pcap-stream.ts';

const flushEvery = 250;
/** A packet waits so long for an older one that a worker still has, ms. */
const patience = 500;
/** Bytes that may wait in memory for a slow disk. */
const mostWaiting = 32 * 1024 * 1024;

export type PcapFileOptions = {
  path: string;
  /** The file never grows beyond it. */
  limitBytes: number;
  lang: Lang;
};

export class PcapFile {
  readonly #stream: PcapStream;
  readonly #timer: NodeJS.Timeout;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #written = 0;
  #dropped = 0;
  #stopped = false;
  #writing: Promise<void> | undefined;

  private constructor(
    private readonly file: FileHandle,
    private readonly options: PcapFileOptions,
    groups: readonly GroupSettings[],
    about: { version: string; name: string },
    /** It gets no more packets, as the Fault `pcap-stopped` {path, reason} says. */
    private readonly tell: (fault: Fault) => void,
  ) {
    this.#stream = new PcapStream(groups, { ...about, lang: options.lang });
    this.#flush(Number.NEGATIVE_INFINITY);
    this.#timer = setInterval(() => this.#flush(clock() - patience), flushEvery);
    this.#timer.unref();
  }

  /** Begins the file anew. Rejects with Fault `file-not-written` {path, reason}. */
  static async open(
    options: PcapFileOptions,
    groups: readonly GroupSettings[],
    about: { version: string; name: string },
    tell: (fault: Fault) => void,
  ): Promise<PcapFile> {
    const { path } = options;
    const file = await open(path, 'w').catch((error) => {
      throw new Fault('file-not-written', { path, reason: codeOf(error) });
    });
    return new PcapFile(file, options, groups, about, tell);
  }

  add(event: Event): void {
    if (this.#stopped) return;
    if (this.#waitingBytes > mostWaiting && (event.type === 'received' || event.type === 'sent')) {
      this.#dropped++;
      return;
    }
    this.#stream.add(event);
  }

  /** Datagrams that the disk was too slow for, since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  /** Writes what waits, and closes. Safe to call twice; what is added later is left out. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
    while (this.#writing) {
      await this.#writing;
      this.#start();
    }
    this.#stopped = true;
    await this.file.close().catch(() => {});
  }

  /** Packets older than that. */
  #flush(before?: number): void {
    const bytes = this.#stream.take(before);
    if (this.#stopped || bytes.length === 0) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#start();
  }

  #start(): void {
    if (this.#waiting.length === 0) return;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#stopped) {
        const bytes = Buffer.concat(this.#waiting.splice(0));
        if (this.#written + bytes.length > this.options.limitBytes) {
          this.#stop('limit');
        } else {
          await this.file.writeFile(bytes);
          this.#written += bytes.length;
        }
        this.#waitingBytes -= bytes.length;
      }
    } catch (error) {
      // A full disk takes some of the bytes: half a packet would make Wireshark doubt the whole file.
      await this.file.truncate(this.#written).catch(() => {});
      this.#stop(codeOf(error));
    }
  }

  #stop(reason: string): void {
    this.#stopped = true;
    this.#waiting = [];
    this.tell(new Fault('pcap-stopped', { path: this.options.path, reason, limit: this.options.limitBytes }));
  }
}

const clock = (): number => performance.timeOrigin + performance.now();
