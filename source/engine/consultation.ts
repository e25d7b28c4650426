// Calls the doctor: his checks run in a thread of their own, because they wait and listen, and end within a bounded time.
import { Worker } from 'node:worker_threads';
import type { Diagnosis, Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { Question } from '../doctor/question.ts';
import { now } from '../net/clock.ts';
import { threadEntry } from '../workers/entry.ts';

/** Listening, and asking many nodes in turn, takes ten seconds at most; what hangs longer is ended. */
const patience = 45_000;

export type Consulted = {
  /** What the checks found of one group. */
  found(diagnoses: Diagnosis[]): void;
  failed(fault: Fault): void;
  over(): void;
};

export class Consultation {
  #thread: Worker | undefined;
  #since: Millis | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly consulted: Consulted) {}

  /** When the one that is under way began. */
  get since(): Millis | undefined {
    return this.#since;
  }

  /** Does nothing while one is under way. */
  begin(questions: readonly Question[]): void {
    if (this.#thread) return;
    const { found, failed } = this.consulted;
    const thread = new Worker(threadEntry('doctor-thread'), { workerData: questions });
    this.#thread = thread;
    this.#since = now();
    this.#timer = setTimeout(() => {
      failed(new Fault('doctor-failed', { reason: `${patience / 1000} s` }));
      void thread.terminate();
    }, patience);
    thread.on('message', (diagnoses: Diagnosis[]) => {
      if (this.#thread === thread) found(diagnoses);
    });
    thread.on('error', (error) => failed(new Fault('doctor-failed', { reason: error.message })));
    thread.on('exit', () => this.#exited(thread));
  }

  /** Ends the one that is under way; nothing more is told of it. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    clearTimeout(this.#timer);
    await thread?.terminate();
  }

  #exited(thread: Worker): void {
    clearTimeout(this.#timer);
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#since = undefined;
    this.consulted.over();
  }
}
