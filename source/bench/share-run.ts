// One run of the sweep: a sender and its receivers as processes of this program, each receiver with a folder of its own.
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event, Transfer } from '../core/event.ts';
import { Child } from './child.ts';
import { anyGroup, ownTtl } from './own-group.ts';
import { isSameFile } from './random-file.ts';
import { type Received, runOf, type ShareCell, type ShareRun } from './share-figures.ts';

/** The barrier is opened for those who have come after so long, s. */
const barrier = 60;
/** A run may take what the slowest of these would, bytes per second in all and s. */
const slowest = 500_000;
const extra = 120;

export type ShareSetting = {
  cell: ShareCell;
  /** Of this cell, from 1. */
  run: number;
  path: string;
  sha256: string;
  /** An empty place of its own. */
  folder: string;
  interface: string;
  /** Mbit a second; as fast as it goes when absent. */
  rate?: number;
};

/** Rejects with the reason of the signal when that stops it; its processes have ended then. */
export async function runShare(setting: ShareSetting, signal: AbortSignal): Promise<ShareRun> {
  const { cell, run, path, sha256, folder } = setting;
  const seconds = Math.ceil(extra + (cell.bytes * cell.clients) / slowest);
  const common = commonFlags(setting, seconds);
  const outs = Array.from({ length: cell.clients }, (_, index) => join(folder, `r${index + 1}`));
  const children: Child[] = [];
  const start = (args: string[]) => {
    const party = new Party([...args, ...common]);
    children.push(party.child);
    return party;
  };
  try {
    await mkdir(folder);
    const receivers = outs.map((out, index) =>
      start(['receive', '--yes', '--once', '--out', out, '--name', `r${index + 1}`]),
    );
    const rate = setting.rate === undefined ? [] : ['--rate', String(setting.rate)];
    const sender = start([
      ...['share', path, '--mode', cell.mode, '--clients', String(cell.clients), '--wait', String(barrier)],
      ...rate,
    ]);
    const isInTime = await inTime(sender, receivers, seconds * 1000, signal);
    const received = await Promise.all(
      receivers.map(({ last }, index) =>
        receivedOf(last, join(outs[index]!, basename(path)), cell.bytes, sha256),
      ),
    );
    const figures = runOf(cell, run, received, sender.last?.sent ?? 0);
    const problem = isInTime ? problemOf(sender, received.length) : 'timeout';
    return problem === undefined ? figures : { ...figures, problem };
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

/** One process, with the last that it told of the transfer. */
class Party {
  readonly child: Child;
  last: Transfer | undefined;

  constructor(args: string[]) {
    this.child = new Child(args, (line) => {
      const event = eventOf(line);
      if (event?.type === 'transfer') this.last = event;
    });
  }
}

/** The last line of one that had to be killed may be half a one. */
function eventOf(line: string): Event | undefined {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}

function commonFlags({ folder, interface: on }: ShareSetting, seconds: number): string[] {
  return [
    ...['--group', anyGroup(), '--interface', on, '--ttl', String(ownTtl)],
    ...['--heartbeat', '0', '--no-record', '--json'],
    ...['--data-dir', join(folder, 'data'), '--duration', String(seconds)],
  ];
}

/** Whether all ended by themselves. A receiver that came too late is stopped once its sender has ended. */
async function inTime(
  sender: Party,
  receivers: Party[],
  patience: number,
  signal: AbortSignal,
): Promise<boolean> {
  const late = new AbortController();
  const either = AbortSignal.any([late.signal, signal]);
  const waited = async (what: Promise<unknown>, ms: number) => {
    const isDone = await Promise.race([
      what.then(() => true),
      sleep(ms, false, { signal: either }).catch(() => false),
    ]);
    signal.throwIfAborted();
    return isDone;
  };
  try {
    const isSent = await waited(sender.child.ended, patience);
    return isSent && (await waited(Promise.all(receivers.map(({ child }) => child.ended)), linger));
  } finally {
    late.abort();
  }
}

/** Receivers end within so long after their sender, ms. */
const linger = 15_000;

async function receivedOf(
  last: Transfer | undefined,
  path: string,
  bytes: number,
  sha256: string,
): Promise<Received> {
  const row = last?.receivers[0];
  return {
    bytes: row?.bytes ?? 0,
    seconds: row?.seconds ?? last?.seconds ?? 0,
    isWhole: await isSameFile(path, bytes, sha256),
  };
}

function problemOf({ last, child }: Party, clients: number): string | undefined {
  if (last?.receivers.length === clients) return last.reason?.code;
  return last?.reason?.code ?? (child.lastWord || 'receivers-missing');
}
