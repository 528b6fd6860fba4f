import { Refusal } from '../kernel/index.ts'
import { termsContent, type FindingsContent } from './handling-contents.ts'
import { readItems } from './item-store.ts'
import { partOf, writablePart } from './opening.ts'
import type { Acting, Step } from './action-step.ts'
import { openPart, type OpenCompartment } from './sealed-parts.ts'
import { sealAs } from './staff-writing.ts'

/** A finding for each allegation, learning, and actions with owner and date: where the investigation lies, or where the referral does. */
export async function recordFindings(acting: Acting<'record_findings'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { findings, learning, actions } = input
  const part = facts.status === 'investigating' ? await investigationPart(acting) : writablePart(concern, 'internal')
  const record: FindingsContent = { findings, learning, actions }
  const item = sealAs(acting, part, 'findings', record)
  return {
    items: [item],
    entries: [
      {
        kind: 'findings_recorded',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: {
          action: 'record_findings',
          from: facts.status,
          to: move.to,
          item: item.id,
          findings: findings.length,
          actions: actions.length,
        },
      },
    ],
  }
}

/**
 * The investigation, if its key opens the terms a handler signed: a key slipped in by somebody who writes to the database opens nothing that
 * was there before it. Refusal `permission_denied` where the person holds none, `record_not_genuine`.
 */
async function investigationPart({ tx, concern }: Acting<'record_findings'>): Promise<OpenCompartment> {
  const part = partOf(concern, 'investigation')
  if (part === null) throw new Refusal('permission_denied')
  const { staff } = await readItems(tx, concern.concern.id, [part.id])
  const vouched = staff.some((item) => {
    const key = item.kind === 'terms' ? concern.signKeyOf(item.author) : null
    const opened = key === null ? null : openPart(item, part, key)
    return opened?.genuine === true && termsContent.safeParse(opened.content).success
  })
  if (!vouched) throw new Refusal('record_not_genuine')
  return part
}
