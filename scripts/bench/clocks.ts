import { loadavg } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../src/composition.ts'
import { createSweep, keepAllClocks, keepTonightsClocks } from '../../src/concerns/index.ts'
import { openDutyKey } from '../../src/config/index.ts'
import { connectionOf } from '../../src/database/index.ts'
import { addDays, systemClock, systemRandom, type DateText } from '../../src/kernel/index.ts'
import { clocksOf, createCalendar, firstRules, isOpen, noticeSteps, type TimelineEvent } from '../../src/timeliness/index.ts'
import { dutyKeysOf, passwordCost } from '../../src/vault/index.ts'
import { asSuperuser, type Household } from '../../test/support/process.ts'
import { fillTo } from './filling.ts'
import { line, perSecond, title } from './paper.ts'

/** Late clocks that a measured sweep finds. */
const late = 1_000

const holidays = ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31']

/** How many open concerns the one reckoning gets through in a second, from events in memory: every clock of each. */
export function measureReckoning(quick: boolean): void {
  const many = quick ? 20_000 : 100_000
  title(`The clocks of ${many.toLocaleString('en-GB')} open concerns, by one processor`)
  const histories = Array.from({ length: many }, (_, at) => historyOf(at))
  const calendar = createCalendar(holidays.map((date) => ({ date })))
  const today = '2027-06-01' as DateText
  const began = performance.now()
  let [clocks, open] = [0, 0]
  for (const events of histories) {
    const readings = clocksOf(events, firstRules, calendar, today)
    clocks += readings.length
    if (readings.some(isOpen)) open += 1
  }
  const seconds = (performance.now() - began) / 1000
  line('concerns', `${perSecond(many / seconds)}, ${perSecond(clocks / seconds)} clocks; ${open} of them open`)
}

/** The first acts of a concern, one more with each; every fourth is paused, every fifth given a later date. */
function historyOf(number: number): TimelineEvent[] {
  const start = addDays('2026-09-01' as DateText, number % 240)
  const after = (days: number) => addDays(start, days)
  const road: TimelineEvent[] = [
    { kind: 'acknowledged', on: after(1 + (number % 4)) },
    { kind: 'risk_graded', on: after(6) },
    { kind: 'investigation_decided', on: after(6) },
    { kind: 'investigation_started', on: after(8), until: after(70) },
    { kind: 'decision_told', on: after(8) },
    { kind: 'updated', on: after(20) },
    ...(number % 4 === 0 ? [{ kind: 'clock_paused', on: after(22), clock: 'T7', until: after(30) }] : []),
    ...(number % 5 === 0 ? [{ kind: 'clock_extended', on: after(40), clock: 'T7', until: after(100) }] : []),
    { kind: 'updated', on: after(45) },
    { kind: 'report_approved', on: after(80) },
  ]
  return [{ kind: 'received', on: start }, ...road.slice(0, 1 + (number % road.length))]
}

/** The night's reckoning of concerns from their entries, and the look for clocks that want a step: by the concern, both must stay flat. */
export async function measureClocks(house: Household, size: number): Promise<void> {
  title(`Keeping the clocks of ${size.toLocaleString('en-GB')} concerns`)
  await fillTo(house, size)
  const { dataDir } = house
  const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
  const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
  const service = await compose(world, connectionOf({ dataDir }), { maxConnections: 2 })
  try {
    const nights = {
      'every concern, the first time': keepAllClocks,
      'every concern, unchanged': keepAllClocks,
      'those that can have changed': keepTonightsClocks,
    }
    for (const [which, keep] of Object.entries(nights)) await measured(which, () => keep(service))
    const dutyKeys = dutyKeysOf(openDutyKey(join(dataDir, 'secrets')))
    const sweep = createSweep({ ...service, directory: service.accounts.directory, dutyKeys })
    await tellAll(house)
    await measured('a sweep with nothing to say', async () => (await sweep(), size))
    await makeLate(house, late)
    await measured(`a sweep with ${late} late clocks among them`, sweep)
  } finally {
    await service.close()
  }
}

async function measured(what: string, work: () => Promise<number>): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const count = await work()
  const [seconds, { user, system }] = [(performance.now() - began) / 1000, process.cpuUsage(cpu)]
  const each = count === 0 ? '' : `, ${perSecond(count / seconds)}, ${((1000 * seconds) / count).toFixed(2)} ms each`
  line(
    what,
    `${count} in ${seconds.toFixed(1)} s${each}; ${((user + system) / 1e6).toFixed(1)} s of this process; load ${loadavg()[0]!.toFixed(1)}`,
  )
}

/** As if every step of every clock had been taken when it fell due: the service was there all the time. */
async function tellAll(house: Household): Promise<void> {
  const client = await asSuperuser(house)
  // Past the guard that asks for an entry with each: made in bulk, like the concerns
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into clock_notice (concern_id, code, cycle, of, round, step, due_on, step_on)
       select concern_id, code, cycle, of, round, step, due_on, due_on from concern_clock cross join unnest($1::text[]) step where stopped_on is null
       on conflict do nothing`,
    [[...noticeSteps]],
  )
  await client.query('vacuum analyze clock_notice')
  await client.end()
}

/** So many clocks that ran out a month ago, and of which nobody was told. */
async function makeLate(house: Household, count: number): Promise<void> {
  const client = await asSuperuser(house)
  const { rows } = await client.query<{ id: string }>(
    'select id from concern where next_clock_code is not null order by id desc limit $1',
    [count],
  )
  const ids = rows.map(({ id }) => id)
  await client.query(
    `update concern_clock set due_on = current_date - 30, first_due_on = current_date - 30 where code = 'T1' and concern_id = any($1)`,
    [ids],
  )
  await client.query('delete from clock_notice where concern_id = any($1)', [ids])
  await client.end()
}
