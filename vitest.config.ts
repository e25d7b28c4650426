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
    // Most of the time a test waits for sockets and processes; two cores run three files at once in two thirds of the time.
    maxWorkers: 3,
    reporters: ['default', './test/support/summary.ts'],
    env: { FORCE_COLOR: '0', NODE_ENV: 'production' },
  },
});
