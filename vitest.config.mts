import { defineConfig } from 'vitest/config';

// Extra certificates make every start of Node, and so every child of a test, some 40 ms slower.
delete process.env['NODE_EXTRA_CA_CERTS'];

const LIVE = 'test/live/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [LIVE],
        },
      },
      {
        test: {
          name: 'live',
          include: [LIVE],
          globalSetup: 'test/live/build.ts',
          // Real ports, firewall rules and process tables: one file at a time.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
