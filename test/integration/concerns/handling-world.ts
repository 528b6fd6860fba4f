import type { StaffContext } from '../../../src/accounts/index.ts'
import type { ActionInput, ConcernView, StepName } from '../../../src/concerns/index.ts'
import { raiseInput } from '../../../src/concerns/index.ts'
import { addDays, londonDate, Refusal, type ConcernId, type UserId } from '../../../src/kernel/index.ts'
import { startTestApp, type PersonName, type TestApp, type TestAppOptions } from '../../support/app.ts'

/** The service with everybody signed in once, and short ways to say what a test's people do. Nothing goes past the use cases. */
export interface HandlingWorld extends TestApp {
  readonly concerns: TestApp['service']['concerns']
  /** A person's context at this moment of the clock. */
  as(person: PersonName): StaffContext
  id(person: PersonName): UserId
  /** Raises a concern and gives its id and token. */
  raise(said?: Record<string, unknown>): Promise<{ id: ConcernId; token: string }>
  act<A extends StepName>(
    person: PersonName,
    id: ConcernId,
    action: A,
    input: Omit<ActionInput<A>, 'expectedVersion'> & { expectedVersion?: number },
  ): Promise<ConcernView>
  /** Takes a concern to this status by the shortest lawful way, as Grace. */
  bring(
    id: ConcernId,
    to: 'acknowledged' | 'triaged' | 'investigating' | 'resolving' | 'referred' | 'findings_ready' | 'resolved',
    triage?: Partial<ActionInput<'triage'>>,
  ): Promise<void>
  inbox(token: string): ReturnType<TestApp['service']['concerns']['readInbox']>
  write(token: string, body: string): Promise<{ id: string }>
  /** Entries of the log, oldest first, as their texts say. */
  entries(id?: ConcernId): Promise<LoggedEntry[]>
  version(id: ConcernId): Promise<number>
  /** A fresh second factor: moves the clock on, since a code works once. */
  otp(person: PersonName): string
  /** Writes rows as somebody would who has the database and nothing else: past every trigger. */
  tamper(sql: string, values?: readonly unknown[]): Promise<void>
}

/** The code and faults of a refusal, or what came instead. */
export async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return { accepted: await attempt }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.faults.length === 0 ? error.code : { [error.code]: error.faults.map(({ pointer, code }) => `${pointer} ${code}`) }
  }
}

export interface LoggedEntry {
  readonly kind: string
  readonly concernId: string | null
  readonly text: string
  readonly actor: { readonly role: string; readonly alias?: string }
  readonly fields: Readonly<Record<string, unknown>>
}

export const words = {
  acknowledge: { message: 'Thank you. I have read it.' },
  triage: {
    riskGrade: 'medium',
    elements: ['worker_safety_wellbeing'],
    decision: 'investigate',
    consent: 'not_applicable',
    conflict: 'none',
    title: 'Night staffing',
    note: 'Looks credible.',
  },
  refer: { to: 'hr', recipient: 'Head of HR', shareIdentity: false, reason: 'A grievance.', message: 'I have passed it on.' },
  findings: {
    findings: [{ allegation: 'Shifts were short.', finding: 'substantiated' }],
    learning: 'Plan earlier.',
    actions: [{ description: 'Review the rota', owner: 'Ward manager', dueOn: '2027-01-15' as never }],
  },
  resolve: {
    outcome: 'investigated_action_taken',
    feedbackShared: 'summary',
    learning: 'Plan earlier.',
    message: 'This is what we found.',
  },
} as const satisfies Record<string, unknown>

/** Findings as the schema gives them: lists of their own each time. */
export const findings = () => ({ ...words.findings, findings: [...words.findings.findings], actions: [...words.findings.actions] })

const everyone: readonly PersonName[] = ['guardian', 'deputy', 'investigator', 'executive', 'nonExecutive', 'auditor', 'administrator']

export async function startHandlingWorld(options: TestAppOptions = {}): Promise<HandlingWorld> {
  const app = await startTestApp(options)
  const { concerns } = app.service
  const signedIn = new Map<PersonName, StaffContext>()
  for (const person of everyone) signedIn.set(person, await app.contextOf(person))
  const as = (person: PersonName): StaffContext => ({ ...signedIn.get(person)!, now: app.clock.now() })
  const id = (person: PersonName) => as(person).person.userId
  const visitor = () => ({ requestId: 'test', now: app.clock.now() })
  const version = async (concernId: ConcernId) => {
    const { rows } = await app.database.asSuperuser.query<{ version: number }>('select version from concern where id = $1', [concernId])
    return rows[0]!.version
  }

  const act: HandlingWorld['act'] = async (person, concernId, action, input) => {
    const expectedVersion = input.expectedVersion ?? (await version(concernId))
    return concerns.act(as(person), concernId, action, { ...input, expectedVersion } as never)
  }
  const investigation = () => ({
    investigatorId: id('investigator'),
    terms: 'Look at the rota.',
    // Six weeks ahead, wherever a test's clock stands: 5 January 2027 on its ordinary morning
    expectedEnd: addDays(londonDate(app.clock.now()), 42),
    message: 'Somebody will look into it.',
  })
  const withoutInvestigation = () => ({
    reasonCode: 'can_be_put_right_now' as const,
    reason: 'The repair is ordered.',
    decidedBy: id('guardian'),
    message: 'It is being repaired.',
  })

  const bring: HandlingWorld['bring'] = async (concernId, to, triage = {}) => {
    const road = {
      acknowledged: [],
      triaged: ['triage'],
      investigating: ['triage', 'start'],
      resolving: ['triage', 'without'],
      referred: ['triage', 'refer'],
      findings_ready: ['triage', 'start', 'findings'],
      resolved: ['triage', 'start', 'findings', 'resolve'],
    }[to]
    const step: Record<string, () => Promise<unknown>> = {
      triage: () => act('guardian', concernId, 'triage', { ...words.triage, elements: [...words.triage.elements], ...triage }),
      start: () => act('guardian', concernId, 'start_investigation', investigation()),
      without: () => act('guardian', concernId, 'resolve_without_investigation', withoutInvestigation()),
      refer: () => act('guardian', concernId, 'refer', words.refer),
      findings: () =>
        act('investigator', concernId, 'record_findings', {
          ...words.findings,
          findings: [...words.findings.findings],
          actions: [...words.findings.actions],
        }),
      resolve: () => act('guardian', concernId, 'resolve', words.resolve),
    }
    await act('guardian', concernId, 'acknowledge', words.acknowledge)
    for (const name of road) await step[name]!()
  }

  return {
    ...app,
    concerns,
    as,
    id,
    act,
    bring,
    version,
    otp(person) {
      app.clock.advance({ seconds: 30 })
      return app.codeOf(person)
    },
    async tamper(statement, values = []) {
      const client = app.database.asSuperuser
      await client.query('begin; set local session_replication_role = replica')
      await client.query(statement, [...values])
      await client.query('commit')
    },
    async raise(said = {}) {
      const { token } = await concerns.raise(
        visitor(),
        raiseInput.parse({ narrative: 'Two of us for thirty beds, every night.', ...said }),
        null,
      )
      return { id: (await concerns.openByToken(visitor(), token)).concernId, token }
    },
    inbox: async (token) => concerns.readInbox(await concerns.openByToken(visitor(), token)),
    write: async (token, body) => concerns.writeFromInbox(await concerns.openByToken(visitor(), token), { body }, null),
    async entries(concernId) {
      const { rows } = await app.database.asSuperuser.query<{ kind: string; concern_id: string | null; text: string }>(
        'select kind, concern_id, text from staff_entry where $1::uuid is null or concern_id = $1 order by happened_at, number',
        [concernId ?? null],
      )
      return rows.map(({ kind, concern_id, text }) => ({
        kind,
        concernId: concern_id,
        text,
        ...(JSON.parse(text) as Pick<LoggedEntry, 'actor' | 'fields'>),
      }))
    },
  }
}
