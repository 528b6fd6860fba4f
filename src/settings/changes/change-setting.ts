import { actorOf, type AuditDraft, type EntryActor } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, newId, Refusal } from '../../kernel/index.ts'
import { requireAdministrator, type AdministrationDeps, type Administrator } from './administrator.ts'
import { differenceOf, digestOfRows, type Area } from './area.ts'
import type { Asked } from './asked.ts'
import { insertChange, lockSettings } from './change-store.ts'

export interface ChangeDone<T> {
  readonly value: T
  /** Which version it became, where the setting counts them. */
  readonly version?: number
  /** Of what else had to change with it. */
  readonly entries?: readonly AuditDraft[]
}

/**
 * The one way to change a setting: by an administrator, with a fresh second factor, from the state that was seen, with a reason. What was
 * and what is are kept, and the entry holds their digests. Recorded: `settings_changed`.
 * Refusal `permission_denied`, `step_up_required`, `otp_replayed`, `sign_in_failed`, `sign_in_delayed`, `setting_changed`, `invalid_input`
 * (also where nothing would change).
 */
export async function changeSetting<T, Ctx extends Administrator>(
  deps: AdministrationDeps<Ctx>,
  ctx: Ctx,
  area: Area,
  asked: Asked,
  work: (tx: Tx, actor: EntryActor) => Promise<ChangeDone<T>>,
): Promise<T> {
  requireAdministrator(ctx)
  const actor = actorOf(ctx.person, 'administrator')
  const value = await deps.audited(async (tx) => {
    await deps.checkSecondFactor(tx, ctx, asked.otp)
    await lockSettings(tx)
    const before = await area.read(tx)
    if (digestOfRows(before) !== asked.seen) throw new Refusal('setting_changed')
    const done = await work(tx, actor)
    const after = await area.read(tx)
    const { removed, added } = differenceOf(before, after)
    const kept = area.kept ?? ((row) => row)
    if (digestOfRows(before) === digestOfRows(after))
      throw invalid('/seen', 'nothing_changed', 'Nothing is different from what it was. Change something first.')
    const id = newId(deps.random)
    await insertChange(tx, {
      id,
      setting: area.setting,
      changedAt: ctx.now,
      personId: ctx.person.userId,
      reason: asked.reason,
      removed: removed.map(kept),
      added: added.map(kept),
    })
    const fields = {
      setting: area.setting,
      ...(area.item !== undefined && { item: area.item }),
      ...(done.version !== undefined && { version: done.version }),
      rows: after.length,
      before: digestOfRows(before),
      digest: digestOfRows(after),
      change: id,
    }
    return { value: done.value, entries: [{ kind: 'settings_changed', actor, at: ctx.now, fields }, ...(done.entries ?? [])] }
  })
  // The change stands whether or not it can be read again at once
  await deps.refresh().catch(() => null)
  return value
}
