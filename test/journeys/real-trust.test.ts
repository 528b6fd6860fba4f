import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { createHttpClient, type Answer, type HttpClient } from '../support/http-client.ts'
import { newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { administrator, guardian, setsUp } from '../support/terminal-process.ts'

interface Member {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly roles: readonly string[]
}

const secondGuardian: Member = {
  name: 'Tom Baker',
  email: 'tom.baker@trust.example',
  password: 'winter kettle orchard nine',
  roles: ['guardian'],
}
const investigator: Member = {
  name: 'Ivy Stone',
  email: 'ivy.stone@trust.example',
  password: 'purple bicycle on the roof',
  roles: ['investigator'],
}
const auditor: Member = { name: 'Ann Field', email: 'ann.field@trust.example', password: 'seven quiet lamps at dusk', roles: ['auditor'] }

const stepNow = () => Math.floor((performance.timeOrigin + performance.now()) / 30_000)

/** An authenticator app: the codes of three steps are taken, each once and in turn, so that a person who needs a second one seldom waits. */
class Authenticator {
  readonly #secret: Secret
  #last: number

  /** `used`: the code of this moment may have been given already. */
  constructor(seed: string, used: boolean) {
    this.#secret = Secret.fromBase32(seed.replaceAll(' ', ''))
    this.#last = used ? stepNow() : 0
  }

  async code(): Promise<string> {
    const next = Math.max(this.#last + 1, stepNow() - 1)
    while (next > stepNow() + 1) await new Promise((resolve) => setTimeout(resolve, 500))
    this.#last = next
    return TOTP.generate({ secret: this.#secret, algorithm: 'SHA1', digits: 6, period: 30, timestamp: next * 30_000 })
  }
}

describe('a trust’s first days, from setup to a concern that is closed and opened again', { timeout: 300_000 }, () => {
  let house: Household
  let service: RunningService
  let web: HttpClient
  const apps = new Map<string, Authenticator>()
  const recoveryCodes = new Map<string, readonly string[]>()
  const browsers = new Map<string, HttpClient>()

  beforeAll(async () => {
    const fresh = await newHousehold({})
    house = { ...fresh, settings: { NODE_ENV: 'production', PUBLIC_ORIGIN: `http://127.0.0.1:${fresh.port}` } }
    const taken = await setsUp(house)
    apps.set(guardian.email, new Authenticator(taken.guardianSeed, true))
    apps.set(administrator.email, new Authenticator(taken.administratorSeed, true))
    service = await startService(house)
    await untilReady(service)
    web = await createHttpClient(service.origin)
  }, 200_000)
  afterAll(async () => {
    await service.stop()
    await house.remove()
  })

  const otpOf = (email: string) => apps.get(email)!.code()

  /** Signs in at a browser of their own, as the page asks. */
  const at = async ({ email, password }: Pick<Member, 'email' | 'password'>): Promise<HttpClient> => {
    const known = browsers.get(email)
    if (known !== undefined) return known
    const client = web.someoneElse()
    const answer = await client.submit('/sign-in', { email, password, otp: await otpOf(email) })
    expect([email, answer.status]).toEqual([email, 303])
    browsers.set(email, client)
    return client
  }

  const bearers = new Map<string, string>()
  const call = async (
    person: Pick<Member, 'email' | 'password'> | null,
    method: 'get' | 'post',
    path: string,
    body?: unknown,
  ): Promise<Answer> => {
    if (person === null) return web.api(method, `/api/v1${path}`, body, { idempotencyKey: newId(systemRandom) })
    if (!bearers.has(person.email)) {
      const answer = await web.api('post', '/api/v1/sessions', {
        email: person.email,
        password: person.password,
        otp: await otpOf(person.email),
      })
      expect([person.email, answer.status]).toEqual([person.email, 201])
      bearers.set(person.email, answer.json<{ accessToken: string }>().accessToken)
    }
    return web.api(method, `/api/v1${path}`, body, { bearer: bearers.get(person.email)! })
  }

  const narrative = 'The night dispensary is left unlocked and two boxes of morphine are gone.'
  const raise = async (said = narrative) => {
    const raised = await call(null, 'post', '/concerns', { narrative: said, openness: 'anonymous' })
    expect(raised.status).toBe(201)
    return raised.json<{ token: string; readers: { name: string }[] }>()
  }

  it('lets the administrator invite a second guardian, an investigator and an auditor, each by a link that works once', async () => {
    const admin = await at(administrator)
    for (const person of [secondGuardian, investigator, auditor]) {
      const { email, name, roles, password } = person
      const { page } = await admin.get('/people/invite')
      const form = page.forms.find(({ names }) => names.has('email'))!
      const groups = /name="intakeGroupIds"[^>]*value="([^"]+)"/.exec((await admin.get('/people/invite')).text)?.[1] ?? ''
      const otp = form.names.has('otp') ? { otp: await otpOf(administrator.email) } : {}
      const invited = await admin.submit('/people/invite', { name, email, roles, intakeGroupIds: groups, ...otp })
      expect([invited.status, invited.page.faults]).toEqual([200, []])
      const link = new URL(/http:\/\/[^<\s]+\/enrol\/link\/[^<\s]+/.exec(invited.text)![0]).pathname

      const newcomer = web.someoneElse()
      await newcomer.follow(await newcomer.get(link))
      await newcomer.follow(await newcomer.submit('/enrol/password', { password, again: password }))
      const factor = await newcomer.get('/enrol/second-factor')
      apps.set(email, new Authenticator(/class="app-reference" translate="no">([A-Z2-7 ]+)</.exec(factor.text)![1]!, false))
      await newcomer.follow(await newcomer.submit('/enrol/second-factor', { otp: await otpOf(email) }))
      const printed = await newcomer.get('/enrol/recovery-code')
      const code = [...printed.text.matchAll(/<li>([0-9A-Z]+)<\/li>/g)].map(([, group = '']) => group)
      expect(code.length).toBeGreaterThan(5)
      recoveryCodes.set(email, code)
      const done = await newcomer.follow(await newcomer.submit('/enrol/recovery-code', { third: code[2]!, last: code.at(-1)! }))
      expect(done.status).toBe(200)
      expect((await web.someoneElse().follow(await web.someoneElse().get(link))).page.words).not.toContain('Choose a password')
    }
  })

  it('seals to nobody new until a guardian has countersigned them', async () => {
    expect((await raise()).readers.map(({ name }) => name)).toEqual([guardian.name])
    const amina = await at(guardian)
    const proposed = await amina.get('/countersign')
    for (const { name } of [secondGuardian, investigator, auditor].slice(0, 2)) expect(proposed.page.words).toContain(name)
    const otp = proposed.page.forms.some(({ names }) => names.has('otp')) ? { otp: await otpOf(guardian.email) } : {}
    const signed = await amina.submit('/countersign', { agree: 'yes', ...otp })
    expect([signed.status, signed.location]).toEqual([303, '/countersign?done=in_force'])
    expect((await raise()).readers.map(({ name }) => name).toSorted()).toEqual([guardian.name, secondGuardian.name].toSorted())
  })

  it('takes one concern from raised to closed and opened again, each by the person whose step it is', async () => {
    const story = `${narrative} This one is looked into.`
    const { token } = await raise(story)
    const inbox = async () =>
      (await call(null, 'post', '/inbox', { token })).json<{ stage: string; status: string; messages: { body: string }[] }>()
    const queue = (await call(secondGuardian, 'get', '/concerns?status=raised')).json<{ items: { id: string }[] }>()
    let id = ''
    for (const item of queue.items) {
      const content = (await call(secondGuardian, 'get', `/concerns/${item.id}/content`)).json<{ narrative: string }>()
      if (content.narrative === story) id = item.id
    }
    const version = async (person: Pick<Member, 'email' | 'password'>) =>
      (await call(person, 'get', `/concerns/${id}`)).json<{ version: number }>().version
    const act = async (person: Pick<Member, 'email' | 'password'>, action: string, body: object) => {
      const answer = await call(person, 'post', `/concerns/${id}/actions/${action}`, { expectedVersion: await version(person), ...body })
      expect([action, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([action, 200, ''])
      return answer.json<{ status: string; stage: string }>()
    }
    await act(secondGuardian, 'acknowledge', { message: 'Thank you for telling us. I have read it.' })
    await act(guardian, 'triage', {
      riskGrade: 'high',
      elements: ['patient_safety_quality'],
      decision: 'investigate',
      consent: 'not_applicable',
      conflict: 'none',
      title: 'Morphine missing at night',
    })
    const people = (await call(guardian, 'get', `/concerns/${id}`)).json<{ assignees: { name: string }[] }>()
    expect(people.assignees.map(({ name }) => name)).toContain(secondGuardian.name)
    const ivy = await idOf(investigator.name)
    await act(guardian, 'start_investigation', {
      investigatorId: ivy,
      terms: 'Look at the key book and the stock of the last month.',
      expectedEnd: '2099-01-29',
      message: 'Somebody from another team looks into it.',
    })
    await act(investigator, 'record_findings', {
      findings: [{ allegation: 'The dispensary was left unlocked', finding: 'substantiated' }],
      learning: 'The night key had no owner.',
      actions: [],
    })
    await act(secondGuardian, 'resolve', {
      outcome: 'investigated_action_taken',
      feedbackShared: 'summary',
      learning: 'The night key has an owner.',
      message: 'You were right. The lock and the key book were changed.',
    })
    expect((await inbox()).stage).toBe('resolved')
    expect((await act(guardian, 'close', { followUp: 'done' })).status).toBe('closed')
    expect((await act(secondGuardian, 'reopen', { reason: 'It was open again last night.' })).status).toBe('triaged')
    expect((await inbox()).messages.map(({ body }) => body)).toContain('You were right. The lock and the key book were changed.')
  })

  const idOf = async (name: string): Promise<string> => {
    const users = (await call(administrator, 'get', '/users')).json<{ items: { id: string; name: string }[] }>()
    return users.items.find((person) => person.name === name)!.id
  }

  it('lets the auditor see every step of it and not one word', async () => {
    const entries: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = cursor === '' ? '/log/entries?limit=100' : `/log/entries?limit=100&from=${cursor}`
      const page: { items: { entry: string }[]; next: string | null } = (await call(auditor, 'get', path)).json()
      entries.push(...page.items.map(({ entry }) => entry))
      cursor = page.next
    }
    const kinds = entries.map((entry) => (JSON.parse(entry) as { kind: string }).kind)
    // What a person did today is shown to nobody before tomorrow
    expect(kinds).not.toContain('concern_raised')
    for (const kind of ['concern_acknowledged', 'concern_triaged', 'investigation_started', 'findings_recorded'])
      expect(kinds).toContain(kind)
    for (const kind of ['concern_resolved', 'concern_closed', 'concern_reopened', 'recipient_set_signed']) expect(kinds).toContain(kind)
    for (const word of ['morphine', 'Morphine', 'dispensary', 'night key', guardian.email, secondGuardian.name])
      expect(entries.filter((entry) => entry.includes(word))).toEqual([])
    expect((await call(auditor, 'get', '/concerns')).status).toBe(403)
  })

  it('lets a guardian who lost the password back in with the printed code, to all that they could read before', async () => {
    const { email } = secondGuardian
    const newPassword = 'a different harbour every year'
    const person = web.someoneElse()
    const answer = await person.submit('/sign-in/recover', {
      email,
      code: recoveryCodes.get(email)!.join(' '),
      password: newPassword,
      again: newPassword,
      otp: await otpOf(email),
    })
    expect([answer.status, answer.page.faults]).toEqual([303, []])
    const queue = await person.get('/concerns')
    expect(queue.status).toBe(200)
    const href = queue.page.links.find(({ href: path }) => /^\/concerns\/[0-9a-f-]{36}$/.test(path))!.href
    expect((await person.get(href)).page.words).toContain('night dispensary')
    const old = await web.api('post', '/api/v1/sessions', { email, password: secondGuardian.password, otp: await otpOf(email) })
    expect(old.status).toBe(401)
  })
})
