import type { Tx } from '../database/index.ts'
import { dateFromColumn } from '../kernel/index.ts'
import type { ClockReading } from '../timeliness/index.ts'
import type { ClockRow } from './clock-row.ts'
import { concernRow, escalationsOf, factKinds, saidIn, type ConcernRow } from './concern-rows.ts'
import type { Reckoning, ReportingDeps } from './dependencies.ts'
import { readReported, type ReportedConcern } from './entries-store.ts'
import { readRows, type KeptRow, type RowPlace } from './groups-store.ts'
import { readPlaces } from './log-figures-store.ts'
import { entriesFor, type Base } from './read-report.ts'
import { byPlace, placeOf, placeText } from './row-place.ts'

export interface RowsQuery {
  readonly code: string | null
  readonly outcome: ClockRow['outcome'] | null
  readonly after: RowPlace | null
  readonly limit: number
}

export interface FoundRows {
  readonly items: readonly ConcernRow[]
  /** Where the next page begins; null on the last. */
  readonly next: string | null
}

interface FoundClock {
  readonly clock: ClockRow & { readonly concern: string }
  readonly concern: ReportedConcern
}

type Deps = Pick<ReportingDeps, 'reckon' | 'clockedKinds'>

/** A page of single clocks: kept ones and those reckoned anew, in one order. */
export async function readConcernRows(tx: Tx, deps: Deps, base: Base, by: Reckoning, query: RowsQuery): Promise<FoundRows> {
  const all = [...(await keptClocks(tx, deps, base, query)), ...anewClocks(base, query)].toSorted((a, b) =>
    byPlace(placeOf(a.clock), placeOf(b.clock)),
  )
  const items = await withFacts(tx, deps, base, by, all.slice(0, query.limit))
  const last = items.at(-1)
  return { items, next: all.length > query.limit && last !== undefined ? placeText(placeOf(last)) : null }
}

async function keptClocks(tx: Tx, { clockedKinds }: Deps, base: Base, query: RowsQuery): Promise<FoundClock[]> {
  const kept = await readRows(tx, base, { ...query, limit: query.limit + 1 })
  const kinds = [...new Set([...clockedKinds, ...factKinds])]
  const concerns = await readReported(tx, [...new Set(kept.map(({ id }) => id))], kinds, base.period.asOf)
  const byId = new Map(concerns.map((each) => [each.id, each]))
  return kept.flatMap((row) => {
    const concern = byId.get(row.id)
    return concern === undefined ? [] : [{ clock: { ...fromKept(row), concern: concern.alias }, concern }]
  })
}

function anewClocks({ anew }: Base, { code, outcome, after }: RowsQuery): FoundClock[] {
  return anew.flatMap(({ concern, clocks }) =>
    clocks
      .filter((clock) => (code ?? clock.code) === clock.code && (outcome ?? clock.outcome) === clock.outcome)
      .map((clock) => ({ clock: { ...clock, concern: concern.alias }, concern }))
      .filter(({ clock }) => after === null || byPlace(placeOf(clock), after) > 0),
  )
}

/** Beside each clock what its concern's entries say of it, and where in the log they stand. */
async function withFacts(
  tx: Tx,
  deps: Deps,
  base: Base,
  { calendar, ...by }: Reckoning,
  found: readonly FoundClock[],
): Promise<ConcernRow[]> {
  const { asOf } = base.period
  const told = new Map(
    [...new Set(found.map(({ concern }) => concern))].map((concern) => {
      const readings = deps.reckon(concern.raisedOn, entriesFor(concern, deps.clockedKinds), { calendar, ...by }, asOf)
      return [concern, { said: saidIn(concern), readings: new Map(readings.map((reading) => [keyOf(reading), reading])) }]
    }),
  )
  const rows = found.map(({ clock, concern }) => {
    const { said, readings } = told.get(concern)!
    const reading: ClockReading | null = readings.get(keyOf(clock)) ?? null
    return {
      clock,
      entries: [reading?.startEntry, reading?.stopEntry, escalationsOf(clock, said, asOf)[0]?.id],
      facts: { concern, said, reading },
    }
  })
  const places = await readPlaces(
    tx,
    rows.flatMap(({ entries }) => entries.flatMap((entry) => entry ?? [])),
  )
  const placeIn = (entry: string | undefined) => places.get(entry ?? '') ?? null
  return rows.map(({ clock, facts }) => concernRow(clock, { ...facts, placeOf: placeIn, asOf, calendar }))
}

const keyOf = ({ code, cycle, of, round }: Pick<ClockRow, 'code' | 'cycle' | 'of' | 'round'>): string => [code, cycle, of, round].join(' ')

function fromKept({ id: _id, concern: _concern, of, startedOn, firstDueOn, dueOn, stoppedOn, endedBy, ...row }: KeptRow): ClockRow {
  return {
    ...row,
    of: of === '' ? null : of,
    startedOn: dateFromColumn(startedOn),
    firstDueOn: dateFromColumn(firstDueOn),
    dueOn: dateFromColumn(dueOn),
    stoppedOn: stoppedOn && dateFromColumn(stoppedOn),
    endedBy: stoppedOn === null ? null : endedBy,
  }
}
