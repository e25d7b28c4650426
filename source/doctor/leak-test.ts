// Does a socket bound as ours is also receive groups that others on this host joined? Tried on a port of its own with
// two sockets, and datagrams that do not leave the host.
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GroupSettings } from '../core/event.ts';
import type { Group } from '../core/group.ts';
import { closeSocket, listenOn, numericOnly, socketType } from '../net/dgram.ts';

const tries = 3;
const patience = 200;

/** How we bind: to the group where the system can, else to the wildcard. */
const ownBind = (
  { address, family }: Group,
  { interface: zone }: Pick<GroupSettings, 'interface'>,
): string => {
  if (process.platform === 'win32') return family === 4 ? '0.0.0.0' : '::';
  return family === 4 ? address : `${address}%${zone}`;
};

/** Datagrams of another group that came, of three; undefined where it could not be tried. */
export async function testLeak(
  group: Group,
  on: Pick<GroupSettings, 'interface' | 'address'>,
  bind = ownBind(group, on),
): Promise<number | undefined> {
  const other = group.family === 4 ? '239.255.77.77' : 'ff11::4d43:77';
  const where = group.family === 4 ? on.address : `::%${on.interface}`;
  const open = (): Socket =>
    createSocket({
      type: socketType(group.family),
      reuseAddr: true,
      lookup: numericOnly,
      ipv6Only: group.family === 6,
    });
  const [ours, theirs] = [open(), open()];
  let leaked = 0;
  let reached = 0;
  try {
    await listenOn(ours, bind, 0);
    const { port } = ours.address();
    await listenOn(theirs, group.family === 4 ? other : `${other}%${on.interface}`, port);
    ours.on('error', () => {}).on('message', () => leaked++);
    theirs.on('error', () => {}).on('message', () => reached++);
    ours.addMembership(group.address, where);
    theirs.addMembership(other, where);
    theirs.setMulticastInterface(where);
    theirs.setMulticastTTL(0);
    for (let n = 0; n < tries; n++) theirs.send('leak', port, other);
    for (const until = Date.now() + patience; reached < tries && Date.now() < until; ) await sleep(10);
    return reached > 0 ? leaked : undefined;
  } catch {
    return undefined;
  } finally {
    await Promise.all([closeSocket(ours), closeSocket(theirs)]);
  }
}
