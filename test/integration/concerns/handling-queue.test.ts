import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueFilter, type QueueItem } from '../../../src/concerns/index.ts'
import { noConditions } from '../../../src/concerns/queue/queue-conditions-store.ts'
import { walkCounts, walkPage } from '../../../src/concerns/queue/queue-walk-store.ts'
import { newId, systemRandom, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { urgencyBounds, urgencyOf } from '../../../src/timeliness/index.ts'
import { isEnded, statuses } from '../../../src/workflow/index.ts'
import { refusalOf, startHandlingWorld } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, raise, bring } = world
afterAll(() => world.close())

const settings = await world.service.settings.current()
const today = '2026-11-24' as DateText
const bounds = urgencyBounds(today, settings.calendar)

interface Columns {
  readonly status: (typeof statuses)[number]
  readonly raisedOn: string
  readonly danger: boolean
  readonly unreadSince: string | null
  readonly openDetriment: boolean
  readonly nextDueOn: string | null
  readonly owner: 'guardian' | 'deputy' | null
}

/** Few different dates, around a weekend and a bank holiday, so that ties are many. */
const near = fc.constantFrom(
  ...['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-29'],
)
const past = fc.constantFrom('2026-08-28', '2026-11-20', '2026-11-23', '2026-11-24')
const columns: fc.Arbitrary<Columns> = fc.record({
  status: fc.constantFrom(...statuses),
  raisedOn: past,
  danger: fc.constantFrom(false, false, true),
  unreadSince: fc.option(past, { freq: 1 }),
  openDetriment: fc.constantFrom(false, false, false, true),
  nextDueOn: fc.option(near, { freq: 3 }),
  owner: fc.option(fc.constantFrom('guardian' as const, 'deputy' as const)),
})

let ids: ConcernId[] = []
beforeAll(async () => {
  for (let count = 0; count < 40; count += 1) {
    const { id, token } = await raise()
    ids.push(id)
    if (count % 4 < 2) await reportDetriment(id, token, hasPlan(count))
  }
}, 60_000)

/** Every fourth has a report of bad treatment with its plan, every fourth one without: what is open of it, the mark says. */
const hasPlan = (index: number) => index % 4 === 0

async function reportDetriment(id: ConcernId, token: string, planned: boolean): Promise<void> {
  const reporter = await concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
  const said = { kinds: ['moved' as const], description: 'Moved to nights.', about: [] }
  const { id: report } = await concerns.reportDetriment(reporter, said, null)
  if (!planned) return
  await concerns.actOnDetriment(as('guardian'), id, 'assess_risk', { report, riskGrade: 'low', note: 'Talked.' }, null)
  await concerns.actOnDetriment(
    as('guardian'),
    id,
    'set_plan',
    { report, plan: 'Back to days.', reviewOn: ['2027-01-04' as DateText] },
    null,
  )
}

async function lay(rows: readonly Columns[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    await world.tamper(
      `update concern set status = $2, raised_on = $3, danger = $4, unread_since = $5, open_detriment = $6, next_clock_due = $7, owner_id = $8 where id = $1`,
      [
        ids[index],
        row.status,
        row.raisedOn,
        row.danger,
        row.unreadSince,
        row.openDetriment,
        row.nextDueOn,
        row.owner && world.id(row.owner),
      ],
    )
  }
}

/** The published order, told from `urgencyOf` alone. */
function expected(rows: readonly Columns[], keep: (row: Columns) => boolean = needsAction): string[] {
  return rows
    .map((row, index) => ({
      ...row,
      id: ids[index]! as string,
      urgency: urgencyOf(
        {
          ...row,
          detrimentWithoutPlan: row.openDetriment && !hasPlan(index),
          unreadSince: row.unreadSince as DateText,
          nextDueOn: row.nextDueOn as DateText,
          ownerId: row.owner && world.id(row.owner),
        },
        today,
        settings.calendar,
      ),
    }))
    .filter(keep)
    .toSorted(
      (a, b) =>
        a.urgency.rank - b.urgency.rank ||
        compare(a.urgency.date ?? '9999', b.urgency.date ?? '9999') ||
        compare(a.raisedOn, b.raisedOn) ||
        compare(a.id, b.id),
    )
    .map((row) => row.id)
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** What has ended comes back for a message, for bad treatment, and where a promise for afterwards falls due. */
const needsAction = (row: Columns) => !isEnded(row.status) || row.unreadSince !== null || row.openDetriment || isOwedSoon(row)
const isOwedSoon = ({ nextDueOn }: Columns) => nextDueOn !== null && nextDueOn <= bounds.soonUntil

async function readAll(filter: object, limit: number): Promise<QueueItem[]> {
  const items: QueueItem[] = []
  let cursor: string | undefined
  do {
    const page = await concerns.viewQueue(as('guardian'), { limit, ...filter, ...(cursor !== undefined && { cursor }) })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return items
}

/** The way for somebody who holds many concerns, page by page: it has to give the same as the one for few. */
async function walkAll(limit: number): Promise<string[]> {
  const found: string[] = []
  const query = { who: { holder: world.id('guardian'), kinds: ['internal'] as const }, conditions: noConditions, bounds, limit, cap: 101 }
  for (let after = null, page = await next(null); ; page = await next(after)) {
    found.push(...page.map((place) => place.id))
    after = (page.at(-1) ?? null) as never
    if (page.length < limit) return found
  }
  function next(after: Parameters<typeof walkPage>[1]['after']) {
    return world.service.database.read((tx) => walkPage(tx, { ...query, after }))
  }
}

describe('the queue stands in the published order', () => {
  test('for any concerns, with ties, weekends and holidays, page by page, whichever way it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(columns, { minLength: 40, maxLength: 40 }), fc.integer({ min: 3, max: 17 }), async (rows, limit) => {
        await lay(rows)
        const order = expected(rows)
        const items = await readAll({}, limit)
        expect(items.map((item) => item.id as string)).toEqual(order)
        expect(await walkAll(limit)).toEqual(order)
        for (const item of items) {
          const row = rows[ids.indexOf(item.id)]!
          expect(item.unread).toBe(row.unreadSince !== null)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('counts are the same whichever way they are made, and right', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(columns, { minLength: 40, maxLength: 40 }), async (rows) => {
        await lay(rows)
        const listed = rows.filter(needsAction)
        const right = {
          all: listed.length,
          overdue: listed.filter((row) => row.nextDueOn !== null && row.nextDueOn < today).length,
          dueToday: listed.filter((row) => row.nextDueOn === today).length,
          unread: listed.filter((row) => row.unreadSince !== null).length,
        }
        const { counts } = await concerns.viewQueue(as('guardian'), { limit: 1 })
        expect(Object.fromEntries(Object.entries(counts).map(([name, { count }]) => [name, count]))).toEqual(right)
        const query = {
          who: { holder: world.id('guardian'), kinds: ['internal'] as const },
          conditions: noConditions,
          bounds,
          limit: 1,
          cap: 101,
          after: null,
        }
        expect(await world.service.database.read((tx) => walkCounts(tx, query))).toEqual(right)
      }),
      { numRuns: 8 },
    )
  })

  test('every filter keeps exactly what it names, in the same order', async () => {
    const filters: readonly [object, (row: Columns) => boolean][] = [
      [{ stage: 'resolved' }, (row) => isEnded(row.status)],
      [{ stage: 'acknowledged' }, (row) => row.status === 'acknowledged' || row.status === 'triaged'],
      [{ status: 'investigating' }, (row) => row.status === 'investigating'],
      [{ stage: 'raised', status: 'investigating' }, () => false],
      [{ due: 'overdue' }, (row) => needsAction(row) && row.nextDueOn !== null && row.nextDueOn < today],
      [{ due: 'today' }, (row) => needsAction(row) && row.nextDueOn === today],
      [{ due: 'soon' }, (row) => needsAction(row) && row.nextDueOn !== null && row.nextDueOn > today && row.nextDueOn <= bounds.soonUntil],
      [{ owner: 'none' }, (row) => needsAction(row) && row.owner === null],
      [{ owner: 'me' }, (row) => needsAction(row) && row.owner === 'guardian'],
      [{ owner: world.id('deputy') }, (row) => needsAction(row) && row.owner === 'deputy'],
      [{ unread: 'yes' }, (row) => row.unreadSince !== null],
      [{ danger: 'yes' }, (row) => needsAction(row) && row.danger],
      [{ detriment: 'yes' }, (row) => needsAction(row) && row.openDetriment],
      [{ raised: 'this_week' }, (row) => needsAction(row) && row.raisedOn >= '2026-11-18'],
      [{ openness: 'anonymous' }, needsAction],
      [{ openness: 'open' }, () => false],
    ]
    const rows = fc.sample(columns, { numRuns: 40, seed: 7 })
    await lay(rows)
    for (const [filter, keep] of filters) {
      expect([filter, (await readAll(filter, 7)).map((item) => item.id as string)]).toEqual([filter, expected(rows, keep)])
    }
  })
})

describe('a page of the queue', () => {
  test('says why each row stands there, with the clock every other page shows, and its title from under the seal', async () => {
    const { id: titled, token } = await raise({ elements: ['bullying_harassment'] })
    await bring(titled, 'triaged')
    const { id: fresh } = await raise({ immediateDanger: 'yes', elements: ['patient_safety_quality'] })
    ids = ids.slice(0, 40)
    const { items } = await concerns.viewQueue(as('guardian'), { limit: 100 })
    expect(items.find((item) => item.id === titled)).toMatchObject({
      title: 'Night staffing',
      elements: ['worker_safety_wellbeing'],
      nextClock: { code: 'T5', dueOn: '2026-11-26', state: 'running' },
      why: { code: 'due_soon', words: 'Its date is near' },
      riskGrade: 'medium',
      ageInWorkingDays: 0,
    })
    const row = items.find((item) => item.id === fresh)!
    expect(row).toMatchObject({ title: null, elements: ['patient_safety_quality'], danger: true, why: { code: 'danger_unanswered' } })
    const { clocks } = await concerns.viewConcern(as('guardian'), fresh)
    expect(clocks.find(({ code }) => code === row.nextClock?.code)).toMatchObject({ ...row.nextClock })
    await world.write(token, 'More.')
    expect((await concerns.viewQueue(as('guardian'), { limit: 100 })).items.find((item) => item.id === titled)).toMatchObject({
      why: { code: 'unread_message' },
    })
  })

  test('refuses a cursor that is none of ours, and an unknown status', async () => {
    const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    for (const cursor of [
      '',
      'x',
      forged({}),
      forged([1, '2026-11-24', '2026-11-24']),
      forged([9, '2026-11-24', '2026-11-24', newId(systemRandom)]),
      forged([1, "'; drop", '2026-11-24', newId(systemRandom)]),
    ]) {
      expect(await refusalOf(concerns.viewQueue(as('guardian'), { limit: 25, cursor }))).toEqual({
        invalid_input: ['/cursor not_a_cursor'],
      })
    }
    expect(queueFilter.safeParse({ status: 'ticket' }).error?.issues.map(({ path }) => path)).toEqual([['status']])
  })

  test('holds only what its reader was granted', async () => {
    const mine = async (person: Parameters<typeof as>[0]) =>
      (await concerns.viewQueue(as(person), { limit: 100 })).items.map((item) => item.id)
    const { id: hers } = await raise({ about: ['Daniel Reid'] })
    const { id: theirs } = await raise({ recipient: 'non_executive_lead' })
    expect(await mine('guardian')).toContain(hers)
    expect(await mine('deputy')).not.toContain(hers)
    expect(await mine('guardian')).not.toContain(theirs)
    expect(await mine('nonExecutive')).toEqual([theirs])
  })

  test('finds one by its reference as somebody reads it out, whatever became of it, and only for those who may know of it', async () => {
    const { id } = await raise({ about: ['Daniel Reid'] })
    await bring(id, 'resolved')
    const { reference } = await concerns.viewConcern(as('guardian'), id)
    const said = reference.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    const found = async (person: Parameters<typeof as>[0], typed: string) =>
      (await concerns.viewQueue(as(person), queueFilter.parse({ reference: typed }))).items.map((item) => item.id)
    expect([await found('guardian', said), await found('deputy', said)]).toEqual([[id], []])
    const walked = await world.service.database.read((tx) =>
      walkPage(tx, {
        who: { holder: as('guardian').person.userId, kinds: ['internal'] },
        conditions: { ...noConditions, statuses, reference },
        bounds,
        after: null,
        limit: 25,
        cap: 10,
      }),
    )
    expect(walked.map((place) => place.id)).toEqual([id])
    expect(queueFilter.safeParse({ reference: 'F-7K2Q-9MU' }).error?.issues.map(({ path }) => path)).toEqual([['reference']])
  })
})
