import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReporterContext } from '../../../src/concerns/index.ts'
import { followUpInput } from '../../../src/concerns/index.ts'
import type { ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const visitor = () => ({ requestId: 'test', now: world.clock.now() })
const back = (token: string): Promise<ReporterContext> => world.concerns.openByToken(visitor(), token)
const answer = async (token: string, said: object, secret: string | null = null) =>
  world.concerns.answerFollowUp(await back(token), followUpInput.parse(said), secret)
const asked = async (token: string) => (await world.inbox(token)).followUp
const stateOf = async (token: string, code: string) => (await world.inbox(token)).clocks.find((clock) => clock.code === code)?.state
const answers = async (id: ConcernId) => {
  const { rows } = await world.database.asSuperuser.query<{ text: string }>(
    `select text from reporter_entry where concern_id = $1 and kind = 'follow_up_answered' order by number`,
    [id],
  )
  return rows.map(({ text }) => (JSON.parse(text) as { fields: Record<string, unknown> }).fields)
}

/** Resolved on Tuesday, 24 November 2026: the checks are due on 24 February and 24 May 2027. */
async function resolved() {
  world.clock.set(ordinaryMorning)
  const raised = await world.raise()
  await world.bring(raised.id, 'resolved')
  return raised
}
const on = (day: string) => world.clock.set(`${day}T09:00:00Z`)
const detrimentOf = (id: ConcernId) => world.contextOf('guardian').then((ctx) => world.concerns.viewDetriment(ctx, id))

describe('how the person is treated since the outcome', () => {
  test('is asked from two weeks before the day, again at the second day, and never after that', async () => {
    const { id, token } = await resolved()
    on('2027-02-09')
    expect([await asked(token), await refusalOf(answer(token, { months: 3, answer: 'fine' }))]).toEqual([null, 'too_early'])
    on('2027-02-10')
    expect(await asked(token)).toBe(3)
    expect(await refusalOf(answer(token, { months: 6, answer: 'fine' }))).toBe('too_early')
    await answer(token, { months: 3, answer: 'fine', comment: 'All quiet.' })
    expect([await asked(token), await stateOf(token, 'T11a'), await stateOf(token, 'T11b')]).toEqual([null, 'met', 'running'])
    expect(await refusalOf(answer(token, { months: 3, answer: 'worse' }))).toBe('transition_not_allowed')
    on('2027-05-10')
    expect(await asked(token)).toBe(6)
    await answer(token, { months: 6, answer: 'not_say' })
    expect([await asked(token), await stateOf(token, 'T11b')]).toEqual([null, 'met'])
    expect((await answers(id)).map(({ months }) => months)).toEqual([3, 6])
    expect(JSON.stringify(await answers(id))).not.toMatch(/fine|quiet|not_say/)
  })

  test('is still asked when the day has passed, and an answer then leaves the promise broken', async () => {
    const { token } = await resolved()
    on('2027-03-10')
    expect([await asked(token), await stateOf(token, 'T11a')]).toEqual([3, 'overdue'])
    await answer(token, { months: 3, answer: 'worse', comment: 'I was moved.' })
    expect([await asked(token), await stateOf(token, 'T11a')]).toEqual([null, 'missed'])
  })

  test('is asked for the first check before the second where both are due', async () => {
    const { token } = await resolved()
    on('2027-06-01')
    expect(await asked(token)).toBe(3)
    await answer(token, { months: 3, answer: 'not_say' })
    expect(await asked(token)).toBe(6)
  })

  test('is read by the handlers beside the reports of bad treatment; to say nothing is an answer', async () => {
    const { id, token } = await resolved()
    on('2027-02-20')
    await answer(token, { months: 3, answer: 'worse', comment: 'My shifts were cut.' })
    expect((await detrimentOf(id)).followUps).toEqual([
      { months: 3, answeredOn: '2027-02-20', genuine: true, answer: 'worse', comment: 'My shifts were cut.' },
    ])
    await world.tamper(`update reporter_item set ciphertext = ciphertext || '\\x00' where concern_id = $1 and kind = 'follow_up'`, [id])
    expect((await detrimentOf(id)).followUps).toEqual([
      { months: 3, answeredOn: '2027-02-20', genuine: false, answer: null, comment: null },
    ])
    await world.tamper(`delete from reporter_item where concern_id = $1 and kind = 'follow_up'`, [id])
    expect((await detrimentOf(id)).followUps).toMatchObject([{ genuine: false, answer: null }])
  })

  test.each(['fine', 'worse', 'not_say'])('brings the concern before its handlers, whatever was said: %s', async (said) => {
    const { id, token } = await resolved()
    on('2027-02-20')
    const guardian = world.as('guardian')
    await world.concerns.viewContent(guardian, id)
    const isNew = async () => (await world.concerns.viewConcern(guardian, id)).unread
    expect(await isNew()).toBe(false)
    await answer(token, { months: 3, answer: said })
    expect(await isNew()).toBe(true)
    await world.concerns.viewContent(guardian, id)
    expect(await isNew()).toBe(false)
  })

  test('sent twice from one page is one answer', async () => {
    const { id, token } = await resolved()
    on('2027-02-20')
    const secret = 'a secret that nobody else has f'
    const said = { months: 3, answer: 'fine' }
    const [one, two] = await Promise.all([1, 2].map(() => answer(token, said, secret)))
    expect([two, (await answers(id)).length]).toEqual([one, 1])
  })

  test('is not asked before there is an outcome', async () => {
    world.clock.set(ordinaryMorning)
    const { token } = await world.raise()
    on('2027-03-01')
    expect([await asked(token), await refusalOf(answer(token, { months: 3, answer: 'fine' }))]).toEqual([null, 'transition_not_allowed'])
  })
})
