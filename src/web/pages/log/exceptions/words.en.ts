import { exceptionRules, type ExceptionCode } from '../../../../audit/index.ts'
import { words as log } from '../words.en.ts'

const { backDatedDays, dutyDays, undoneDays, failuresInARow } = exceptionRules

interface KindWords {
  readonly heading: string
  readonly definition: string
  readonly with: (index: number) => string
}

const kinds: Record<ExceptionCode, KindWords> = {
  back_dated: {
    heading: 'Back-dated records',
    definition: `Concerns that staff recorded for somebody more than ${backDatedDays} days after they say that they received them.`,
    with: String,
  },
  reads_outside_duty: {
    heading: 'Reads outside a duty',
    definition: `Looks at what was said or at a name, prints and downloads by somebody who did not own the concern at that moment, and who did nothing else on it within ${dutyDays} days before or after. Deputies who read so that they can stand in are among them: a look here is a question to ask, not a fault.`,
    with: String,
  },
  changes_undone: {
    heading: 'Role changes undone',
    definition: `Changes of somebody’s roles or access after which that person stood again as before within ${undoneDays} days.`,
    with: (index: number) => `Undoes entry ${index}`,
  },
  approvals_by_deputies: {
    heading: 'Approvals by deputies',
    definition: 'Approvals of a decision by somebody whom the signed list in force named as a deputy.',
    with: String,
  },
  refused_attempts: {
    heading: 'Refused attempts',
    definition:
      'What somebody who had signed in tried, and was refused for want of a right. The route or step, never an address with its numbers.',
    with: String,
  },
  failed_sign_ins: {
    heading: 'Failed sign-ins in a row',
    definition: `${failuresInARow} or more failures for one account without a sign-in between. Attempts on addresses that nobody here has are not counted.`,
    with: (index: number) => `First of them: entry ${index}`,
  },
}

export const words = {
  title: 'Exceptions',
  lead: 'What to look at first. Each is read out of the entries alone, by the definition that stands beside it; none of them says that somebody did wrong.',
  period: { label: 'Period', from: 'From (first day)', to: 'To (last day)', go: 'Show' },
  kinds,
  table: { ...log.table, detail: 'More', person: 'Who or whom' },
  nothing: 'None in these days.',
  all: 'All of these',
  next: 'Earlier',
  first: 'Newest',
  overview: 'All exceptions',
  paging: 'Pages of these exceptions',
  notWhole: 'There are more entries in these days than are read at once, so that some may be missing. Choose fewer days.',
  days: (days: number) => (days === 1 ? 'Recorded 1 day after it came' : `Recorded ${days} days after it came`),
  failures: (count: number) => `${count} failures`,
  undone: (between: string, now: string) => `${between} between, then ${now} again`,
  noRoles: 'no access',
}
