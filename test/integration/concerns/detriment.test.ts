import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { detrimentInput, keepAllClocks } from '../../../src/concerns/index.ts'
import type { ConcernId, DateText } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const report = async (token: string, said: object = {}, secret: string | null = null) => {
  const ctx = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
  const input = detrimentInput.parse({ kinds: ['duties_changed'], description: 'My nights were taken away.', ...said })
  return (await world.concerns.reportDetriment(ctx, input, secret)).id
}
const day = (text: string) => text as DateText
const risk = (id: ConcernId, on: string) =>
  world.concerns.actOnDetriment(
    world.as('guardian'),
    id,
    'assess_risk',
    { report: on, riskGrade: 'high', note: 'She is alone there.' },
    null,
  )
const plan = (id: ConcernId, on: string, reviewOn: string[] = ['2027-01-04']) =>
  world.concerns.actOnDetriment(
    world.as('guardian'),
    id,
    'set_plan',
    { report: on, plan: 'Back to her own rota at once.', reviewOn: reviewOn.map(day) },
    null,
  )
const review = (id: ConcernId, on: string, reviewFor?: string) =>
  world.concerns.actOnDetriment(
    world.as('guardian'),
    id,
    'review',
    { report: on, finding: 'stopped', note: 'She says it has stopped.', ...(reviewFor !== undefined && { reviewFor: day(reviewFor) }) },
    null,
  )
const close = (id: ConcernId, on: string, person: 'guardian' | 'deputy' = 'guardian') =>
  world.concerns.actOnDetriment(world.as(person), id, 'close', { report: on, reasonCode: 'resolved', note: 'She agrees.' }, null)
const casesOf = async (id: ConcernId, person: Parameters<HandlingWorld['as']>[0] = 'guardian') =>
  (await world.concerns.viewDetriment(world.as(person), id)).reports
const noticesOf = async (person: 'executive' | 'nonExecutive') =>
  (await world.concerns.viewDetrimentNotices(world.as(person))).map(({ reference }) => reference)
const reference = async (id: ConcernId) => (await world.concerns.viewConcern(world.as('guardian'), id)).reference
const marked = async (id: ConcernId) => (await world.concerns.viewConcern(world.as('guardian'), id)).openDetriment

describe('a lead whom a report of bad treatment is about', () => {
  test('is brought the concern neither by escalating it nor by taking over when nobody else is left', async () => {
    const { id, token } = await world.raise()
    await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
    await report(token, { about: [world.as('nonExecutive').person.name] })
    const escalate = (to: 'executive_lead' | 'non_executive_lead') =>
      world.act('guardian', id, 'escalate', { to, reason: 'Nobody answers.', shareContent: true })
    expect(await refusalOf(escalate('non_executive_lead'))).toEqual({ conflict_of_interest: ['/to conflict_of_interest'] })
    const leave = async (person: 'guardian' | 'deputy') =>
      world.concerns.declareConflict(world.as(person), id, { expectedVersion: await world.version(id) })
    await leave('deputy')
    await leave('guardian')
    expect(await refusalOf(world.concerns.viewConcern(world.as('nonExecutive'), id))).toBe('not_found')
    expect((await world.concerns.viewConcern(world.as('executive'), id)).allowedActions).toContain('triage')
  })
})

describe('a report of bad treatment', () => {
  test.each(['raised', 'acknowledged', 'resolved', 'closed', 'withdrawn'] as const)('is taken while the concern is %s', async (status) => {
    const { id, token } = await world.raise()
    if (status === 'withdrawn') await world.act('guardian', id, 'withdraw', { reason: 'They asked.', organisationMustAct: false })
    else if (status !== 'raised') await world.bring(id, status === 'closed' ? 'resolved' : status)
    if (status === 'closed') await world.act('guardian', id, 'close', { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' })
    await report(token)
    expect((await world.concerns.viewConcern(world.as('guardian'), id)).status).toBe(status)
    expect(await marked(id)).toBe(true)
    const { items } = await world.concerns.viewQueue(world.as('guardian'), { limit: 100 })
    expect(items.find((item) => item.id === id)?.why.code).toMatch(/detriment_without_plan|danger|overdue|due_today|unread/)
  })

  test('stands in no row of a clock on its day, whoever acts after it and whatever the hour; from the night after it does', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'acknowledged')
    const rows = async () => {
      const sql = `select code from concern_clock where concern_id = $1 and code = 'T10'`
      return (await world.database.asSuperuser.query<{ code: string }>(sql, [id])).rows.length
    }
    await report(token)
    await world.act('guardian', id, 'record_first_contact', { parts: ['thanked', 'understood', 'consent', 'wellbeing'] })
    await keepAllClocks(world.service)
    expect(await rows()).toBe(0)
    expect((await world.concerns.viewConcern(world.as('guardian'), id)).clocks.some(({ code }) => code === 'T10')).toBe(true)
    const today = world.clock.now()
    world.clock.set(today.add({ hours: 24 }).toString())
    await keepAllClocks(world.service)
    world.clock.set(today.toString())
    expect(await rows()).toBe(1)
  })

  test('is read by the handlers, word for word, and by its writer with how far it has come', async () => {
    const { id, token } = await world.raise()
    await report(token, { kinds: ['moved', 'threatened', 'moved'], description: 'Moved.\nThen <b>threatened</b>.' })
    expect(await casesOf(id)).toMatchObject([
      {
        status: 'reported',
        kinds: ['moved', 'threatened'],
        description: 'Moved.\nThen <b>threatened</b>.',
        genuine: true,
        riskGrade: null,
      },
    ])
    expect((await world.inbox(token)).detriment).toMatchObject([{ status: 'reported', description: 'Moved.\nThen <b>threatened</b>.' }])
  })

  test('is one report however often it is sent from one page', async () => {
    const { id, token } = await world.raise()
    await Promise.all([1, 2, 3].map(() => report(token, {}, 'a secret of nobody else at all')))
    expect(await casesOf(id)).toHaveLength(1)
  })

  test('leaves a day in the log and no time, no kind and no word', async () => {
    const { id, token } = await world.raise()
    await report(token)
    const { rows } = await world.database.asSuperuser.query<{ text: string }>(
      `select text from reporter_entry where concern_id = $1 and kind = 'detriment_reported'`,
      [id],
    )
    const entry = JSON.parse(rows[0]!.text) as Record<string, unknown>
    expect([entry['on'], 'at' in entry, Object.keys(entry['fields'] as object)]).toEqual(['2026-11-24', false, ['item', 'told']])
    expect(rows[0]!.text).not.toMatch(/duties|nights/)
  })

  test('forged into the database by hand shows as not genuine', async () => {
    const { id, token } = await world.raise()
    await report(token)
    await world.tamper(`update reporter_item set ciphertext = ciphertext || '\\x00' where concern_id = $1 and kind = 'detriment'`, [id])
    expect(await casesOf(id)).toMatchObject([{ genuine: false, description: null, kinds: [] }])
  })
})

describe('the track of a report', () => {
  test('goes from reported to closed by the steps of the log, and each is a sealed record and an entry', async () => {
    const { id, token } = await world.raise()
    const on = await report(token)
    await risk(id, on)
    await plan(id, on, ['2027-01-04', '2027-02-01'])
    await review(id, on, '2027-01-04')
    expect(await casesOf(id)).toMatchObject([
      {
        status: 'reviewed',
        riskGrade: 'high',
        reviews: [
          { dueOn: '2027-01-04', done: true, from: 'plan' },
          { dueOn: '2027-02-01', done: false, from: 'plan' },
        ],
      },
    ])
    await close(id, on)
    const [closed] = await casesOf(id)
    expect([closed!.status, closed!.openSteps, closed!.records.map(({ kind }) => kind)]).toEqual([
      'closed',
      [],
      ['detriment_risk', 'detriment_plan', 'detriment_review', 'detriment_closure'],
    ])
    const kinds = (await world.entries(id)).map(({ kind }) => kind).filter((kind) => kind.startsWith('detriment'))
    expect(kinds).toEqual(['detriment_risk_assessed', 'detriment_plan_set', 'detriment_reviewed', 'detriment_closed'])
    expect(JSON.stringify(await world.entries(id))).not.toMatch(/alone|rota|stopped\.|agrees/)
  })

  test.each([
    ['a plan before the risk is assessed', plan],
    ['a review before there is a plan', review],
    ['closing before the risk is assessed', close],
  ])('does not take %s', async (_what, step) => {
    const { id, token } = await world.raise()
    const on = await report(token)
    expect(await refusalOf(step(id, on))).toBe('transition_not_allowed')
    expect(await casesOf(id)).toMatchObject([{ status: 'reported', records: [] }])
  })

  test('takes no step on a report of another concern, nor on one that is closed, nor a review date that has passed', async () => {
    const [one, other] = [await world.raise(), await world.raise()]
    const [mine, theirs] = [await report(one.token), await report(other.token)]
    expect(await refusalOf(risk(one.id, theirs))).toEqual({ invalid_input: ['/report not_an_option'] })
    await risk(one.id, mine)
    expect(await refusalOf(plan(one.id, mine, ['2026-11-23']))).toEqual({ invalid_input: ['/reviewOn/0 in_the_past'] })
    await close(one.id, mine)
    expect(await refusalOf(risk(one.id, mine))).toBe('transition_not_allowed')
  })

  test('has review dates three and six months after the outcome, plan or no plan', async () => {
    const { id, token } = await world.raise()
    const on = await report(token)
    await risk(id, on)
    await plan(id, on)
    await world.bring(id, 'resolved')
    expect((await casesOf(id))[0]!.reviews.map(({ dueOn, from }) => [dueOn, from])).toEqual([
      ['2027-01-04', 'plan'],
      ['2027-02-24', 'outcome'],
      ['2027-05-24', 'outcome'],
    ])
  })

  test('two guardians who close it at the same moment: one of them does', async () => {
    const { id, token } = await world.raise()
    const on = await report(token)
    await risk(id, on)
    const settled = await Promise.allSettled([close(id, on), close(id, on, 'deputy')])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await world.entries(id)).filter(({ kind }) => kind === 'detriment_closed')).toHaveLength(1)
  })
})

describe('what an open report stands in the way of', () => {
  test('closing the concern, until the last one is closed', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'resolved')
    const [first, second] = [await report(token), await report(token)]
    const closeConcern = () => world.act('guardian', id, 'close', { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' })
    expect(await refusalOf(closeConcern())).toEqual({ invalid_input: ['/followUp detriment_open'] })
    await risk(id, first)
    await close(id, first)
    expect([await marked(id), await refusalOf(closeConcern())]).toEqual([true, { invalid_input: ['/followUp detriment_open'] }])
    await risk(id, second)
    await close(id, second)
    expect([await marked(id), (await closeConcern()).status]).toEqual([false, 'closed'])
  })

  test('its urgency, until there is a plan', async () => {
    const { id, token } = await world.raise()
    await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
    const on = await report(token)
    const why = async () =>
      (await world.concerns.viewQueue(world.as('guardian'), { limit: 100 })).items.find((item) => item.id === id)?.why.code
    expect(await why()).toBe('detriment_without_plan')
    await risk(id, on)
    expect(await why()).toBe('detriment_without_plan')
    await plan(id, on)
    expect(await why()).not.toBe('detriment_without_plan')
    await report(token)
    expect(await why()).toBe('detriment_without_plan')
  })
})

describe('who knows of it', () => {
  test('both leads: a reference and a day, gone when it is closed', async () => {
    const { id, token } = await world.raise()
    const on = await report(token)
    for (const lead of ['executive', 'nonExecutive'] as const) {
      const notices = await world.concerns.viewDetrimentNotices(world.as(lead))
      expect(notices).toContainEqual({ reference: await reference(id), reportedOn: '2026-11-24' })
    }
    await risk(id, on)
    await close(id, on)
    for (const lead of ['executive', 'nonExecutive'] as const) expect(await noticesOf(lead)).not.toContain(await reference(id))
  })

  test('no lead whom the concern is about, and none whom the report is about', async () => {
    const about = await world.raise({ about: ['Helen Marsh'] })
    await report(about.token)
    expect(await noticesOf('executive')).not.toContain(await reference(about.id))
    expect(await noticesOf('nonExecutive')).toContain(await reference(about.id))

    const { id, token } = await world.raise()
    await report(token, { about: [world.id('nonExecutive')] })
    expect(await noticesOf('nonExecutive')).not.toContain(await reference(id))
    expect(await noticesOf('executive')).toContain(await reference(id))
    await report(token, { about: ['the executive lead'] })
    // She was told of the first report, and learns of no second
    const told = await reference(id)
    expect((await noticesOf('executive')).filter((found) => found === told)).toHaveLength(1)
    const { rows } = await world.database.asSuperuser.query<{ person_id: string }>(
      'select person_id from detriment_notice where concern_id = $1',
      [id],
    )
    expect(rows.map(({ person_id }) => person_id).sort()).toEqual([world.id('executive'), world.id('nonExecutive')].sort())
  })

  test('nobody else: guardians have no such list, an investigator no such page, and whoever the concern is not theirs finds none', async () => {
    const { id, token } = await world.raise({ about: ['Daniel Reid'] })
    await report(token)
    for (const person of ['guardian', 'investigator', 'auditor', 'administrator'] as const)
      expect(await refusalOf(world.concerns.viewDetrimentNotices(world.as(person)))).toBe('permission_denied')
    expect(await refusalOf(world.concerns.viewDetriment(world.as('deputy'), id))).toBe('not_found')
    expect(await refusalOf(world.concerns.viewDetriment(world.as('executive'), id))).toBe('not_found')
    const investigated = await world.raise()
    await report(investigated.token)
    await world.bring(investigated.id, 'investigating')
    expect(await refusalOf(world.concerns.viewDetriment(world.as('investigator'), investigated.id))).toBe('permission_denied')
  })

  test('a look at it is an entry before anything is opened', async () => {
    const { id, token } = await world.raise()
    await report(token)
    const before = (await world.entries(id)).length
    await casesOf(id)
    const looks = (await world.entries(id)).slice(before)
    expect(looks.map(({ kind, fields }) => [kind, fields])).toEqual([['content_viewed', { compartments: ['internal', 'shared'] }]])
  })
})
