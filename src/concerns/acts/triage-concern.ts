import { Refusal } from '../../kernel/index.ts'
import { graveRisks } from '../../workflow/index.ts'
import type { TriageContent } from './handling-contents.ts'
import { writablePart } from '../sealing/opening.ts'
import { itemsOf, type Acting, type Step } from './action-step.ts'
import type { HeaderContent } from '../sealing/sealed-contents.ts'
import { sealAs, sealRecord } from './staff-writing.ts'

/** Risk, elements, consent and the conflict check. A new header carries what sorts the concern; the old one stays as its reporter wrote it. */
export async function triage(acting: Acting<'triage'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  if (concern.header === null || input.conflict !== 'none') throw new Refusal('record_not_genuine')
  const { riskGrade, elements, decision, consent, conflict, title } = input
  const secondApproverRequired = move.secondApproverRequired ?? false
  const { categories: kept, ...before } = concern.header
  // Left out: a program that knows no categories. It takes away none that the person ticked.
  const categories = input.categories ?? kept ?? []
  const header: HeaderContent = {
    ...before,
    ...(categories.length > 0 && { categories }),
    title,
    elements,
    consent,
    decision,
    secondApproverRequired,
  }
  const record: TriageContent = { riskGrade, elements, decision, consent, conflict, title, note: input.note ?? null }
  const newHeader = sealAs(acting, writablePart(concern, 'internal'), 'header', header, concern.headerVersion + 1)
  // In clear only what the grade gives away anyhow: that patient safety is the reason stays sealed.
  const shownRequired = graveRisks.includes(riskGrade)
  const items = [newHeader, sealRecord(acting, 'triage', record)]
  return {
    change: { riskGrade, secondApproverRequired: shownRequired, headerItemId: newHeader.id },
    items,
    entries: [
      {
        kind: 'concern_triaged',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: {
          action: 'triage',
          from: facts.status,
          to: move.to,
          item: itemsOf(items),
          riskGrade,
          decision,
          consent,
          conflict,
          secondApproverRequired: shownRequired,
        },
      },
    ],
  }
}
