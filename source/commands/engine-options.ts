// Turns flags into what the engine, or a lone sender, is told.
import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { resolve } from 'node:path';
import { parseAddress } from '../core/address.ts';
import { Fault } from '../core/fault.ts';
import { groupName, parseGroup } from '../core/group.ts';
import { safeName } from '../core/safe-text.ts';
import type { EngineOptions, GroupOptions } from '../engine/options.ts';
import { transfersDir } from '../session/paths.ts';
import type { Io } from './command.ts';
import type { Flags } from './flags.ts';
import { dataDirOf } from './settings.ts';
import { oneNumber } from './usage.ts';

/** `lines`: it also tells every event as a line. */
export function engineOptions(flags: Flags, { version, lang }: Io, lines: boolean): EngineOptions {
  const dataDir = dataDirOf(flags.dataDir);
  const limitBytes = Math.round(flags.recordLimit * 1024 * 1024);
  return {
    version,
    groups: groupOptions(flags),
    id: randomId(),
    name: nodeName(flags),
    workers: oneNumber('workers', flags.workers) ?? Math.max(1, availableParallelism() - 1),
    work: flags.work ?? 0,
    heartbeat: flags.heartbeat,
    bandwidth: flags.bandwidth * 1000,
    ack: flags.ack,
    record: flags.record ? { dataDir, limitBytes } : undefined,
    files: {
      out: resolve(flags.out ?? '.'),
      ...(flags.maxSize === undefined ? {} : { maxSize: flags.maxSize }),
      ...(flags.record ? { logs: transfersDir(dataDir) } : {}),
    },
    payloads: flags.payloads,
    ...(flags.pcap === undefined ? {} : { pcap: { path: resolve(flags.pcap), limitBytes, lang } }),
    lines,
    count: flags.count,
    duration: flags.duration === undefined ? undefined : flags.duration * 1000,
  };
}

/** A group named twice is one; each further one takes the next reply port. Throws Faults of `parseGroup`, and `bad-source` {source, group}. */
export function groupOptions(flags: Flags): GroupOptions[] {
  const groups = new Map(flags.group.map(parseGroup).map((group) => [groupName(group), group]));
  return [...groups].map(([name, { address, port, family, zone }], index) => {
    const on = zone ?? flags.interface;
    if (flags.source !== undefined && parseAddress(flags.source)?.family !== family) {
      throw new Fault('bad-source', { source: flags.source, group: name });
    }
    return {
      name,
      group: { address, port, family },
      ttl: flags.ttl,
      ...(on === undefined ? {} : { interface: on }),
      ...(flags.source === undefined ? {} : { source: flags.source }),
      ...(flags.igmpRefresh === undefined ? {} : { refresh: flags.igmpRefresh * 1000 }),
      ...(flags.replyPort === undefined ? {} : { replyPort: flags.replyPort + index }),
    };
  });
}

/** A new identity for every start: a node that comes back is a restart and not loss. */
export function randomId(): string {
  return randomBytes(8).toString('hex');
}

export function nodeName(flags: Flags): string {
  return safeName(flags.name ?? hostname()) || 'node';
}
