import type { Acting, Step } from '../acts/action-step.ts'
import { clockFor, sealReason } from './move-clock.ts'

/** Lets a clock go on before its pause would end by itself; the person reads that it does. Recorded: `clock_resumed`. */
export async function resumeClock(acting: Acting<'resume_clock'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { clock: code, of, reason = '' } = input
  const item = await sealReason(acting, clockFor(acting, input), { change: 'resumed', code }, reason)
  return {
    items: [item],
    entries: [
      {
        kind: 'clock_resumed',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { clock: code, of: of ?? null, item: item.id },
      },
    ],
  }
}
