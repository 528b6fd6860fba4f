import type { Acting, Step } from '../acts/action-step.ts'
import type { AuditDraft } from '../../audit/index.ts'
import { clockAfter, clockFor, sealReason } from './move-clock.ts'

/** Lets a clock go on before its pause would end by itself; the person reads that it does, and which date stands. Recorded: `clock_resumed`. */
export async function resumeClock(acting: Acting<'resume_clock'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { clock: code, of, reason = '' } = input
  const entryOf = (item: string) =>
    ({
      kind: 'clock_resumed',
      actor,
      at: ctx.now,
      concernId: concern.concern.id,
      fields: { clock: code, of: of ?? null, item },
    }) as const satisfies AuditDraft
  const dueOn = clockAfter(acting, entryOf(''), input)?.dueOn
  const item = await sealReason(acting, clockFor(acting, input), { change: 'resumed', code, dueOn }, reason)
  return { items: [item], entries: [entryOf(item.id)] }
}
