import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real sockets, threads and processes: a loaded machine may take its time, but never this long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    reporters: ['default', './test/support/summary.ts'],
    env: { FORCE_COLOR: '0', NODE_ENV: 'production' },
  },
});
