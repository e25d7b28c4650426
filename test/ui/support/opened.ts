// Opens the app on a stage, and closes every stage after the test.
import { afterEach } from 'vitest';
import type { Snapshot } from '../../../source/core/snapshot.ts';
import { classroom } from './scenario.ts';
import { type StageOptions, stage } from './stage.tsx';

const stages: ReturnType<typeof stage>[] = [];
afterEach(() => {
  for (const { close } of stages.splice(0)) close();
});

/** A stage with the app on it, which has been told nothing yet. */
export function staged(columns: number, rows: number, options: StageOptions = {}) {
  const app = stage(columns, rows, options);
  stages.push(app);
  return app;
}

export function told(columns: number, rows: number, snapshot: Snapshot, options: StageOptions = {}) {
  const app = staged(columns, rows, options);
  app.feed.tell(snapshot);
  return app;
}

export const [up, down, left] = ['\x1b[A', '\x1b[B', '\x1b[D'];

export async function open(
  snapshot = classroom(),
  { columns = 120, rows = 40, ...options }: StageOptions & { columns?: number; rows?: number } = {},
) {
  const app = told(columns, rows, snapshot, options);
  await app.sees(/239|REPLAY/);
  return app;
}

/** Out of the compose line. */
export async function commands(snapshot = classroom(), options = {}) {
  const app = await open(snapshot, options);
  await app.escape();
  await app.sees('q quit');
  return app;
}

export const last = <T>(list: readonly T[]): T | undefined => list.at(-1);
