import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVerifierKey, verifyBundle, verifyTimeliness, type ReckonedRow, type TimelinessVerdict } from '../../scripts/verify-log.mjs'
import { keepAllClocks, type QueueItem, type QueuePage } from '../../src/concerns/index.ts'
import { londonDate, type DateText } from '../../src/kernel/index.ts'
import { timelinessInput, timelinessQueryOf, type TimelinessReport } from '../../src/reporting/index.ts'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import { createChance } from '../support/honest-log/chance.ts'
import { sweepOf } from '../support/sweep.ts'
import { integrateAll, takeBundle, type Taken } from '../support/verified-log.ts'
import { createYearActs, type YearConcern, type YearCount } from './timeliness-year-acts.ts'

// A year of a service whose clock stands still until somebody does something. FORTHRIGHT_YEAR_CONCERNS=2000 makes it two thousand of them, in some twenty minutes
// of a processor that has nothing else to do.

const many = Number(process.env['FORTHRIGHT_YEAR_CONCERNS'] ?? 30)
const days = 365
const open = ['running', 'paused', 'overdue']

let world: HandlingWorld
let today: DateText
let year: { readonly concerns: readonly YearConcern[]; readonly count: YearCount; readonly told: number }
let taken: Taken
let rows: readonly ReckonedRow[]
let report: TimelinessReport

beforeAll(async () => {
  world = await startHandlingWorld()
  year = await live()
  await keepAllClocks(world.service)
  await integrateAll(world)
  today = londonDate(world.clock.now())
  taken = await takeBundle(world)
  rows = verifyTimeliness({ ...known(), today, rows: true }).rows!
  const query = timelinessQueryOf(timelinessInput.parse({ from: '2026-11-01' }))
  const all = { code: null, outcome: null, after: null, limit: 1_000_000 }
  report = await world.service.reporting.timeliness.view(world.as('auditor'), { ...query, rows: all })
}, 10_000_000)
afterAll(() => world.close())

const known = () => ({ file: taken.file, keys: [readVerifierKey(taken.key)] })

/** Each day whatever comes; every third night a sweep, every second month the tables kept anew, as by a process that was often away. */
async function live() {
  const acts = createYearActs(world, createChance(many))
  const sweep = sweepOf(world)
  const concerns: YearConcern[] = []
  const [start, chance] = [world.clock.now(), createChance(many + 1)]
  const begins = Array.from({ length: many }, () => chance.below(days - 60)).toSorted((a, b) => a - b)
  let told = 0
  for (let day = 0; day < days; day += 1) {
    world.clock.set(start.add({ hours: 24 * day - 8 }).toString())
    if (day % 3 === 0) told += await sweep()
    if (day % 60 === 0) await keepAllClocks(world.service)
    world.clock.set(start.add({ hours: 24 * day }).toString())
    const due = concerns.filter(({ nextOn }) => nextOn === day)
    for (const concern of due) {
      world.clock.advance({ minutes: 1 })
      await acts.happen(concern, day)
    }
    for (const begin of begins) if (begin === day) concerns.push(await acts.raise(day))
  }
  // What a person did on the last day stands in the table from the night after
  world.clock.set(start.add({ hours: 24 * days - 8 }).toString())
  return { concerns, count: acts.count, told }
}

/** The clocks of the log by concern; the service knows its concerns by other numbers than the log does. */
async function rowsByConcern(): Promise<ReadonlyMap<string, readonly ReckonedRow[]>> {
  const { rows: aliases } = await world.database.asSuperuser.query<{ id: string; alias: string }>(
    `select concern_id as id, text::jsonb ->> 'concern' as alias from reporter_entry where kind = 'concern_raised'`,
  )
  const byAlias = Map.groupBy(rows, ({ concern }) => concern)
  return new Map(aliases.map(({ id, alias }) => [id, byAlias.get(alias) ?? []]))
}

const keyOf = ({ code, cycle, of, round }: { code: string; cycle: number; of: string | null; round: number }) =>
  [code, cycle, of ?? '', round].join(' ')

describe('a year of concerns, acknowledged, paused, extended, reopened, withdrawn, in time and late:', () => {
  it('a great deal happened, and more was done than refused', () => {
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, number) => all + number, 0)
    const acts = sum(year.count.done)
    expect(acts).toBeGreaterThan(4 * many)
    for (const what of ['pause_clock', 'extend_clock', 'resolve', 'reopen', 'withdraw', 'detriment', 'task_set', 'message'])
      expect([what, (year.count.done.get(what) ?? 0) > 0]).toEqual([what, true])
    for (const step of ['acknowledge', 'triage', 'start_investigation', 'record_findings', 'resolve', 'reopen', 'task_set', 'detriment'])
      expect([step, year.count.refused.get(step) ?? 0]).toEqual([step, 0])
    expect(sum(year.count.refused)).toBeLessThan(acts)
    expect(year.told).toBeGreaterThan(many / 2)
    const outcomes = new Set(rows.map(({ outcome }) => outcome))
    expect(['met', 'missed', 'overdue', 'not_applicable'].filter((outcome) => !outcomes.has(outcome))).toEqual([])
  })

  it('the log is whole, and every deadline, warning and escalation in it is what its entries give', () => {
    const verdict = verifyBundle(known())
    expect(verdict).toMatchObject({ verdict: 'whole', exitCode: 0, findings: [] })
  })

  it('the table of clocks is the verifier’s, clock for clock', async () => {
    const { rows: kept } = await world.database.asSuperuser.query<Record<string, string | number | null>>(
      `select concern_id::text as id, code, cycle, of, round, rule_version as version, started_on::text as started, first_due_on::text as first,
         due_on::text as due, stopped_on::text as stopped, ended_by as ended, paused_days as paused, extensions from concern_clock`,
    )
    const theirs = [...(await rowsByConcern())].flatMap(([id, own]) =>
      own.map(({ code, cycle, of, round, version, startedOn, firstDueOn, dueOn, stoppedOn, endedBy, pausedDays, extensions }) => ({
        ...{ id, code, cycle, of: of ?? '', round, version, started: startedOn, first: firstDueOn, due: dueOn },
        ...{ stopped: stoppedOn, ended: endedBy, paused: pausedDays, extensions },
      })),
    )
    const inOrder = (list: readonly object[]) => list.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted()
    expect(inOrder(kept)).toEqual(inOrder(theirs))
  })

  it('concern and inbox show the same dates and states as the verifier', async () => {
    const byConcern = await rowsByConcern()
    let shown = 0
    for (const { id, token } of year.concerns) {
      const own = new Map(byConcern.get(id)!.map((row) => [keyOf(row), row]))
      const inbox = await world.inbox(token)
      const { clocks } = await world.concerns.viewConcern(world.as('guardian'), id)
      for (const clock of [...clocks, ...inbox.clocks]) {
        shown += 1
        expect([id, clock.code, clock.dueOn, clock.state]).toEqual([
          id,
          clock.code,
          own.get(keyOf(clock))?.dueOn,
          own.get(keyOf(clock))?.outcome,
        ])
      }
      const first = [...own.values()].filter(({ code, outcome }) => open.includes(outcome) && code !== 'T9').map(({ dueOn }) => dueOn)
      const { rows: columns } = await world.database.asSuperuser.query<{ due: string | null }>(
        'select next_clock_due::text as due from concern where id = $1',
        [id],
      )
      expect([id, columns[0]!.due]).toEqual([id, first.toSorted()[0] ?? null])
    }
    expect(shown).toBeGreaterThan(4 * many)
  })

  it('the queue, page after page, shows of each concern the clock that runs out next, as the verifier has it', async () => {
    const byConcern = await rowsByConcern()
    const listed: QueueItem[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: QueuePage = await world.concerns.viewQueue(world.as('guardian'), { limit: 100, ...(cursor && { cursor }) })
      listed.push(...page.items)
      cursor = page.next
    }
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
    for (const { id, nextClock } of listed) {
      const own = byConcern.get(id)!.filter(({ code, outcome }) => open.includes(outcome) && code !== 'T9')
      const [next] = own.map(({ dueOn }) => dueOn).toSorted()
      const told = own.find(({ code, dueOn }) => code === nextClock?.code && dueOn === next)
      expect([id, nextClock?.dueOn, nextClock?.state]).toEqual([id, next, told?.outcome])
    }
    const { rows: notEnded } = await world.database.asSuperuser.query<{ id: string }>(
      "select id from concern where status not in ('resolved', 'closed', 'withdrawn')",
    )
    expect(notEnded.filter(({ id }) => !listed.some((item) => item.id === id))).toEqual([])
  })

  const compared = (change: (rows: object[]) => object[] = (all) => all): TimelinessVerdict => {
    const { period, population, rules, concerns } = report
    const file = join(world.dataDir, 'report.json')
    const items = change([...concerns!.items])
    writeFileSync(file, JSON.stringify({ ...period, population, rules, concerns: { items, next: null } }))
    return verifyTimeliness({ ...known(), report: file })
  }

  it('the auditor’s report agrees with the verifier entry for entry, and its totals reconcile', () => {
    expect(compared()).toMatchObject({ verdict: 'whole', exitCode: 0, compared: rows.length, findings: [] })
    expect(report.population).toMatchObject({ raised: many, inLog: many, reported: many })
  })

  it('one late clock told as kept would be found, with its concern and rule', () => {
    const late = rows.find(({ outcome }) => outcome === 'missed')!
    const verdict = compared((all) => all.map((row) => ({ ...row, ...(keyOf(row as never) === keyOf(late) && { outcome: 'met' }) })))
    expect(verdict.exitCode).toBe(1)
    expect(verdict.findings).toContainEqual(expect.objectContaining({ code: 'row_differs', concern: late.concern, rule: late.code }))
  })
})
