import type { z } from 'zod'
import type { Deadlines } from '../../concerns/index.ts'
import type { deadlinesAnswer } from './schema.ts'

export function presentDeadlines({ mayAct, tasks, changes }: Deadlines): z.infer<typeof deadlinesAnswer> {
  return {
    mayAct,
    tasks: tasks.map(({ id, title, owner, setOn, dueOn, firstDueOn, state, clock, note, endedOn, withFindings, linkUntil, byLink }) => ({
      ...{ id, title, owner, setOn, dueOn, firstDueOn, state, note, endedOn, withFindings, linkUntil, byLink },
      clock: { state: clock.state, words: clock.words, workingDaysLeft: clock.workingDaysLeft },
    })),
    changes: changes.map(({ change, clock, of, on, by, until, before, reasonCode, authoriser }) => ({
      ...{ change, clock, of, on, by, until, before, reasonCode, authoriser },
    })),
  }
}
