import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { instantText, Refusal, type ApprovalId, type CompartmentId, type ConcernId, type ItemId } from '../../kernel/index.ts'
import { decideApproval } from '../../workflow/index.ts'
import { signApproval, summaryDigest } from './approval-statement.ts'
import { recordDecision } from './approval-store.ts'
import { approvalsOf, type Approval } from './approvals.ts'
import { keepClocks } from '../clocks/keep-clocks.ts'
import { changeConcern } from '../concern-store.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { subjectsOf } from './facts.ts'
import { aliasOf } from '../sealing/holders.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { openConcern, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordingRefusals } from './refused-attempt.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'
import { sealAs } from './staff-writing.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { actingRole, findAndLock, findVisible } from '../reading/visibility.ts'

type Decision = Parameters<ConcernUseCases['decideApproval']>[3]

/**
 * The second person's own act, in their own session, with a fresh second factor, under their own signature (`security.md` 5). Approved: the
 * concern moves on and the waiting message is posted as the requester sealed it. Recorded: `approval_given` or `approval_refused`, with the
 * signature. Refusal `not_found`, `permission_denied`, `approval_not_pending`, `approval_own_request`, `conflict_of_interest`,
 * `record_not_genuine`, and those of the second factor.
 */
export function createDecideApproval(deps: ConcernDeps): ConcernUseCases['decideApproval'] {
  return async (ctx, concernId, approvalId, input) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'decide_approval', concernId, () =>
      deps.audited(async (tx) => {
        const { entry, open } = await decide(deps, tx, ctx, directory, concernId, approvalId, input)
        await keepClocks(tx, open, [entry], await deps.settings.current(tx), ctx.now)
        return { value: { decision: input.decision }, entries: [entry] }
      }),
    )
  }
}

async function decide(
  deps: ConcernDeps,
  tx: Tx,
  ctx: StaffContext,
  directory: Directory,
  concernId: ConcernId,
  approvalId: ApprovalId,
  input: Decision,
): Promise<{ readonly entry: AuditDraft; readonly open: OpenConcern }> {
  const sight = await findAndLock(tx, ctx.person, concernId, findVisible)
  if (!sight.approvals.some(({ id }) => id === approvalId)) throw new Refusal('not_found')
  const open = openConcern(await readSealed(tx, sight), ctx, directory)
  const approval = approvalsOf(open, directory).find(({ id }) => id === approvalId)
  if (approval === undefined) throw new Refusal('record_not_genuine')
  const { concern } = open
  const move = decideApproval(
    {
      status: concern.status,
      relations: open.relations,
      pendingApproval: approval.stands === 'pending' ? approval : null,
      person: ctx.person.userId,
      about: subjectsOf(open, directory),
    },
    input.decision,
  )
  if (approval.summary === null) throw new Refusal('record_not_genuine')
  await deps.checkSecondFactor(tx, ctx, input.otp)

  const summary = open.summaries.get(approval.summaryItemId)
  if (summary === undefined) throw new Refusal('record_not_genuine')
  const { decision } = input
  const statement = { approval: approvalId, concern: concern.logAlias, summary, decision, decidedAt: ctx.now }
  const signature = signApproval(ctx.keys, statement)
  await changeConcern(tx, concernId, concern.version, { status: move.to })
  await recordDecision(tx, approvalId, decision === 'approve' ? 'approved' : 'refused', ctx.now, signature)
  await insertStaffItems(tx, concernId, itemsOfDecision(deps, ctx, open, approval, input), ctx.now)
  const entry: AuditDraft = {
    kind: decision === 'approve' ? 'approval_given' : 'approval_refused',
    actor: actorOf(ctx.person, actingRole(ctx.person, open.relations)),
    at: ctx.now,
    concernId,
    fields: {
      action: 'resolve_without_investigation',
      from: concern.status,
      to: move.to,
      approval: approvalId,
      requestedBy: aliasOf(directory, approval.requestedBy),
      // With these the signature can be checked from the log alone.
      summary: summaryDigest(summary),
      decision,
      decidedAt: instantText(ctx.now),
      signature: Buffer.from(signature).toString('base64'),
    },
  }
  return { entry, open }
}

function itemsOfDecision(
  deps: ConcernDeps,
  ctx: StaffContext,
  open: OpenConcern,
  approval: Approval,
  { decision, note }: Decision,
): ItemRow[] {
  const part = open.parts.get(approval.compartmentId)
  const items = decision === 'approve' ? [unpackMessage(open.concern.id, approval)] : []
  if (note !== undefined && part !== undefined) items.push(sealAs({ random: deps.random, ctx }, part, 'approval_note', { decision, note }))
  return items
}

/** The waiting message as the requester sealed and signed it. The approver can put it in its place and cannot read or change it. */
function unpackMessage(concernId: ConcernId, { requestedBy, summary }: Approval): ItemRow {
  if (summary === null) throw new Refusal('record_not_genuine')
  const { id, compartmentId, epoch, version, itemKey, ciphertext, signature } = summary.waiting
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
  return {
    id: id as ItemId,
    concernId,
    compartmentId: compartmentId as CompartmentId,
    kind: 'message',
    epoch,
    version,
    author: requestedBy,
    itemKey: bytes(itemKey),
    ciphertext: bytes(ciphertext),
    signature: bytes(signature),
  }
}
