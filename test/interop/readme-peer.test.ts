// The six-line peer of the README, as it stands there, but for the interface: tests speak to loopback only.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { freePort, has, parseLines, start, startListener } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';

const script = /```python\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!;
const onLoopback =
  'sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))';

test.skipIf(!has('python3'))('needs python3: six lines of Python join the chat and stay alive', async () => {
  expect(script.trim().split('\n')).toHaveLength(6);
  const port = await freePort();
  const local = script
    .replace('("239.255.0.1", 50000)', `("239.255.77.33", ${port})`)
    .replace(/^(sock = .*)$/m, `$1\n${onLoopback}`);
  expect(local).toContain(String(port));

  const listener = await startListener(['--json', '-g', `239.255.77.33:${port}`]);
  const python = start('python3', ['-c', local]);
  const whole = () => listener.out.slice(0, listener.out.lastIndexOf('\n') + 1);
  const events = () => parseLines(whole()) as unknown as Event[];
  await eventually(() => {
    const heard = events().filter((event) => event.type === 'received');
    expect(heard[0], python.err).toMatchObject({
      kind: 'chat',
      name: 'python',
      text: 'hello from Python',
      seq: 1,
    });
    expect(heard.filter(({ kind }) => kind === 'heartbeat').length, python.err).toBeGreaterThan(1);
    expect(heard.filter(({ kind }) => kind === 'malformed')).toEqual([]);
  });
  expect(events().find(({ type }) => type === 'peer')).toMatchObject({ name: 'python', state: 'alive' });
  await python.stop('SIGKILL');
});
