import type { AuditDraft } from '../../audit/index.ts'
import { londonDate, type DateText } from '../../kernel/index.ts'
import type { MovedDeadline, OpenDeadlines, Reckoning } from '../../settings/index.ts'
import { clocksOf, nextClock } from '../../timeliness/index.ts'
import { eventsOf } from '../events.ts'
import { lockRunning, readRunning, writeNextDates, type RunningConcern } from './deadline-store.ts'

/**
 * The next dates that open concerns carry in a column, reckoned anew by the one function that every screen uses (P5). For whoever changes the
 * calendar or a limit. Recorded: `deadline_moved` in the entries of each concern whose date is another.
 */
export function createOpenDeadlines(): OpenDeadlines {
  return {
    preview: async (tx, reckoning, today) => changesIn(await readRunning(tx), reckoning, today).map(({ moved }) => moved),

    move: async (tx, reckoning, { actor, at, setting }) => {
      await lockRunning(tx)
      const changes = changesIn(await readRunning(tx), reckoning, londonDate(at))
      if (changes.length > 0) await writeNextDates(tx, changes)
      const entries = changes.map(({ id, moved }): AuditDraft => {
        const { clock, before, after } = moved
        return { kind: 'deadline_moved', actor, at, concernId: id, fields: { setting, clock, before, after } }
      })
      return { moved: changes.map(({ moved }) => moved), entries }
    },
  }
}

interface Change {
  readonly id: RunningConcern['id']
  readonly code: string | null
  readonly due: DateText | null
  readonly moved: MovedDeadline
}

/** By reference, which says neither how many there are nor in which order they came. */
function changesIn(running: readonly RunningConcern[], { calendar, rules }: Reckoning, today: DateText): readonly Change[] {
  const changes = running.flatMap((concern): Change[] => {
    const next = nextClock(clocksOf(eventsOf(concern.raisedOn, concern.entries), rules, calendar, today))
    const [code, due] = [next?.code ?? null, next?.dueOn ?? null]
    if (code === concern.code && due === concern.due) return []
    const { id, reference } = concern
    return [{ id, code, due, moved: { reference, clock: code ?? concern.code, before: concern.due, after: due } }]
  })
  return changes.toSorted((a, b) => (a.moved.reference < b.moved.reference ? -1 : 1))
}
