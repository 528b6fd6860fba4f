import type { ConcernView, HistoryEvent } from '../../../concerns/index.ts'
import { Refusal, type StaffMember } from '../../../kernel/index.ts'
import { statusWords, type Action } from '../../../workflow/index.ts'
import { historyView, type ShownEvent } from '../concern/history/view.ts'

/** What somebody did to the concern while another was writing. */
export interface Clash {
  readonly events: readonly ShownEvent[]
  readonly status: string
  /** The step was taken under the writer's own name: most often a second press of the button. */
  readonly mine: boolean
}

/** The step came too late: another version, or no longer open. */
export function isClash(error: unknown): boolean {
  return error instanceof Refusal && (error.code === 'concern_changed' || error.code === 'transition_not_allowed')
}

/** How much of the history the form was drawn from, one number a lane. It travels in the form and is judged by nobody but its writer. */
export function seenMark(history: readonly HistoryEvent[]): string {
  return `${staffActs(history).length}.${reporterActs(history).length}`
}

export function clashOf(concern: ConcernView, seen: string, action: Action, writer: StaffMember): Clash {
  const [staffSeen, reporterSeen] = readMark(seen)
  const changes = [...staffActs(concern.history).slice(staffSeen), ...reporterActs(concern.history).slice(reporterSeen)]
  return {
    events: historyView(changes),
    status: statusWords[concern.status].staff,
    mine: changes.some((event) => event.fields['action'] === action && event.actor.name === writer.name),
  }
}

// The history comes oldest first, so what is new stands at the end of its lane
const staffActs = (history: readonly HistoryEvent[]): readonly HistoryEvent[] => history.filter(({ at }) => at !== null)
const reporterActs = (history: readonly HistoryEvent[]): readonly HistoryEvent[] => history.filter(({ at }) => at === null)

function readMark(mark: string): readonly [number, number] {
  const [, staff, reporter] = /^(\d{1,6})\.(\d{1,6})$/.exec(mark) ?? []
  return [Number(staff ?? 0), Number(reporter ?? 0)]
}
