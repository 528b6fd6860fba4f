import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import SlowestFirst from './vitest.sequence.ts'

const patience = { testTimeout: 60_000, hookTimeout: 120_000 }
const ofTheTables = 'architecture/{tables,clear-columns}*.test.ts'
const withoutDatabase = ['unit/**/*.test.ts', 'architecture/**/*.test.ts']

/**
 * Two projects, so that a run of unit tests alone starts no server. A worker keeps its modules from file to file, which are as costly to
 * load as most files are to run: no test may change what a module holds, and what a file opens it closes.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    pool: 'forks',
    isolate: false,
    // More room for young objects: a tenth less of the processor went to clearing up
    execArgv: ['--max-semi-space-size=32'],
    // One more than there are processors, since some tests wait for half a minute; the server has room for four.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    sequence: { sequencer: SlowestFirst },
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
