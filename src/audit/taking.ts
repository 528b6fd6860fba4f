import { hasRole, Refusal } from '../kernel/index.ts'
import type { AuditedTransaction } from './audited-transaction.ts'
import { actorOf, createRecordRefusal, type LogTaker } from './view-log.ts'

/**
 * What leaves the house needs a second factor given within five minutes (`security.md` 5). Refusal `step_up_required`, which is recorded
 * (`attempt_refused`), and `permission_denied` for who is no auditor.
 */
export async function requireFreshFactor(audited: AuditedTransaction, ctx: LogTaker): Promise<void> {
  if (!hasRole(ctx.person, 'auditor')) throw new Refusal('permission_denied')
  if (ctx.freshCode) return
  await createRecordRefusal(audited)(ctx, 'export_log', 'step_up_required')
  throw new Refusal('step_up_required')
}

/** Records that something of the log is taken away, before it is: `log_exported`. */
export async function recordTaking(
  audited: AuditedTransaction,
  ctx: LogTaker,
  fields: { readonly what: string; readonly from: number; readonly entries: number; readonly size: number },
): Promise<void> {
  const entry = { kind: 'log_exported', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields } as const
  await audited(async () => ({ value: null, entries: [entry] }))
}
