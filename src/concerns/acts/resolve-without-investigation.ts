import { newId, type ApprovalId, type UserId } from '../../kernel/index.ts'
import { insertApproval } from './approval-store.ts'
import type { DecisionSummary, NotInvestigatedContent } from './handling-contents.ts'
import { aliasOf, holdersOf, recoveryOf } from '../sealing/holders.ts'
import { itemsOf, type Acting, type Step } from './action-step.ts'
import { createCompartment, grantTo, type ItemRow } from '../sealing/sealed-parts.ts'
import { sealAs, sealMessage, sealRecord } from './staff-writing.ts'
import { trustedHandlers } from '../sealing/trusted-handlers.ts'

type Deciding = Acting<'resolve_without_investigation'>

/**
 * The lawful way not to investigate: a reason, a named person who decided, and the reporter told. Where a second person has to agree,
 * nothing moves and nothing is told until that person decides in their own session.
 */
export async function resolveWithoutInvestigation(acting: Deciding): Promise<Step> {
  const message = await sealMessage(acting, acting.input.message)
  const { awaits } = acting.move
  return awaits === undefined ? resolveNow(acting, message) : requestApproval(acting, message, awaits)
}

function resolveNow(acting: Deciding, message: ItemRow): Step {
  const { actor, concern, ctx, directory, facts, input, move } = acting
  const items = [recordOf(acting, null), message]
  return {
    items,
    entries: [
      {
        kind: 'resolving_without_investigation',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: {
          action: 'resolve_without_investigation',
          from: facts.status,
          to: move.to,
          decidedBy: aliasOf(directory, input.decidedBy),
          reasonCode: input.reasonCode,
          item: itemsOf(items),
        },
      },
    ],
  }
}

/** A compartment for this one decision: the second person reads the summary, not the concern. The message waits inside it, sealed and signed. */
async function requestApproval(acting: Deciding, message: ItemRow, approver: UserId): Promise<Step> {
  const { actor, concern, ctx, directory, facts, input, move, random } = acting
  const concernId = concern.concern.id
  const approval = newId<ApprovalId>(random)
  const part = createCompartment(random, concernId, 'decision')
  const content: DecisionSummary = {
    approval,
    approver,
    reasonCode: input.reasonCode,
    reason: input.reason,
    decidedBy: input.decidedBy,
    riskGrade: concern.concern.riskGrade,
    elements: concern.header?.elements ?? [],
    message: input.message,
    waiting: packItem(message),
  }
  const summary = sealAs(acting, part, 'summary', content)
  const items = [recordOf(acting, approval), summary]
  const requestedBy = ctx.person.userId
  const handlers = await trustedHandlers(acting.tx, concern, facts, directory)
  return {
    items,
    parts: [part],
    tells: [{ cause: 'approval_asked', person: approver }],
    grants: grantTo(random, part, [...holdersOf(directory, [...handlers, requestedBy, approver]), recoveryOf(directory)]),
    entries: [
      {
        kind: 'approval_requested',
        actor,
        at: ctx.now,
        concernId,
        fields: {
          action: 'resolve_without_investigation',
          from: facts.status,
          to: move.to,
          approval,
          approver: aliasOf(directory, approver),
          decidedBy: aliasOf(directory, input.decidedBy),
          reasonCode: input.reasonCode,
          item: itemsOf([...items, message]),
        },
      },
    ],
    also: (tx) =>
      insertApproval(tx, {
        id: approval,
        concernId,
        requestedBy,
        approver,
        requestedAt: ctx.now,
        compartmentId: part.id,
        summaryItemId: summary.id,
      }),
  }
}

function recordOf(acting: Deciding, approval: ApprovalId | null): ItemRow {
  const { reasonCode, reason, decidedBy } = acting.input
  const record: NotInvestigatedContent = { reasonCode, reason, decidedBy, approval }
  return sealRecord(acting, 'not_investigated', record)
}

function packItem(item: ItemRow): DecisionSummary['waiting'] {
  const { id, compartmentId, epoch, version } = item
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    id,
    compartmentId,
    epoch,
    version,
    itemKey: base64(item.itemKey),
    ciphertext: base64(item.ciphertext),
    signature: base64(item.signature),
  }
}
