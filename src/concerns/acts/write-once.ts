import type { StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft, type CanonicalValue, type EntryActor } from '../../audit/index.ts'
import { isUniqueViolation } from '../../database/index.ts'
import { londonDate, Refusal, type ConcernId } from '../../kernel/index.ts'
import { keepClocks } from '../clocks/keep-clocks.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { subjectsOf } from './facts.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import type { Receipts } from '../raising/receipts.ts'
import { recordingRefusals } from './refused-attempt.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'
import type { Writer } from './staff-writing.ts'
import type { ClientSecret } from '../use-cases.ts'
import { actingRole, findAndLock, findOpenable } from '../reading/visibility.ts'

/** Who writes, when and where: what every entry of a writing begins with. */
export interface EntryBase {
  readonly actor: EntryActor
  readonly at: Temporal.Instant
  readonly concernId: ConcernId
}

/** One kind of writing that moves no status: how it is sealed and stored, what it answers and what its entry is. */
export interface Writing<Input, Answer> {
  readonly attempt: string
  /** Runs under the concern's row lock. */
  readonly write: (writer: Writer, input: Input, base: EntryBase) => Promise<{ readonly answer: Answer; readonly entry: AuditDraft }>
}

type Write<Input, Answer> = (ctx: StaffContext, id: ConcernId, input: Input, secret: ClientSecret) => Promise<Answer>

/**
 * Writes a handler's words once however often they arrive: the same secret and input give the same answer. Two handlers who write at the same
 * time both get through, one after the other.
 */
export function createWriteOnce<Input extends object, Answer>(
  deps: ConcernDeps,
  receipts: Receipts,
  writing: Writing<Input, Answer>,
): Write<Input, Answer> {
  return async (ctx, id, input, secret) => {
    // Plain data without fields left open: one input has one text
    const plain = JSON.parse(JSON.stringify(input)) as CanonicalValue
    const request = { act: writing.attempt, person: ctx.person.userId, concern: id, input: plain }
    const today = londonDate(ctx.now)
    const before = async () => {
      if (secret === null) return null
      return deps.database.read(async (tx) => {
        const answer = (await receipts.find(tx, secret, request, today)) as Answer | null
        // Whoever may know of the concern no longer is told what they would be told without the receipt
        if (answer !== null) await findOpenable(tx, ctx.person, id)
        return answer
      })
    }
    const earlier = await recordingRefusals(deps, ctx, writing.attempt, id, before)
    if (earlier !== null) return earlier
    try {
      return await recordingRefusals(deps, ctx, writing.attempt, id, () =>
        write(deps, ctx, id, writing, input, (answer) => (secret === null ? null : receipts.compose(secret, request, answer, ctx.now))),
      )
    } catch (error) {
      if (!isUniqueViolation(error, 'receipt_pk')) throw error
      const theirs = await before()
      if (theirs === null) throw error
      return theirs
    }
  }
}

async function write<Input, Answer>(
  deps: ConcernDeps,
  ctx: StaffContext,
  id: ConcernId,
  writing: Writing<Input, Answer>,
  input: Input,
  receiptOf: (answer: Answer) => ReturnType<Receipts['compose']> | null,
): Promise<Answer> {
  const directory = await deps.directory.current()
  return deps.audited(async (tx) => {
    const sight = await findAndLock(tx, ctx.person, id, findOpenable)
    if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
    const concern = openConcern(await readSealed(tx, sight), ctx, directory)
    if (subjectsOf(concern, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
    const base = { actor: actorOf(ctx.person, actingRole(ctx.person, sight.relations)), at: ctx.now, concernId: id }
    const { answer, entry } = await writing.write({ tx, random: deps.random, ctx, concern }, input, base)
    await keepClocks(tx, concern, [entry], await deps.settings.current(tx), ctx.now)
    const receipt = receiptOf(answer)
    if (receipt !== null) await tx.receipt.create({ data: receipt, select: { id: true } })
    return { value: answer, entries: [entry] }
  })
}

/** Stores what a handler has sealed, in the concern's own count. */
export async function storeWritten({ tx }: Writer, { concernId, at }: EntryBase, item: ItemRow): Promise<ItemRow> {
  await insertStaffItems(tx, concernId, [item], at)
  return item
}
