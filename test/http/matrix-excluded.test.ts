import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPeople, type StaffContext } from '../../src/accounts/index.ts'
import { raiseInput } from '../../src/concerns/index.ts'
import { londonDate, type ConcernId } from '../../src/kernel/index.ts'
import { people, startTestApp, type PersonName, type TestApp } from '../support/app.ts'
import { createHttpClient, type Answer, type HttpClient } from '../support/http-client.ts'

/**
 * Daniel Reid is a guardian, and there is a concern about him. Before and after it is raised and handled, everything he can ask the service must
 * answer the same, byte for byte. So for the leads and the auditor's own screens, where a person is the subject.
 */

const words = 'He told us to change the times in the notes.'
const subjects: readonly { person: PersonName; about: string; sees: boolean }[] = [
  { person: 'deputy', about: 'Daniel Reid', sees: true },
  { person: 'executive', about: 'executive lead', sees: false },
  { person: 'investigator', about: 'Priya Nair', sees: false },
]

const pages = [
  '/staff',
  '/kept',
  '/concerns',
  '/concerns?stage=raised',
  '/concerns?stage=acknowledged',
  '/concerns?stage=investigated',
  '/concerns?due=overdue',
  '/concerns?due=soon',
  '/concerns?owner=none',
  '/concerns?owner=me',
  '/concerns?unread=yes',
  '/concerns?openness=anonymous',
  '/concerns?danger=yes',
  '/concerns?detriment=yes',
  '/concerns?raised=this_week',
  '/views',
  '/time',
  '/concerns/new',
  '/concerns/new/cards',
  '/handover',
  '/approvals',
  '/escalated',
  '/log',
  '/administration',
  '/people',
  '/countersign',
]
const calls = [
  '/concerns?limit=100',
  '/concerns?limit=1',
  '/concerns?stage=raised',
  '/concerns?status=triaged',
  '/concerns?status=investigating',
  '/concerns?due=overdue',
  '/concerns?owner=none',
  '/concerns?unread=yes',
  '/concerns?openness=open',
  '/concerns?danger=yes',
  '/concerns?detriment=yes',
  '/concerns?raised=this_week',
  '/views',
  '/time',
  '/approvals',
  '/escalations',
  '/detriment',
  '/log/entries',
  '/users?limit=100',
  '/recipient-set',
  '/second-factor-resets',
]

/** What only those may ask for who can hold INTERNAL. */
const insidersOnly: ReadonlySet<string> = new Set(['/assessments', '/contacts', '/private-notes'])

describe.each(subjects)('a concern about $about, for $person', { timeout: 60_000 }, ({ person, about, sees }) => {
  let app: TestApp
  let web: HttpClient
  let browser: HttpClient
  let bearer: string
  let grace: StaffContext
  let known: ConcernId
  beforeAll(async () => {
    app = await startTestApp()
    web = await createHttpClient(app.app)
    known = await raise({ narrative: 'Something he may well know of.', danger: true })
    await raise({ narrative: 'Something else.' })
    grace = await app.contextOf('guardian')
    bearer = await app.signIn(person)
    app.clock.advance({ seconds: 30 })
    browser = web.someoneElse()
    await browser.submit('/sign-in', { email: people[person], password: demonstrationPeople[0]!.password, otp: app.codeOf(person) })
  })
  afterAll(async () => {
    expect(app.unexpected).toEqual([])
    await web.close()
    await app.close()
  })

  const reporter = () => ({ requestId: 'test', now: app.clock.now() })

  async function raise({ narrative, about: subject, danger }: { narrative: string; about?: string; danger?: boolean }): Promise<ConcernId> {
    const input = raiseInput.parse({ narrative, about: subject === undefined ? [] : [subject], ...(danger && { immediateDanger: 'yes' }) })
    const { token } = await app.service.concerns.raise(reporter(), input, null)
    return (await app.service.concerns.openByToken(reporter(), token)).concernId
  }

  /** Everything that can happen to a concern without its subject: raised in danger, written to, investigated, escalated to somebody else. */
  async function raiseAndHandle(): Promise<ConcernId> {
    const input = raiseInput.parse({
      narrative: words,
      about: [about],
      immediateDanger: 'yes',
      openness: 'open',
      identity: { name: 'A. Nurse' },
    })
    const { token } = await app.service.concerns.raise(reporter(), input, null)
    const ctx = await app.service.concerns.openByToken(reporter(), token)
    const { act, sendMessage, writeNote, listChoices, writeFromInbox } = app.service.concerns
    const id = ctx.concernId
    await act(grace, id, 'acknowledge', { expectedVersion: 1, message: words })
    await act(grace, id, 'triage', {
      expectedVersion: 2,
      riskGrade: 'immediate',
      elements: ['patient_safety_quality'],
      decision: 'investigate',
      consent: 'share_as_agreed',
      conflict: 'none',
      title: words,
    })
    const choices = await listChoices(grace, id)
    await sendMessage(grace, id, { body: words }, null)
    await writeNote(grace, id, { body: words }, null)
    const { casework } = app.service.concerns
    await casework.writePrivateNote(grace, id, { body: words }, null)
    await casework.logContact(grace, id, { channel: 'call', on: londonDate(app.clock.now()), minutes: 15, note: words }, null)
    await casework.assess(grace, id, { follows: 0, status: 'may_qualify', note: words }, null)
    await casework.printSummary(grace, id, { preparedFor: words, include: [] })
    await writeFromInbox(ctx, { body: words }, null)
    await app.service.concerns.reportDetriment(ctx, { kinds: ['threatened'], description: words, about: [] }, null)
    await sendMessage(grace, id, { body: words, question: true }, null)
    const [investigator] = choices.investigators
    const to = person === 'executive' ? ('non_executive_lead' as const) : ('executive_lead' as const)
    if (person !== 'executive') await act(grace, id, 'escalate', { expectedVersion: 3, to, reason: words, shareContent: true })
    if (investigator !== undefined) {
      const { version } = await app.service.concerns.viewConcern(grace, id)
      const plan = { investigatorId: investigator.id, terms: words, expectedEnd: '2027-01-15' as never, message: words }
      await act(grace, id, 'start_investigation', { expectedVersion: version, ...plan })
    }
    await app.service.concerns.linking.add(grace, known, { other: (await app.service.concerns.viewConcern(grace, id)).reference })
    return id
  }

  const told = (answer: Answer) => ({
    status: answer.status,
    // A form's own key is new each time it is drawn
    text: answer.text.replaceAll(/(request:|reference )[\w-]{16}/gi, '$1…').replaceAll(/name="key" value="[\w-]{36}"/g, 'key'),
    headers: [...answer.headers].filter(([name]) => !['date', 'set-cookie'].includes(name)),
  })

  async function everything(): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {}
    for (const path of pages) found[`page ${path}`] = told(await browser.get(path))
    for (const path of calls) found[`call ${path}`] = told(await web.api('get', `/api/v1${path}`, undefined, { bearer }))
    found['choices'] = told(await web.api('get', `/api/v1/concerns/${known}/choices`, undefined, { bearer }))
    found['links'] = told(await web.api('get', `/api/v1/concerns/${known}/links`, undefined, { bearer }))
    found['history'] = told(await browser.get(`/concerns/${known}/history`))
    found['linked'] = told(await browser.get(`/concerns/${known}/links`))
    found['content'] = told(await web.api('get', `/api/v1/concerns/${known}/content`, undefined, { bearer }))
    for (const path of ['/', '/talk', '/api/v1/readers', '/readyz']) found[`public ${path}`] = told(await web.someoneElse().get(path))
    return found
  }

  it('changes nothing that the subject can see, count or be refused', async () => {
    await everything() // his own looks are on record from now on, before as after
    const before = await everything()
    const about = await raiseAndHandle()
    const after = await everything()
    for (const [what, answer] of Object.entries(after)) expect([what, answer]).toEqual([what, before[what]])
    for (const end of ['', '/content', '/choices', '/assessments', '/contacts', '/private-notes']) {
      const nobodys = randomUUID()
      const hidden = await web.api('get', `/api/v1/concerns/${about}${end}`, undefined, { bearer })
      const missing = await web.api('get', `/api/v1/concerns/${nobodys}${end}`, undefined, { bearer })
      // Where the role alone is not enough, both say so
      expect(hidden.status).toBe(person === 'investigator' && insidersOnly.has(end) ? 403 : 404)
      expect(told(hidden)).toEqual(told(missing))
    }
  })

  it('would have shown, had it been about nobody', async () => {
    const before = await everything()
    await raise({ narrative: words, danger: true })
    const after = await everything()
    expect(JSON.stringify(after) !== JSON.stringify(before)).toBe(sees)
  })

  it('names the subject on no list of its handlers', async () => {
    const { rows } = await app.database.asSuperuser.query<{ name: string }>(
      `select distinct p.name from key_grant g join person p on p.id::text = g.holder where g.concern_id = (select id from concern order by danger desc, version desc limit 1)`,
    )
    const name = demonstrationPeople.find(({ email }) => email === people[person])!.name
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map((row) => row.name)).not.toContain(name)
  })
})
