import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { closeSocket, listenOn } from '../../source/net/dgram.ts';
import { doorBeside, openDoor, openUnicastSocket } from '../../source/net/unicast-socket.ts';
import { freePort, loopback } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';

const local = { family: 4, address: loopback } as const;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function door(groupPort: number, heard: string[] = []) {
  const opened = await openDoor(local, groupPort, (bytes) => heard.push(Buffer.from(bytes).toString()));
  if (opened) open.push(opened);
  return opened;
}

test('the first has the door beside the group’s port, and the second has none', async () => {
  const port = await freePort();
  const heard: string[] = [];
  const first = await door(port, heard);
  expect(first?.port).toBe(port + 1);
  expect(await door(port)).toBeUndefined();
  const asker = await openUnicastSocket(local, 0, () => {});
  open.push(asker);
  await asker.send(Buffer.from('hello'), loopback, port + 1);
  await eventually(() => expect(heard).toEqual(['hello']));
});

test('a program that starts later still joins a group on that port, and the door goes on', async () => {
  const port = await freePort();
  const heard: string[] = [];
  await door(port, heard);
  const script = createSocket({ type: 'udp4', reuseAddr: true });
  await listenOn(script, '0.0.0.0', port + 1);
  open.push({ close: () => closeSocket(script) });
  script.addMembership('239.255.77.42', loopback);
  const asker = await openUnicastSocket(local, 0, () => {});
  open.push(asker);
  await asker.send(Buffer.from('hello'), loopback, port + 1);
  await eventually(() => expect(heard).toEqual(['hello']));
});

test('beyond the last port there is none', async () => {
  expect(doorBeside(65_535)).toBeUndefined();
  expect(await door(65_535)).toBeUndefined();
});

test('what cannot be sent is lost, and is no error', async () => {
  const socket = await openUnicastSocket(local, 0, () => {});
  open.push(socket);
  for (const address of ['::1', 'nonsense', '']) await socket.send(Buffer.from('x'), address, 9);
  await socket.send(Buffer.alloc(70_000), loopback, 9);
});
