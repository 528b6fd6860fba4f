import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

interface HandOver {
  readonly token: string | null
  readonly receipt: string | null
  readonly concern: { readonly id: string; readonly reference: string } | null
}
interface Recorded extends HandOver {
  readonly joint: readonly HandOver[]
  readonly acknowledgeBy: string
}

const told = { narrative, channel: 'phone', receivedOn: '2026-11-24', openness: 'anonymous' }
const talk = {
  ...told,
  channel: 'in_person',
  treatedBadly: 'no',
  title: 'Broken lamp',
  riskGrade: 'low',
  elements: ['worker_safety_wellbeing'],
  agreed: true,
  outcome: 'advice_given',
  learning: 'None.',
  message: 'I told her whom to ring.',
}
const record = async (body: object, path = '/concerns') =>
  stage.api.ok<Recorded>(201, 'post', path, body, { ...(await stage.bearerOf('guardian')), idempotencyKey: randomUUID() })
const concerns = async () =>
  Number((await stage.test.database.asSuperuser.query<{ n: string }>('select count(*) as n from concern')).rows[0]!.n)

describe('POST /concerns with a bearer', () => {
  test('records for somebody, and answers with a code to hand over', async () => {
    const recorded = await record({ ...told, channel: 'letter', receivedOn: '2026-11-20', backDatedReason: 'It lay in the post room.' })
    expect(recorded).toMatchObject({ stage: 'raised', status: 'raised', raisedOn: '2026-11-20', acknowledgeBy: '2026-11-24', joint: [] })
    expect(recorded.token).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    const view = await stage.api.ok(200, 'get', `/concerns/${recorded.concern!.id}`, undefined, await stage.bearerOf('guardian'))
    expect(view).toMatchObject({ channel: 'letter', codeIsShared: true, reference: recorded.concern!.reference })
    expect(JSON.stringify(view['history'])).toContain('"backDatedDays":4')
    expect(JSON.stringify(recorded)).not.toContain('recordedBy')
  })

  test('gives each of several people a code, and links their concerns', async () => {
    const { joint, concern } = await record({ ...told, people: 3 })
    expect(joint).toHaveLength(2)
    const { items } = await stage.api.ok<{ items: { relation: string; other: { reference: string } }[] }>(
      200,
      'get',
      `/concerns/${concern!.id}/links`,
      undefined,
      await stage.bearerOf('deputy'),
    )
    expect(items.map(({ relation, other }) => [relation, other.reference]).toSorted()).toEqual(
      joint.map((one) => ['joint', one.concern!.reference]).toSorted(),
    )
  })

  test('gives many links page by page, each once', async () => {
    const { joint, concern } = await record({ ...told, people: 6 })
    const bearer = await stage.bearerOf('guardian')
    const page = (query: string) =>
      stage.api.ok<{ items: { other: { reference: string } }[]; next: number | null }>(
        200,
        'get',
        `/concerns/${concern!.id}/links${query}`,
        undefined,
        bearer,
      )
    const [first, second, third] = [await page('?limit=2'), await page('?limit=2&from=2'), await page('?limit=2&from=4')]
    expect([first.next, second.next, third.next]).toEqual([2, 4, null])
    const found = [first, second, third].flatMap(({ items }) => items.map(({ other }) => other.reference))
    expect(found.toSorted()).toEqual(joint.map((one) => one.concern!.reference).toSorted())
    expect(await page('?from=999')).toEqual({ items: [], next: null })
    for (const query of ['?limit=0', '?limit=101', '?from=-1', '?from=x'])
      await stage.api.refused('invalid_input', 'get', `/concerns/${concern!.id}/links${query}`, undefined, bearer)
  })

  test('gives the same answer to the same key, and one concern', async () => {
    const options = { ...(await stage.bearerOf('guardian')), idempotencyKey: randomUUID() }
    const before = await concerns()
    const [first, second] = await Promise.all([1, 2].map(() => stage.api.ok(201, 'post', '/concerns', told, options)))
    expect(second).toEqual(first)
    expect(await concerns()).toBe(before + 1)
    await stage.api.refused('idempotency_key_reused', 'post', '/concerns', { ...told, channel: 'letter' }, options)
  })

  test.each([
    ['a day in the future', { receivedOn: '2026-11-25' }, '/receivedOn', 'received_in_the_future'],
    ['an earlier day without a reason', { receivedOn: '2026-11-20' }, '/backDatedReason', 'back_dating_reason_missing'],
    ['a day that is none', { receivedOn: '2026-02-30' }, '/receivedOn', 'not_a_date'],
    ['no day', { receivedOn: undefined }, '/receivedOn', 'required'],
    ['the person’s own channel', { channel: 'web_form' }, '/channel', 'not_an_option'],
    ['nobody', { people: 0 }, '/people', 'too_small'],
    ['a crowd', { people: 21 }, '/people', 'too_big'],
    ['half a person', { people: 1.5 }, '/people', 'wrong_type'],
    ['no words', { narrative: undefined }, '/narrative', 'required'],
    ['words and an e-mail', { email: 'From: a' }, '/email', 'one_of_two'],
    ['a name for several', { people: 2, openness: 'open', identity: { name: 'A' } }, '/identity', 'identity_of_several'],
    ['a name on an anonymous one', { identity: { name: 'A' } }, '/identity', 'identity_on_anonymous'],
    ['an unknown field', { onBehalfOf: 'A' }, '/onBehalfOf', 'unknown_field'],
  ])('refuses %s at its place, and keeps nothing', async (_what, over, pointer, code) => {
    const before = await concerns()
    const { errors = [] } = await stage.api.refused(
      'invalid_input',
      'post',
      '/concerns',
      { ...told, ...over },
      await stage.bearerOf('guardian'),
    )
    expect(errors.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
    expect(await concerns()).toBe(before)
  })

  test('refuses whom it is about', async () => {
    const bearer = await stage.bearerOf('guardian')
    await stage.api.refused('conflict_of_interest', 'post', '/concerns', { ...told, about: ['Grace Okafor'] }, bearer)
    await stage.api.refused('conflict_of_interest', 'post', '/concerns/concluded', { ...talk, about: ['Grace Okafor'] }, bearer)
  })

  test('reads back what would be kept and what would be cut, and keeps nothing', async () => {
    const before = await concerns()
    const email = 'From: Jane\nSent: Monday\nSubject: Lamp\n\nThe lamp is broken.'
    const back = await stage.api.ok(
      200,
      'post',
      '/concerns/read-back',
      { channel: 'email', receivedOn: '2026-11-24', email },
      await stage.bearerOf('guardian'),
    )
    expect(back).toMatchObject({ narrative: 'The lamp is broken.', cut: [{ kind: 'headers' }], backDatedDays: 0 })
    expect(await concerns()).toBe(before)
  })
})

describe('POST /concerns/concluded', () => {
  test('records, acknowledges, triages and resolves in one', async () => {
    const { concern, token } = await record(talk, '/concerns/concluded')
    const view = await stage.api.ok<{ history: { kind: string }[] }>(
      200,
      'get',
      `/concerns/${concern!.id}`,
      undefined,
      await stage.bearerOf('deputy'),
    )
    expect(view).toMatchObject({ status: 'resolved', riskGrade: 'low', title: 'Broken lamp' })
    expect(view.history.map(({ kind }) => kind)).toEqual([
      'concern_raised',
      'concern_recorded',
      'concern_acknowledged',
      'concern_triaged',
      'resolving_without_investigation',
      'concern_resolved',
    ])
    expect(token).not.toBeNull()
  })

  test.each([
    ['a higher risk', { riskGrade: 'high' }, '/riskGrade', 'not_low_risk'],
    ['patient safety', { elements: ['patient_safety_quality'] }, '/elements', 'patient_safety'],
    ['bad treatment', { treatedBadly: 'yes' }, '/treatedBadly', 'treated_badly'],
    ['a question left open', { treatedBadly: undefined }, '/treatedBadly', 'required'],
    ['danger', { immediateDanger: 'yes' }, '/immediateDanger', 'in_danger'],
    ['no agreement', { agreed: false }, '/agreed', 'not_agreed'],
    ['another outcome', { outcome: 'investigated_action_taken' }, '/outcome', 'not_an_option'],
    ['several people', { people: 2 }, '/people', 'unknown_field'],
  ])('refuses %s, and keeps nothing', async (_what, over, pointer, code) => {
    const before = await concerns()
    const answer = await stage.api.refused(
      'invalid_input',
      'post',
      '/concerns/concluded',
      { ...talk, ...over },
      await stage.bearerOf('guardian'),
    )
    expect(answer.errors?.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
    expect(await concerns()).toBe(before)
  })
})

describe('links', () => {
  test('are made by reference, listed on both sides, and taken away', async () => {
    const bearer = await stage.bearerOf('guardian')
    const [one, other] = [await record(told), await record(told)]
    const { id } = await stage.api.ok<{ id: string }>(
      201,
      'post',
      `/concerns/${one.concern!.id}/links`,
      { other: other.concern!.reference.toLowerCase(), note: 'The same lamp.' },
      bearer,
    )
    const listed = await stage.api.ok<{ items: object[] }>(200, 'get', `/concerns/${other.concern!.id}/links`, undefined, bearer)
    expect(listed.items).toMatchObject([
      { id, relation: 'linked', other: { id: one.concern!.id }, note: 'The same lamp.', mayRemove: true },
    ])
    await stage.api.ok(204, 'delete', `/concerns/${other.concern!.id}/links/${id}`, undefined, bearer)
    expect(await stage.api.ok(200, 'get', `/concerns/${one.concern!.id}/links`, undefined, bearer)).toEqual({ items: [], next: null })
    await stage.api.refused('not_found', 'delete', `/concerns/${one.concern!.id}/links/${id}`, undefined, bearer)
  })

  test('answer a reference that is hidden and one that is nobody’s in the same words', async () => {
    const deputy = await stage.bearerOf('deputy')
    const [near, hidden] = [await record(told), await record({ ...told, about: ['Daniel Reid'] })]
    const tried = async (other: string) => {
      const { instance: _instance, ...rest } = await stage.api.refused(
        'invalid_input',
        'post',
        `/concerns/${near.concern!.id}/links`,
        { other },
        deputy,
      )
      return rest
    }
    expect(await tried(hidden.concern!.reference)).toEqual(await tried('F-0000-0000'))
  })
})
