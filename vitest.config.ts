/** Five kinds of tests, one shared PostgreSQL for all of them (test/setup.ts). */
import { defineConfig } from 'vitest/config'

// A worker loads the product once and not for each file: a third of the time. What a module keeps between files is a cache, by its database.
const shared = { environment: 'node', isolate: false, globalSetup: ['test/setup.ts'] as string[], testTimeout: 20_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'unit', include: ['src/**/*.test.ts', 'ui/**/*.test.{ts,tsx}', 'sim/**/*.test.ts', 'test/*.test.ts'] } },
      { test: { ...shared, name: 'connectors', include: ['test/connectors/**/*.test.ts'] } },
      { test: { ...shared, name: 'flow', include: ['test/flows/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...shared,
          name: 'property',
          include: ['test/model/**/*.test.ts', 'test/template/**/*.test.ts', 'test/rehearsal/**/*.test.ts', 'test/client/**/*.test.ts'],
          testTimeout: 180_000,
        },
      },
      { test: { ...shared, name: 'browser', include: ['test/browser/**/*.test.ts'], globalSetup: ['test/setup.ts', 'test/browser/setup.ts'], testTimeout: 180_000 } },
    ],
  },
})
