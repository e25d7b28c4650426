import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { encode, kinds } from '../../source/transfer/control.ts';
import { ControlServer } from '../../source/transfer/control-server.ts';
import { frame } from '../../source/transfer/frames.ts';

afterEach(() => {
  vi.useRealTimers();
});

const hello = { share: 'a'.repeat(16), id: 'b'.repeat(16), name: 'node1' };

async function serve(called: () => void) {
  const server = new ControlServer(() => {
    called();
    return { onFrame: () => {}, onEnd: () => {} };
  });
  const port = await server.listen('127.0.0.1', 0);
  return { server, socket: connect(port, '127.0.0.1') };
}

test('who has said hello is not waited for any more: the sender can end at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const called = vi.fn();
  const { server, socket } = await serve(called);
  await expect.poll(() => vi.getTimerCount()).toBe(1);
  socket.write(frame(kinds.hello, encode(hello)));
  await expect.poll(() => called.mock.calls.length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  socket.destroy();
  server.close();
});

test('who says nothing is not kept', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { server, socket } = await serve(() => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await expect.poll(() => vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(5000);
  await closed;
  expect(vi.getTimerCount()).toBe(0);
  server.close();
});
