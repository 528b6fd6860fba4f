import type { Standing } from '../../../../audit/index.ts'

export const words = {
  title: 'Roles and access',
  lead: 'Who might do what at the end of a day, as the entries say it. People appear under the aliases that only the log uses, with their name as long as it is kept.',
  day: { label: 'Day', on: 'At the end of', go: 'Show' },
  heading: 'At the end of',
  count: (inNow: number, all: number) =>
    `${inNow === 1 ? '1 person was in' : `${inNow} people were in`}; the log knows ${all === 1 ? '1 person' : `${all} people`} by then.`,
  table: { who: 'Alias', roles: 'Roles', standing: 'Standing', since: 'Since', keys: 'Concerns with keys given by name' },
  caption: 'People and their rights',
  standing: {
    in: 'In',
    awaited: 'Enrolled, not yet countersigned',
    invited: 'Invited',
    out: 'Out',
  } satisfies Record<Standing, string>,
  deputy: 'deputy',
  noRoles: 'None',
  waiting: 'waiting for its place',
  keysLead:
    'Keys given by name are those of an assignment, an escalation, an investigation, a conflict or a recovery, less concerns where the person then declared a conflict of interest. Guardians also hold keys to concerns raised to their team: each concern names the list of readers that counted.',
  notWhole: 'The log has more such entries than this page reads. The oldest are left out; the offline verifier reads all.',
  empty: 'The log knows nobody by that day.',
  errors: { on: { not_a_date: 'Enter a real day', in_the_future: 'Choose today or a day before' } },
}
