import type { StoredEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import { addDays } from '../../kernel/index.ts'
import type { WorkingCalendar } from '../../timeliness/index.ts'
import { isEnded, opennesses, type FeedbackShared, type Outcome } from '../../workflow/index.ts'
import type { Concern } from '../concern.ts'
import { reportsIn } from '../detriment/track.ts'
import type { ClockView } from '../clocks/clock-view.ts'
import type { Inbox, NextDateCode, ThreadMessage } from '../views.ts'
import { withdrawalAskedOn } from '../lifecycle/withdrawal-asked.ts'
import { hasFeedback } from './give-feedback.ts'

/** Questions nobody has answered, oldest first. One that is not genuine asks nothing. */
export function openQuestions(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const answered = new Set(messages.flatMap(({ from, answers }) => (from === 'reporter' && answers !== undefined ? [answers] : [])))
  return messages.filter(({ id, from, question, genuine }) => from === 'staff' && genuine && question === true && !answered.has(id))
}

/** How it ended this time round, in the codes of the log; null while it goes on. */
export function outcomeOf({ status }: Pick<Concern, 'status'>, entries: readonly StoredEntry[]): Inbox['outcome'] {
  if (!isEnded(status)) return null
  const ended = entries.findLast(({ kind }) => kind === 'concern_resolved' || kind === 'concern_withdrawn')
  if (ended === undefined) return null
  const { outcome, feedbackShared } = fieldsOf(ended)
  if (ended.kind === 'concern_withdrawn') return { code: 'withdrawn_by_person', feedbackShared: null, on: ended.on }
  return { code: outcome as Outcome, feedbackShared: feedbackShared as FeedbackShared, on: ended.on }
}

/** What the days ahead are called to the person; a clock without a name of its own here is not among them. */
const dateCodes: Readonly<Record<string, NextDateCode>> = {
  T1: 'reply',
  T4: 'decision',
  T6: 'reply',
  T7: 'investigation_end',
  T8: 'outcome',
  T11a: 'check_3_months',
  T11b: 'check_6_months',
}

/** The days ahead that mean something to the person, soonest first: the clocks that run, and what staff have planned with them. */
export function nextDatesOf(entries: readonly StoredEntry[], clocks: readonly ClockView[], today: DateText): Inbox['nextDates'] {
  const promised = clocks.flatMap(({ code, state, dueOn }) => {
    const name = state === 'running' || state === 'paused' ? dateCodes[code] : undefined
    return name === undefined ? [] : [{ code: name, dueOn }]
  })
  const reviews = reportsIn(entries).flatMap(({ status: track, reviewOn }) =>
    track === 'closed' ? [] : reviewOn.map((dueOn) => ({ code: 'treatment_review' as const, dueOn })),
  )
  const dates = [...promised, ...reviews].filter(({ dueOn }) => dueOn >= today)
  return dates.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

const checksAfterMonths = { check_3_months: 3, check_6_months: 6 } as const

/** Three and six months after the outcome (`domain.md` 9.2, T11; good practice after ISO 37002 8.5, no official number). */
export function checkDates(outcomeOn: DateText) {
  const from = Temporal.PlainDate.from(outcomeOn)
  return (['check_3_months', 'check_6_months'] as const).map((code) => ({
    code,
    dueOn: from.add({ months: checksAfterMonths[code] }).toString() as DateText,
  }))
}

/** The next days on which messages are read: working days, today among them. */
export function readingDaysFrom(today: DateText, calendar: WorkingCalendar): readonly DateText[] {
  const first = calendar.addWorkingDays(addDays(today, -1), 1)
  return [first, calendar.addWorkingDays(first, 1), calendar.addWorkingDays(first, 2)]
}

/** What the person can do now. A new code can be taken at any time, and is asked for first where somebody else held the one in hand. */
export function inboxActions(
  { openness, status }: Pick<Concern, 'openness' | 'status'>,
  entries: readonly StoredEntry[],
  questions: number,
  { sendOn, followUp }: Pick<Inbox, 'sendOn' | 'followUp'>,
): Inbox['allowedActions'] {
  return [
    'write',
    ...(questions > 0 ? (['answer_question'] as const) : []),
    ...(opennesses.indexOf(openness) > 0 ? (['say_more'] as const) : []),
    ...(isEnded(status) || withdrawalAskedOn(entries) !== null ? [] : (['withdraw'] as const)),
    ...(hasFeedback(entries) ? [] : (['give_feedback'] as const)),
    'report_detriment',
    'replace_token',
    ...(sendOn !== null && sendOn.to !== null ? (['send_on'] as const) : []),
    ...(followUp === null ? [] : (['answer_follow_up'] as const)),
  ]
}

function fieldsOf({ text }: Pick<StoredEntry, 'text'>): Readonly<Record<string, unknown>> {
  return (JSON.parse(text) as { fields: Readonly<Record<string, unknown>> }).fields
}
