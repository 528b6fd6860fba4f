import type { AuditDraft } from '../../audit/index.ts'
import type { Acting, Step } from '../acts/action-step.ts'
import { assertReaches, clockAfter, clockFor, sealReason } from './move-clock.ts'

/**
 * Gives a clock a later date, with the reason in the person's own thread (a task's stays with the handlers). For the end of an investigation
 * this is the new date the person was told. Recorded: `clock_extended`.
 */
export async function extendClock(acting: Acting<'extend_clock'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { clock: code, of, until, reasonCode, reason } = input
  const clock = clockFor(acting, input)
  const item = await sealReason(acting, clock, { change: 'extended', code, until, reasonCode }, reason)
  const entry = {
    kind: 'clock_extended',
    actor,
    at: ctx.now,
    concernId: concern.concern.id,
    fields: { clock: code, of: of ?? null, before: clock.dueOn, until, reasonCode, item: item.id },
  } as const satisfies AuditDraft
  assertReaches(clockAfter(acting, entry, input), until, ({ dueOn }) => dueOn)
  return { items: [item], entries: [entry] }
}
