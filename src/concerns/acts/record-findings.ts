import type { AuditDraft } from '../../audit/index.ts'
import { newId, Refusal } from '../../kernel/index.ts'
import { termsContent, type FindingsContent } from './handling-contents.ts'
import { readItemsById } from '../sealing/item-store.ts'
import { investigationOf } from '../lifecycle/investigation.ts'
import { writablePart } from '../sealing/opening.ts'
import type { Acting, Step } from './action-step.ts'
import { openPart, type OpenCompartment } from '../sealing/sealed-parts.ts'
import { sealAs } from './staff-writing.ts'

/** A finding for each allegation, learning, and actions with owner and date: where the investigation lies, or where the referral does. */
export async function recordFindings(acting: Acting<'record_findings'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move, random } = acting
  const { findings, learning, actions } = input
  // An investigator who left for a conflict keeps the old key: nothing new goes under it.
  const investigated = facts.status === 'investigating' && facts.investigator !== null
  const part = investigated ? await investigationPart(acting) : writablePart(concern, 'internal')
  const record: FindingsContent = { findings, learning, actions }
  const item = sealAs(acting, part, 'findings', record)
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  return {
    items: [item],
    entries: [
      {
        ...base,
        kind: 'findings_recorded',
        fields: {
          action: 'record_findings',
          from: facts.status,
          to: move.to,
          item: item.id,
          findings: findings.length,
          actions: actions.length,
        },
      },
      // Each action has its clock from here; its words stay where the findings lie, in this order
      ...actions.map(({ dueOn }): AuditDraft => ({ ...base, kind: 'task_set', fields: { task: newId(random), dueOn, item: item.id } })),
    ],
  }
}

/**
 * The investigation under way, if its key opens the terms a handler signed: a key slipped in by somebody who writes to the database opens
 * nothing that was there before it. Refusal `permission_denied` where the person holds none, `record_not_genuine`.
 */
async function investigationPart({ tx, concern }: Acting<'record_findings'>): Promise<OpenCompartment> {
  const vouchedFor = investigationOf(concern.entries)?.items ?? new Set<string>()
  const terms = [...(await readItemsById(tx, [...vouchedFor])).values()].find(({ kind }) => kind === 'terms')
  const part = terms && concern.parts.get(terms.compartmentId)
  if (terms === undefined || terms.concernId !== concern.concern.id) throw new Refusal('record_not_genuine')
  if (part?.kind !== 'investigation') throw new Refusal('permission_denied')
  const key = concern.signKeyOf(terms.author)
  const opened = key === null ? null : openPart(terms, part, key)
  if (opened?.genuine !== true || !termsContent.safeParse(opened.content).success) throw new Refusal('record_not_genuine')
  return part
}
