// What the workers did: one line a batch, with the others that ran at the same time.
import type { Task } from './event.ts';
import { pushRing } from './ring.ts';
import type { State, WorkerState } from './state.ts';

/** Runs of each worker that a later run may still have overlapped. */
const kept = 16;

export function foldTask(state: State, event: Task): void {
  state.totals.tasks++;
  if (event.failed) state.totals.failedItems += event.items;
  if (event.looped) {
    state.totals.looped += event.looped;
    state.loopedAt = event.at;
  }
  const run = { from: event.at - event.run, to: event.at };
  const worker = workerOf(state, event.worker);
  let overlapped = 0;
  for (const other of state.workers.values()) {
    if (other !== worker && other.runs.some(({ from, to }) => from < run.to && to > run.from)) overlapped++;
  }
  worker.tasks++;
  worker.items += event.items;
  worker.busy += event.run;
  worker.runs.push(run);
  if (worker.runs.length > kept) worker.runs.shift();
  pushRing(state.activity, {
    n: state.activity.total,
    at: event.at,
    worker: event.worker,
    items: event.items,
    wait: event.wait,
    run: event.run,
    failed: event.failed === true,
    overlapped,
  });
}

function workerOf(state: State, number: number): WorkerState {
  let worker = state.workers.get(number);
  if (!worker) {
    worker = { worker: number, tasks: 0, items: 0, busy: 0, runs: [] };
    state.workers.set(number, worker);
  }
  return worker;
}
