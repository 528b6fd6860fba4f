import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What begins first: the files that take longest, and those that wait for a clock most of the time and cost others nothing; then folders, the
 * slowest first. What begins last is short, so that no worker is left alone with a long one. A machine that has run nothing yet knows only
 * how large a file is, which says little: `npm test -- --reporter=verbose` says how long each took.
 */
const order = [
  ...['http/matrix.test', 'journeys/sweep-kill', 'journeys/kill', 'journeys/log-kill', 'journeys/database-url', 'journeys/recovery'],
  ...[
    'journeys/setup',
    'browser/staff-pages',
    'journeys/restore',
    'browser/working-day',
    'journeys/model',
    'integration/database/embedded',
  ],
  ...['browser/people', 'browser/settings', 'browser/staff-journeys', 'integration/database/restore-log', 'http/matrix-excluded'],
  ...['journeys/', 'browser/', 'integration/database/', 'integration/accounts/', 'unit/verifier/', 'http/', 'integration/', ''],
]

/** By this order, and within a folder the longer file first, as far as size or the last run tells. */
export default class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId, project }: TestSpecification) =>
      order.findIndex((start) => moduleId.slice(project.config.root.length + 1).startsWith(start))
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
