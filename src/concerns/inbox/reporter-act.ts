import { readConcernEntries, type AuditDraft, type CanonicalValue, type StoredEntry } from '../../audit/index.ts'
import { isUniqueViolation, type Tx } from '../../database/index.ts'
import { londonDate, Refusal, type DateText, type Random } from '../../kernel/index.ts'
import { keepNextDate } from '../clocks/keep-clocks.ts'
import type { Concern } from '../concern.ts'
import { lockConcern, readConcern } from '../concern-store.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import { readGrants } from '../sealing/grant-store.ts'
import { insertReporterItems, nextReporterNumber } from '../sealing/item-store.ts'
import { withAllEpochs } from '../lifecycle/all-epochs.ts'
import type { Receipts } from '../raising/receipts.ts'
import { assertRaisedWith, readRaisedKeys, type RaisedKeys } from '../sealing/reporter-record.ts'
import { openCompartment, sealPart, type ItemKind, type ItemRow, type OpenCompartment, type SealTarget } from '../sealing/sealed-parts.ts'
import type { ClientSecret, ReporterContext } from '../use-cases.ts'

/** What an act of the person who raised a concern is decided and sealed with. The concern's row is locked for as long as this lives. */
export interface ReporterActing {
  readonly tx: Tx
  readonly random: Random
  readonly ctx: ReporterContext
  readonly today: DateText
  readonly concern: Concern
  readonly shared: OpenCompartment
  readonly raisedKeys: RaisedKeys
  readonly entries: readonly StoredEntry[]
  /** What the clocks go by. */
  readonly settings: ConcernSettings
}

/** One kind of act: what it writes, what it answers, and its entry in the reporter's lane. */
export interface ReporterAct<Input, Answer> {
  readonly name: string
  readonly perform: (
    acting: ReporterActing,
    input: Input,
  ) => Promise<{ readonly answer: Answer; readonly items: readonly ItemRow[]; readonly entry: AuditDraft }>
}

type Act<Input, Answer> = (ctx: ReporterContext, input: Input, secret: ClientSecret) => Promise<Answer>

/**
 * An act from the inbox, done once however often it arrives: the same secret and input give the same answer. Its rows and its entry carry a
 * date and nothing finer (P2). Refusal `token_not_recognised`, `record_not_genuine`, `idempotency_key_reused`.
 */
export function createReporterAct<Input extends object, Answer>(
  deps: ConcernDeps,
  receipts: Receipts,
  act: ReporterAct<Input, Answer>,
): Act<Input, Answer> {
  return async (ctx, input, secret) => {
    const today = londonDate(ctx.now)
    // Plain data without fields left open: one input has one text
    const plain = JSON.parse(JSON.stringify(input)) as CanonicalValue
    const request = { act: act.name, inbox: ctx.concernId, input: plain }
    const before = async () =>
      secret === null ? null : ((await deps.database.read((tx) => receipts.find(tx, secret, request, today))) as Answer | null)
    const earlier = await before()
    if (earlier !== null) return earlier
    try {
      return await deps.audited(async (tx) => {
        const acting = await begin(tx, deps, ctx, today)
        const { answer, items, entry } = await act.perform(acting, input)
        await keepNextDate(tx, acting, [entry], acting.settings, ctx.now)
        if (items.length > 0) await insertReporterItems(tx, items, await nextReporterNumber(tx, ctx.concernId), today)
        if (secret !== null) await tx.receipt.create({ data: receipts.compose(secret, request, answer, ctx.now), select: { id: true } })
        return { value: answer, entries: [entry] }
      })
    } catch (error) {
      // Whatever stood in the way of the second of two presses, the first one's answer is the answer.
      const theirs = await before()
      if (theirs === null || !(error instanceof Refusal || isUniqueViolation(error, 'receipt_pk'))) throw error
      return theirs
    }
  }
}

async function begin(tx: Tx, { random, ...deps }: ConcernDeps, ctx: ReporterContext, today: DateText): Promise<ReporterActing> {
  await lockConcern(tx, ctx.concernId)
  const concern = await readConcern(tx, ctx.concernId)
  const shared = await openShared(tx, ctx)
  if (concern === null) throw new Refusal('token_not_recognised')
  const raisedKeys = assertRaisedWith((await readRaisedKeys(tx, [ctx.concernId])).get(ctx.concernId) ?? null, shared)
  const whole = await withAllEpochs(tx, shared, raisedKeys)
  const settings = await deps.settings.current(tx)
  return { tx, random, ctx, today, settings, concern, shared: whole, raisedKeys, entries: await readConcernEntries(tx, ctx.concernId) }
}

/** The thread's compartment, the newest the person holds. Refusal `token_not_recognised` where they hold none. */
export async function openShared(tx: Tx, ctx: Pick<ReporterContext, 'concernId' | 'keys'>): Promise<OpenCompartment> {
  const grants = (await readGrants(tx, ctx.concernId, 'reporter')).filter(({ kind }) => kind === 'shared')
  const grant = grants.toSorted((a, b) => b.epoch - a.epoch)[0]
  if (grant === undefined) throw new Refusal('token_not_recognised')
  return openCompartment(grant, ctx.keys)
}

/** Seals what the person says and signs it with the key their code opened. */
export function sealAsReporter(
  { random, ctx }: Pick<ReporterActing, 'random' | 'ctx'>,
  part: SealTarget,
  kind: ItemKind,
  content: unknown,
): ItemRow {
  return sealPart(random, part, kind, 'reporter', ctx.keys, content)
}

/** What every entry of the person's begins with. */
export function reporterEntryBase({ ctx }: Pick<ReporterActing, 'ctx'>) {
  return { actor: { role: 'reporter' }, at: ctx.now, concernId: ctx.concernId } as const
}
