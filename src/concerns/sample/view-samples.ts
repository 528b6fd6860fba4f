import type { StaffContext } from '../../accounts/index.ts'
import { actorOf, readSampleBase } from '../../audit/index.ts'
import { londonDate, readId, Refusal, type DateText } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../refused-attempt.ts'
import { requireAuditor } from './draw-sample.ts'
import { readDrawn, readDraws, type DrawnRow, type DrawRow } from './sample-store.ts'
import type { DrawnConcern, SampleDraw, Samples } from './samples.ts'

/** What auditors see of samples: facts that the log has too. */
export function createViewSamples(deps: ConcernDeps): Pick<Samples, 'list' | 'view'> {
  const look = (ctx: StaffContext) =>
    ({ kind: 'log_viewed', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields: { entries: 0 } }) as const
  return {
    list: (ctx, size) =>
      recordingRefusals(deps, ctx, 'list_samples', null, async () => {
        requireAuditor(ctx)
        return deps.audited(async (tx) => {
          const draws = (await readDraws(tx, null)).map((row) => drawOf(row, ctx))
          const thrownFor = size === undefined ? null : await readSampleBase(tx, size)
          return { value: { draws, base: thrownFor ?? (await readSampleBase(tx, null)) }, entries: [look(ctx)] }
        })
      }),
    view: (ctx, id) =>
      recordingRefusals(deps, ctx, 'view_sample', null, async () => {
        requireAuditor(ctx)
        return deps.audited(async (tx) => {
          const [row] = readId(id) === null ? [] : await readDraws(tx, id)
          if (row === undefined) throw new Refusal('not_found')
          const concerns = (await readDrawn(tx, id)).map((each) => drawnOf(each, londonDate(ctx.now)))
          return { value: { ...drawOf(row, ctx), concerns }, entries: [look(ctx)] }
        })
      }),
  }
}

function drawOf({ askedById, wanted, ...row }: DrawRow & { readonly answered: number }, ctx: StaffContext): SampleDraw {
  const { id, askedAt, size, root, from, to, numbers, population, answered } = row
  return {
    ...{ id, askedAt, size, root, from, to, numbers, population, answered },
    count: wanted,
    mine: askedById === ctx.person.userId,
  }
}

function drawnOf(row: DrawnRow, today: DateText): DrawnConcern {
  const { place, alias, until, reason } = row
  return { place, alias, state: stateOf(row, today), until, reason }
}

function stateOf({ concernId, until, reason }: DrawnRow, today: DateText): DrawnConcern['state'] {
  if (reason !== null) return 'refused'
  if (until !== null) return today < until ? 'unlocked' : 'over'
  return concernId === null ? 'gone' : 'waiting'
}
