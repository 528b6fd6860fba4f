import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { detrimentInput } from '../../../src/concerns/index.ts'
import { driverConfig } from '../../../src/database/connection.ts'
import { londonDate, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { calendarChange } from '../../../src/settings/index.ts'
import { startHandlingWorld, words, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
}, 60_000)
afterAll(() => world.close())

const nextWorkingDay = async (): Promise<DateText> =>
  (await world.service.settings.current()).calendar.addWorkingDays(londonDate(world.clock.now()), 1)

async function makeHoliday(date: DateText): Promise<void> {
  const { settingsAdministration: settings } = world.service
  const ctx = { ...world.as('administrator'), steppedUp: true }
  const day = calendarChange.parse({ change: 'add', date, title: 'A day of mourning', source: 'Proclaimed' })
  await settings.changeCalendar(ctx, { day, reason: 'It was proclaimed.', seen: (await settings.viewCalendar(ctx)).seen })
}

/** Holds the concern's row until one transaction after the other waits for it, in this order; then lets them go on. */
async function inTurn(id: ConcernId, ...acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const client = new pg.Client(driverConfig(world.database.superuser))
  await client.connect()
  try {
    await client.query('begin')
    await client.query('select 1 from concern where id = $1 for update', [id])
    const under: Promise<unknown>[] = []
    for (const act of acts) {
      under.push(act())
      await waiting(client, under.length)
    }
    await client.query('commit')
    await Promise.all(under)
  } finally {
    await client.end()
  }
}

async function waiting(client: pg.Client, many: number): Promise<void> {
  for (let looks = 0; looks < 2_000; looks += 1) {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_activity a, pg_stat_clear_snapshot() where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0',
    )
    if (rows[0]!.n >= many) return
    await pause(5)
  }
  throw new Error('nobody waits')
}

const column = async (id: ConcernId): Promise<string> =>
  (await world.database.asSuperuser.query<{ due: string }>('select next_clock_due::text as due from concern where id = $1', [id])).rows[0]!
    .due
const rowOf = async (id: ConcernId, code: string): Promise<string> =>
  (
    await world.database.asSuperuser.query<{ due: string }>(
      'select due_on::text as due from concern_clock where concern_id = $1 and code = $2',
      [id, code],
    )
  ).rows[0]!.due
const shown = async (id: ConcernId, code: string) =>
  (await world.concerns.viewConcern(world.as('guardian'), id)).clocks.find((clock) => clock.code === code)?.dueOn

describe('an act that waits while a day is made a holiday', () => {
  test('of staff goes by the new calendar: its entry, the list and the concern’s page give one date', async () => {
    const { id } = await world.raise()
    const before = await shown(id, 'T1')
    const day = await nextWorkingDay()
    await inTurn(
      id,
      () => makeHoliday(day),
      () => world.act('guardian', id, 'acknowledge', words.acknowledge),
    )
    const after = await shown(id, 'T1')
    expect(after! > before!).toBe(true)
    const [entry] = (await world.entries(id)).filter(({ kind }) => kind === 'concern_acknowledged')
    expect([entry!.fields['dueOn'], await rowOf(id, 'T1'), await column(id)]).toEqual([after, after, await shown(id, 'T2')])
  })

  test('of the person who raised it does too', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'resolved')
    const back = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
    const told = detrimentInput.parse({ kinds: ['duties_changed'], description: 'My nights were taken away.' })
    const day = await nextWorkingDay()
    await inTurn(
      id,
      () => makeHoliday(day),
      () => world.concerns.reportDetriment(back, told, null),
    )
    expect(await column(id)).toBe(await shown(id, 'T10'))
  })
})
