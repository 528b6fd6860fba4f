import type { StoredEntry } from '../../audit/index.ts'
import { addDays, type DateText } from '../../kernel/index.ts'
import type { FollowUpAnswer } from '../../workflow/index.ts'
import type { Items } from '../sealing/concern-content.ts'
import { openPart, type AuthorKeys, type OpenCompartment } from '../sealing/sealed-parts.ts'
import type { ClockView } from '../clocks/clock-view.ts'
import { followUpContent } from './contents.ts'

/** The person is asked from so many days before the date, so that an answer can come in time. */
const askedBefore = 14

const monthsByClock: Readonly<Record<string, 3 | 6>> = { T11a: 3, T11b: 6 }

/** What the inbox asks today: the first check whose time has come and which nobody has made. Null where none is due. `clocks` by code. */
export function followUpAsked(clocks: readonly ClockView[], today: DateText): 3 | 6 | null {
  const asked = clocks.find((clock) => openCheck(clock) && addDays(clock.dueOn, -askedBefore) <= today)
  return asked === undefined ? null : (monthsByClock[asked.code] ?? null)
}

/** Whether the check after so many months is still to be made, sooner or later. */
export function isToCome(clocks: readonly ClockView[], months: 3 | 6): boolean {
  return clocks.some((clock) => openCheck(clock) && monthsByClock[clock.code] === months)
}

function openCheck({ code, state }: ClockView): boolean {
  return code in monthsByClock && (state === 'running' || state === 'paused' || state === 'overdue')
}

/** An answer as handlers read it. */
export interface FollowUp {
  readonly months: 3 | 6
  readonly answeredOn: DateText
  /** False where it is not what the person wrote; then nothing of it is shown. */
  readonly genuine: boolean
  readonly answer: FollowUpAnswer | null
  readonly comment: string | null
}

/** Every answer the log tells of, oldest first: one whose row is gone shows as much as one that was changed. */
export function followUpsIn(
  entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[],
  items: Items,
  shared: OpenCompartment | null,
  reporterKey: AuthorKeys | null,
): FollowUp[] {
  const said = (id: string, months: 3 | 6) => {
    const item = items.reporter.find((one) => one.id === id && one.kind === 'follow_up')
    const opened = item && shared && reporterKey ? openPart(item, shared, reporterKey) : null
    const parsed = opened?.genuine ? followUpContent.safeParse(opened.content) : null
    return parsed?.success && parsed.data.months === months ? parsed.data : null
  }
  return entries
    .filter(({ kind }) => kind === 'follow_up_answered')
    .map(({ on, text }) => {
      const { months, item } = (JSON.parse(text) as { fields: { months: 3 | 6; item: string } }).fields
      const { answer, comment } = said(item, months) ?? { answer: null, comment: null }
      return { months, answeredOn: on, genuine: answer !== null, answer, comment: comment ?? null }
    })
}
