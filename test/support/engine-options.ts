// What tests tell an engine at its start: unless they say otherwise a node of one worker that keeps nothing.
import { randomBytes } from 'node:crypto';
import { parseGroup } from '../../source/core/group.ts';
import type { EngineOptions, GroupOptions } from '../../source/engine/options.ts';

export function engineOptions(
  over: Partial<EngineOptions> & Pick<EngineOptions, 'groups' | 'name'>,
): EngineOptions {
  return {
    version: 'test',
    id: randomBytes(8).toString('hex'),
    workers: 1,
    work: 0,
    heartbeat: 100,
    bandwidth: 100e6,
    ack: false,
    record: undefined,
    lines: true,
    count: undefined,
    duration: undefined,
    ...over,
  };
}

/** A group that nobody outside this machine hears. */
export function onLoopback(name: string): GroupOptions {
  return { name, group: parseGroup(name), interface: '127.0.0.1', ttl: 0 };
}

/** The group that the nodes of a lab are in, on the interface that their system chooses. */
export function inLab(): GroupOptions {
  const name = '239.255.0.1:50000';
  return { name, group: parseGroup(name), ttl: 1 };
}
