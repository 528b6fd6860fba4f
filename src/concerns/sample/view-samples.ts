import type { StaffContext } from '../../accounts/index.ts'
import { actorOf, lastDayToAnswer, readFixedDraws, type FixedDraw } from '../../audit/index.ts'
import { londonDate, readId, Refusal, type DateText } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { requireAuditor } from './draw-sample.ts'
import { readDrawn, readDraws, type DrawnRow, type DrawRow } from './sample-store.ts'
import type { DrawnConcern, FixedSample, Sample, Samples } from './samples.ts'

type AnsweredDraw = DrawRow & { readonly answered: number }

/** What auditors see of samples: facts that the log has too. */
export function createViewSamples(deps: ConcernDeps): Pick<Samples, 'list' | 'view'> {
  const look = (ctx: StaffContext) =>
    ({ kind: 'log_viewed', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields: { entries: 0 } }) as const
  return {
    list: (ctx) =>
      recordingRefusals(deps, ctx, 'list_samples', null, async () => {
        requireAuditor(ctx)
        return deps.audited(async (tx) => ({
          value: together(await readFixedDraws(tx, null), await readDraws(tx, null), ctx),
          entries: [look(ctx)],
        }))
      }),
    view: (ctx, id) =>
      recordingRefusals(deps, ctx, 'view_sample', null, async () => {
        requireAuditor(ctx)
        return deps.audited(async (tx) => {
          const [sample] = readId(id) === null ? [] : together(await readFixedDraws(tx, id), await readDraws(tx, id), ctx)
          if (sample === undefined) throw new Refusal('not_found')
          const lapses = sample.drawn && lastDayToAnswer(londonDate(sample.drawn.at))
          const rows = lapses === null ? [] : await readDrawn(tx, id)
          const concerns = rows.map((each) => drawnOf(each, londonDate(ctx.now), lapses!))
          return { value: { ...sample, concerns }, entries: [look(ctx)] }
        })
      }),
  }
}

/** Newest first, by when each was fixed, or drawn where it was not fixed before. */
function together(fixed: readonly FixedDraw[], draws: readonly AnsweredDraw[], ctx: StaffContext): Sample[] {
  const drawn = new Map(draws.map((row) => [row.id, row]))
  const first = fixed.map((each) => sampleOf(each.sample, each, drawn.get(each.sample) ?? null, ctx))
  const known = new Set(fixed.map(({ sample }) => sample))
  const earlier = draws.filter(({ id }) => !known.has(id)).map((row) => sampleOf(row.id, null, row, ctx))
  return [...first, ...earlier].toSorted((a, b) => Temporal.Instant.compare(beganAt(b), beganAt(a)))
}

const beganAt = ({ fixed, drawn }: Sample): Temporal.Instant => (fixed ?? drawn)!.at

function sampleOf(id: string, fixed: FixedDraw | null, row: AnsweredDraw | null, ctx: StaffContext): Sample {
  const { from, to } = (fixed ?? row)!
  return {
    ...{ id, from, to, count: fixed?.count ?? row?.wanted ?? 0 },
    mine: fixed === null ? row?.askedById === ctx.person.userId : fixed.alias === ctx.person.alias,
    state: row !== null ? 'drawn' : stateOfFixed(fixed!, londonDate(ctx.now)),
    fixed: fixed && fixedOf(fixed),
    drawn: row && {
      ...{ at: row.askedAt, size: row.size, root: row.root, numbers: row.numbers },
      ...{ population: row.population, answered: row.answered },
    },
  }
}

const fixedOf = ({ at, fixed: entry, commitment, until, base }: FixedDraw): FixedSample => ({ at, entry, commitment, until, base })

function stateOfFixed({ until, base }: FixedDraw, today: DateText): Sample['state'] {
  if (today > until) return 'lapsed'
  return base === null ? 'waiting' : 'covered'
}

function drawnOf(row: DrawnRow, today: DateText, lapses: DateText): DrawnConcern {
  const { place, alias, until, reason } = row
  return { place, alias, state: stateOf(row, today, lapses), until, reason }
}

function stateOf({ concernId, until, reason }: DrawnRow, today: DateText, lapses: DateText): DrawnConcern['state'] {
  if (reason !== null) return 'refused'
  if (until !== null) return today < until ? 'unlocked' : 'over'
  if (concernId === null) return 'gone'
  return today > lapses ? 'lapsed' : 'waiting'
}
