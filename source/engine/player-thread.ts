// Thread entry of a replay: ties a Player to the link with the main thread. Files are read here synchronously,
// in slices between which commands are taken.
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { Command } from '../core/feed.ts';
import { Publisher, type Watch } from '../core/publish.ts';
import { codeOf } from '../session/disk.ts';
import { Player } from '../session/player.ts';
import { SessionReader } from '../session/reader.ts';
import type { FromThread, ToThread } from './link.ts';
import { Pacer } from './pacer.ts';
import type { ReplayOptions } from './replay.ts';

/** Time runs on in steps of this while playing, ms. */
const stepEvery = 30;

const port = parentPort!;
const post = (message: FromThread): void => port.postMessage(message);
const { path, speed } = workerData as ReplayOptions;

function fail(error: unknown): void {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const fault = error instanceof Fault ? error : new Fault('file-failed', { path, reason: codeOf(error) });
  post({ fault: { code: fault.code, facts: fault.facts, exitCode: fault.exitCode } });
  port.close();
}

function play(reader: SessionReader): void {
  const player = new Player(reader, { speed });
  const publisher = new Publisher(player.state);
  const pacer = new Pacer(publish, () => performance.now());
  let published = player.state;
  let watch: Watch = { peer: undefined, matrix: false };
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;

  function publish(): void {
    if (published !== player.state) {
      publisher.restart(player.state);
      published = player.state;
    }
    const around = { recording: undefined, queued: 0, lag: 0, player: player.view() };
    post({ snapshot: publisher.snapshot(player.now, watch, around) });
  }

  function turn(): void {
    stop();
    try {
      const more = player.tick();
      pacer.changed();
      if (more) soon = setImmediate(turn);
      else if (player.busy) timer = setTimeout(turn, stepEvery);
    } catch (error) {
      pacer.stop();
      fail(error);
    }
  }

  function stop(): void {
    clearTimeout(timer);
    clearImmediate(soon);
  }

  function obey(command: Command): void {
    if (command.do === 'watch') watch = { peer: command.peer, matrix: command.matrix };
    else player.command(command);
    turn();
  }

  port.on('message', (message: ToThread) => {
    if ('command' in message) obey(message.command);
    else if ('took' in message) pacer.taken();
    else if ('close' in message) {
      stop();
      pacer.stop();
      reader.close();
      post({ ended: message.close });
      port.close();
    }
  });
  turn();
}

try {
  play(new SessionReader(path));
  post({ ready: true });
} catch (error) {
  fail(error);
}
