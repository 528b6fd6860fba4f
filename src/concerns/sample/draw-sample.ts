import type { StaffContext } from '../../accounts/index.ts'
import {
  actorOf,
  drawSample,
  readSampleBase,
  readSamplePopulation,
  requireSamplePeriod,
  requireSampleSize,
  sampleBounds,
  sampleSeedOf,
} from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { hasRole, invalid, londonDate, newId, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../refused-attempt.ts'
import type { SampleDrawInput } from './sample-input.ts'
import { findSameDraw, insertDraw, readDrawnSince } from './sample-store.ts'
import type { Samples } from './samples.ts'

const anHour = 60 * 60

/** The draw itself: everything it rests on goes into its entry, so that anybody with the bundle can make it again. */
export function createDrawSample(deps: ConcernDeps): Samples['draw'] {
  return (ctx, input) =>
    recordingRefusals(deps, ctx, 'draw_sample', null, async () => {
      requireAuditor(ctx)
      const { from, to, numbers, count } = input
      requireSamplePeriod({ from, to }, londonDate(ctx.now))
      const asked = { askedById: ctx.person.userId, size: input.size, from, to, numbers, wanted: count }
      const same = await deps.database.read((tx) => findSameDraw(tx, asked))
      if (same !== null) return { id: same }
      return deps.audited(async (tx) => {
        // One draw at a time, so that none slips past what is left to be drawn
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sample_draw'))`
        const { root, population, drawn } = await drawFrom(tx, ctx, input)
        await deps.checkSecondFactor(tx, ctx, input.otp ?? '')
        const id = newId(deps.random) as string
        const draw = { id, ...asked, askedAt: ctx.now, root, population }
        await insertDraw(
          tx,
          draw,
          drawn.map((alias) => ({ id: newId(deps.random), alias })),
        )
        const fields = { sample: id, size: input.size, root, from, to, numbers, count, population, drawn }
        return { value: { id }, entries: [{ kind: 'sample_drawn', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields }] }
      })
    })
}

async function drawFrom(tx: Tx, ctx: StaffContext, { size, from, to, numbers, count }: SampleDrawInput) {
  const base = await readSampleBase(tx, size)
  const oldest = ctx.now.subtract({ seconds: sampleBounds.checkpointDays * 24 * anHour })
  if (base === null || Temporal.Instant.compare(base.publishedAt, oldest) < 0)
    throw invalid('/size', 'not_published', 'Draw from a checkpoint that was published lately.')
  const period = { from, to }
  const aliases = await readSamplePopulation(tx, size, period)
  requireSampleSize(count, aliases.length)
  const drawn = drawSample(sampleSeedOf({ size, root: base.root, period, numbers }), aliases, count)
  const since = ctx.now.subtract({ seconds: sampleBounds.halfWithinDays * 24 * anHour })
  const before = await readDrawnSince(tx, aliases, since)
  if (new Set([...before, ...drawn]).size * 2 > aliases.length)
    throw invalid('/count', 'half_drawn', 'Half of these concerns were drawn within a year. Draw fewer, or from another period.')
  return { root: base.root, population: aliases.length, drawn }
}

export function requireAuditor(ctx: StaffContext): void {
  if (!hasRole(ctx.person, 'auditor')) throw new Refusal('permission_denied')
}
