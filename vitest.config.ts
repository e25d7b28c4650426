import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As the bundle has it; the production build of React knows no other.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real sockets, threads and processes: a loaded machine may take its time, but never this long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000, interval: 20 } },
    pool: 'forks',
    // Most of the time a test waits for sockets and processes; by default two cores would run one file at a time.
    maxWorkers: 2,
    reporters: ['default', './test/support/summary.ts'],
    env: { FORCE_COLOR: '0', NODE_ENV: 'production' },
  },
});
