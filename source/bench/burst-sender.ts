// The handle of the process that sends bursts. Whatever happens to the bench, it does not stay behind.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Facts, Fault, type FaultCode } from '../core/fault.ts';
import type { TransportOptions } from '../net/transport.ts';
import { threadEntry } from '../workers/entry.ts';

/**
 * Datagrams a second of a burst. More than any number of workers with work to do can take, so that it is one; and
 * so few that the engine, on a core that it shares with them, finds the time to read them.
 */
export const pace = 20_000;

export type SenderOptions = {
  group: TransportOptions;
  /** Identity under which it sends. */
  id: string;
  /** Milliseconds since 1970 at which the machine's monotonic clock stood at 0, as the engine has it. */
  origin: number;
};

/** Numbered from `from`. */
export type BurstOrder = { from: number; count: number };
export type BurstReport =
  | { sent: number }
  | { fault: { code: FaultCode; facts: Facts; exitCode: Fault['exitCode'] } };

export class BurstSender {
  private constructor(private readonly child: ChildProcess) {}

  /** Ready to send. Rejects with a Fault of `openSender`, or `bench-sender-died`. */
  static async start(options: Omit<SenderOptions, 'origin'>): Promise<BurstSender> {
    const origin = performance.timeOrigin + performance.now() - Number(process.hrtime.bigint()) / 1e6;
    const child = fork(
      fileURLToPath(threadEntry('burst-process')),
      [JSON.stringify({ ...options, origin } satisfies SenderOptions)],
      { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    const sender = new BurstSender(child);
    await sender.#report();
    return sender;
  }

  /** Resolves with how many went out. Rejects as `start` does. */
  send(order: BurstOrder): Promise<number> {
    const report = this.#report();
    this.child.send(order, () => {});
    return report;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }

  #report(): Promise<number> {
    return new Promise((resolve, reject) => {
      const died = () => reject(new Fault('bench-sender-died', {}, 1));
      this.child.once('exit', died);
      this.child.once('message', (report: BurstReport) => {
        this.child.off('exit', died);
        if ('sent' in report) resolve(report.sent);
        else reject(new Fault(report.fault.code, report.fault.facts, report.fault.exitCode));
      });
    });
  }
}
