import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { hasRole, Refusal, type ConcernId } from '../../kernel/index.ts'
import { readWaitingFor, type ApprovalRow } from '../acts/approval-store.ts'
import { readSummary } from '../acts/approvals.ts'
import { concernFromRow, type Concern } from '../concern.ts'
import { nameOf } from './concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { DecisionSummary } from '../acts/handling-contents.ts'
import { readGrantsOf } from '../sealing/grant-store.ts'
import { readItemsById, type StoredItem } from '../sealing/item-store.ts'
import { openIfWhole, signKeysOf } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { ApprovalSummary } from '../views.ts'

interface Waiting {
  readonly row: ApprovalRow
  readonly concern: Concern
  readonly grant: GrantRow
  readonly item: StoredItem | undefined
}

/**
 * The decisions that wait for this person, each by its summary: not the concern. Recorded: `summary_viewed` for each, committed before any
 * is opened. Refusal `permission_denied`.
 */
export function createViewApprovals(deps: ConcernDeps): ConcernUseCases['viewApprovals'] {
  return async (ctx) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'view_approvals', null, async () => {
      if (!hasRole(ctx.person, 'guardian', 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
      const waiting = await deps.database.read((tx) => readWaiting(tx, ctx))
      const [first, ...rest] = waiting.map(({ row, concern }) => lookOf(ctx, row, concern.id))
      if (first !== undefined) await deps.audited(async () => ({ value: undefined, entries: [first, ...rest] }))
      return waiting.map((each) => summaryOf(ctx, each, directory))
    })
  }
}

async function readWaiting(tx: Tx, ctx: StaffContext): Promise<Waiting[]> {
  const rows = await readWaitingFor(tx, ctx.person.userId)
  const grants = await readGrantsOf(
    tx,
    rows.map(({ compartmentId }) => compartmentId),
    ctx.person.userId,
  )
  const items = await readItemsById(
    tx,
    rows.map(({ summaryItemId }) => summaryItemId),
  )
  const concerns = await tx.concern.findMany({ where: { id: { in: rows.map(({ concernId }) => concernId) } } })
  const byId = new Map(concerns.map((row) => [row.id, concernFromRow(row)]))
  return rows.flatMap((row) => {
    const concern = byId.get(row.concernId)
    const grant = grants.get(row.compartmentId)
    // A row without a key is none of this person's, whatever it says.
    return concern && grant && grant.concernId === row.concernId ? [{ row, concern, grant, item: items.get(row.summaryItemId) }] : []
  })
}

function lookOf(ctx: StaffContext, { id }: ApprovalRow, concernId: ConcernId): AuditDraft {
  return { kind: 'summary_viewed', actor: actorOf(ctx.person), at: ctx.now, concernId, fields: { approval: id } }
}

function summaryOf(ctx: StaffContext, { row, concern, grant, item }: Waiting, directory: Directory): ApprovalSummary {
  const part = openIfWhole(grant, ctx)
  const summary = item && part ? readSummary(row, item, part, signKeysOf(directory, null)) : null
  const asked =
    summary === null ? nothingGenuine : { ...pickAsked(summary), decidedBy: nameOf(directory, summary.decidedBy), genuine: true }
  return {
    id: row.id,
    concernId: concern.id,
    reference: concern.reference,
    requestedBy: nameOf(directory, row.requestedBy),
    requestedAt: row.requestedAt,
    ...asked,
  }
}

const nothingGenuine = { genuine: false, reasonCode: null, reason: null, decidedBy: null, riskGrade: null, elements: [] } as const

function pickAsked({ reasonCode, reason, riskGrade, elements }: DecisionSummary) {
  return { reasonCode, reason, riskGrade, elements }
}
