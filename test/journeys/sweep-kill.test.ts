import { afterAll, beforeAll, expect, test } from 'vitest'
import { stepsOf } from '../../src/timeliness/index.ts'
import { keepAllClocks } from '../../src/concerns/index.ts'
import { addDays, dateFromColumn, type ConcernId, type DateText } from '../../src/kernel/index.ts'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import { mailFrom } from '../support/smtp-server.ts'
import { sweepOf } from '../support/sweep.ts'
import { killWhileSweeping } from '../support/sweep-kill.ts'

const first = '2027-01-05' as DateText
const last = addDays(first, 34)
const kills = 50

let world: HandlingWorld
const ids: ConcernId[] = []
beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  for (let number = 0; number < 70; number += 1) {
    world.clock.set(`2027-01-0${1 + (number % 4)}T10:00:00Z`)
    ids.push((await world.raise(number % 5 === 0 ? { standby: true, immediateDanger: 'yes' } : {})).id)
  }
  world.clock.set('2027-01-04T12:00:00Z')
  for (const id of ids.filter((_, at) => at % 3 === 0)) await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
  // The night after: on the day of a reporter's act no row of a clock is written
  world.clock.set(`${first}T00:05:00Z`)
  await keepAllClocks(world.service)
}, 120_000)
afterAll(() => world.close())

interface Taken {
  readonly clock: string
  readonly step: string
  readonly on: DateText
}

/** What the one function says of every clock that nobody stopped. */
async function planned(): Promise<Taken[]> {
  const { rules, calendar } = await world.service.settings.current()
  const { rows } = await world.database.asSuperuser.query<{ clock: string; code: string; version: number; from: Date; due: Date }>(
    `select concat_ws(' ', concern_id, code, cycle, of, round) as clock, code, rule_version as version, started_on as from, due_on as due
     from concern_clock where stopped_on is null`,
  )
  return rows
    .flatMap(({ clock, code, version, from, due }) => {
      const rule = rules.find((each) => each.code === code && each.version === version)!
      const steps = stepsOf({ startedOn: day(from), dueOn: day(due), pause: null }, rule, calendar)
      return steps.filter(({ on }) => on <= last).map((step) => ({ clock, ...step }))
    })
    .toSorted(byClock)
}

const day = (date: Date): DateText => dateFromColumn(new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())))
const byClock = (a: Taken, b: Taken): number => (`${a.clock} ${a.step}` < `${b.clock} ${b.step}` ? -1 : 1)

async function taken(): Promise<Taken[]> {
  const { rows } = await world.database.asSuperuser.query<Taken>(
    `select concat_ws(' ', concern_id, code, cycle, of, round) as clock, step, step_on::text as on from clock_notice`,
  )
  return rows.toSorted(byClock)
}

async function logged(): Promise<Taken[]> {
  const { rows } = await world.database.asSuperuser.query<Taken>(
    `select concat_ws(' ', concern_id, f ->> 'clock', f ->> 'cycle', coalesce(f ->> 'of', ''), f ->> 'round') as clock,
       coalesce(f ->> 'step', 'warning') as step, f ->> 'stepOn' as on
     from (select concern_id, text::json -> 'fields' as f from staff_entry where kind in ('clock_warned', 'clock_escalated')) as said`,
  )
  return rows.toSorted(byClock)
}

test(
  'every warning and every step up is taken exactly once, whatever is killed and whoever sweeps beside it; a month made up for in one go has the same',
  { timeout: 400_000 },
  async () => {
    const plan = await planned()
    expect(plan.length).toBeGreaterThan(4 * kills)
    const { kills: killed } = await killWhileSweeping(world, { first, last }, { kills, expected: plan.length })

    expect(killed).toHaveLength(kills)
    // While there was work left, and spread over it
    expect(killed.filter(({ after }) => after < plan.length).length).toBeGreaterThan(kills - 5)
    expect(new Set(killed.map(({ after }) => after)).size).toBeGreaterThan(kills / 2)
    expect(await taken()).toEqual(plan)
    expect(await logged()).toEqual(plan)

    // As many letters and rows of leads as without a kill: no step told twice, and none untold
    const count = async (sql: string) => (await world.database.asSuperuser.query<{ n: number }>(sql)).rows[0]!.n
    expect(await count('select count(*)::int as n from escalation')).toBe(plan.filter(({ step }) => step.endsWith('_lead')).length)
    const grants = `select count(*)::int as n from staff_entry where kind = 'access_granted'`
    const agreed = ids.filter((_, at) => at % 5 === 0 && at % 3 !== 0).length
    expect(await count(grants)).toBe(agreed)

    // The same month, in which nobody looked before its end
    await world.database.asSuperuser.query('delete from clock_notice')
    world.clock.set(`${last}T09:15:00Z`)
    await sweepOf(world)()
    expect(await taken()).toEqual(plan)
  },
)
