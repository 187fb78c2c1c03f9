import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shared = { setupFiles: ['./tests/setup.ts'], pool: 'forks' as const, restoreMocks: true };

export default defineConfig({
  root,
  test: {
    allowOnly: false, // a forgotten `.only` would hide every other test
    projects: [
      {
        root,
        test: { ...shared, name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 10_000 },
      },
      {
        root,
        test: {
          ...shared,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['./tests/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // A browser and its server wait for each other as much as they compute: two pairs at a time keep two cores busy.
          maxWorkers: 2,
        },
      },
    ],
  },
});
