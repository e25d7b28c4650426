// What a person is told when this host cannot do what was asked: what happened and what to do, in one line on
// standard error, and the exit code of wrong usage. Never a stack trace.
import { describe, expect, test } from 'vitest';
import { freePort, loopback, runCli, start } from '../support/cli.ts';
import { unprintable } from './datagrams.ts';

/** Exits at once with one line of that content. */
async function expectRefused(args: string[], ...says: (string | RegExp)[]): Promise<void> {
  const { code, out, err } = await runCli(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^mcast-tui: [^\n]+\n$/);
  expect([...err.trimEnd()].filter((char) => unprintable.test(char))).toEqual([]);
  for (const what of says) {
    if (typeof what === 'string') expect(err).toContain(what);
    else expect(err).toMatch(what);
  }
}

describe.each(['listen', 'send'])('%s', (command) => {
  const words = command === 'send' ? ['hello'] : [];

  test.each([
    ['not multicast', '1.2.3.4:5000', /not a multicast address/, '239.255.0.1'],
    ['not multicast, IPv6', '[fe80::1]:5000', /not a multicast address/, 'ff'],
    ['without a port', '239.255.0.1', /not a group/, 'ADDRESS:PORT'],
    ['of port 0', '239.255.0.1:0', /not a port/, '1 to 65535'],
    ['of port 65536', '239.255.0.1:65536', /not a port/, '1 to 65535'],
    ['of IPv6 without brackets', 'ff15::1:5000', /not a group/, '[ff15::4d43]:50000'],
    ['of control characters', '\x1b[31m:1', /not a group/, 'ADDRESS:PORT'],
  ] as const)('a group %s', async (_, group, what, remedy) => {
    await expectRefused([command, '-g', group, ...words], what, remedy);
  });

  test('no such interface', async () => {
    await expectRefused(
      [command, '-i', 'nope0', ...words],
      /no interface or address nope0/,
      /It has: .*127\.0\.0\.1/,
      /--interface/,
    );
    await expectRefused([command, '-i', '10.99.99.99', ...words], /no interface or address 10\.99\.99\.99/);
  });
});

describe.skipIf(process.platform !== 'linux')('Linux, which tells who holds a port', () => {
  test('the port is held by a program that does not share it', async () => {
    const port = await freePort();
    const held = start(process.execPath, [
      '-e',
      `require('dgram').createSocket('udp4').bind(${port}, () => console.log('held'))`,
    ]);
    await held.says('held');
    const args = ['listen', '-g', `239.255.77.33:${port}`];
    await expectRefused(
      args,
      `Port ${port} is held by node (process ${held.child.pid})`,
      /Stop that program, or use another port/,
    );
    await held.stop('SIGKILL');
  });

  test('the reply port is held', async () => {
    const first = await freePort();
    const held = start(process.execPath, [
      '-e',
      `require('dgram').createSocket('udp4').bind(${first}, '${loopback}', () => console.log('held'))`,
    ]);
    await held.says('held');
    const args = ['send', '-g', `239.255.77.33:${await freePort()}`, '--reply-port', String(first), 'hello'];
    await expectRefused(args, `Port ${first} is held by node (process ${held.child.pid})`);
    await held.stop('SIGKILL');
  });
});
