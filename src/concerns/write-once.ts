import type { StaffContext } from '../accounts/index.ts'
import { actorOf, type AuditDraft, type EntryActor } from '../audit/index.ts'
import { isUniqueViolation } from '../database/index.ts'
import { londonDate, Refusal, type ConcernId } from '../kernel/index.ts'
import { lockConcern } from './concern-store.ts'
import type { ConcernDeps } from './dependencies.ts'
import { subjectsOf } from './facts.ts'
import { insertStaffItems } from './item-store.ts'
import { openConcern, readSealed } from './opening.ts'
import type { Receipts } from './receipts.ts'
import { recordingRefusals } from './refused-attempt.ts'
import type { ItemRow } from './sealed-parts.ts'
import type { Writer } from './staff-writing.ts'
import type { ClientSecret } from './use-cases.ts'
import { actingRole, findOpenable } from './visibility.ts'

/** One kind of writing that moves no status: how it is sealed and what its entry is. */
export interface Writing {
  readonly attempt: 'send_message' | 'write_note'
  readonly seal: (writer: Writer, body: string) => Promise<ItemRow> | ItemRow
  readonly entry: (
    base: { readonly actor: EntryActor; readonly at: Temporal.Instant; readonly concernId: ConcernId },
    item: ItemRow,
  ) => AuditDraft
}

type Write = (ctx: StaffContext, id: ConcernId, input: { readonly body: string }, secret: ClientSecret) => Promise<{ id: string }>

/**
 * Writes a handler's words once however often they arrive: the same secret and text give the same answer. Two handlers who write at the same
 * time both get through, one after the other.
 */
export function createWriteOnce(deps: ConcernDeps, receipts: Receipts, writing: Writing): Write {
  return async (ctx, id, input, secret) => {
    const request = { act: writing.attempt, person: ctx.person.userId, concern: id, body: input.body }
    const today = londonDate(ctx.now)
    const before = async () =>
      secret === null ? null : ((await deps.database.read((tx) => receipts.find(tx, secret, request, today))) as { id: string } | null)
    const earlier = await before()
    if (earlier !== null) return earlier
    try {
      return await recordingRefusals(deps, ctx, writing.attempt, id, () =>
        write(deps, ctx, id, writing, input.body, (item) =>
          secret === null ? null : receipts.compose(secret, request, { id: item.id }, ctx.now),
        ),
      )
    } catch (error) {
      if (!isUniqueViolation(error, 'receipt_pk')) throw error
      const theirs = await before()
      if (theirs === null) throw error
      return theirs
    }
  }
}

async function write(
  deps: ConcernDeps,
  ctx: StaffContext,
  id: ConcernId,
  writing: Writing,
  body: string,
  receiptOf: (item: ItemRow) => ReturnType<Receipts['compose']> | null,
): Promise<{ id: string }> {
  const directory = await deps.directory.current()
  return deps.audited(async (tx) => {
    await lockConcern(tx, id)
    const sight = await findOpenable(tx, ctx.person, id)
    if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
    const concern = openConcern(await readSealed(tx, sight), ctx, directory)
    if (subjectsOf(concern, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
    const item = await writing.seal({ tx, random: deps.random, ctx, concern }, body)
    await insertStaffItems(tx, id, [item], ctx.now)
    const receipt = receiptOf(item)
    if (receipt !== null) await tx.receipt.create({ data: receipt, select: { id: true } })
    const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
    return { value: { id: item.id }, entries: [writing.entry({ actor, at: ctx.now, concernId: id }, item)] }
  })
}
