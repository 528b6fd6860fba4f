import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StaffContext } from '../../../src/accounts/index.ts'
import { keepAllClocks } from '../../../src/concerns/index.ts'
import { addDays, londonDate, Refusal, type DateText } from '../../../src/kernel/index.ts'
import { calendarChange, limitChange, type CalendarChange, type LimitChange, type MovedDeadline } from '../../../src/settings/index.ts'
import { limitUnits } from '../../../src/timeliness/index.ts'
import { verdictOfLog } from '../../support/verified-log.ts'
import { startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
const ids: string[] = []
beforeAll(async () => {
  world = await startHandlingWorld()
  // Raised on days that lie around a weekend and a holiday; some answered, some late by the time anything is changed
  for (const day of ['2026-12-14', '2026-12-17', '2026-12-18', '2026-12-21', '2026-12-22', '2026-12-23', '2026-12-23']) {
    world.clock.set(`${day}T10:00:00Z`)
    ids.push((await world.raise()).id)
  }
  await world.act('guardian', ids[1] as never, 'acknowledge', { message: 'Thank you.' })
  world.clock.set('2026-12-24T00:05:00Z')
  await keepAllClocks(world.service)
}, 60_000)
afterAll(() => world.close())

const administrator = (): StaffContext => ({ ...world.as('administrator'), steppedUp: true, now: world.clock.now() })
const today = (): DateText => londonDate(world.clock.now())
const asked = { reason: 'To see what happens' }
const settings = () => world.service.settingsAdministration

interface Stored {
  readonly reference: string
  /** Of every clock that is open, and of the one that comes first. */
  readonly dues: Readonly<Record<string, DateText>>
  readonly due: string | null
  readonly version: number
  readonly entries: number
}

async function stored(): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await world.database.asSuperuser.query<{
    id: string
    reference: string
    due: string | null
    version: number
    entries: number
  }>(
    `select id, reference, next_clock_due::text as due, version,
       (select count(*)::int from staff_entry where concern_id = concern.id and kind = 'deadline_moved') as entries from concern`,
  )
  const clocks = await world.database.asSuperuser.query<{ id: string; code: string; due: DateText }>(
    `select concern_id as id, code, due_on::text as due from concern_clock where stopped_on is null and code <> 'T9'`,
  )
  const duesOf = (id: string) => clocks.rows.flatMap((row) => (row.id === id ? [[row.code, row.due] as const] : []))
  return new Map(rows.map((row) => [row.id, { ...row, dues: Object.fromEntries(duesOf(row.id)) }]))
}

/** What the two pictures of the database say has moved, one by one. */
function differences(before: ReadonlyMap<string, Stored>, after: ReadonlyMap<string, Stored>): readonly object[] {
  return [...before].flatMap(([id, was]) =>
    Object.entries(was.dues).flatMap(([clock, due]) => {
      const now = after.get(id)!.dues[clock] ?? null
      return now === due ? [] : [{ clock, before: due, after: now }]
    }),
  )
}

const plain = (moved: readonly MovedDeadline[]) =>
  moved.flatMap(({ clock, before, after, clocks }) => Array.from({ length: clocks }, () => ({ clock, before, after })))
const inOrder = (all: readonly object[]) => all.map((each) => JSON.stringify(each)).toSorted()

type Change = { readonly kind: 'calendar'; readonly change: CalendarChange } | { readonly kind: 'limit'; readonly change: LimitChange }

const day = fc.integer({ min: 0, max: 7 }).map((days) => addDays('2026-12-24' as DateText, days))
const changes: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: day.map((date) => ({
      kind: 'calendar' as const,
      change: calendarChange.parse({ change: 'add', date, title: 'A day', source: 'Proclaimed' }),
    })),
  },
  { weight: 2, arbitrary: day.map((date) => ({ kind: 'calendar' as const, change: calendarChange.parse({ change: 'remove', date }) })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ limit: fc.integer({ min: 1, max: 12 }), unit: fc.constantFrom(...limitUnits), days: fc.integer({ min: 20, max: 90 }) })
      .map(({ days, ...rule }) => {
        const validFrom = addDays('2026-12-24' as DateText, days)
        return { kind: 'limit' as const, change: limitChange.parse({ code: 'T1', force: 'LOCAL', source: 'A test', ...rule, validFrom }) }
      }),
  },
)

async function preview({ kind, change }: Change): Promise<readonly MovedDeadline[]> {
  return kind === 'calendar'
    ? settings().previewCalendar(administrator(), change)
    : (await settings().previewLimit(administrator(), change)).moved
}

/** A moment after what was done before it: in one instant nobody changes a calendar twice, and the log could not tell which came first. */
async function perform({ kind, change }: Change): Promise<readonly MovedDeadline[]> {
  world.clock.set(world.clock.now().add({ seconds: 1 }).toString())
  const ctx = administrator()
  if (kind === 'calendar') return settings().changeCalendar(ctx, { day: change, ...asked, seen: (await settings().viewCalendar(ctx)).seen })
  return (await settings().changeLimit(ctx, { change, ...asked, seen: (await settings().viewLimits(ctx)).seen })).moved
}

/** Null where the change is refused: the day is in the calendar already, or is not. */
async function orRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_input') return null
    throw error
  }
}

describe('a preview of a change of the calendar or of a limit', () => {
  test('says exactly what happens when it is saved, and saving says what happened', { timeout: 120_000 }, async () => {
    let moved = 0
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        const before = await stored()
        const said = await orRefused(() => preview(change))
        expect(await stored()).toEqual(before)
        const done = await orRefused(() => perform(change))
        const after = await stored()
        expect(done === null).toBe(said === null)
        if (said === null || done === null) {
          expect(after).toEqual(before)
          return
        }
        moved += plain(done).length
        expect(done).toEqual(said)
        expect(inOrder(differences(before, after))).toEqual(inOrder(plain(said)))
        for (const [id, was] of before) {
          const is = after.get(id)!
          // The one who looked meanwhile is not told that somebody changed the concern
          expect(is.version).toBe(was.version)
          expect(is.entries - was.entries).toBe(Object.keys(was.dues).filter((clock) => was.dues[clock] !== is.dues[clock]).length)
          // What was missed stays missed, and nothing that can still be kept is late of a sudden
          for (const [clock, due] of Object.entries(was.dues)) {
            if (due < today()) expect(is.dues[clock]).toBe(due)
            else expect(is.dues[clock]! >= today()).toBe(true)
          }
          expect(is.due).toBe(Object.values(is.dues).toSorted()[0] ?? null)
        }
      }),
      { numRuns: 30 },
    )
    // The property would hold for changes that move nothing
    expect(moved).toBeGreaterThan(5)
  })

  test('leaves the column as the one reckoning gives it, on every concern', async () => {
    const rows = await stored()
    for (const id of ids) {
      const { clocks } = await world.concerns.viewConcern(world.as('guardian'), id as never)
      const open = clocks.filter(({ state }) => state === 'running' || state === 'overdue').map(({ dueOn }) => dueOn)
      expect([id, rows.get(id)!.due]).toEqual([id, open.toSorted()[0] ?? null])
    }
  })

  test('names no concern, and counts nothing that somebody did today: two looks would date it, and an administrator may be who it is about', async () => {
    const change = calendarChange.parse({ change: 'add', date: '2027-01-05', title: 'A day', source: 'x' })
    const before = await preview({ kind: 'calendar', change })
    const { id, token } = await world.raise()
    const reporter = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
    await world.concerns.reportDetriment(reporter, { kinds: ['moved'], description: 'Off the ward.', about: [] }, null)
    await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
    expect(await preview({ kind: 'calendar', change })).toEqual(before)
    expect(Object.keys(before[0] ?? {})).toEqual(['clock', 'before', 'after', 'clocks'])
  })

  test('says how many clocks keep the limit they started under', async () => {
    const validFrom = addDays(today(), 60)
    const change = limitChange.parse({ code: 'T3', limit: 9, unit: 'working_days', force: 'LOCAL', source: 'A test', validFrom })
    const { moved, keeping } = await settings().previewLimit(administrator(), change)
    const running = [...(await stored()).values()].filter(({ dues }) => dues['T3'] !== undefined).length
    // One of them came today
    expect([moved, keeping]).toEqual([[], running - 1])
    expect(keeping).toBeGreaterThan(0)
  })

  test('is recorded without how many or which: two looks would date what was sent between them', async () => {
    await preview({ kind: 'calendar', change: calendarChange.parse({ change: 'add', date: '2027-06-01', title: 'A day', source: 'x' }) })
    const looks = (await world.entries()).filter(({ kind }) => kind === 'settings_previewed')
    expect(looks.length).toBeGreaterThan(0)
    expect(new Set(looks.map(({ fields }) => JSON.stringify(fields)))).toEqual(
      new Set(['{"setting":"bank_holidays"}', '{"setting":"timeliness_rules"}']),
    )
  })
})

describe('days that are over', () => {
  test('are changed by nobody: neither the calendar nor a limit reaches back', async () => {
    const yesterday = addDays(today(), -1)
    const refused = async (change: Change) => {
      for (const attempt of [() => preview(change), () => perform(change)]) {
        const error = await attempt().catch((caught: unknown) => caught)
        expect(error).toBeInstanceOf(Refusal)
        expect((error as Refusal).faults[0]?.code).toBe('in_the_past')
      }
    }
    await refused({ kind: 'calendar', change: calendarChange.parse({ change: 'add', date: yesterday, title: 'A day', source: 'x' }) })
    await refused({ kind: 'calendar', change: calendarChange.parse({ change: 'remove', date: '2026-08-31' }) })
    await refused({
      kind: 'limit',
      change: limitChange.parse({ code: 'T1', limit: 30, unit: 'working_days', force: 'LOCAL', source: 'x', validFrom: yesterday }),
    })
  })

  test('no limit is made that the software knows no clock for', async () => {
    const change = limitChange.parse({ code: 'T99', limit: 3, unit: 'working_days', force: 'LOCAL', source: 'x', validFrom: today() })
    await expect(preview({ kind: 'limit', change })).rejects.toMatchObject({ faults: [{ code: 'not_an_option' }] })
  })
})

describe('who may change settings', () => {
  test('is the administrator alone, whatever the edge let through', async () => {
    for (const person of ['guardian', 'investigator', 'executive', 'nonExecutive', 'auditor'] as const) {
      const ctx = { ...world.as(person), steppedUp: true }
      const attempts = [
        () => settings().viewSites(ctx),
        () => settings().viewChanges(ctx),
        () => settings().addSite(ctx, { name: 'x', ...asked, seen: 'x' }),
        () => settings().previewCalendar(ctx, { change: 'remove', date: today() }),
        () => settings().changeService(ctx, { leaveTo: 'https://example.org', teamName: '', open: false, notice: '', ...asked, seen: 'x' }),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'permission_denied' })
    }
  })

  test('and not without a fresh second factor', async () => {
    const ctx = { ...administrator(), steppedUp: false }
    const { seen } = await settings().viewSites(ctx)
    await expect(settings().addSite(ctx, { name: 'x', ...asked, seen })).rejects.toMatchObject({ code: 'step_up_required' })
    expect((await settings().viewSites(ctx)).seen).toBe(seen)
  })
})

test('an auditor works out every deadline anew, by what the log says of calendar and limits at each time', async () => {
  // Days on which nothing changed, so that no rule can still follow
  world.clock.set('2027-01-20T09:00:00Z')
  await world.concerns.viewQueue(world.as('guardian'), { limit: 10 })
  const verdict = await verdictOfLog(world)
  expect(verdict).toMatchObject({ verdict: 'whole', findings: [] })
  const kinds = verdict.counts['kinds'] as Record<string, number>
  expect([kinds['deadline_moved'], kinds['calendar_published'], kinds['limits_published']].every((count) => (count ?? 0) > 1)).toBe(true)
  expect(verdict.checks.find(({ name }) => name === 'limits')?.notes.join()).not.toContain('last days')
})
