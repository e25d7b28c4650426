// The network as a transfer needs it: real sockets on one interface, or the in-memory network of the tests.
import type { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { type DataIn, type OnData, openDataIn, openPlainIn } from '../net/data-in.ts';
import { type DataOut, openDataOut, type Target } from '../net/data-out.ts';
import { type LocalInterface, mtuOf, pickInterface } from '../net/interfaces.ts';
import type { OnDatagram } from '../net/transport.ts';

export type DataNet = {
  readonly address: string;
  /** Largest packet, bytes. */
  readonly mtu: number;
  /** To a group or a host. `failed` is told when nothing gets out. */
  openOut(target: Target, failed: (fault: Fault) => void): Promise<DataOut>;
  /** From a group, or without one to a port of our own. */
  openIn(group: Group | undefined, onData: OnData): Promise<DataIn>;
  /** To a port of our own, as a plain script opens it. */
  openPlainIn(onDatagram: OnDatagram): Promise<DataIn>;
};

/** Ethernet's; larger ones (loopback has 65,536) say nothing of what the rest of the path carries. */
const usualMtu = 1500;
const jumboMtu = 9216;

/** `group` tells the family, and where no interface is named, which one leads there. Throws as pickInterface does. */
export function socketNet(group: Group, wanted: string | undefined, ttl: number): DataNet {
  const local: LocalInterface = pickInterface(group, wanted);
  const mtu = mtuOf(local.name) ?? usualMtu;
  return {
    address: local.address,
    mtu: mtu > jumboMtu ? usualMtu : mtu,
    openOut: (target, failed) => openDataOut(target, local, ttl, failed),
    openIn: (from, onData) => openDataIn(from, local, onData),
    openPlainIn: (onDatagram) => openPlainIn(local, onDatagram),
  };
}
