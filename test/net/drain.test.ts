// A real socket whose datagrams the event loop would take, too: who takes them is what counts here.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { platform } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { Drain } from '../../source/net/drain.ts';
import { descriptorOf, newSocket, ownSockets } from '../../source/net/kernel.ts';
import { eventually } from '../support/eventually.ts';

const reason = platform() === 'linux' ? '' : ' (skipped: only Linux tells the descriptor of a socket)';
const long = 2 ** 20;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function bound(): Promise<{ socket: Socket; descriptor: number; port: number }> {
  const before = ownSockets();
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const inode = newSocket(before, { address: '127.0.0.1', port, family: 4 });
  closing.push(() => socket.close());
  return { socket, descriptor: descriptorOf(inode!)!, port };
}

/** Sends numbers from another thread, for this one may sleep: so many, ten at a time, so many ms apart. */
function flood(port: number, count: number, apart: number): void {
  const code = `
    const { port, count, apart } = require('node:worker_threads').workerData;
    const socket = require('node:dgram').createSocket('udp4');
    socket.connect(port, '127.0.0.1', () => {
      let next = 0;
      const timer = setInterval(() => {
        for (const end = Math.min(count, next + 10); next < end; next++) socket.send(String(next));
        if (next === count) { clearInterval(timer); socket.close(); }
      }, apart);
    });`;
  const worker = new Worker(code, { eval: true, workerData: { port, count, apart } });
  closing.push(() => void worker.terminate());
}

describe.skipIf(reason)(`a drain${reason}`, () => {
  // Never more numbers than the smallest buffer holds.
  test('reads a busy socket in order, many at a time, and leaves it to the event loop when nothing more comes', async () => {
    const { socket, descriptor, port } = await bound();
    const came: string[] = [];
    let drained = 0;
    const drain = new Drain(descriptor, 100, (bytes) => {
      drained++;
      // As if there were much: it goes on until nothing comes for the length of a nap.
      drain.came(long, 0);
      came.push(String(bytes));
    });
    closing.unshift(() => drain.close());
    socket.on('message', (bytes) => {
      came.push(String(bytes));
      drain.came(long, 0);
    });
    flood(port, 250, 1);
    await eventually(() => expect(came).toHaveLength(250));
    expect(came).toEqual(Array.from({ length: 250 }, (_, number) => String(number)));
    expect(drained).toBeGreaterThan(0);
  });

  test('a socket that is slow is the event loop’s alone', async () => {
    const { socket, descriptor, port } = await bound();
    const drain = new Drain(descriptor, 5, () => expect.unreachable());
    closing.unshift(() => drain.close());
    let now = 0;
    let heard = 0;
    socket.on('message', () => {
      heard++;
      now += 1000;
      drain.came(long, now);
    });
    flood(port, 50, 1);
    await eventually(() => expect(heard).toBe(50));
  });
});
