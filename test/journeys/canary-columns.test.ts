import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffContext } from '../../src/accounts/index.ts'
import { raiseInput, type ReporterContext } from '../../src/concerns/index.ts'
import { londonDate, type ConcernId } from '../../src/kernel/index.ts'
import { detrimentTypes } from '../../src/workflow/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

/** Every table that says something about one concern, and how a row of it is found. */
const tables: Readonly<Record<string, string>> = {
  concern: 'id',
  reporter_key: 'concern_id',
  compartment: 'concern_id',
  key_grant: 'concern_id',
  reporter_item: 'concern_id',
  staff_item: 'concern_id',
  private_note: 'concern_id',
  approval: 'concern_id',
  escalation: 'concern_id',
  detriment_notice: 'concern_id',
  sent_on: 'concern_id',
  reporter_entry: 'concern_id',
  staff_entry: 'concern_id',
}

/** A concern as anybody sees it who is to learn nothing by it. */
const plain = {
  narrative: 'The alarm was switched off again.',
  openness: 'confidential',
  identity: { name: 'A. Nurse' },
  elements: ['worker_safety_wellbeing'],
  site: 'Main hospital',
  professionalGroup: 'estates_ancillary',
  happened: 'In May',
  awareSince: '2026-05',
  immediateDanger: 'no',
  treatedBadly: 'no',
  about: ['the ward manager'],
  workerStatus: 'employee',
  employer: 'The trust',
  language: 'en',
}
const plainReport = { kinds: ['moved' as const], description: 'Moved to another ward.', about: [] }
const plainTriage = {
  riskGrade: 'high' as const,
  elements: ['worker_safety_wellbeing' as const],
  decision: 'investigate' as const,
  consent: 'do_not_share_identity' as const,
  conflict: 'none' as const,
  title: 'Alarm on the ward',
}

describe('what the rows of a concern give away together', { timeout: 60_000 }, () => {
  let app: TestApp
  let thief: pg.Client
  let guardian: StaffContext
  beforeAll(async () => {
    app = await startTestApp()
    thief = app.database.asSuperuser
    guardian = await app.contextOf('guardian')
  })
  afterAll(() => app.close())

  async function raise(body: object): Promise<ConcernId> {
    const ctx = { requestId: 'test', now: app.clock.now() }
    const { token } = await app.service.concerns.raise(ctx, raiseInput.parse(body), null)
    const { concernId } = await app.service.concerns.openByToken(ctx, token)
    tokens.set(concernId, token)
    return concernId
  }

  const tokens = new Map<ConcernId, string>()

  async function later(id: ConcernId, act: (reporter: ReporterContext) => Promise<unknown>): Promise<void> {
    await act(await app.service.concerns.openByToken({ requestId: 'test', now: app.clock.now() }, tokens.get(id)!))
  }

  async function triage(id: ConcernId, input: object): Promise<void> {
    const { act } = app.service.concerns
    const { version } = await act(guardian, id, 'acknowledge', { expectedVersion: 1, message: 'Thank you.' })
    await act(guardian, id, 'triage', { expectedVersion: version, ...plainTriage, ...input })
  }

  /** All rows of a concern joined, with everything random blotted out and every sealed value as its size. Sorted: order says nothing. */
  async function shapeOf(id: ConcernId): Promise<string[]> {
    const shapes: string[] = []
    for (const [table, column] of Object.entries(tables)) {
      const { rows } = await thief.query<Record<string, unknown>>(`select * from ${table} where ${column} = $1`, [id])
      for (const row of rows) shapes.push(`${table} ${JSON.stringify(Object.entries(row).map(([name, value]) => [name, blot(value)]))}`)
    }
    return shapes.sort()
  }

  const raisings: Record<string, object> = {
    'another element': { elements: ['patient_safety_quality'] },
    'every element': { elements: ['patient_safety_quality', 'worker_safety_wellbeing', 'bullying_harassment', 'other_behaviours'] },
    'no element': { elements: [] },
    'another site': { site: 'Child and adolescent mental health, community team north' },
    'the longest site': { site: 'x'.repeat(200) },
    'the longest site in another script': { site: '語'.repeat(200) },
    'no site': { site: undefined },
    'another profession': { professionalGroup: 'medical_dental' },
    'another employer': { employer: 'y'.repeat(200) },
    'another standing as a worker': { workerStatus: 'volunteer' },
    'another language': { language: 'cy' },
    'another thing it is about': { about: ['a consultant', 'the finance department'] },
    'bad treatment': { treatedBadly: 'yes' },
    'not being sure about danger': { immediateDanger: 'not_sure' },
    'another time': { happened: 'Since the winter before last, on most nights', awareSince: '2024' },
    'another name': { identity: { name: 'Somebody with a much longer name', contact: 'A phone number, after six' } },
    // Sizes show in classes: only answers far longer than a place, an employer and two people need come into the next one
    'everything about it, as long as people write': {
      elements: ['patient_safety_quality', 'worker_safety_wellbeing', 'bullying_harassment', 'other_behaviours'],
      site: 'x'.repeat(60),
      professionalGroup: 'additional_professional_scientific_technical',
      employer: 'y'.repeat(60),
      about: ['z'.repeat(60), 'z'.repeat(60)],
      workerStatus: 'prefer_not_to_say',
    },
  }

  it.each(Object.entries(raisings))('%s shows in no column and no size', async (_what, change) => {
    expect(await shapeOf(await raise({ ...plain, ...change }))).toEqual(await shapeOf(await raise(plain)))
  })

  it('categories of the organisation’s own show in no column and no size, when raised and after triage', async () => {
    const administrator = { ...(await app.contextOf('administrator')), steppedUp: true }
    const { settingsAdministration: settings } = app.service
    for (const label of ['Medicines', 'Estates', 'Rotas']) {
      const { seen } = await settings.viewCategories(administrator)
      const from = londonDate(app.clock.now())
      const input = {
        label,
        hint: '',
        element: 'worker_safety_wellbeing',
        source: 'x',
        validFrom: from,
        validTo: null,
        reason: 'x',
        seen,
      } as const
      await settings.addCategory(administrator, input)
    }
    const codes = (await settings.viewCategories(administrator)).items.map(({ code }) => code).filter((code) => code.startsWith('c-'))
    expect(codes.length).toBe(3)
    expect(await shapeOf(await raise({ ...plain, categories: codes }))).toEqual(await shapeOf(await raise(plain)))
    const [other, same] = [await raise(plain), await raise(plain)]
    await triage(other, { categories: codes })
    await triage(same, {})
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  const triages: Record<string, object> = {
    'another element': { elements: ['bullying_harassment'] },
    'patient safety, where the risk is high': { elements: ['patient_safety_quality'] },
    'every element': { elements: ['patient_safety_quality', 'worker_safety_wellbeing', 'bullying_harassment', 'other_behaviours'] },
    'another title': { title: 'x' },
    'the longest title': { title: '語'.repeat(120) },
  }

  it.each(Object.entries(triages))('%s shows in no column and no size after triage', async (_what, change) => {
    const [other, same] = [await raise(plain), await raise(plain)]
    await triage(other, change)
    await triage(same, {})
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  it('what an assessment finds, and what is written of a contact or for oneself, shows in no column and no size', async () => {
    const [other, same] = [await raise(plain), await raise(plain)]
    const { casework } = app.service.concerns
    for (const [id, kind, status, text] of [
      [other, 'sexual_harassment', 'may_qualify', 'x'.repeat(300)],
      [same, 'environment', 'unlikely_to_qualify', 'y'],
    ] as const) {
      await casework.assess(guardian, id, { follows: 0, kinds: { answers: [{ kind, answer: 'yes' }], reason: text }, status }, null)
      await casework.logContact(guardian, id, { channel: 'call', on: londonDate(app.clock.now()), minutes: 10, note: text }, null)
      await casework.writePrivateNote(guardian, id, { body: text }, null)
    }
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  it('patient safety shows in no column after triage, where the risk is low', async () => {
    const [other, same] = [await raise(plain), await raise(plain)]
    await triage(other, { riskGrade: 'low', elements: ['patient_safety_quality'] })
    await triage(same, { riskGrade: 'low', elements: ['bullying_harassment'] })
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  // A limit, and no slip: the rule asks for a second person where the risk is high or the element is patient safety, so asking for one
  // where the risk is low tells which of the two it was. Closed only by a rule that always asks.
  it.fails('patient safety shows in nothing when a low risk is left uninvestigated', async () => {
    const [other, same] = [await raise(plain), await raise(plain)]
    await triage(other, { riskGrade: 'low', decision: 'resolve_without_investigation', elements: ['patient_safety_quality'] })
    await triage(same, { riskGrade: 'low', decision: 'resolve_without_investigation', elements: ['bullying_harassment'] })
    const approver = (await app.service.concerns.listChoices(guardian, other)).approvers[0]!.id
    const decidedBy = guardian.person.userId
    const input = {
      expectedVersion: 3,
      reasonCode: 'facts_agreed' as const,
      reason: 'Repaired.',
      decidedBy,
      approver,
      message: 'It was repaired.',
    }
    for (const id of [other, same]) await app.service.concerns.act(guardian, id, 'resolve_without_investigation', input)
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  const reports: Record<string, object> = {
    'another kind': { kinds: ['contract_pay_dismissal'] },
    'every kind': { kinds: [...detrimentTypes] },
    'another story': { description: 'They took my nights and my weekends, and told the others why. '.repeat(5) },
  }

  it.each(Object.entries(reports))('of bad treatment, %s shows in no column and no size', async (_what, change) => {
    const [other, same] = [await raise(plain), await raise(plain)]
    await later(other, (reporter) => app.service.concerns.reportDetriment(reporter, { ...plainReport, ...change }, null))
    await later(same, (reporter) => app.service.concerns.reportDetriment(reporter, plainReport, null))
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  it('how it went, and whether they would speak up again, shows in nothing that names a concern', async () => {
    const [other, same] = [await raise(plain), await raise(plain)]
    await later(other, (reporter) =>
      app.service.concerns.giveFeedback(reporter, { speakUpAgain: 'no', listened: 'no', comment: 'Never.' }, null),
    )
    await later(same, (reporter) => app.service.concerns.giveFeedback(reporter, { speakUpAgain: 'dont_know' }, null))
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
    const { rows } = await thief.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'feedback_answer' order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(['answer', 'id', 'quarter'])
  })

  it('a question and its answer show no more than two messages do', async () => {
    const [other, same] = [await raise(plain), await raise(plain)]
    const asking = { body: 'Which ward was it on?', question: true }
    const { id: question } = await app.service.concerns.sendMessage(guardian, other, asking, null)
    await app.service.concerns.sendMessage(guardian, same, { body: 'Thank you for this.' }, null)
    await later(other, (reporter) => app.service.concerns.writeFromInbox(reporter, { body: 'The third.', answers: question }, null))
    await later(same, (reporter) => app.service.concerns.writeFromInbox(reporter, { body: 'You are kind.' }, null))
    expect(await shapeOf(other)).toEqual(await shapeOf(same))
  })

  it('names no version 1, 6 or 7 identifier, which hold a time', async () => {
    for (const [table] of Object.entries(tables)) {
      const { rows } = await thief.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and data_type = 'uuid'`,
        [table],
      )
      for (const { name } of rows) {
        const odd = await thief.query(`select ${name} from ${table} where ${name} is not null and substr(${name}::text, 15, 1) <> '4'`)
        expect([table, name, odd.rowCount]).toEqual([table, name, 0])
      }
    }
  })

  it('ties no receipt, draft or open inbox to a concern, not even by the hour of its purge', async () => {
    const { rows } = await thief.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_name in ('receipt', 'reporter_session') order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'receipt.id',
      'receipt.purge_on',
      'receipt.sealed',
      'reporter_session.id',
      'reporter_session.purge_on',
      'reporter_session.sealed',
    ])
  })

  it('would show a difference if there were one', async () => {
    expect(await shapeOf(await raise({ ...plain, immediateDanger: 'yes' }))).not.toEqual(await shapeOf(await raise(plain)))
    expect(await shapeOf(await raise({ ...plain, narrative: 'x'.repeat(5_000) }))).not.toEqual(await shapeOf(await raise(plain)))
  })
})

const random = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
  /\bF-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g,
  /\b[0-9a-f]{64}\b/g,
  /(?<="commitment":")[\w-]{43}/g,
]

function blot(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `${value.length} bytes`
  if (value instanceof Date) return 'a time'
  if (typeof value !== 'string') return value
  return random.reduce((text, pattern) => text.replaceAll(pattern, '…'), value)
}
