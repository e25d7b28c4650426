// A storm of bad datagrams on loopback, with a good peer amid it who must not suffer.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { loopback } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { Speaker } from './speaker.ts';

export const stormAddress = '239.255.77.32';

/** Sends what `source` gives, `rate` a second for so many ms. Returns how many those were. */
export async function storm(
  port: number,
  source: Iterator<Uint8Array>,
  { rate = 4000, ms = 3000 } = {},
): Promise<number> {
  const speaker = await Speaker.open(stormAddress, port);
  const started = performance.now();
  let sent = 0;
  for (let passed = 0; passed < ms; passed = performance.now() - started) {
    const due = Math.floor((Math.min(passed, ms) * rate) / 1000) - sent;
    // Never more at once than a receive buffer takes, however late this process gets its turn.
    const batch = Array.from({ length: Math.min(due, 200) }, () => source.next().value as Uint8Array);
    await Promise.all(batch.map((bytes) => speaker.send(bytes)));
    sent += batch.length;
    await sleep(5);
  }
  speaker.close();
  return sent;
}

const every = 200;

/** Beats and chats four or five times a second, and hears the heartbeats of the node under test. */
export class GoodPeer {
  readonly id = randomBytes(8).toString('hex');
  readonly said: string[] = [];
  /** When heartbeats of that name came. */
  readonly beats: number[] = [];
  #seq = 0;
  #timer: NodeJS.Timeout | undefined;
  #close = () => {};

  /** `watched`: name of the node whose heartbeats count. */
  static async open(port: number, watched: string): Promise<GoodPeer> {
    const peer = new GoodPeer();
    const ear = createSocket({ type: 'udp4', reuseAddr: true }).bind(port, stormAddress);
    await once(ear, 'listening');
    ear.addMembership(stormAddress, loopback);
    ear.on('message', (bytes) => {
      if (bytes.includes(`"kind":"heartbeat"`) && bytes.includes(`"name":"${watched}"`))
        peer.beats.push(performance.now());
    });
    const speaker = await Speaker.open(stormAddress, port);
    peer.#timer = setInterval(() => peer.#speak(speaker), every);
    peer.#close = () => {
      ear.close();
      speaker.close();
    };
    return peer;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#close();
  }

  /** The longest time without a heartbeat of the node under test, ms. */
  get longestSilence(): number {
    return Math.max(...this.beats.slice(1).map((at, n) => at - this.beats[n]!));
  }

  #speak(speaker: Speaker): void {
    const envelope = () => ({ mcast: 1, id: this.id, name: 'good', seq: ++this.#seq, at: Date.now() });
    const beat = { ...envelope(), kind: 'heartbeat', every, up: 1, hears: [] };
    void speaker.send(JSON.stringify(beat));
    const text = `good line ${this.said.length}.`;
    this.said.push(text);
    void speaker.send(JSON.stringify({ ...envelope(), kind: 'chat', text }));
  }
}

/** The most memory that a process ever had, bytes. */
export function peakMemory(pid: number): number {
  const [, kib] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

/** Waits until the good peer is heard again after the storm. Returns the lines that were lost before. */
export async function lostLines(peer: GoodPeer, output: () => string): Promise<string[]> {
  const [before, from] = [peer.said.length, performance.now()];
  let heard = -1;
  await eventually(() => {
    const text = output();
    heard = peer.said.findLastIndex((line) => text.includes(line));
    expect(heard).toBeGreaterThanOrEqual(before);
  });
  // No line waits behind the whole storm.
  expect(performance.now() - from).toBeLessThan(8000);
  return peer.said.slice(0, heard).filter((line) => !output().includes(line));
}
