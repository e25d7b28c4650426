// Whole transfers in one process: a sender and receivers over the in-memory network or the sockets of loopback, with
// real control connections, real files and real threads that hash.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import type { Group } from '../../source/core/group.ts';
import { type Conditions, MemoryNetwork } from '../../source/net/memory-network.ts';
import { type DataNet, socketNet } from '../../source/transfer/data-net.ts';
import type { ReceiverOptions, SenderOptions } from '../../source/transfer/options.ts';
import { Receiver, type ReceiverParts } from '../../source/transfer/receiver.ts';
import { Sender, type SenderParts } from '../../source/transfer/sender.ts';
import { threadFile } from '../../source/transfer/transfer-link.ts';

const hashThread = threadFile('hash-thread');
const loopback = '127.0.0.1';
export const group: Group = { address: '239.255.0.1', port: 50_000, family: 4 };

/** What may happen to a datagram on its way into a receiver: other bytes, or none. */
export type Tamper = (bytes: Buffer, toGroup: boolean) => Buffer | undefined;
export type Net = (tamper?: Tamper) => DataNet;

/** A lossy network in memory; everybody on it has the address of loopback, for that is where control connections go. */
export function memoryNet(conditions: Partial<Conditions> = {}, { mtu = 1500, seed = 1 } = {}): Net {
  const later = (ms: number, run: () => void) => void (ms < 1 ? setImmediate(run) : setTimeout(run, ms));
  const network = new MemoryNetwork({ now: () => performance.now(), after: later }, seed, conditions);
  const silent = { datagram: () => {}, notice: () => {}, dropped: () => {} };
  return (tamper = (bytes) => bytes) => ({
    address: loopback,
    mtu,
    async openOut(target) {
      const options = { group: target, ttl: 0, interface: '10.0.0.1' };
      const transport = await network.open(options, silent);
      const isGroup = target.address.startsWith('239.');
      return {
        address: loopback,
        port: transport.replyPort,
        queued: 0,
        post(parts) {
          const bytes = Buffer.concat(parts);
          void (isGroup ? transport.send(bytes) : transport.reply(bytes, target.address, target.port));
        },
        close: () => transport.close(),
      };
    },
    async openIn(from, onData) {
      const options = { group: from ?? { ...group, port: 1 }, ttl: 0, interface: loopback };
      const transport = await network.open(options, {
        ...silent,
        datagram(bytes, _address, _port, at, unicast) {
          const taken = unicast === (from === undefined) ? tamper(Buffer.from(bytes), !unicast) : undefined;
          if (taken) onData(taken, at);
        },
      });
      return {
        port: transport.replyPort,
        receiveBuffer: 4 * 1024 * 1024,
        drops: async () => 0,
        close: () => transport.close(),
      };
    },
    openPlainIn: () => Promise.reject(new Error('only real scripts speak plainly')),
  });
}

/** The sockets of loopback. */
export const loopbackNet: Net = (tamper = (bytes) => bytes) => {
  const net = socketNet(group, 'lo', 0);
  return {
    ...net,
    openIn: (from, onData) =>
      net.openIn(from, (bytes, at) => {
        const taken = tamper(bytes, from !== undefined);
        if (taken) onData(taken, at);
      }),
  };
};

export class Running<T extends Sender | Receiver> {
  readonly events: Transfer[] = [];
  transfer!: T;

  get last(): Transfer {
    return this.events.at(-1)!;
  }

  /** Waits until an event passes. */
  async until(what: (event: Transfer) => boolean, within = 20_000): Promise<Transfer> {
    for (const end = performance.now() + within; ; ) {
      const found = this.events.find(what);
      if (found) return found;
      if (performance.now() > end)
        throw new Error(`waited in vain; the last event: ${JSON.stringify(this.last)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async ended(): Promise<Transfer> {
    await this.transfer.ended;
    return this.last;
  }
}

/** A folder for one test, and what it starts; all is gone after close(). */
export class Share {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcast-share-test-'));
  readonly id = randomBytes(8).toString('hex');
  readonly #running: Running<Sender | Receiver>[] = [];

  constructor(readonly net: Net) {}

  file(name: string, bytes: number | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof bytes === 'number' ? randomBytes(bytes) : bytes);
    return path;
  }

  out(name: string): string {
    return join(this.folder, `out-${name}`);
  }

  async send(
    paths: string[],
    options: Partial<SenderOptions> = {},
    parts: Partial<SenderParts> = {},
  ): Promise<Running<Sender>> {
    const running = new Running<Sender>();
    this.#running.push(running);
    running.transfer = await Sender.open(
      { role: 'sender', share: this.id, paths, group, name: 'sam', mode: 'multicast', ttl: 0, ...options },
      { net: this.net(), hashThread, onEvent: (event) => running.events.push(event), ...parts },
    );
    return running;
  }

  receive(
    sender: Running<Sender>,
    name: string,
    options: Partial<ReceiverOptions> = {},
    parts: Partial<ReceiverParts> & { tamper?: Tamper } = {},
  ): Running<Receiver> {
    const running = new Running<Receiver>();
    this.#running.push(running);
    const { tamper, ...rest } = parts;
    running.transfer = new Receiver(
      {
        role: 'receiver',
        share: this.id,
        address: loopback,
        port: sender.transfer.announced.control,
        out: this.out(name),
        name,
        ...options,
      },
      {
        net: this.net(tamper),
        hashThread,
        id: randomBytes(8).toString('hex'),
        onEvent: (event) => running.events.push(event),
        ...rest,
      },
    );
    return running;
  }

  async close(): Promise<void> {
    for (const { transfer } of this.#running) transfer?.cancel();
    await Promise.all(this.#running.map(({ transfer }) => transfer?.ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A share for one test, which is closed after it. */
export function begin(net: Net): Share {
  const share = new Share(net);
  onTestFinished(() => share.close());
  return share;
}

/** Slow enough that something can happen in the middle. */
export const slow = { rate: 4e6 };
export const half = (event: Transfer): boolean => (event.receivers[0]?.bytes ?? 0) > event.total / 2;

/** Every file below a path with its hash, and empty folders; names that begin with a dot too. */
export function contentOf(path: string): Record<string, string> {
  const content: Record<string, string> = {};
  const visit = (at: string) => {
    if (statSync(at).isFile()) {
      content[relative(path, at)] = createHash('sha256').update(readFileSync(at)).digest('hex');
      return;
    }
    const names = readdirSync(at);
    if (names.length === 0) content[`${relative(path, at)}/`] = 'empty';
    for (const name of names) visit(join(at, name));
  };
  visit(path);
  return content;
}
