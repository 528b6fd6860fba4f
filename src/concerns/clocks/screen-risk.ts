import type { Acting, Step } from '../acts/action-step.ts'
import type { ScreeningContent } from '../acts/handling-contents.ts'
import { sealRecord } from '../acts/staff-writing.ts'

/** A person looks for immediate risk before anything else is decided, and grades it (T2). Recorded: `risk_screened`. */
export async function screenRisk(acting: Acting<'screen_risk'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { riskGrade, note } = input
  const record: ScreeningContent | null = note === undefined ? null : { riskGrade, note }
  const items = record === null ? [] : [sealRecord(acting, 'screening', record)]
  return {
    change: { riskGrade },
    items,
    entries: [
      {
        kind: 'risk_screened',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { riskGrade, item: items[0]?.id ?? null },
      },
    ],
  }
}
