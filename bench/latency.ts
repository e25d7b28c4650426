// From the datagram to the screen: chat lines with a text of their own among 1,000 datagrams a second, and when
// each of them can be read.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { percentile } from '../source/bench/spread.ts';
import { sleep } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { loopback, mcast, nextGroup, Program, type Target } from './lib/program.ts';
import { Screen } from './lib/screen.ts';
import { flood } from './lib/sender.ts';

const rate = 1000;
/** Few enough to stay in the pane until the next frame, ms between two. */
const between = 50;

/** Milliseconds from each line's sending to the output that shows it; `missed` never came. */
async function measure(seconds: number): Promise<{ delays: number[]; missed: number }> {
  const target = nextGroup();
  const screen = new Screen();
  const waiting = new Map<string, number>();
  const delays: number[] = [];
  const program = Program.onScreen(mcast('monitor', target), (chunk) => {
    const at = performance.now();
    void screen.write(chunk).then(() => {
      if (waiting.size === 0) return;
      const text = screen.text();
      for (const [token, sentAt] of waiting) {
        if (!text.includes(token)) continue;
        delays.push(at - sentAt);
        waiting.delete(token);
      }
    });
  });
  await program.joined();
  const beats = rate - 1000 / between;
  const others = flood(target.group, { kind: 'heartbeat', rate: beats, seconds: seconds + 4, peers: 200 });
  await sleep(3000);
  await say(target, seconds, (token) => waiting.set(token, performance.now()));
  await sleep(1000);
  await others;
  await program.stop();
  return { delays, missed: waiting.size };
}

async function say({ group, port }: Target, seconds: number, onSend: (token: string) => void): Promise<void> {
  const socket = createSocket('udp4').bind(0, loopback);
  await once(socket, 'listening');
  socket.setMulticastInterface(loopback);
  socket.setMulticastTTL(0);
  const end = performance.now() + seconds * 1000;
  for (let seq = 1; performance.now() < end; seq++) {
    const token = `token-${String(seq).padStart(5, '0')}`;
    const [id, name] = ['00000000beac0001', 'bench'];
    const chat = { mcast: 1, kind: 'chat', id, name, seq, at: Date.now(), ttl: 1, text: token };
    onSend(token);
    socket.send(JSON.stringify(chat), port, group.split(':')[0]);
    // At no fixed beat, which could keep step with the frames.
    await sleep(between * (0.5 + Math.random()));
  }
  socket.close();
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const [medians, worst]: [number[], number[]] = [[], []];
  let lines = 0;
  let missing = 0;
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    const { delays, missed } = await measure(quick ? 6 : 20);
    medians.push(percentile(delays, 0.5));
    worst.push(percentile(delays, 0.99));
    lines += delays.length;
    missing += missed;
    progress(`${delays.length} lines seen, ${missed} not`);
  }
  const note = `${lines} lines among ${rate} datagrams a second of 200 peers; ${missing} never seen`;
  return [
    { what: 'datagram to screen, p99', unit: 'ms', runs: worst, target: { atMost: 150 }, note },
    { what: 'datagram to screen, median', unit: 'ms', runs: medians },
  ];
}

export const latency: Benchmark = { name: 'latency', title: 'From the datagram to the screen', run };
