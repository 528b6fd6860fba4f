import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

/** How many concerns there are: what a refusal must not change. */
async function concerns(): Promise<number> {
  const { rows } = await stage.test.database.asSuperuser.query<{ count: number }>('select count(*)::int as count from concern')
  return rows[0]!.count
}

describe('raising a concern', () => {
  test('needs a narrative and nothing else, and answers with everything the person has to keep', async () => {
    const raised = await stage.api.ok(201, 'post', '/concerns', { narrative })
    expect(raised['token']).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    expect(raised).toMatchObject({ stage: 'raised', raisedOn: '2026-11-24', acknowledgeBy: '2026-11-26' })
    expect(raised['readers']).toContainEqual({ role: 'guardian', name: 'Grace Okafor' })
    expect(raised['receipt']).not.toBe('')
  })

  test('takes all that the contract names', async () => {
    const raised = await stage.api.ok(201, 'post', '/concerns', {
      narrative,
      openness: 'confidential',
      identity: { name: 'T.', contact: 'After six, at home' },
      elements: ['patient_safety_quality', 'bullying_harassment'],
      site: 'Main hospital',
      professionalGroup: 'students',
      happened: 'Since spring',
      awareSince: '2026-05',
      immediateDanger: 'not_sure',
      treatedBadly: 'worried',
      about: ['ward manager'],
      recipient: 'guardians',
      deputyMayRead: false,
      workerStatus: 'agency_or_locum',
      employer: 'An agency',
      language: 'pl',
      notices: { address: 'jo@home.example', part: 'evening', understood: true },
    })
    expect(raised['readers']).toEqual([{ role: 'guardian', name: 'Grace Okafor' }])
  })

  test('counts 20,000 characters as people count them', async () => {
    await stage.api.ok(201, 'post', '/concerns', { narrative: '🙏'.repeat(20_000) })
    const { errors } = await stage.api.refused('invalid_input', 'post', '/concerns', { narrative: '🙏'.repeat(20_003) })
    expect(errors).toEqual([{ pointer: '/narrative', code: 'too_long', detail: 'Your text is too long: cut about 3 characters.' }])
  })
})

describe('what can not be raised is refused at the place where it is wrong, and changes nothing', () => {
  test.each([
    ['nothing at all', {}, '/narrative', 'required'],
    ['an empty narrative', { narrative: '' }, '/narrative', 'required'],
    ['a narrative of blanks', { narrative: ' \n\t ' }, '/narrative', 'required'],
    ['a narrative that is too long', { narrative: 'a'.repeat(20_001) }, '/narrative', 'too_long'],
    ['a NUL character', { narrative: 'before\u0000after' }, '/narrative', 'control_characters'],
    ['a control character', { narrative: 'ring\u0007' }, '/narrative', 'control_characters'],
    ['half of a surrogate pair', { narrative: 'broken \ud800 emoji' }, '/narrative', 'control_characters'],
    ['a NUL character in another field', { narrative, site: 'Ward\u0000' }, '/site', 'control_characters'],
    ['a number for a narrative', { narrative: 7 }, '/narrative', 'wrong_type'],
    ['a list for a narrative', { narrative: [narrative] }, '/narrative', 'wrong_type'],
    ['null for a narrative', { narrative: null }, '/narrative', 'wrong_type'],
    ['a word for a yes or no', { narrative, deputyMayRead: 'yes' }, '/deputyMayRead', 'wrong_type'],
    ['elements that are no list', { narrative, elements: 'bullying_harassment' }, '/elements', 'wrong_type'],
    ['an element that nobody knows', { narrative, elements: ['gossip'] }, '/elements/0', 'not_an_option'],
    ['an openness that nobody knows', { narrative, openness: 'public' }, '/openness', 'not_an_option'],
    ['an unknown field', { narrative, priority: 1 }, '/priority', 'unknown_field'],
    ['an unknown field with a slash in its name', { narrative, 'a/b': 1 }, '/a~1b', 'unknown_field'],
    [
      'an unknown field further in',
      { narrative, openness: 'open', identity: { name: 'A', email: 'b' } },
      '/identity/email',
      'unknown_field',
    ],
    [
      'a note for somebody who is unknown',
      { narrative, notices: { address: 'jo@home.example', part: 'evening', understood: true } },
      '/notices',
      'notices_on_anonymous',
    ],
    [
      'a note to somebody who has not said that they understand',
      { narrative, openness: 'open', notices: { address: 'jo@home.example', part: 'evening', understood: false } },
      '/notices/understood',
      'not_an_option',
    ],
    [
      'a note to no address',
      { narrative, openness: 'open', notices: { address: 'jo', part: 'evening', understood: true } },
      '/notices/address',
      'wrong_format',
    ],
    ['a date that does not exist', { narrative, awareSince: '2026-02-30' }, '/awareSince', 'not_a_date'],
    ['a date the other way round', { narrative, awareSince: '04/10/2026' }, '/awareSince', 'not_a_date'],
    ['a month that does not exist', { narrative, awareSince: '2026-13' }, '/awareSince', 'not_a_date'],
    ['a name on an anonymous concern', { narrative, identity: { name: 'M.' } }, '/identity', 'identity_on_anonymous'],
    ['an intake group that is no id', { narrative, intakeGroup: "1' or '1'='1" }, '/intakeGroup', 'not_an_option'],
    ['two lines where one is asked for', { narrative, site: 'Ward\nTwo' }, '/site', 'one_line'],
    ['a language that is none', { narrative, language: '../../etc' }, '/language', 'wrong_format'],
  ])('%s', async (_what, body, pointer, code) => {
    const before = await concerns()
    const { errors = [] } = await stage.api.refused('invalid_input', 'post', '/concerns', body, { idempotencyKey: randomUUID() })
    expect(errors.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
    expect(await concerns()).toBe(before)
  })

  test('names every fault at once', async () => {
    const { errors = [] } = await stage.api.refused('invalid_input', 'post', '/concerns', { narrative: '', openness: 'x', extra: 1 })
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/extra', '/narrative', '/openness'])
  })

  test('repeats nothing of what was written', async () => {
    const answer = await stage.api.send('post', '/concerns', {
      narrative: 'canary one \u0000',
      site: 'canary two\nmore',
      openness: 'canary three',
    })
    expect(answer.text).not.toContain('canary')
  })

  test.each([
    ['broken JSON', '{"narrative": "half', 'application/json', 400, 'malformed_body'],
    ['text that is no JSON', 'narrative=hello', 'application/json', 400, 'malformed_body'],
    ['a bare string', '"narrative"', 'application/json', 400, 'malformed_body'],
    ['a prototype in disguise', '{"narrative":"x","__proto__":{"admin":true}}', 'application/json', 400, 'malformed_body'],
    ['a form', 'narrative=hello', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['plain text', 'hello', 'text/plain', 415, 'unsupported_media_type'],
    ['another character set', '{"narrative":"x"}', 'application/json; charset=iso-8859-1', 415, 'unsupported_media_type'],
    ['XML', '<concern/>', 'application/xml', 415, 'unsupported_media_type'],
    ['10 MB', JSON.stringify({ narrative: 'a'.repeat(10 * 1024 * 1024) }), 'application/json', 413, 'body_too_large'],
  ])('%s', async (_what, body, type, status, code) => {
    const before = await concerns()
    const response = await fetch(`${stage.client.origin}/api/v1/concerns`, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status, code })
    expect(await concerns()).toBe(before)
  })

  test('a list where an object is needed', async () => {
    expect((await stage.api.refused('invalid_input', 'post', '/concerns', [])).errors).toMatchObject([{ pointer: '', code: 'wrong_type' }])
  })

  test('nesting without end', async () => {
    const deep = `{"narrative":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const response = await fetch(`${stage.client.origin}/api/v1/concerns`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: deep,
    })
    expect([400, 422]).toContain(response.status)
    expect(stage.test.unexpected).toEqual([])
  })

  test('a hundred thousand faults, in an answer no longer than a page', async () => {
    for (const body of [
      { narrative, elements: Array.from({ length: 100_000 }, () => 0) },
      { narrative, about: Array.from({ length: 100_000 }, () => 0) },
      { narrative, ...Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`field${at}`, 0])) },
      { narrative, ['x'.repeat(400_000)]: 0 },
    ]) {
      const answer = await stage.api.send('post', '/concerns', body)
      expect(answer.status).toBe(422)
      expect(answer.text.length).toBeLessThan(20_000)
    }
  })

  test('a query where there is none', async () => {
    const { errors } = await stage.api.refused('invalid_input', 'post', '/concerns?draft=1', { narrative })
    expect(errors).toMatchObject([{ pointer: '/draft', code: 'unknown_field' }])
  })

  test('the wrong method, which is told the right ones', async () => {
    const answer = await stage.client.api('put', '/api/v1/concerns', { narrative })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toMatch(/\bPOST\b/)
    expect(answer.json()).toMatchObject({ code: 'method_not_allowed' })
  })

  test('a staff token on the call, which would tie a person to the concern: a guardian has to say that it is somebody else’s', async () => {
    const before = await concerns()
    const { errors = [] } = await stage.api.refused('invalid_input', 'post', '/concerns', { narrative }, await stage.bearerOf('guardian'))
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/channel', '/receivedOn'])
    await stage.api.refused('permission_denied', 'post', '/concerns', { narrative }, await stage.bearerOf('investigator'))
    await stage.api.refused('session_required', 'post', '/concerns', { narrative }, { bearer: 'not a token' })
    expect(await concerns()).toBe(before)
  })
})

describe('the Idempotency-Key', () => {
  test('gives the same answer to the same call, token included, and raises one concern', async () => {
    const before = await concerns()
    const options = { idempotencyKey: randomUUID() }
    const first = await stage.api.ok(201, 'post', '/concerns', { narrative, elements: [] }, options)
    const second = await stage.api.ok(201, 'post', '/concerns', { narrative, elements: [] }, options)
    expect(second).toEqual(first)
    expect(await concerns()).toBe(before + 1)
  })

  test('gives the same answer to calls that come at the same moment', async () => {
    const before = await concerns()
    const options = { idempotencyKey: randomBytes(18).toString('base64url') }
    const answers = await Promise.all(Array.from({ length: 6 }, () => stage.api.ok(201, 'post', '/concerns', { narrative }, options)))
    expect(new Set(answers.map((answer) => answer['token'])).size).toBe(1)
    expect(await concerns()).toBe(before + 1)
  })

  test('with another body is refused', async () => {
    const options = { idempotencyKey: randomUUID() }
    await stage.api.ok(201, 'post', '/concerns', { narrative }, options)
    const before = await concerns()
    await stage.api.refused('idempotency_key_reused', 'post', '/concerns', { narrative: `${narrative} And more.` }, options)
    expect(await concerns()).toBe(before)
  })

  test.each(['1', 'retry', 'a'.repeat(40), '00000000-0000-0000-0000-000000000000', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'])(
    'is refused where somebody could guess it: %s',
    async (idempotencyKey) => {
      const before = await concerns()
      await stage.api.refused('idempotency_key_weak', 'post', '/concerns', { narrative }, { idempotencyKey })
      expect(await concerns()).toBe(before)
    },
  )
})

describe('who would read it', () => {
  test('is answered by role and name before anything is sent', async () => {
    const readers = await stage.api.ok<{ role: string; name: string }[]>(200, 'get', '/readers')
    expect(readers.map(({ name }) => name).toSorted()).toEqual(['Daniel Reid', 'Grace Okafor'])
  })

  test('changes with the door chosen and with the deputy left out', async () => {
    const lead = await stage.api.ok<{ role: string }[]>(200, 'get', '/readers?recipient=executive_lead')
    expect(lead.map(({ role }) => role)).toContain('executive_lead')
    const alone = await stage.api.ok<{ name: string }[]>(200, 'get', '/readers?deputyMayRead=false')
    expect(alone.map(({ name }) => name)).toEqual(['Grace Okafor'])
  })

  test('takes no names in the address, where proxies write them down', async () => {
    for (const [query, pointer] of [
      ['about=Grace', '/about'],
      ['intakeGroup=everyone', '/intakeGroup'],
    ] as const) {
      expect((await stage.api.refused('invalid_input', 'get', `/readers?${query}`)).errors).toMatchObject([{ pointer }])
    }
  })
})
