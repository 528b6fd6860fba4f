/**
 * Every journey of the service, from outside and over HTTP, with a canary in every place where a person, a browser or a network puts
 * something of theirs.
 */
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { newCanaryWord, type Canary } from './canary.ts'
import { createHttpClient, type Answer, type HttpClient } from './http-client.ts'
import { send, type PlainAnswer } from './process-http.ts'

/** An address of this machine that nothing else calls from. */
const callerAddress = '127.77.66.55'
const forwardedAddresses = ['198.51.100.23', '2001:db8:5ca1:ab1e::17'] as const

export interface Flock {
  /** What must be found nowhere. */
  readonly canaries: Canary[]
  /** Reporters' tokens: looked for in pieces too. */
  readonly tokens: Canary[]
  /** Answers to calls that should have been taken, and were not. */
  readonly refused: string[]
}

interface Raised {
  readonly id: string
  readonly token: string
}

type Json = Record<string, unknown>

/** The clock that the service goes by. `wait`: until a code of the second factor that was too early is good. */
export interface JourneyTime {
  readonly now: () => Temporal.Instant
  readonly wait: () => Promise<void>
}

const realTime: JourneyTime = { now: () => Temporal.Now.instant(), wait: () => new Promise((resolve) => setTimeout(resolve, 500)) }

/** A browser that walks and says what was not taken. */
interface Browser {
  readonly fill: (path: string, fields: Record<string, string | string[]>) => Promise<Answer>
  readonly post: (path: string, fields: Record<string, string | string[]>) => Promise<Answer>
}

export class CanaryJourneys {
  readonly flock: Flock = { canaries: [], tokens: [], refused: [] }
  readonly #origin: string
  readonly #time: JourneyTime
  readonly #used = new Map<string, number>()
  readonly #headers: Readonly<Record<string, string>>

  constructor(origin: string, time = realTime) {
    this.#origin = origin
    this.#time = time
    this.#keep('address of the caller', callerAddress)
    for (const address of forwardedAddresses) this.#keep('forwarded address', address)
    const agent = this.#word('user agent')
    this.#headers = {
      'User-Agent': `Mozilla/5.0 (${agent}; Ward PC 7)`,
      'X-Forwarded-For': forwardedAddresses.join(', '),
      'X-Real-IP': forwardedAddresses[0],
      Forwarded: `for=${forwardedAddresses[0]};by=${this.#word('by')}`,
      Via: `1.1 ${this.#word('proxy')}`,
      Referer: `https://intranet.example/${this.#word('referer')}`,
      'Accept-Language': `en, x-${this.#word('language')}`,
      'X-Request-Id': this.#word('request id'),
      'Sec-CH-UA-Model': this.#word('device'),
      Cookie: `session=${this.#word('cookie of another site')}`,
    }
  }

  /** Runs them all. */
  async run(): Promise<void> {
    const guardian = await this.#signIn('guardian@demo.test')
    const anonymous = await this.#raise(guardian, 'anonymous')
    const confidential = await this.#raise(guardian, 'confidential')
    const open = await this.#raise(guardian, 'open')
    await this.#investigate(guardian, confidential)
    await this.#resolveWithTwo(guardian, anonymous)
    await this.#refer(guardian, open)
    await this.#write(guardian, [anonymous, confidential, open])
    await this.#casework(guardian, confidential)
    await this.#openName(guardian, confidential)
    await this.#read([anonymous, confidential, open])
    await this.#endings(guardian, confidential, open)
    await this.#later(guardian, anonymous, open)
    await this.#onBehalf(guardian, anonymous)
    await this.#misuse(confidential)
    await this.#reporterPages()
    await this.#onePage()
    await this.#staffPages(confidential)
    await this.#auditor()
    await this.#api('DELETE', '/sessions/current', undefined, guardian, 204)
  }

  #today(): Temporal.PlainDate {
    return this.#time.now().toZonedDateTimeISO('Europe/London').toPlainDate()
  }

  #keep(name: string, text: string): string {
    this.flock.canaries.push({ name, text })
    return text
  }

  /** A new canary of its own. */
  #word(name: string): string {
    return this.#keep(name, newCanaryWord())
  }

  /** A sentence that holds one. */
  #say(name: string): string {
    return `What was seen, ${this.#word(name)}, was told to the sister in charge.`
  }

  async #api(
    method: string,
    path: string,
    body: unknown,
    bearer: string | null,
    wanted: number,
    more: Record<string, string> = {},
  ): Promise<PlainAnswer> {
    const headers = { ...this.#headers, ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }), ...more }
    const answer = await send(this.#origin, `/api/v1${path}`, {
      method,
      headers,
      from: callerAddress,
      ...(body === undefined ? {} : { body }),
    })
    if (answer.status !== wanted)
      this.flock.refused.push(
        `${method} ${path.replaceAll(/[0-9a-f-]{36}/g, '…')}: ${answer.status}, wanted ${wanted}: ${answer.text.slice(0, 300)}`,
      )
    return answer
  }

  #post(path: string, body: unknown, bearer: string | null, wanted = 200): Promise<PlainAnswer> {
    return this.#api('POST', path, body, bearer, wanted, { 'Idempotency-Key': this.#keep('idempotency key', newId(systemRandom)) })
  }

  /** The code of the earliest step that this person has not used. Each is taken once; waits where three were used already. */
  async #code(email: string): Promise<string> {
    const now = () => Math.floor(this.#time.now().epochMilliseconds / 30_000)
    const step = Math.max((this.#used.get(email) ?? 0) + 1, now() - 1)
    while (step > now() + 1) await this.#time.wait()
    this.#used.set(email, step)
    return demonstrationCode(Temporal.Instant.fromEpochMilliseconds(step * 30_000))
  }

  async #signIn(email: string): Promise<string> {
    const { password } = demonstrationPeople[0]!
    const answer = await this.#api('POST', '/sessions', { email, password, otp: await this.#code(email) }, null, 201)
    return this.#keepToken(answer.json<{ accessToken: string }>().accessToken)
  }

  /** An access token holds the key of the session: none of its three parts may lie anywhere. */
  #keepToken(token: string): string {
    const [, claims = '', signature = ''] = token.split('.')
    this.#keep('claims of an access token', claims.slice(0, 60))
    this.#keep('signature of an access token', signature)
    const { sk } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sk?: string }
    if (sk !== undefined) this.#keep('key of a session', sk)
    return token
  }

  async #raise(guardian: string, openness: 'anonymous' | 'confidential' | 'open'): Promise<Raised> {
    const of = (what: string) => `${what} of the ${openness} concern`
    const body = {
      narrative: `${this.#say(of('narrative'))}\n${'It went on for weeks. '.repeat(60)}${this.#word(of('end of the narrative'))}`,
      openness,
      ...(openness === 'anonymous' ? {} : { identity: { name: `Sister ${this.#word(of('name'))}`, contact: this.#say(of('contact')) } }),
      elements: ['patient_safety_quality', 'bullying_harassment'],
      site: `Ward ${this.#word(of('site'))}`,
      professionalGroup: 'registered_nurses_midwives',
      happened: this.#say(of('happened')),
      awareSince: '2026-03',
      immediateDanger: 'yes',
      treatedBadly: 'worried',
      about: [`Dr ${this.#word(of('about'))}`],
      workerStatus: 'agency_or_locum',
      employer: `Agency ${this.#word(of('employer'))}`,
      language: 'cy',
    }
    const before = new Set(await this.#queue(guardian))
    const raised = (await this.#post('/concerns', body, null, 201)).json<{ token: string; receipt: string }>()
    this.#keep(of('receipt'), raised.receipt)
    this.flock.tokens.push({ name: of('token'), text: raised.token.replaceAll(/[^0-9A-Z]/gi, '') })
    const id = (await this.#queue(guardian)).find((each) => !before.has(each))
    if (id === undefined) throw new Error('the new concern is not in the queue')
    return { id, token: raised.token }
  }

  async #queue(bearer: string): Promise<string[]> {
    const answer = await this.#api('GET', '/concerns?limit=100', undefined, bearer, 200)
    return answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id)
  }

  async #act(bearer: string, { id }: Raised, action: string, input: Json): Promise<void> {
    const { version } = (await this.#api('GET', `/concerns/${id}`, undefined, bearer, 200)).json<{ version: number }>()
    await this.#api('POST', `/concerns/${id}/actions/${action}`, { expectedVersion: version, ...input }, bearer, 200)
  }

  async #acknowledgeAndTriage(bearer: string, concern: Raised, decision: string, riskGrade: string, consent: string): Promise<void> {
    await this.#act(bearer, concern, 'acknowledge', { message: this.#say('message of acknowledgement') })
    await this.#act(bearer, concern, 'triage', {
      riskGrade,
      elements: ['patient_safety_quality'],
      decision,
      consent,
      conflict: 'none',
      title: `About ${this.#word('title')}`,
      note: this.#say('note of triage'),
    })
  }

  async #investigate(guardian: string, concern: Raised): Promise<void> {
    await this.#acknowledgeAndTriage(guardian, concern, 'investigate', 'high', 'do_not_share_identity')
    const choices = (await this.#api('GET', `/concerns/${concern.id}/choices`, undefined, guardian, 200)).json<
      Record<string, { id: string }[]>
    >()
    await this.#act(guardian, concern, 'start_investigation', {
      investigatorId: choices['investigators']![0]!.id,
      terms: this.#say('terms'),
      expectedEnd: this.#today().add({ days: 40 }).toString(),
      message: this.#say('message of the investigation'),
      maskedCopy: this.#say('masked copy'),
    })
    await this.#act(guardian, concern, 'assign', { userId: choices['owners']![0]!.id, note: this.#say('note of the assignment') })
    await this.#act(guardian, concern, 'escalate', {
      to: 'executive_lead',
      reason: this.#say('reason of the escalation'),
      shareContent: true,
    })
    const investigator = await this.#signIn('investigator@demo.test')
    await this.#api('GET', `/concerns/${concern.id}/content`, undefined, investigator, 200)
    await this.#act(investigator, concern, 'record_findings', {
      findings: [{ allegation: this.#say('allegation'), finding: 'substantiated' }],
      learning: this.#say('learning'),
      actions: [{ description: this.#say('improvement'), owner: `Matron ${this.#word('owner of an improvement')}`, dueOn: '2027-01-08' }],
    })
    await this.#act(guardian, concern, 'resolve', {
      outcome: 'investigated_action_taken',
      feedbackShared: 'summary',
      learning: this.#say('learning of the resolution'),
      message: this.#say('message of the resolution'),
    })
  }

  async #resolveWithTwo(guardian: string, concern: Raised): Promise<void> {
    await this.#acknowledgeAndTriage(guardian, concern, 'resolve_without_investigation', 'high', 'not_applicable')
    const choices = (await this.#api('GET', `/concerns/${concern.id}/choices`, undefined, guardian, 200)).json<
      Record<string, { id: string; role: string }[]>
    >()
    const executive = choices['approvers']!.find(({ role }) => role === 'executive_lead')!.id
    const decidedBy = choices['deciders']!.find(({ role }) => role === 'guardian')!.id
    const request = (reason: string) => ({
      reasonCode: 'facts_agreed',
      reason: this.#say(reason),
      decidedBy,
      approver: executive,
      message: this.#say('message of the decision'),
    })
    const lead = await this.#signIn('executive@demo.test')
    for (const decision of ['refuse', 'approve'] as const) {
      await this.#act(guardian, concern, 'resolve_without_investigation', request(`reason to ${decision}`))
      const { items } = (await this.#api('GET', '/approvals', undefined, lead, 200)).json<{ items: { id: string }[] }>()
      const otp = await this.#code('executive@demo.test')
      await this.#post(`/concerns/${concern.id}/approvals/${items[0]!.id}`, { decision, otp, note: this.#say(`note to ${decision}`) }, lead)
    }
    await this.#api('GET', '/escalations', undefined, lead, 200)
    await this.#act(guardian, concern, 'resolve', {
      outcome: 'resolved_informally',
      feedbackShared: 'full_report',
      learning: this.#say('learning of the decision'),
      message: this.#say('message of the end'),
    })
  }

  async #refer(guardian: string, concern: Raised): Promise<void> {
    await this.#acknowledgeAndTriage(guardian, concern, 'refer', 'medium', 'do_not_share_identity')
    await this.#act(guardian, concern, 'refer', {
      to: 'counter_fraud',
      recipient: `Inspector ${this.#word('recipient')}`,
      shareIdentity: true,
      identityOverride: { ground: 'serious_harm', reason: this.#say('reason to share the name') },
      reason: this.#say('reason of the referral'),
      message: this.#say('message of the referral'),
    })
  }

  async #write(guardian: string, concerns: readonly Raised[]): Promise<void> {
    for (const { id, token } of concerns) {
      await this.#post(`/concerns/${id}/messages`, { body: this.#say('message of staff') }, guardian, 201)
      await this.#post(`/concerns/${id}/notes`, { body: this.#say('note of staff') }, guardian, 201)
      await this.#post('/inbox/messages', { token, body: this.#say('message of the reporter') }, null, 201)
    }
  }

  /** The handlers' own tools: what they write there is as much somebody's words as a message. */
  async #casework(guardian: string, { id }: Raised): Promise<void> {
    const reason = (name: string) => ({ answer: 'yes', reason: this.#say(`assessment: ${name}`) })
    const assessment = {
      follows: 0,
      information: { ...reason('information'), when: `On ${this.#word('assessment: when')}` },
      kinds: { answers: [{ kind: 'health_or_safety', answer: 'yes' }], reason: this.#say('assessment: kinds') },
      belief: reason('belief'),
      publicInterest: reason('public interest'),
      madeTo: { route: 'employer', reason: this.#say('assessment: made to') },
      workerStatus: reason('worker status'),
      status: 'may_qualify',
      note: this.#say('assessment: note'),
    }
    await this.#post(`/concerns/${id}/assessments`, assessment, guardian, 201)
    await this.#post(`/concerns/${id}/private-notes`, { body: this.#say('private note') }, guardian, 201)
    const on = this.#today().toString()
    await this.#post(`/concerns/${id}/contacts`, { channel: 'call', on, minutes: 20, note: this.#say('note of a contact') }, guardian, 201)
    await this.#post('/views', { name: `View ${this.#word('name of a view')}`, team: true, filter: { due: 'soon' } }, guardian, 201)
    await this.#post(`/concerns/${id}/messages/preview`, { body: this.#say('message looked at') }, guardian)
    const print = { preparedFor: `Matron ${this.#word('prepared for')}`, include: ['narrative', 'reporter', 'messages'] }
    await this.#post(`/concerns/${id}/summary`, print, guardian)
    for (const path of ['assessments', 'private-notes', 'contacts'])
      await this.#api('GET', `/concerns/${id}/${path}`, undefined, guardian, 200)
    const otp = await this.#code('guardian@demo.test')
    await this.#post(`/concerns/${id}/export`, { otp }, guardian)
  }

  async #openName(guardian: string, { id }: Raised): Promise<void> {
    const otp = await this.#code('guardian@demo.test')
    await this.#post(`/concerns/${id}/identity`, { reason: this.#say('reason to open the name'), otp }, guardian)
  }

  async #read(concerns: readonly Raised[]): Promise<void> {
    for (const { token } of concerns) {
      const spelled = (token.match(/.{4}/g) ?? []).map((group, at) => `${at + 1}. ${group.toLowerCase()}`).join('\n')
      await this.#post('/inbox', { token: spelled }, null)
    }
  }

  /** What a guardian writes down for others: by telephone, by letter, out of an e-mail, in a short talk; and concerns linked. */
  async #onBehalf(guardian: string, other: Raised): Promise<void> {
    const today = this.#today()
    const of = (what: string) => `recorded: ${what}`
    const keep = (answer: PlainAnswer): string => {
      const { token, receipt, joint, concern } = answer.json<{
        token: string | null
        receipt: string | null
        joint: { token: string }[]
        concern: { id: string }
      }>()
      if (receipt !== null) this.#keep(of('receipt'), receipt)
      for (const one of [token, ...joint.map((each) => each.token)])
        if (one !== null) this.flock.tokens.push({ name: of('token'), text: one })
      return concern.id
    }
    const letter = {
      channel: 'letter',
      // Long enough ago that its first answer is late
      receivedOn: today.subtract({ days: 12 }).toString(),
      backDatedReason: this.#say(of('reason to be late')),
      narrative: this.#say(of('narrative')),
      openness: 'confidential',
      identity: { name: `Nurse ${this.#word(of('name'))}`, contact: this.#say(of('contact')) },
      site: `Ward ${this.#word(of('site'))}`,
      about: [`Dr ${this.#word(of('about'))}`],
    }
    await this.#api('POST', '/concerns/read-back', letter, guardian, 200)
    const id = keep(await this.#post('/concerns', letter, guardian, 201))
    const token = this.flock.tokens.at(-1)!.text
    await this.#post('/inbox/escalation', { token, reason: 'late', comment: this.#say(of('why it is sent on')) }, null, 201)
    keep(
      await this.#post(
        '/concerns',
        { channel: 'phone', receivedOn: today.toString(), narrative: this.#say(of('narrative of three')), people: 3 },
        guardian,
        201,
      ),
    )
    keep(
      await this.#post(
        '/concerns',
        { channel: 'in_person', receivedOn: today.toString(), narrative: this.#say(of('narrative without a code')), wantsCode: false },
        guardian,
        201,
      ),
    )
    const email = [
      `Received: from ${this.#word(of('host'))}.example by mx.example`,
      `DKIM-Signature: v=1; d=${this.#word(of('domain'))}.example; b=${this.#word(of('signature of a machine'))}`,
      `Message-ID: <${this.#word(of('message id'))}@mail.example>`,
      `From: ${this.#word(of('sender'))} <${this.#word(of('address'))}@mail.example>`,
      `To: ${this.#word(of('recipient'))}`,
      `Subject: ${this.#word(of('subject'))}`,
      '',
      this.#say(of('body')),
      '',
      'Kind regards',
      this.#word(of('signature')),
    ].join('\n')
    keep(await this.#post('/concerns', { channel: 'email', receivedOn: today.toString(), email }, guardian, 201))
    const talk = {
      channel: 'in_person',
      receivedOn: today.toString(),
      narrative: this.#say(of('talk')),
      treatedBadly: 'no',
      title: `About ${this.#word(of('title of the talk'))}`,
      riskGrade: 'low',
      elements: ['worker_safety_wellbeing'],
      agreed: true,
      outcome: 'advice_given',
      learning: this.#say(of('learning')),
      message: this.#say(of('advice')),
    }
    keep(await this.#post('/concerns/concluded', talk, guardian, 201))
    await this.#api('POST', '/concerns/concluded', { ...talk, narrative: this.#say(of('refused talk')), agreed: false }, guardian, 422)
    const { reference } = (await this.#api('GET', `/concerns/${other.id}`, undefined, guardian, 200)).json<{ reference: string }>()
    await this.#api('POST', `/concerns/${id}/links`, { other: reference, note: this.#say(of('why two are linked')) }, guardian, 201)
    await this.#api('POST', `/concerns/${id}/links`, { other: this.#word(of('no reference')) }, guardian, 422)
    await this.#api('GET', `/concerns/${id}/links`, undefined, guardian, 200)
  }

  /** One is closed and taken up again, one its person asks back and the organisation goes on with. */
  async #endings(guardian: string, resolved: Raised, referred: Raised): Promise<void> {
    const of = (what: string) => `ending: ${what}`
    await this.#act(guardian, resolved, 'close', {
      followUp: 'declined',
      actions: 'tracked_plan',
      plan: this.#say(of('plan')),
      note: this.#say(of('note')),
    })
    await this.#act(guardian, resolved, 'reopen', { reason: this.#say(of('reason to reopen')), message: this.#say(of('message')) })
    await this.#post('/inbox/withdrawal', { token: referred.token, reason: this.#say(of('why it is asked back')) }, null)
    await this.#act(guardian, referred, 'withdraw', {
      reason: this.#say(of('reason to go on')),
      organisationMustAct: true,
      message: this.#say(of('message to who asked')),
    })
  }

  /** What a person does once they are back: becomes known, answers, tells how it went, reports bad treatment, takes a new code. */
  async #later(guardian: string, concern: Raised, other: Raised): Promise<void> {
    const { id, token } = concern
    const of = (what: string) => `later: ${what}`
    const identity = { name: `Sister ${this.#word(of('name'))}`, contact: this.#say(of('contact')) }
    await this.#api('POST', '/inbox/identity', { token, openness: 'anonymous', ...identity }, null, 422)
    await this.#post('/inbox/identity', { token, openness: 'confidential', ...identity }, null)
    const asked = await this.#post(`/concerns/${id}/messages`, { body: this.#say(of('question')), question: true }, guardian, 201)
    const answers = asked.json<{ id: string }>().id
    await this.#post('/inbox/messages', { token, body: this.#say(of('answer')), answers }, null, 201)
    await this.#post('/inbox/feedback', { token, speakUpAgain: 'no', listened: 'partly', comment: this.#say(of('comment')) }, null, 201)
    await this.#api('POST', '/inbox/feedback', { token, speakUpAgain: 'no', comment: this.#say(of('comment refused')) }, null, 409)
    await this.#api('POST', '/inbox/escalation', { token, reason: 'pause', comment: this.#say(of('sent on too early')) }, null, 409)
    await this.#api('POST', '/inbox/follow-up', { token, months: 3, answer: 'worse', comment: this.#say(of('check too early')) }, null, 409)
    const said = {
      kinds: ['threatened', 'moved'],
      description: this.#say(of('bad treatment')),
      about: [`Dr ${this.#word(of('who it is about'))}`],
    }
    const report = (await this.#post('/inbox/detriment', { token, ...said }, null, 201)).json<{ id: string }>().id
    const at = `/concerns/${id}/detriment`
    await this.#post(`${at}/risk`, { report, riskGrade: 'high', note: this.#say(of('risk')) }, guardian, 201)
    const reviewOn = [this.#today().add({ days: 30 }).toString()]
    await this.#post(`${at}/plan`, { report, plan: this.#say(of('plan')), reviewOn }, guardian, 201)
    await this.#post(`${at}/review`, { report, finding: 'stopped', note: this.#say(of('review')) }, guardian, 201)
    await this.#post(`${at}/closure`, { report, reasonCode: 'stopped', note: this.#say(of('closure')) }, guardian, 201)
    await this.#post('/inbox/detriment', { token, ...said, description: this.#say(of('bad treatment again')) }, null, 201)
    await this.#api('GET', at, undefined, guardian, 200)
    const lead = await this.#signIn('nonexecutive@demo.test')
    await this.#api('GET', '/detriment', undefined, lead, 200)
    const fresh = (await this.#post('/inbox/token', { token: other.token }, null)).json<{ token: string }>().token
    this.flock.tokens.push({ name: of('new token'), text: fresh.replaceAll(/[^0-9A-Z]/gi, '') })
    await this.#api('POST', '/inbox', { token: other.token }, null, 404)
    await this.#post('/inbox', { token: fresh }, null)
  }

  /** What goes wrong, is cut off or is meant badly leaves no more than what goes well. */
  async #misuse({ token }: Raised): Promise<void> {
    const word = (name: string) => this.#word(`misuse: ${name}`)
    await this.#api('POST', '/concerns', { narrative: this.#say('misuse: unknown field'), [word('field name')]: 1 }, null, 422)
    await this.#api('POST', '/concerns', { narrative: `${word('control character')}\u0000` }, null, 422)
    await this.#api('POST', '/concerns', { narrative: `${word('too long')} `.repeat(3_000) }, null, 422)
    await this.#api('POST', '/concerns', { narrative: `${word('far too long')} `.repeat(30_000) }, null, 413)
    await this.#api('POST', '/concerns', `{"narrative": "${word('broken JSON')}"`, null, 400)
    await this.#api('POST', '/concerns', `narrative=${word('another type')}`, null, 415, {
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    await this.#api('POST', '/concerns', { narrative: word('weak key') }, null, 422, { 'Idempotency-Key': '1234' })
    await this.#api('POST', '/concerns', { narrative: word('signed in') }, word('bearer'), 401)
    const key = { 'Idempotency-Key': this.#keep('misuse: key', newId(systemRandom)) }
    const twice = await this.#api('POST', '/concerns', { narrative: word('first of two') }, null, 201, key)
    this.flock.tokens.push({ name: 'token of the first of two', text: twice.json<{ token: string }>().token.replaceAll(/[^0-9A-Z]/gi, '') })
    await this.#api('POST', '/concerns', { narrative: word('second of two') }, null, 422, key)
    await this.#api('GET', `/concerns?${word('query')}=1`, undefined, null, 401)
    await this.#api('GET', `/${word('path')}`, undefined, null, 404)
    await this.#api('POST', '/inbox', { token: swapTwo(token) }, null, 422)
    await this.#api('POST', '/inbox', { token: word('no token') }, null, 422)
    await this.#api('POST', '/sessions', { email: `${word('e-mail')}@demo.test`, password: word('password'), otp: '000000' }, null, 401)
    await this.#api('POST', '/sessions', { email: 'admin@demo.test', password: word('wrong password'), otp: '000000' }, null, 401)
    await this.#api('GET', '/log/entries', undefined, word('forged token'), 401)
  }

  #browser(client: HttpClient) {
    const { Cookie: _cookie, ...headers } = this.#headers
    const expect = async (answer: Promise<Answer>, what: string): Promise<Answer> => {
      const page = await client.follow(await answer)
      for (const [name, value] of client.cookies) this.#keepCookie(name, value)
      if (page.status !== 200) this.flock.refused.push(`${what}: ${page.status} ${page.page.faults.join('; ')}`)
      return page
    }
    return {
      open: (path: string) => expect(client.get(path, { headers }), path),
      fill: (path: string, fields: Record<string, string | string[]>) => expect(client.submit(path, fields, { headers }), path),
      post: (path: string, fields: Record<string, string | string[]>) => client.post(path, fields, { headers }),
    }
  }

  #keepCookie(name: string, value: string): void {
    if (value.length < 20 || this.flock.canaries.some(({ text }) => value.includes(text))) return
    if (value.split('.').length === 3) this.#keepToken(value)
    else this.#keep(`cookie ${name}`, value)
  }

  async #reporterPages(): Promise<void> {
    const client = await createHttpClient(this.#origin)
    const page = this.#browser(client)
    await page.open('/')
    await page.fill('/s/1', {})
    await page.fill('/s/2', { immediateDanger: 'not_sure' })
    await page.fill('/s/3', { elements: ['worker_safety_wellbeing'] })
    await page.post('/s/4', { narrative: `${this.#word('page: refused')}\u0007` })
    await page.fill('/s/4', { narrative: `${this.#say('page: narrative')} My name is ${this.#word('page: unmasking')}.` })
    await page.fill('/s/5', { site: `Clinic ${this.#word('page: site')}`, happened: this.#say('page: happened'), month: '5', year: '2026' })
    await page.fill('/s/6', { professionalGroup: 'allied_health_professionals' })
    await page.fill('/s/7', { treatedBadly: 'yes' })
    await page.fill('/s/8', { about: `Manager ${this.#word('page: about')}` })
    await page.fill('/s/9', { recipient: 'guardians' })
    await page.open('/s/10')
    await page.fill('/s/11', { openness: 'confidential' })
    await page.fill('/s/12', { name: `Porter ${this.#word('page: name')}`, contact: this.#say('page: contact') })
    const sent = await page.fill('/s/13', {})
    const code = [...(/<ol class="app-code"[\s\S]*?<\/ol>/.exec(sent.text)?.[0] ?? '').matchAll(/<li>([^<]*)<\/li>/g)]
      .map(([, group]) => group)
      .join('')
    this.flock.tokens.push({ name: 'token of the page', text: code })
    await page.open('/s/14')
    await this.#inboxPages(code)
    // A draft that is never sent, and one that is left
    for (const leaves of [false, true]) {
      const other = await createHttpClient(this.#origin)
      const draft = this.#browser(other)
      await draft.fill('/s/1', {})
      await draft.fill('/s/4', { narrative: this.#say(leaves ? 'page: draft that was left' : 'page: draft never sent') })
      if (leaves) await other.get('/leave', { headers: { 'Sec-Fetch-Site': 'same-origin' } })
    }
  }

  /** Everything on one page, without a cookie: wrong first, looked at, sent, sent again with another text, checked, read and answered. */
  async #onePage(): Promise<void> {
    const client = await createHttpClient(this.#origin)
    const page = this.#browser(client)
    const secretOf = (answer: Answer) => this.#keep('one page: secret', /name="secret" value="([^"]*)"/.exec(answer.text)?.[1] ?? '')
    const codeOf = (answer: Answer) =>
      [...(/<ol class="app-code"[\s\S]*?<\/ol>/.exec(answer.text)?.[0] ?? '').matchAll(/<li>([^<]*)<\/li>/g)]
        .map(([, group]) => group)
        .join('')
    const secret = secretOf(await page.open('/f'))
    await page.post('/f', { secret, narrative: `${this.#word('one page: refused')}\u0007`, about: this.#word('one page: refused about') })
    const fields = {
      secret,
      narrative: `${this.#say('one page: narrative')} My name is ${this.#word('one page: unmasking')}.`,
      site: `Ward ${this.#word('one page: site')}`,
      happened: this.#say('one page: happened'),
      about: `Matron ${this.#word('one page: about')}`,
      openness: 'confidential',
      name: `Sister ${this.#word('one page: name')}`,
      contact: this.#say('one page: contact'),
    }
    const look = await page.post('/f', fields)
    const seen = [...look.text.matchAll(/name="seen" value="([^"]*)"/g)].map(([, value]) => value ?? '')
    if (seen.length === 0) this.flock.refused.push('the one page asks for no second look')
    const sent = await page.post('/f', { ...fields, seen })
    const code = codeOf(sent)
    if (code.length !== 28) this.flock.refused.push(`the one page shows no code: ${sent.status}`)
    this.flock.tokens.push({ name: 'token of the one page', text: code })
    await page.post('/f', { ...fields, seen, happened: this.#say('one page: changed after it was sent') })
    await page.post('/f/1', { secret, second: this.#word('one page: no group'), fifth: 'AAAA' })
    await page.post('/f/1', { secret, second: code.slice(4, 8), fifth: code.slice(16, 20) })
    const inbox = secretOf(await page.open('/f/2'))
    await page.post('/f/2', {
      secret: inbox,
      code: this.#word('one page: no code'),
      body: this.#say('one page: message with a wrong code'),
    })
    const read = await page.post('/f/2', { secret: inbox, code, body: this.#say('one page: message') })
    if (read.status !== 200) this.flock.refused.push(`the one page's inbox: ${read.status}`)
    if (client.cookies.size > 0) this.flock.refused.push('the one page set a cookie')
  }

  async #inboxPages(code: string): Promise<void> {
    const page = this.#browser(await createHttpClient(this.#origin))
    await page.post('/b', { code: this.#word('page: no code') })
    await page.fill('/b', { code, minutes: '15' })
    await page.open('/b/1')
    await page.fill('/b/2', { body: this.#say('page: reply') })
    await page.post('/b/6', {
      openness: 'open',
      name: `Nurse ${this.#word('page: name, not yet sure')}`,
      contact: this.#say('page: contact, not yet sure'),
    })
    await page.post('/b/6', {
      openness: 'open',
      name: `Nurse ${this.#word('page: name')}`,
      contact: this.#say('page: contact'),
      sure: 'yes',
    })
    await page.fill('/b/8', { speakUpAgain: 'maybe', listened: 'no', comment: this.#say('page: feedback') })
    await page.fill('/b/9', { kinds: ['bullying'], description: this.#say('page: bad treatment') })
    await page.open('/b/12/1')
    const shown = await page.fill('/b/10', {})
    const fresh = [...(/<ol class="app-code"[\s\S]*?<\/ol>/.exec(shown.text)?.[0] ?? '').matchAll(/<li>([^<]*)<\/li>/g)]
      .map(([, group]) => group)
      .join('')
    if (fresh.length !== 28) this.flock.refused.push(`no new code on the page: ${shown.status}`)
    this.flock.tokens.push({ name: 'new token of the page', text: fresh })
    await page.open('/b/11')
    await page.fill('/b/11', {})
    // The time is over, and the form waits for the code: what is typed then stands on the page alone
    const late = this.#browser(await createHttpClient(this.#origin))
    await late.post('/b/9', { kinds: ['moved'], description: this.#say('page: bad treatment, too late') })
  }

  async #staffPages({ id }: Raised): Promise<void> {
    const client = await createHttpClient(this.#origin)
    const page = this.#browser(client)
    const email = 'guardian@demo.test'
    await page.post('/sign-in', { email: `${this.#word('page: e-mail')}@demo.test`, password: this.#word('page: password'), otp: '123456' })
    await page.fill('/sign-in', { email, password: demonstrationPeople[0]!.password, otp: await this.#code(email) })
    for (const path of [
      '/concerns',
      `/concerns/${id}`,
      `/concerns/${id}/messages`,
      `/concerns/${id}/notes`,
      `/concerns/${id}/records`,
      `/concerns/${id}/history`,
    ])
      await page.open(path)
    await page.fill(`/concerns/${id}/notes`, { body: this.#say('page: note') })
    await page.open(`/concerns/${id}/links`)
    await this.#recordingPages(client)
    const preview = await page.fill(`/concerns/${id}/messages`, { body: this.#say('page: message never sent') })
    if (!preview.text.includes('kanari')) this.flock.refused.push('the preview of a message does not show it')
    await this.#caseworkPages(page, id)
    // What is written when a session has ended is kept, sealed
    const [form] = (await client.get(`/concerns/${id}/notes`)).page.forms.filter(({ names }) => names.has('body'))
    await page.post('/sign-out', { _csrf: form?.fields.find(([name]) => name === '_csrf')?.[1] ?? '' })
    await page.post(`/concerns/${id}/notes`, { body: this.#say('page: note after the session ended') })
  }

  async #recordingPages(client: HttpClient): Promise<void> {
    const page = this.#browser(client)
    const back = await page.fill('/concerns/new', {
      channel: 'email',
      text: `From: ${this.#word('page: sender')}\nSent: Monday\n\n${this.#say('page: recorded')}`,
      openness: 'confidential',
      name: this.#word('page: recorded name'),
    })
    if (!back.text.includes('kanari')) this.flock.refused.push('the read-back does not show what was said')
    const [form] = back.page.forms.filter(({ names }) => names.has('key'))
    const fields: Record<string, string[]> = {}
    for (const [name, value] of form?.fields ?? []) (fields[name] ??= []).push(value)
    const cards = await client.follow(await page.post('/concerns/new/save', fields))
    this.#keepCodes(cards, 'token of a card')
    await page.open('/concerns/new/cards')
    const key = cards.page.forms.find(({ names }) => names.has('key'))?.fields.find(([name]) => name === 'key')?.[1]
    this.#keep('secret of a card', key ?? 'there is none')
    await page.fill('/concerns/new/cards', { key: key ?? '' })
    await page.fill('/concerns/new/concluded', {
      title: `About ${this.#word('page: title of a talk')}`,
      text: this.#say('page: talk'),
      message: this.#say('page: advice'),
      settled: ['lowRisk', 'notTreatedBadly', 'agreed'],
    })
  }

  #keepCodes(page: Answer, name: string): void {
    const lists = [...page.text.matchAll(/<ol class="app-code"[\s\S]*?<\/ol>/g)].map(([list]) => list)
    if (lists.length === 0) this.flock.refused.push(`${name}: the page shows no code`)
    for (const list of lists) {
      const code = [...list.matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join('')
      this.flock.tokens.push({ name, text: code })
    }
  }

  async #caseworkPages(page: Browser, id: string): Promise<void> {
    await page.fill(`/concerns/${id}/my-note`, { body: this.#say('page: my note') })
    const [year, month, day] = this.#today().toString().split('-') as [string, string, string]
    const contact = { channel: 'visit', 'on-day': day, 'on-month': month, 'on-year': year, minutes: '30' }
    await page.fill(`/concerns/${id}/contacts`, { ...contact, note: this.#say('page: contact') })
    // Sent and not taken: it waits in a draft
    await page.post(`/concerns/${id}/contacts`, { ...contact, minutes: '0', note: this.#say('page: contact refused') })
    await page.fill(`/concerns/${id}/assessment/belief`, { belief: 'no', 'belief-reason': this.#say('page: assessment in a draft') })
    await page.fill(`/concerns/${id}/summary`, { preparedFor: `Panel ${this.#word('page: prepared for')}` })
    await page.fill('/views/new?owner=me', { name: `List ${this.#word('page: name of a view')}` })
  }

  async #auditor(): Promise<void> {
    const auditor = await this.#signIn('auditor@demo.test')
    await this.#api('GET', '/log/entries?limit=100', undefined, auditor, 200)
  }
}

/** The token with two neighbours exchanged, which its check symbols catch. */
function swapTwo(token: string): string {
  const symbols = [...token.replaceAll(/[^0-9A-Z]/gi, '')]
  const at = symbols.findIndex((symbol, place) => symbol !== symbols[place + 1])
  return [...symbols.slice(0, at), symbols[at + 1], symbols[at], ...symbols.slice(at + 2)].join('')
}
