// Opens the app on a stage for the tests of its keys, and closes every stage after the test.
import { afterEach } from 'vitest';
import { classroom } from './scenario.ts';
import { type StageOptions, stage } from './stage.tsx';

const stages: ReturnType<typeof stage>[] = [];
afterEach(() => {
  for (const { close } of stages.splice(0)) close();
});

export const [up, down, left] = ['\x1b[A', '\x1b[B', '\x1b[D'];

export async function open(
  snapshot = classroom(),
  { columns = 120, rows = 40, ...options }: StageOptions & { columns?: number; rows?: number } = {},
) {
  const app = stage(columns, rows, options);
  stages.push(app);
  app.feed.tell(snapshot);
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
