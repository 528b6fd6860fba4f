import {
  actorOf,
  readFixedDraws,
  readSamplePopulation,
  requireSamplePeriod,
  requireSampleSize,
  sampleBounds,
  type FixedDraw,
} from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, londonDate, newId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { requireAuditor, takeTurn } from './draw-sample.ts'
import type { SampleFixInput } from './sample-input.ts'
import { readDrawnIds, readDrawnSince } from './sample-store.ts'
import type { Samples } from './samples.ts'

/**
 * An auditor says what will be drawn, and commits to numbers that nobody else knows: the sample follows from them and from a checkpoint that
 * nobody knows yet.
 */
export function createFixSample(deps: ConcernDeps): Samples['fix'] {
  return (ctx, input) =>
    recordingRefusals(deps, ctx, 'fix_sample', null, async () => {
      requireAuditor(ctx)
      const { from, to, count, commitment } = input
      const today = londonDate(ctx.now)
      requireSamplePeriod({ from, to }, today)
      const same = findSame(await deps.database.read((tx) => readFixedDraws(tx, null)), ctx.person.alias, input)
      if (same !== null) return { id: same }
      return deps.audited(async (tx) => {
        await takeTurn(tx)
        const all = await readFixedDraws(tx, null)
        if (all.some((each) => each.commitment === commitment)) throw usedBefore()
        const drawn = await readDrawnIds(tx)
        const waiting = all.filter((each) => !drawn.has(each.sample) && today <= each.until)
        if (waiting.some(({ alias }) => alias === ctx.person.alias))
          throw invalid('/commitment', 'one_waits', 'Another draw of yours waits for its numbers. Give them first.')
        await requireRoom(tx, ctx.now, input, waiting)
        await deps.checkSecondFactor(tx, ctx, input.otp ?? '')
        const sample = newId(deps.random) as string
        const fields = { sample, from, to, count, commitment }
        return { value: { id: sample }, entries: [{ kind: 'sample_fixed', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields }] }
      })
    })
}

/** The same form sent twice is one draw. A commitment whose numbers may be known by now is none. */
function findSame(all: readonly FixedDraw[], alias: string, { from, to, count, commitment }: SampleFixInput): string | null {
  const same = all.find((each) => each.commitment === commitment)
  if (same === undefined) return null
  if (same.alias === alias && same.from === from && same.to === to && same.count === count) return same.sample
  throw usedBefore()
}

const usedBefore = () => invalid('/commitment', 'used_before', 'These numbers stand behind another draw. Throw others.')

/** Those that wait count as drawn, all of them, so that numbers which fit are never refused afterwards. */
async function requireRoom(
  tx: Tx,
  now: Temporal.Instant,
  { from, to, count }: SampleFixInput,
  waiting: readonly FixedDraw[],
): Promise<void> {
  const aliases = await readSamplePopulation(tx, null, { from, to })
  requireSampleSize(count, aliases.length)
  const since = now.subtract({ hours: sampleBounds.halfWithinDays * 24 })
  const before = await readDrawnSince(tx, aliases, since)
  const reserved = waiting.reduce((sum, each) => sum + each.count, 0)
  if ((before.size + reserved + count) * 2 > aliases.length)
    throw invalid('/count', 'half_drawn', 'Half of these concerns were drawn within a year. Draw fewer, or from another period.')
}
