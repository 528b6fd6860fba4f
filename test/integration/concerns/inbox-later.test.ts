import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { feedbackInput, sayMoreInput, type ReporterContext } from '../../../src/concerns/index.ts'
import type { Refusal } from '../../../src/kernel/index.ts'
import { type ConcernId } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld, words, type HandlingWorld } from './handling-world.ts'

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
const reporterEntries = async (id: ConcernId): Promise<{ kind: string; fields: Record<string, unknown> }[]> => {
  const { rows } = await world.database.asSuperuser.query<{ kind: string; text: string }>(
    'select kind, text from reporter_entry where concern_id = $1 order by number',
    [id],
  )
  return rows.map(({ kind, text }) => ({ kind, ...(JSON.parse(text) as { fields: Record<string, unknown> }) }))
}
const unknown = async (token: string) => refusalOf(back(token))

describe('saying more about yourself', () => {
  const say = async (token: string, said: object, secret: string | null = null) =>
    world.concerns.sayMore(await back(token), sayMoreInput.parse(said), secret)

  test('takes an anonymous person to confidential: the guardians can open the name, nobody else, and the queue says so', async () => {
    const { id, token } = await world.raise({ narrative: 'Shifts are short.' })
    expect(await say(token, { openness: 'confidential', name: 'Jo Bloggs', contact: 'After six' })).toEqual({ openness: 'confidential' })
    const view = await world.concerns.viewConcern(world.as('guardian'), id)
    expect([view.openness, view.mayOpenIdentity]).toEqual(['confidential', true])
    const opened = await world.concerns.viewIdentity(world.as('guardian'), id, { reason: 'To ring back', otp: world.otp('guardian') })
    expect(opened).toEqual({ name: 'Jo Bloggs', contact: 'After six', genuine: true })
    expect((await world.concerns.viewContent(world.as('guardian'), id)).identity).toBeNull()
    const { rows } = await world.database.asSuperuser.query<{ holder: string }>(
      `select holder from key_grant where concern_id = $1 and kind = 'identity' order by holder`,
      [id],
    )
    expect(rows.map(({ holder }) => holder).sort()).toEqual([world.id('guardian'), world.id('deputy'), 'recovery'].sort())
  })

  test('takes a confidential person to open: everybody who handles it reads the name, and it counts as their agreement', async () => {
    const { id, token } = await world.raise({ openness: 'confidential', identity: { name: 'A. Nurse' } })
    await say(token, { openness: 'open', name: 'A. Nurse' })
    const content = await world.concerns.viewContent(world.as('guardian'), id)
    expect(content.identity).toEqual({ name: 'A. Nurse', contact: null })
  })

  test('counts as agreeing that the name is passed on, unless a later triage says otherwise', async () => {
    const refer = { to: 'hr', recipient: 'Head of HR', shareIdentity: true, reason: 'A grievance.', message: 'Passed on.' } as const
    const { id, token } = await world.raise({ openness: 'confidential', identity: { name: 'A. Nurse' } })
    await world.bring(id, 'triaged', { consent: 'do_not_share_identity' })
    expect(await refusalOf(world.act('guardian', id, 'refer', refer))).toEqual({ invalid_input: ['/shareIdentity identity_not_agreed'] })
    await say(token, { openness: 'open', name: 'A. Nurse' })
    expect((await world.act('guardian', id, 'refer', refer)).status).toBe('referred')
  })

  test('keeps how it was first raised, and each step since, in the log and not the name', async () => {
    const { id, token } = await world.raise()
    await say(token, { openness: 'confidential', name: 'Jo Bloggs' })
    await say(token, { openness: 'open', name: 'Jo Bloggs' })
    const entries = await reporterEntries(id)
    const told = entries
      .filter(({ kind }) => kind === 'concern_raised' || kind === 'openness_changed')
      .map(({ fields }) => fields['openness'])
    expect(told.toSorted()).toEqual(['anonymous', 'confidential', 'open'])
    expect(entries.find(({ kind }) => kind === 'concern_raised')?.fields['openness']).toBe('anonymous')
    expect(JSON.stringify(entries)).not.toContain('Bloggs')
  })

  test.each([
    ['open', 'confidential'],
    ['open', 'anonymous'],
    ['confidential', 'anonymous'],
    ['confidential', 'confidential'],
    ['anonymous', 'anonymous'],
  ])('never leads from %s to %s', async (from, to) => {
    const { id, token } = await world.raise({ openness: from, ...(from !== 'anonymous' && { identity: { name: 'A. Nurse' } }) })
    const before = (await reporterEntries(id)).length
    expect(await refusalOf(say(token, { openness: to, name: 'A. Nurse' }))).toEqual({ invalid_input: ['/openness only_towards_open'] })
    expect([(await reporterEntries(id)).length, (await world.concerns.viewConcern(world.as('guardian'), id)).openness]).toEqual([
      before,
      from,
    ])
  })

  test('asks for a name or a way to be reached', async () => {
    const { token } = await world.raise()
    expect(await refusalOf(say(token, { openness: 'open' }))).toEqual({ invalid_input: ['/name required'] })
  })

  test('pressed twice is one act', async () => {
    const { id, token } = await world.raise()
    const secret = 'a secret that nobody else has 1'
    const twice = await Promise.all([1, 2].map(() => say(token, { openness: 'open', name: 'Jo' }, secret)))
    expect(twice).toEqual([{ openness: 'open' }, { openness: 'open' }])
    expect((await reporterEntries(id)).filter(({ kind }) => kind === 'openness_changed')).toHaveLength(1)
  })

  test('seals to no key that somebody has slipped in for the handlers', async () => {
    const { id, token } = await world.raise()
    const other = await world.raise()
    await world.tamper(
      `update compartment set public_key = (select public_key from compartment where concern_id = $2 and kind = 'internal') where concern_id = $1 and kind = 'internal'`,
      [id, other.id],
    )
    expect(await refusalOf(say(token, { openness: 'open', name: 'Jo' }))).toBe('record_not_genuine')
  })

  test('gives no key to a holder whom nobody let in', async () => {
    const { id, token } = await world.raise()
    await world.tamper(
      `insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed)
       select gen_random_uuid(), concern_id, compartment_id, kind, epoch, $2, sealed from key_grant where concern_id = $1 and kind = 'internal' and holder = $3`,
      [id, world.id('executive'), world.id('guardian')],
    )
    await say(token, { openness: 'confidential', name: 'Jo' })
    const { rows } = await world.database.asSuperuser.query(
      `select 1 from key_grant where concern_id = $1 and kind = 'identity' and holder = $2`,
      [id, world.id('executive')],
    )
    expect(rows).toEqual([])
  })
})

describe('a new code', () => {
  test('opens the same inbox with the same keys, and the old one is like one that never was', async () => {
    const { id, token } = await world.raise({ narrative: 'The alarm is off.' })
    await world.write(token, 'First message')
    const before = await back(token)
    const { token: fresh } = await world.concerns.replaceToken(visitor(), token, null)
    expect(fresh).not.toBe(token)
    expect(await unknown(token)).toBe('token_not_recognised')
    const inbox = await world.inbox(fresh)
    expect([inbox.narrative, inbox.messages.map(({ body }) => body)]).toEqual(['The alarm is off.', ['First message']])
    expect((await back(fresh)).keys.publicKeys).toEqual(before.keys.publicKeys)
    await world.write(fresh, 'Second message')
    const content = await world.concerns.viewContent(world.as('guardian'), id)
    expect(content.messages.map(({ body, genuine }) => [body, genuine])).toEqual([
      ['First message', true],
      ['Second message', true],
    ])
    expect((await reporterEntries(id)).filter(({ kind }) => kind === 'token_replaced').map(({ fields }) => fields)).toEqual([{}])
  })

  test('asked for twice at once with one secret is one code, and so is asking again when the old one is dead', async () => {
    const { token } = await world.raise()
    const secret = 'a secret that nobody else has 2'
    const [one, two] = await Promise.all([1, 2].map(() => world.concerns.replaceToken(visitor(), token, secret)))
    expect(one).toEqual(two)
    expect(await world.concerns.replaceToken(visitor(), token, secret)).toEqual(one)
    expect(await unknown(one!.token)).not.toBe('token_not_recognised')
  })

  test('asked for by two people at once with one old code is given to one of them', async () => {
    const { token } = await world.raise()
    const settled = await Promise.allSettled([1, 2].map(() => world.concerns.replaceToken(visitor(), token, null)))
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as Refusal] : []))
    expect(lost?.code).toBe('token_not_recognised')
  })

  test('closes every inbox the old code had opened but the one it was asked for in', async () => {
    const { token } = await world.raise()
    const { inboxSessions } = world.concerns
    const mine = await inboxSessions.open(visitor(), token, 180)
    const theirs = await inboxSessions.open(visitor(), token, 180)
    const given = await inboxSessions.replaceToken(visitor(), mine.key, 'a secret that nobody else has 3')
    expect(await refusalOf(inboxSessions.resume(visitor(), theirs.key))).toBe('inbox_closed')
    expect((await inboxSessions.resume(visitor(), mine.key)).concernId).toBe((await back(given.token)).concernId)
    expect(await refusalOf(inboxSessions.replaceToken(visitor(), theirs.key, 'a secret that nobody else has 4'))).toBe('inbox_closed')
  })

  test('can be seen again until it is written down or the next day is over, and not after', async () => {
    const { token } = await world.raise()
    const { inboxSessions } = world.concerns
    const { key } = await inboxSessions.open(visitor(), token, 15)
    const secret = 'a secret that nobody else has 5'
    const given = await inboxSessions.replaceToken(visitor(), key, secret)
    world.clock.advance({ minutes: 60 })
    expect(await inboxSessions.recallToken(visitor(), secret)).toEqual(given)
    await inboxSessions.forgetToken(secret)
    expect(await inboxSessions.recallToken(visitor(), secret)).toBeNull()
    world.clock.advance({ hours: 72 })
  })
})

describe('feedback', () => {
  const give = async (token: string, said: object = {}, secret: string | null = null) =>
    world.concerns.giveFeedback(await back(token), feedbackInput.parse({ speakUpAgain: 'maybe', ...said }), secret)
  const counted = async () =>
    (await world.database.asSuperuser.query<{ quarter: string; answer: string }>('select quarter, answer from feedback_answer')).rows

  test('is read by the handlers and counted under the quarter it came in, tied to nothing', async () => {
    const { id, token } = await world.raise()
    const before = await counted()
    await give(token, { speakUpAgain: 'no', listened: 'partly', comment: 'It took long.' })
    expect((await counted()).slice(before.length)).toEqual([{ quarter: '2026/27 Q3', answer: 'no' }])
    const content = await world.concerns.viewContent(world.as('guardian'), id)
    expect(content.feedback).toMatchObject([{ speakUpAgain: 'no', listened: 'partly', comment: 'It took long.', genuine: true, cycle: 1 }])
  })

  test('is taken once, and once more after the concern is reopened', async () => {
    const { id, token } = await world.raise()
    await give(token)
    const before = await counted()
    expect(await refusalOf(give(token))).toBe('transition_not_allowed')
    expect(await counted()).toEqual(before)
    expect((await world.inbox(token)).allowedActions).not.toContain('give_feedback')
    await world.bring(id, 'resolved')
    await world.act('guardian', id, 'reopen', { reason: 'New facts.' })
    expect((await world.inbox(token)).allowedActions).toContain('give_feedback')
    await give(token, { speakUpAgain: 'yes' })
    expect((await world.concerns.viewContent(world.as('guardian'), id)).feedback.map(({ cycle }) => cycle)).toEqual([1, 2])
  })

  test('pressed twice counts once', async () => {
    const { token } = await world.raise()
    const before = (await counted()).length
    await Promise.all([1, 2].map(() => give(token, {}, 'a secret that nobody else has 6')))
    expect((await counted()).length).toBe(before + 1)
  })
})

describe('questions', () => {
  const ask = (id: ConcernId, body: string) => world.concerns.sendMessage(world.as('guardian'), id, { body, question: true }, null)
  const answer = async (token: string, body: string, answers: string) =>
    world.concerns.writeFromInbox(await back(token), { body, answers }, null)

  test('stand open in the inbox until they are answered, and the answer names its question to both sides', async () => {
    const { id, token } = await world.raise()
    await world.concerns.sendMessage(world.as('guardian'), id, { body: 'No question.' }, null)
    const { id: question } = await ask(id, 'Which ward?')
    expect((await world.inbox(token)).questions.map(({ body }) => body)).toEqual(['Which ward?'])
    await answer(token, 'The third.', question)
    const inbox = await world.inbox(token)
    expect([inbox.questions, inbox.allowedActions.includes('answer_question')]).toEqual([[], false])
    const content = await world.concerns.viewContent(world.as('guardian'), id)
    expect(content.messages.find(({ body }) => body === 'The third.')?.answers).toBe(question)
  })

  test.each([
    [
      'answered already',
      async (id: ConcernId, token: string) => {
        const { id: question } = await ask(id, 'Which ward?')
        await answer(token, 'The third.', question)
        return question
      },
    ],
    [
      'a message and no question',
      async (id: ConcernId) => (await world.concerns.sendMessage(world.as('guardian'), id, { body: 'Hello.' }, null)).id,
    ],
    ['of another concern', async () => ask((await world.raise()).id, 'Which ward?').then(({ id }) => id)],
  ])('take no answer where it is %s', async (_how, questionFor) => {
    const { id, token } = await world.raise()
    const question = await questionFor(id, token)
    const before = (await world.inbox(token)).messages.length
    expect(await refusalOf(answer(token, 'Again.', question))).toEqual({ invalid_input: ['/answers not_a_question'] })
    expect((await world.inbox(token)).messages.length).toBe(before)
  })
})

describe('the end, as the person sees it', () => {
  test('says how it ended, what was shared and which days come next', async () => {
    const { id, token } = await world.raise()
    expect((await world.inbox(token)).outcome).toBeNull()
    await world.bring(id, 'resolved')
    const inbox = await world.inbox(token)
    expect(inbox.outcome).toMatchObject({ feedbackShared: words.resolve.feedbackShared })
    expect(inbox.nextDates.map(({ code }) => code)).toEqual(['check_3_months', 'check_6_months'])
    expect(inbox.readingDays).toHaveLength(3)
  })

  test('a code that staff held first says so until a new one is taken', async () => {
    const { id, token } = await world.raise()
    await world.tamper(`update concern set channel = 'phone' where id = $1`, [id])
    expect([(await back(token)).handedOver, (await world.inbox(token)).newCodeFirst]).toEqual([true, true])
    const { token: fresh } = await world.concerns.replaceToken(visitor(), token, null)
    expect([(await back(fresh)).handedOver, (await world.inbox(fresh)).newCodeFirst]).toEqual([false, false])
  })
})
