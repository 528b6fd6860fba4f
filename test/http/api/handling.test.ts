import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { narrative, setStage, triage, type Concern, type Stage } from './stage.ts'

let stage: Stage
let guardian: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  guardian = await stage.bearerOf('guardian')
})
afterAll(() => stage.close())

const view = (id: string) => stage.api.ok<Concern>(200, 'get', `/concerns/${id}`, undefined, guardian)

describe('the queue', () => {
  test('shows a concern with the reason for its place, and no word of what was said', async () => {
    const { id } = await stage.raise({ immediateDanger: 'yes' })
    const queue = await stage.api.ok<{ items: { id: string }[]; counts: object }>(200, 'get', '/concerns?limit=100', undefined, guardian)
    expect(queue.items.find((item) => item.id === id)).toMatchObject({ stage: 'raised', danger: true, why: { code: 'danger_unanswered' } })
    expect(JSON.stringify(queue)).not.toContain(narrative)
  })

  test('comes in pages that hold each concern once', async () => {
    await stage.raise()
    await stage.raise()
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: { items: { id: string }[]; next: string | null } = await stage.api.ok(
        200,
        'get',
        `/concerns?limit=1${after}`,
        undefined,
        guardian,
      )
      expect(page.items.length).toBeLessThanOrEqual(1)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null && seen.length < 50)
    expect(seen.length).toBeGreaterThanOrEqual(3)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=many', '/limit'],
    ['stage=done', '/stage'],
    ['due=never', '/due'],
    ['owner=grace', '/owner'],
    ['sort=narrative', '/sort'],
  ])('refuses ?%s', async (query, pointer) => {
    const { errors } = await stage.api.refused('invalid_input', 'get', `/concerns?${query}`, undefined, guardian)
    expect(errors?.map((fault) => fault.pointer)).toContain(pointer)
  })

  test.each(['nonsense', 'e30', Buffer.from('[1,2,3]').toString('base64url')])(
    'takes no harm from a cursor made up as %s',
    async (cursor) => {
      const answer = await stage.api.send('get', `/concerns?cursor=${cursor}`, undefined, guardian)
      expect([200, 422]).toContain(answer.status)
    },
  )
})

describe('an action', () => {
  test('answers with the concern as it now is', async () => {
    const { id, token } = await stage.raise()
    const acknowledged = await stage.act(id, 'acknowledge', { message: 'Thank you. I have read it.' })
    expect(acknowledged).toMatchObject({ stage: 'acknowledged', status: 'acknowledged' })
    expect(acknowledged.allowedActions).toContain('triage')
    const { openClocks } = (await view(id)) as unknown as { readonly openClocks: readonly { readonly code: string }[] }
    expect(openClocks).toContainEqual(expect.objectContaining({ code: 'T4', of: null, state: 'running', extensions: 0, pausedDays: 0 }))
    expect(openClocks.map(({ code }) => code)).not.toContain('T1')
    expect(await view(id)).toMatchObject({ version: acknowledged.version, status: 'acknowledged' })
    const inbox = await stage.api.ok(200, 'post', '/inbox', { token })
    expect(inbox).toMatchObject({
      stage: 'acknowledged',
      clocks: [
        { code: 'T1', state: 'met' },
        { code: 'T4', state: 'running' },
      ],
      messages: [{ body: 'Thank you. I have read it.' }],
    })
  })

  test('on a version that is no longer there is refused, and changes nothing', async () => {
    const { id } = await stage.raise()
    const { version } = await view(id)
    const body = { expectedVersion: version, message: 'First.' }
    await stage.api.ok(200, 'post', `/concerns/${id}/actions/acknowledge`, body, guardian)
    const after = await view(id)
    await stage.api.refused('concern_changed', 'post', `/concerns/${id}/actions/triage`, { ...triage, expectedVersion: version }, guardian)
    expect(await view(id)).toMatchObject({ version: after.version, status: after.status })
  })

  test('by two people at once is done once', async () => {
    const { id } = await stage.raise()
    const { version } = await view(id)
    const people = [guardian, await stage.bearerOf('deputy')]
    const answers = await Promise.all(
      people.map((bearer, at) =>
        stage.api.send('post', `/concerns/${id}/actions/acknowledge`, { expectedVersion: version, message: `From ${at}.` }, bearer),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.json()).toMatchObject({
      code: expect.stringMatching(/^(concern_changed|transition_not_allowed)$/) as string,
    })
  })

  test.each([
    ['triage', triage],
    ['start_investigation', { investigatorId: randomUUID(), terms: 'Look.', expectedEnd: '2026-12-18', message: 'Soon.' }],
    ['resolve_without_investigation', { reasonCode: 'facts_agreed', reason: 'Known.', decidedBy: randomUUID(), message: 'Done.' }],
    ['refer', { to: 'hr', recipient: 'Head of HR', shareIdentity: false, reason: 'Theirs.', message: 'Passed on.' }],
    ['record_findings', { findings: [{ allegation: 'It happened.', finding: 'substantiated' }], learning: 'None.', actions: [] }],
    ['resolve', { outcome: 'advice_given', feedbackShared: 'summary', learning: 'None.', message: 'Done.' }],
  ])('%s is not open while nobody has acknowledged the concern', async (action, body) => {
    const { id } = await stage.raise()
    const before = await view(id)
    await stage.api.refused(
      'transition_not_allowed',
      'post',
      `/concerns/${id}/actions/${action}`,
      { ...body, expectedVersion: before.version },
      guardian,
    )
    expect(await view(id)).toMatchObject({ version: before.version, status: 'raised' })
  })

  test.each(['wind_clock', 'delete', '__proto__', 'constructor'])(
    'of a name this release does not know (%s) is an address that is not there',
    async (action) => {
      const { id } = await stage.raise()
      const answer = await stage.client.api('post', `/api/v1/concerns/${id}/actions/${action}`, { expectedVersion: 1 }, guardian)
      expect(answer.status).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'not_found' })
    },
  )

  test.each<[string, string, object, string, string]>([
    ['no version', 'acknowledge', { message: 'Hello.' }, '/expectedVersion', 'required'],
    ['a version in words', 'acknowledge', { expectedVersion: 'one', message: 'Hello.' }, '/expectedVersion', 'wrong_type'],
    ['half a version', 'acknowledge', { expectedVersion: 1.5, message: 'Hello.' }, '/expectedVersion', 'wrong_type'],
    ['an empty message', 'acknowledge', { expectedVersion: 1, message: '' }, '/message', 'required'],
    [
      'a field of another action',
      'acknowledge',
      { expectedVersion: 1, message: 'Hello.', outcome: 'advice_given' },
      '/outcome',
      'unknown_field',
    ],
    ['a grade that is none', 'triage', { ...triage, expectedVersion: 1, riskGrade: 'severe' }, '/riskGrade', 'not_an_option'],
    [
      'a date that does not exist',
      'start_investigation',
      { expectedVersion: 1, investigatorId: randomUUID(), terms: 'T', expectedEnd: '2026-11-31', message: 'M' },
      '/expectedEnd',
      'not_a_date',
    ],
    ['a person who is none', 'assign', { expectedVersion: 1, userId: 'grace' }, '/userId', 'not_an_option'],
    [
      'a finding that is none',
      'record_findings',
      { expectedVersion: 1, findings: [{ allegation: 'A', finding: 'guilty' }], learning: 'L', actions: [] },
      '/findings/0/finding',
      'not_an_option',
    ],
  ])('with %s is refused at the place where it is wrong', async (_what, action, body, pointer, code) => {
    const { id } = await stage.raise()
    const { errors = [] } = await stage.api.refused('invalid_input', 'post', `/concerns/${id}/actions/${action}`, body, guardian)
    expect(errors.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
    expect(await view(id)).toMatchObject({ status: 'raised' })
  })
})

describe('another date', () => {
  test('may have its reason in words alone, as other programs send it: its kind is then “another reason”', async () => {
    const { token, concern } = await stage.triaged({ decision: 'investigate' })
    const { investigators } = await stage.api.ok<{ investigators: { id: string }[] }>(
      200,
      'get',
      `/concerns/${concern.id}/choices`,
      undefined,
      guardian,
    )
    const begun = { investigatorId: investigators[0]!.id, terms: 'Look.', expectedEnd: '2026-12-18', message: 'We have begun.' }
    await stage.act(concern.id, 'start_investigation', begun)
    await stage.act(concern.id, 'extend_clock', { clock: 'T7', until: '2027-01-29', reason: 'A witness is ill.' })
    await stage.act(concern.id, 'pause_clock', { clock: 'T6', until: '2026-11-27', reason: 'You are with your mother.' })
    const inbox = await stage.api.ok<{ messages: { body: string }[]; movedClocks: object[] }>(200, 'post', '/inbox', { token })
    expect(inbox.messages.slice(-2).map(({ body }) => body.split('\n\n')[1])).toEqual(['A witness is ill.', 'You are with your mother.'])
    expect(inbox.movedClocks).toMatchObject([
      { code: 'T7', kind: 'extended', reasonCode: 'other' },
      { code: 'T6', kind: 'paused', reasonCode: 'other' },
    ])
  })
})

describe('where two people are needed', () => {
  test('the second one approves with a fresh code; the first can not, nor can anybody twice', async () => {
    const { concern } = await stage.triaged({ riskGrade: 'high' })
    const requested = await stage.act(concern.id, 'resolve_without_investigation', {
      reasonCode: 'facts_agreed',
      reason: 'All agree on what happened.',
      decidedBy: await stage.userIdOf('guardian'),
      approver: await stage.userIdOf('executive'),
      message: 'We can put this right at once.',
    })
    expect(requested).toMatchObject({ status: 'triaged' })
    const path = `/concerns/${concern.id}/approvals/${requested.pendingApproval!.id}`
    const executive = await stage.bearerOf('executive')
    const waiting = await stage.api.ok<{ items: object[] }>(200, 'get', '/approvals', undefined, executive)
    expect(waiting.items).toMatchObject([
      { id: requested.pendingApproval!.id, reasonCode: 'facts_agreed', requestedBy: 'Grace Okafor', genuine: true },
    ])

    await stage.api.refused('approval_own_request', 'post', path, { decision: 'approve', otp: stage.freshCode('guardian') }, guardian)
    await stage.api.refused('invalid_input', 'post', path, { decision: 'maybe', otp: stage.freshCode('executive') }, executive)
    expect(await view(concern.id)).toMatchObject({ status: 'triaged' })

    const otp = stage.freshCode('executive')
    await stage.api.ok(200, 'post', path, { decision: 'approve', otp, note: 'Agreed.' }, executive)
    expect(await view(concern.id)).toMatchObject({ status: 'resolving', pendingApproval: null })
    const again = await stage.api.send('post', path, { decision: 'refuse', otp: stage.freshCode('executive') }, executive)
    expect([404, 409]).toContain(again.status)
    expect(await view(concern.id)).toMatchObject({ status: 'resolving' })
  })

  test('a code that was used before approves nothing', async () => {
    const { concern } = await stage.triaged({ riskGrade: 'immediate' })
    const requested = await stage.act(concern.id, 'resolve_without_investigation', {
      reasonCode: 'facts_agreed',
      reason: 'All agree.',
      decidedBy: await stage.userIdOf('guardian'),
      approver: await stage.userIdOf('nonExecutive'),
      message: 'We can put this right at once.',
    })
    const nonExecutive = await stage.bearerOf('nonExecutive')
    const used = stage.test.codeOf('nonExecutive')
    const body = { decision: 'approve', otp: used }
    await stage.api.refused(
      'otp_replayed',
      'post',
      `/concerns/${concern.id}/approvals/${requested.pendingApproval!.id}`,
      body,
      nonExecutive,
    )
    expect(await view(concern.id)).toMatchObject({ status: 'triaged' })
  })
})

describe('what was said', () => {
  test('opens for a guardian, and the look is in the log', async () => {
    const { id } = await stage.raise({ openness: 'open', identity: { name: 'Dr S.' }, site: 'Main hospital', about: ['ward manager'] })
    const content = await stage.api.ok(200, 'get', `/concerns/${id}/content`, undefined, guardian)
    expect(content).toMatchObject({
      narrative,
      genuine: true,
      site: 'Main hospital',
      about: ['ward manager'],
      identity: { name: 'Dr S.' },
      files: [],
    })
    const { items } = await stage.api.ok<{ items: { entry: string }[] }>(
      200,
      'get',
      '/log/entries?limit=256',
      undefined,
      await stage.bearerOf('auditor'),
    )
    expect(items.map(({ entry }) => (JSON.parse(entry) as { kind: string }).kind)).toContain('content_viewed')
  })

  test("hides a confidential person's name until there is a reason and a fresh code", async () => {
    const { id } = await stage.raise({ openness: 'confidential', identity: { name: 'T. Canary', contact: 'evenings' } })
    const content = await stage.api.send('get', `/concerns/${id}/content`, undefined, guardian)
    expect(content.text).not.toContain('Canary')
    await stage.api.refused('invalid_input', 'post', `/concerns/${id}/identity`, { reason: '', otp: stage.freshCode('guardian') }, guardian)
    const wrong = await stage.api.send('post', `/concerns/${id}/identity`, { reason: 'To ring back.', otp: '000000' }, guardian)
    expect(wrong.status).toBeGreaterThanOrEqual(400)
    expect(wrong.text).not.toContain('Canary')
    stage.test.clock.advance({ minutes: 5 })
    const identity = await stage.api.ok(
      200,
      'post',
      `/concerns/${id}/identity`,
      { reason: 'To ring back.', otp: stage.freshCode('guardian') },
      guardian,
    )
    expect(identity).toEqual({ name: 'T. Canary', contact: 'evenings', genuine: true })
    expect((await view(id)).history.map(({ kind }) => kind)).toContain('identity_viewed')
  })

  test('includes notes for the team, which the reporter never sees', async () => {
    const { id, token } = await stage.raise()
    const options = { ...guardian, idempotencyKey: randomUUID() }
    const first = await stage.api.ok(201, 'post', `/concerns/${id}/notes`, { body: 'Rang the ward. Canary note.' }, options)
    expect(await stage.api.ok(201, 'post', `/concerns/${id}/notes`, { body: 'Rang the ward. Canary note.' }, options)).toEqual(first)
    const { notes } = await stage.api.ok<{ notes: object[] }>(200, 'get', `/concerns/${id}/content`, undefined, guardian)
    expect(notes).toMatchObject([{ author: 'Grace Okafor', body: 'Rang the ward. Canary note.', genuine: true }])
    expect((await stage.api.send('post', '/inbox', { token })).text).not.toContain('Canary note')
  })
})

describe('people to choose from', () => {
  test('are listed with their ids, so that a program can name them', async () => {
    const { id } = await stage.raise()
    const choices = await stage.api.ok<Record<string, { name: string }[]>>(200, 'get', `/concerns/${id}/choices`, undefined, guardian)
    expect(choices['investigators']!.map(({ name }) => name)).toContain('Priya Nair')
    expect(choices['approvers']!.map(({ name }) => name)).not.toContain('Sam Whitlock')
  })
})

describe('a concern you may not see', () => {
  const paths = ['', '/content', '/choices'] as const

  test.each(['investigator', 'executive', 'nonExecutive'] as const)(
    'is answered to the %s like one that does not exist',
    async (person) => {
      const { id } = await stage.raise()
      const bearer = await stage.bearerOf(person)
      for (const path of paths) {
        const [hidden, missing] = await Promise.all(
          [id, randomUUID()].map((one) => stage.api.send('get', `/concerns/${one}${path}`, undefined, bearer)),
        )
        expect(hidden!.status).toBe(404)
        const { instance: _a, ...one } = hidden!.json<Record<string, unknown>>()
        const { instance: _b, ...other } = missing!.json<Record<string, unknown>>()
        expect(one).toEqual(other)
      }
      const acted = await stage.api.send('post', `/concerns/${id}/actions/acknowledge`, { expectedVersion: 1, message: 'Hello.' }, bearer)
      expect(acted.status).toBe(404)
      expect(await view(id)).toMatchObject({ status: 'raised' })
    },
  )

  test.each(['auditor', 'administrator'] as const)('is shut to the %s whether it exists or not', async (person) => {
    const { id } = await stage.raise()
    const bearer = await stage.bearerOf(person)
    const problems = await Promise.all(
      ['', `/${id}`, `/${randomUUID()}`].map((path) =>
        stage.api.refused('permission_denied', 'get', `/concerns${path}`, undefined, bearer),
      ),
    )
    expect(problems.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  test.each(['not-an-id', '..%2f..%2fetc', "1'--", '%00', 'a'.repeat(5000)])('has no address such as %s', async (id) => {
    const answer = await stage.client.api('get', `/api/v1/concerns/${id}`, undefined, guardian)
    expect(answer.status).toBe(404)
  })
})

describe('a lead', () => {
  test('sees what was escalated to them, timing first, and nothing else', async () => {
    const { concern } = await stage.triaged()
    const executive = await stage.bearerOf('executive')
    await stage.act(concern.id, 'escalate', { to: 'executive_lead', reason: 'It needs a decision above me.', shareContent: false })
    const { items } = await stage.api.ok<{ items: { id: string }[] }>(200, 'get', '/escalations', undefined, executive)
    expect(items.find(({ id }) => id === concern.id)).toMatchObject({ status: 'triaged', mayOpen: false })
    const others = await stage.api.ok<{ items: object[] }>(200, 'get', '/escalations', undefined, await stage.bearerOf('nonExecutive'))
    expect(others.items).toEqual([])
  })
})
