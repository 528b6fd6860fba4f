import type { StaffContext } from '../../accounts/index.ts'
import {
  actorOf,
  drawSample,
  readFixedDraws,
  readSamplePopulation,
  sampleCommitmentOf,
  sampleSeedOf,
  spellingsOf,
  type FixedDraw,
  type SampleBase,
} from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { hasRole, invalid, londonDate, newId, readId, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { insertDraw, readDraws } from './sample-store.ts'
import type { Samples } from './samples.ts'

/** The draw itself: everything it rests on goes into its entry, so that anybody with the bundle can make it again. */
export function createDrawSample(deps: ConcernDeps): Samples['reveal'] {
  return (ctx, id, input) =>
    recordingRefusals(deps, ctx, 'reveal_sample', null, async () => {
      requireAuditor(ctx)
      const fixed = await deps.database.read((tx) => findOwn(tx, ctx, id))
      // The same numbers given twice are one draw
      if (await deps.database.read((tx) => isDrawn(tx, id))) return { id: requireNumbers(fixed, input.numbers) && id }
      const base = requireBase(fixed, ctx)
      const numbers = requireNumbers(fixed, input.numbers)
      return deps.audited(async (tx) => {
        await takeTurn(tx)
        if (await isDrawn(tx, id)) throw invalid('/numbers', 'drawn_already', 'This sample has just been drawn. Look at it.')
        const { sample, from, to, count } = fixed
        const aliases = await readSamplePopulation(tx, base.size, { from, to })
        const seed = sampleSeedOf({ ...base, period: { from, to }, fixed: fixed.fixed, numbers })
        const drawn = drawSample(seed, aliases, count)
        const facts = { ...{ size: base.size, root: base.root, from, to, numbers }, population: aliases.length }
        await insertDraw(
          tx,
          { ...facts, id: sample, askedById: ctx.person.userId, askedAt: ctx.now, wanted: count },
          drawn.map((alias) => ({ id: newId(deps.random), alias })),
        )
        const fields = { sample, fixed: fixed.fixed, ...facts, count, drawn }
        return { value: { id }, entries: [{ kind: 'sample_drawn', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields }] }
      })
    })
}

const isDrawn = async (tx: Tx, id: string): Promise<boolean> => (await readDraws(tx, id)).length > 0

/** One draw at a time, so that none slips past what is left to be drawn. */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sample_draw'))`
}

export function requireAuditor(ctx: StaffContext): void {
  if (!hasRole(ctx.person, 'auditor')) throw new Refusal('permission_denied')
}

/** What this auditor fixed. Refusal `not_found`. */
async function findOwn(tx: Tx, ctx: StaffContext, id: string): Promise<FixedDraw> {
  const [fixed] = readId(id) === null ? [] : await readFixedDraws(tx, id)
  if (fixed === undefined || fixed.alias !== ctx.person.alias) throw new Refusal('not_found')
  return fixed
}

/** The checkpoint, where there is one and the time for numbers is not over. */
function requireBase({ base, until }: FixedDraw, ctx: StaffContext): SampleBase {
  if (londonDate(ctx.now) > until) throw invalid('/numbers', 'lapsed', 'The time to give the numbers is over: this draw has lapsed.')
  if (base === null) throw invalid('/numbers', 'not_covered', 'Wait for the next checkpoint, and give the numbers then.')
  return base
}

/** As they were written when they were committed to; blanks may be left out or put in. */
function requireNumbers({ commitment }: FixedDraw, given: string): string {
  const numbers = spellingsOf(given).find((each) => sampleCommitmentOf(each) === commitment)
  if (numbers === undefined)
    throw invalid('/numbers', 'other_numbers', 'These are not the numbers that this draw was fixed with. Nothing was drawn.')
  return numbers
}
