import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepAllClocks } from '../../../src/concerns/index.ts'
import { createDutySweep, dutyBeginning } from '../../../src/duties/index.ts'
import { addDays, dateFromColumn, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { stepsOf } from '../../../src/timeliness/index.ts'
import { mailFrom } from '../../support/smtp-server.ts'
import { sweepOf } from '../../support/sweep.ts'
import { verdictOfLog } from '../../support/verified-log.ts'
import { startHandlingWorld, type HandlingWorld } from './handling-world.ts'

/** A sweep that breaks at each row it writes, one after the other: what was written stands whole or not at all, and the next sweep makes up for the rest. */

let world: HandlingWorld
let sweepClocks: () => Promise<number>
let sweepDuties: () => Promise<number>
beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  sweepClocks = sweepOf(world)
  sweepDuties = createDutySweep({ ...world.service, directory: world.service.accounts.directory })
  // Whoever owns the concerns is away all the time
  const from = '2026-12-02' as DateText
  await world.service.people.absences.enter(await world.contextOf('guardian'), { from, to: addDays(from, 85) })
  await world.database.asSuperuser.query(`
    create sequence fault_at;
    create table fault (number int);
    create function break_down() returns trigger language plpgsql security definer as $$
      begin
        if nextval('fault_at') = (select number from fault) then raise exception 'broken here'; end if;
        return new;
      end $$`)
  for (const name of tables)
    await world.database.asSuperuser.query(`create trigger breaks before insert on ${name} for each row execute function break_down()`)
}, 60_000)
afterAll(() => world.close())

/** Everything a sweep writes. */
const tables = ['clock_notice', 'escalation', 'key_grant', 'outbox_letter', 'staff_entry', 'cover', 'duty_notice', 'last_sweep'] as const

/** From now on the row of this number breaks, once. */
async function breakAt(number: number | null): Promise<void> {
  await world.database.asSuperuser.query(`delete from fault`)
  await world.database.asSuperuser.query(`select setval('fault_at', 1, false)`)
  if (number !== null) await world.database.asSuperuser.query('insert into fault values ($1)', [number])
}
const rowsOf = async <Row extends object>(sql: string): Promise<Row[]> => (await world.database.asSuperuser.query<Row>(sql)).rows
const day = (date: Date): DateText => dateFromColumn(new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())))
const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted()

/** What the one function says is to be told by a day, of every clock that nobody stopped. */
async function planned(on: DateText): Promise<string[]> {
  const { rules, calendar } = await world.service.settings.current()
  const open = await rowsOf<{ clock: string; code: string; version: number; from: Date; due: Date }>(
    `select concat_ws(' ', concern_id, code, cycle, of, round) as clock, code, rule_version as version, started_on as from, due_on as due
     from concern_clock where stopped_on is null`,
  )
  return sorted(
    open.flatMap(({ clock, code, version, from, due }) => {
      const rule = rules.find((each) => each.code === code && each.version === version)!
      const steps = stepsOf({ startedOn: day(from), dueOn: day(due), pause: null }, rule, calendar)
      return steps.filter((step) => step.on <= on).map(({ step }) => ({ clock, step }))
    }),
  )
}
const taken = async () => sorted(await rowsOf(`select concat_ws(' ', concern_id, code, cycle, of, round) as clock, step from clock_notice`))
const logged = async () =>
  sorted(
    await rowsOf(
      `select concat_ws(' ', concern_id, f ->> 'clock', f ->> 'cycle', coalesce(f ->> 'of', ''), f ->> 'round') as clock, coalesce(f ->> 'step', 'warning') as step
       from (select concern_id, text::json -> 'fields' as f from staff_entry where kind in ('clock_warned', 'clock_escalated')) as said`,
    ),
  )
const dutiesTaken = async () => sorted(await rowsOf(`select duty_id::text as duty, step from duty_notice`))
const dutiesLogged = async () =>
  sorted(
    await rowsOf(
      `select f ->> 'duty' as duty, coalesce(f ->> 'step', 'warning') as step
       from (select text::json -> 'fields' as f from staff_entry where kind in ('duty_warned', 'duty_escalated')) as said`,
    ),
  )
const covered = async () => sorted(await rowsOf(`select concern_id::text as id from cover`))
const coversLogged = async () =>
  sorted(await rowsOf(`select concern_id::text as id from staff_entry where kind = 'concern_assigned' and text like '%"role":"system"%'`))
const leadsTold = async () => (await rowsOf<{ n: number }>(`select count(*)::int as n from escalation`))[0]!.n

/** What stands in the tables is what stands in the log, whatever broke. */
async function expectWhole(): Promise<void> {
  expect(await taken()).toEqual(await logged())
  expect(await dutiesTaken()).toEqual(await dutiesLogged())
  expect(await covered()).toEqual(await coversLogged())
}

test('a sweep that breaks at any row it writes repeats nothing and loses nothing', { timeout: 200_000 }, async () => {
  const owned: ConcernId[] = []
  let on = '2026-12-02' as DateText
  for (const number of [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25]) {
    // Two nobody answers, one of them with a lead who may read it then; one that is Grace’s; and a duty that is late
    await breakAt(null)
    world.clock.set(`${on}T09:00:00Z`)
    await world.raise({ standby: true })
    await world.raise({})
    const { id } = await world.raise({})
    await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
    await world.act('guardian', id, 'assign', { userId: world.id('guardian') })
    owned.push(id)
    await world.service.duties.begin(world.as('guardian'), dutyBeginning.parse({ code: 'T18', startedOn: addDays(on, -40) }))
    on = addDays(on, 7)
    world.clock.set(`${on}T00:05:00Z`)
    await keepAllClocks(world.service)
    world.clock.set(`${on}T10:00:00Z`)

    await breakAt(number)
    const failed = [await failure(sweepClocks), await failure(sweepDuties)].filter((message) => message !== null)
    await expectWhole()
    expect([number, failed]).toEqual([number, [expect.stringContaining('broken here')]])
    await breakAt(null)
    await sweepClocks()
    await sweepDuties()
    await expectWhole()
    expect(await taken()).toEqual(await planned(on))
    expect([await sweepClocks(), await sweepDuties()]).toEqual([0, 0])
    expect(await covered()).toEqual(sorted(owned.map((each) => ({ id: each }))))
  }
  expect(await leadsTold()).toBe((await taken()).filter((each) => each.includes('_lead')).length)
  await breakAt(null)
  expect(await verdictOfLog(world)).toMatchObject({ verdict: 'whole', findings: [] })
})

async function failure(sweep: () => Promise<number>): Promise<string | null> {
  try {
    await sweep()
    return null
  } catch (error) {
    return String(error)
  }
}
