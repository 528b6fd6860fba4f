import { defineConfig } from 'vitest/config'

const patience = { testTimeout: 30_000, hookTimeout: 60_000 }
const ofTheTables = 'architecture/{tables,clear-columns}*.test.ts'
const withoutDatabase = ['unit/**/*.test.ts', 'architecture/**/*.test.ts']

/** Two projects, so that a run of unit tests alone starts no server. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: withoutDatabase, exclude: [ofTheTables], ...patience } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['{browser,http,integration,journeys}/**/*.test.ts', ofTheTables],
          globalSetup: 'vitest.global.ts',
          ...patience,
        },
      },
    ],
  },
})
