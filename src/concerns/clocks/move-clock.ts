import type { AuditDraft } from '../../audit/index.ts'
import { invalid, londonDate } from '../../kernel/index.ts'
import { isOpen, type ClockReading } from '../../timeliness/index.ts'
import type { OneClock } from '../../workflow/index.ts'
import type { Acting } from '../acts/action-step.ts'
import type { ActionName } from '../acts/handling-inputs.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'
import { sealMessage, sealRecord } from '../acts/staff-writing.ts'
import { clocksIn, timelineOf } from './timeline.ts'

/** The open clock a step is about. The workflow's guards have seen that there is one. */
export function clockFor({ clocks }: Pick<Acting<ActionName>, 'clocks'>, { clock, of }: OneClock): ClockReading {
  const found = clocks.findLast((each) => each.code === clock && each.of === (of ?? null) && isOpen(each))
  if (found === undefined) throw new Error('a clock that guards let through does not run')
  return found
}

/**
 * The same clock as the one reckoning gives it once this entry stands in the log: what a person is told, and what a button promises, must be
 * what every screen says next (P5). Null where it runs no more.
 */
export function clockAfter(acting: Acting<ActionName>, draft: AuditDraft, { clock, of }: OneClock): ClockReading | null {
  const { concern, ctx, settings } = acting
  const timeline = timelineOf(concern.concern.raisedOn, concern.entries, [draft])
  const clocks = clocksIn(timeline, settings, londonDate(ctx.now))
  return clocks.findLast((each) => each.code === clock && each.of === (of ?? null) && isOpen(each)) ?? null
}

/** Refusal `invalid_input` where the clock would not stand at the date that was given: that date would be said and not be true. */
export function assertReaches(after: ClockReading | null, until: string, read: (clock: ClockReading) => string | undefined): void {
  if (after !== null && read(after) === until) return
  const stands = after?.dueOn
  throw invalid(
    '/until',
    'date_not_reached',
    stands === undefined ? 'Give another day.' : `It stands at ${stands} already. Give a later day.`,
  )
}

type Told = NonNullable<MessageContent['clock']>

/** The words of a step on a clock, where those whose clock it is read them: the person's own in their thread, a task's with the handlers. */
export async function sealReason(acting: Acting<ActionName>, clock: ClockReading, told: Told, reason: string): Promise<ItemRow> {
  return clock.shownTo === 'reporter' ? sealMessage(acting, reason, { clock: told }) : sealRecord(acting, 'task_note', { ...told, reason })
}
