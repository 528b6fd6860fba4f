import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { ActionName } from '../../src/concerns/index.ts'
import { canonicalJson, leafHash } from '../../src/audit/index.ts'
import { addDays, londonDate, Refusal, type ApprovalId, type ConcernId, type UserId } from '../../src/kernel/index.ts'
import { statuses, type Outcome, type Status } from '../../src/workflow/index.ts'
import type { PersonName } from '../support/app.ts'
import { verdictOfLog } from '../support/verified-log.ts'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'

// Random runs over all roles and all actions, two people at a time, through the real use cases on a real database. Whatever they try, the
// invariants of `domain.md` 9.3 hold. The legal moves are written down here again, from the policy, on purpose not taken from the code.

const world: HandlingWorld = await startHandlingWorld()
const { concerns, as, id, raise } = world
afterAll(() => world.close())

const legalMoves: Record<string, readonly string[]> = {
  concern_acknowledged: ['raised acknowledged'],
  concern_triaged: ['acknowledged triaged'],
  investigation_started: ['triaged investigating'],
  approval_requested: ['triaged triaged'],
  approval_given: ['triaged resolving'],
  approval_refused: ['triaged triaged'],
  resolving_without_investigation: ['triaged resolving'],
  concern_referred: ['triaged referred'],
  findings_recorded: ['investigating findings_ready', 'referred findings_ready'],
  concern_resolved: ['findings_ready resolved', 'resolving resolved', 'referred resolved'],
  concern_closed: ['resolved closed'],
  concern_reopened: ['resolved triaged', 'closed triaged'],
  concern_withdrawn: statuses.flatMap((status) =>
    ['resolved', 'closed', 'withdrawn'].includes(status) ? [] : [`${status} withdrawn`, `${status} ${status}`],
  ),
}
/** Acts that a colleague has to look at before deciding on anything else, and that move no status. */
const clockActs: ReadonlySet<string> = new Set([
  'risk_screened',
  'first_contact_recorded',
  'follow_up_made',
  'clock_paused',
  'clock_resumed',
  'clock_extended',
])
const stayingKinds = new Set(['concern_assigned', 'conflict_declared', 'concern_escalated'])

const staff = [
  'guardian',
  'deputy',
  'investigator',
  'executive',
  'nonExecutive',
  'auditor',
  'administrator',
] as const satisfies PersonName[]
const everyAction: readonly ActionName[] = [
  'acknowledge',
  'triage',
  'start_investigation',
  'resolve_without_investigation',
  'refer',
  'record_findings',
  'resolve',
  'close',
  'reopen',
  'withdraw',
  'assign',
  'escalate',
  'declare_conflict',
]

/** One thing somebody does. Most picks take what is open, by number; the rest try anything at all. */
interface Deed {
  readonly who: Who
  readonly act:
    ActionName | 'message' | 'note' | 'look' | 'decide' | 'reporter_writes' | 'reporter_withdraws' | 'reporter_harmed' | 'open_step'
  readonly pick: number
  readonly choice: number
}

const anyDeed: fc.Arbitrary<Deed> = fc.record({
  who: fc.constantFrom(...staff),
  act: fc.oneof(
    { weight: 7, arbitrary: fc.constant('open_step' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Deed['act']>(
        ...everyAction.filter((action) => action !== 'declare_conflict'),
        'message',
        'note',
        'look',
        'decide',
        'reporter_writes',
        'reporter_withdraws',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom<Deed['act']>('declare_conflict', 'reporter_harmed') },
  ),
  pick: fc.nat(997),
  choice: fc.nat(997),
})
/** Guardians act most, as they do; and two at once, as they do too. */
const anyTurn = fc.array(
  fc
    .oneof(
      { weight: 3, arbitrary: fc.record({ who: fc.constantFrom('guardian' as const, 'deputy' as const) }) },
      { weight: 1, arbitrary: fc.constant({}) },
    )
    .chain((fixed) => anyDeed.map((deed) => ({ ...deed, ...fixed }))),
  {
    minLength: 1,
    maxLength: 2,
  },
)
const anyRun = fc.record({
  about: fc.constantFrom<readonly string[]>([], [], ['Daniel Reid'], ['Helen Marsh'], ['Priya Nair']),
  openness: fc.constantFrom('anonymous', 'confidential', 'open'),
  deputyMayRead: fc.boolean(),
  lateBy: fc.constantFrom(0, 1, 5),
  turns: fc.array(anyTurn, { minLength: 8, maxLength: 22 }),
})

type Who = (typeof staff)[number]
const alone = (who: Who, act: Deed['act'], pick = 1, choice = 2): Deed[] => [{ who, act, pick, choice }]

type Run = typeof anyRun extends fc.Arbitrary<infer Value> ? Value : never

/** Goes through every step once, whatever chance gives to the other runs. */
const wholeLife: Run = {
  about: [],
  openness: 'anonymous',
  deputyMayRead: true,
  lateBy: 0,
  turns: [
    alone('guardian', 'acknowledge'),
    alone('guardian', 'assign'),
    alone('deputy', 'triage', 4),
    alone('deputy', 'start_investigation'),
    alone('investigator', 'record_findings'),
    alone('deputy', 'resolve', 1, 1),
    alone('deputy', 'close', 0),
    alone('deputy', 'reopen'),
    alone('guardian', 'reporter_withdraws'),
    alone('deputy', 'withdraw', 1, 0),
    alone('deputy', 'declare_conflict'),
  ],
}

interface Subject {
  readonly concern: ConcernId
  readonly token: string
  readonly about: readonly string[]
}

const one = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!

const soon = (days: number) => addDays(londonDate(world.clock.now()), 1 + (days % 9))

function inputFor(action: ActionName, { pick, choice }: Deed, status: Status): Record<string, unknown> {
  const anybody = id(one(staff, pick))
  const guardian = id(one(['guardian', 'deputy'] as const, pick))
  const outcomes: Partial<Record<Status, readonly Outcome[]>> = {
    resolving: ['resolved_informally', 'advice_given'],
    findings_ready: ['investigated_action_taken', 'unable_to_progress'],
    referred: ['referred_and_concluded_elsewhere'],
  }
  switch (action) {
    case 'acknowledge':
      return { message: 'Thank you.' }
    case 'triage':
      return {
        riskGrade: one(['low', 'medium', 'high', 'immediate'] as const, pick),
        elements: one([[], ['patient_safety_quality'], ['worker_safety_wellbeing']] as const, choice),
        decision: 'investigate',
        consent: one(['share_as_agreed', 'do_not_share_identity', 'not_applicable'] as const, choice),
        conflict: pick % 9 === 0 ? 'found' : 'none',
        title: 'A title',
      }
    case 'start_investigation':
      return {
        investigatorId: pick % 5 === 0 ? anybody : id('investigator'),
        terms: 'Look.',
        expectedEnd: '2027-06-01',
        message: 'We look.',
      }
    case 'resolve_without_investigation':
      return {
        reasonCode: 'other',
        reason: 'It can be put right.',
        decidedBy: pick % 5 === 0 ? anybody : guardian,
        ...(choice % 3 !== 0 && { approver: id(one(['executive', 'nonExecutive', 'deputy', 'guardian'] as const, choice)) }),
        message: 'No inquiry.',
      }
    case 'refer':
      return { to: 'hr', recipient: 'HR', shareIdentity: choice % 2 === 0, reason: 'A grievance.', message: 'Passed on.' }
    case 'record_findings':
      return {
        findings: [{ allegation: 'It was so.', finding: 'substantiated' }],
        learning: 'None',
        actions: choice % 2 ? [{ description: 'Mend', owner: 'Estates', dueOn: '2027-01-01' }] : [],
      }
    case 'resolve':
      return {
        outcome: one(outcomes[status] ?? ['withdrawn_by_person'], choice),
        feedbackShared: 'summary',
        learning: 'None',
        message: 'The end.',
      }
    case 'close':
      return {
        followUp: one(['done', 'declined'] as const, pick),
        ...one([{ actions: 'tracked_plan', plan: 'The estates plan.' }, { actions: 'complete' }, {}] as const, choice),
      }
    case 'reopen':
      return { reason: 'New.', ...(choice % 2 === 0 && { message: 'Open again.' }) }
    case 'withdraw':
      return { reason: 'Asked.', organisationMustAct: choice % 3 !== 0 }
    case 'assign':
      return { userId: choice % 3 === 0 ? anybody : guardian }
    case 'escalate':
      return {
        to: one(['executive_lead', 'non_executive_lead', 'external'] as const, pick),
        reason: 'Tell them.',
        shareContent: choice % 2 === 0,
      }
    case 'screen_risk':
      return { riskGrade: one(['low', 'high'] as const, pick) }
    case 'record_first_contact':
      return { parts: choice % 2 === 0 ? ['thanked', 'understood'] : ['consent', 'wellbeing'] }
    case 'pause_clock':
      return { clock: one(['T1', 'T6', 'T7', 'T8'] as const, pick), until: soon(choice), reasonCode: 'police_hold', reason: 'Asked.' }
    case 'resume_clock':
      return { clock: one(['T6', 'T7', 'T8'] as const, pick) }
    case 'extend_clock':
      return { clock: one(['T4', 'T6', 'T7'] as const, pick), until: '2027-07-01', reasonCode: 'other', reason: 'More.' }
    case 'record_follow_up':
      return { months: one([3, 6] as const, pick), note: 'Asked.' }
    case 'declare_conflict':
      return {}
  }
}

const sql = async <Row extends object>(text: string, values: readonly unknown[]) =>
  (await world.database.asSuperuser.query<Row>(text, [...values])).rows

const reached = new Map<string, number>()
const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1)

/** Acts that lead nowhere further: taken as often as the rest, they would keep a run from getting anywhere. */
const besides: ReadonlySet<string> = new Set([
  'screen_risk',
  'record_first_contact',
  'pause_clock',
  'resume_clock',
  'extend_clock',
  'record_follow_up',
])

/** Does it, and gives what the database answered. Only refusals are answers: everything else is a fault of ours. */
async function perform({ concern, token }: Subject, deed: Deed): Promise<void> {
  const visitor = { requestId: 'model', now: world.clock.now() }
  const ctx = as(deed.who)
  try {
    if (deed.act === 'reporter_writes') await world.write(token, 'From me.')
    else if (deed.act === 'reporter_withdraws') await concerns.askToWithdraw(await concerns.openByToken(visitor, token), {}, null)
    else if (deed.act === 'reporter_harmed') {
      const said = { kinds: ['bullying' as const], description: 'Moved off my ward.', about: [] }
      await concerns.reportDetriment(await concerns.openByToken(visitor, token), said, null)
    } else if (deed.act === 'look') await concerns.viewContent(ctx, concern)
    else if (deed.act === 'message') await concerns.sendMessage(ctx, concern, { body: 'To you.' }, null)
    else if (deed.act === 'note') await concerns.writeNote(ctx, concern, { body: 'For us.' }, null)
    else if (deed.act === 'decide') await decide(concern, deed)
    else await step(concern, deed)
    count(deed.act)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    count(`refused ${error.code}`)
    if (error.code === 'record_not_genuine' || error.code === 'internal_error') throw error
  }
}

async function step(concern: ConcernId, deed: Deed): Promise<void> {
  const ctx = as(deed.who)
  // Seen before acting, as a person would: what a colleague does meanwhile makes it stale.
  const [row] = await sql<{ status: Status; version: number }>('select status, version from concern where id = $1', [concern])
  let action = deed.act as ActionName
  if (deed.act === 'open_step') {
    const { allowedActions } = await concerns.viewConcern(ctx, concern)
    const onward = allowedActions.filter(
      (each) =>
        !['assign', 'escalate', 'declare_conflict'].includes(each) &&
        (each !== 'withdraw' || deed.pick % 5 === 0) &&
        (!besides.has(each) || deed.choice % 5 === 0),
    )
    action = one(onward.length > 0 ? onward : (['escalate'] as const), deed.pick)
  }
  const input = { ...inputFor(action, deed, row!.status), expectedVersion: row!.version }
  if (action === 'declare_conflict') await concerns.declareConflict(ctx, concern, input)
  else await concerns.act(ctx, concern, action, input as never)
  count(action)
}

async function decide(concern: ConcernId, deed: Deed): Promise<void> {
  const [row] = await sql<{ id: ApprovalId }>(`select id from approval where concern_id = $1 and status = 'pending'`, [concern])
  world.clock.advance({ seconds: 30 })
  const otp = world.codeOf(deed.who)
  if (row === undefined) return
  await concerns.decideApproval(as(deed.who), concern, row.id, { decision: deed.pick % 3 === 0 ? 'refuse' : 'approve', otp })
}

interface Entry {
  readonly kind: string
  readonly number: number
  readonly text: string
  readonly hash: Buffer
  readonly fields: Readonly<Record<string, unknown>>
}

interface Seen {
  readonly version: number
  readonly entries: readonly Entry[]
  readonly t1: string | null
}

async function entriesOf(concern: ConcernId, lane: 'staff_entry' | 'reporter_entry'): Promise<Entry[]> {
  const rows = await sql<Omit<Entry, 'fields'>>(`select kind, number, text, hash from ${lane} where concern_id = $1 order by number`, [
    concern,
  ])
  return rows.map((row) => ({ ...row, fields: (JSON.parse(row.text) as { fields: Entry['fields'] }).fields }))
}

/** All that must hold after every turn, whatever was tried. */
async function check({ concern, token, about }: Subject, before: Seen): Promise<Seen> {
  const [row] = await sql<Record<string, never> & { status: Status; version: number; open_detriment: boolean; owner_id: UserId | null }>(
    'select * from concern where id = $1',
    [concern],
  )
  const { status, version, open_detriment, owner_id } = row!
  const entries = await entriesOf(concern, 'staff_entry')

  // Entries are added to and linked, and nothing before them changes.
  expect(entries.slice(0, before.entries.length).map(({ text }) => text)).toEqual(before.entries.map(({ text }) => text))
  for (const lane of [entries, await entriesOf(concern, 'reporter_entry')]) {
    lane.forEach((entry, at) => {
      expect(entry.number).toBe(at + 1)
      const said = JSON.parse(entry.text) as { previous: string | null }
      expect(canonicalJson(said as never)).toBe(entry.text)
      expect(Buffer.from(leafHash(entry.text)).equals(entry.hash)).toBe(true)
      expect(said.previous).toBe(at === 0 ? null : lane[at - 1]!.hash.toString('hex'))
    })
  }

  // Steps follow the table, one from where the last one led, and the row stands where they lead.
  let at: unknown = 'raised'
  for (const { kind, fields } of entries) {
    if (!('to' in fields)) continue
    expect(fields['from']).toBe(at)
    if (stayingKinds.has(kind)) expect(fields['to']).toBe(at)
    else expect(legalMoves[kind]).toContain(`${String(fields['from'])} ${String(fields['to'])}`)
    at = fields['to']
  }
  expect(status).toBe(at)
  expect(version).toBeGreaterThanOrEqual(before.version)
  const steps = entries.filter(({ kind, fields }) => 'to' in fields || clockActs.has(kind)).length
  expect(version).toBe(1 + steps)

  await checkPeople({ concern, token, about }, entries, owner_id)
  await checkGuards(concern, entries, status, open_detriment)

  // A limit met stays met, and one missed stays missed, for the person too.
  const seen = await world.inbox(token)
  const t1 = seen.clocks.find(({ code }) => code === 'T1')?.state ?? null
  if (before.t1 === 'met' || before.t1 === 'missed' || before.t1 === 'not_applicable') expect(t1).toBe(before.t1)
  expect(seen.status).toBe(status)
  expect(seen.messages.every(({ genuine }) => genuine)).toBe(true)
  return { version, entries, t1 }
}

/** Nobody it is about, and nobody who declared a conflict, holds a key, owns it or learns that it is there. */
async function checkPeople({ concern, token, about }: Subject, entries: readonly Entry[], owner: UserId | null): Promise<void> {
  const grants = await sql<{ holder: string; kind: string }>(
    `select holder, kind from key_grant where concern_id = $1 and holder !~ '^epoch'`,
    [concern],
  )
  const conflicted = entries.filter(({ kind }) => kind === 'conflict_declared').map(({ fields }) => fields['person'])
  for (const person of staff) {
    const { person: member } = as(person)
    const excluded = about.includes(member.name) || conflicted.includes(member.alias)
    const held = grants.filter(({ holder }) => holder === member.userId)
    if (excluded) {
      expect(held).toEqual([])
      expect(owner).not.toBe(member.userId)
      await expect(concerns.viewConcern(as(person), concern)).rejects.toMatchObject({ code: 'not_found' })
    }
    if (person === 'auditor' || person === 'administrator') expect(held).toEqual([])
    if (person === 'investigator') expect(held.filter(({ kind }) => kind !== 'investigation')).toEqual([])
    if (person === 'executive' || person === 'nonExecutive') {
      // A lead who took over because a conflict left nobody stands in a guardian's place.
      const isHandler = entries.some(({ kind, fields }, at) => {
        const cause = entries.slice(0, at).findLast((earlier) => earlier.kind !== 'access_granted')
        return kind === 'access_granted' && fields['person'] === member.alias && cause?.kind === 'conflict_declared'
      })
      if (!isHandler) expect(held.filter(({ kind }) => kind === 'identity' || kind === 'investigation')).toEqual([])
    }
  }
  // Recovery and the person themselves never lose their keys.
  expect(grants.filter(({ holder }) => holder === 'recovery').map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['shared', 'internal']),
  )
  expect(grants.some(({ holder, kind }) => holder === 'reporter' && kind === 'shared')).toBe(true)
  const readable = await world.inbox(token)
  expect(readable.narrative).toBe('What I saw.')
}

async function checkGuards(concern: ConcernId, entries: readonly Entry[], status: Status, openDetriment: boolean): Promise<void> {
  entries.forEach((entry, at) => {
    const earlier = entries.slice(0, at)
    const since = earlier.slice(1 + earlier.findLastIndex(({ kind }) => kind === 'concern_reopened'))
    if (entry.kind === 'concern_closed') {
      const actions = earlier
        .filter(({ kind }) => kind === 'findings_recorded')
        .reduce((sum, { fields }) => sum + Number(fields['actions']), 0)
      if (actions > 0) expect(entry.fields['actionEnd']).not.toBeNull()
    }
    // A grave concern is left uninvestigated by two different people only, and each time round anew.
    const triaged = earlier.findLast(({ kind }) => kind === 'concern_triaged')
    if (entry.kind === 'resolving_without_investigation') expect(triaged?.fields['secondApproverRequired']).toBe(false)
    if (entry.kind === 'approval_given') {
      const actor = (JSON.parse(entry.text) as { actor: { alias: string } }).actor.alias
      expect(actor).not.toBe(entry.fields['requestedBy'])
      expect(since.some(({ kind, fields }) => kind === 'approval_requested' && fields['approval'] === entry.fields['approval'])).toBe(true)
    }
    if (
      entry.kind === 'concern_referred' &&
      earlier.some(({ kind, fields }) => kind === 'concern_withdrawn' && fields['organisationMustAct'])
    ) {
      expect(entry.fields['shareIdentity']).toBe(false)
    }
  })
  if (status === 'closed' && openDetriment) {
    // Reported after it was closed: it could not have been closed with it.
    const closings = entries.filter(({ kind }) => kind === 'concern_closed').length
    expect(closings).toBeGreaterThan(0)
  }
  const pending = await sql(`select 1 from approval where concern_id = $1 and status = 'pending'`, [concern])
  expect(pending.length).toBeLessThanOrEqual(status === 'triaged' ? 1 : 0)
}

describe('whatever anybody does, in any order and two at a time', () => {
  it('keeps every invariant of the state machine', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ about, openness, deputyMayRead, lateBy, turns }) => {
        world.clock.set('2026-11-24T09:00:00Z')
        const identity = openness === 'anonymous' ? {} : { identity: { name: 'Joan Ellis' } }
        const { id: concern, token } = await raise({ narrative: 'What I saw.', about, openness, deputyMayRead, ...identity })
        const subject = { concern, token, about }
        world.clock.advance({ hours: 24 * lateBy })
        let seen: Seen = await check(subject, { version: 1, entries: [], t1: null })
        for (const turn of turns) {
          world.clock.advance({ minutes: 1 })
          await Promise.all(turn.map((deed) => perform(subject, deed)))
          seen = await check(subject, seen)
        }
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 30), endOnFailure: true, examples: [[wholeLife]] },
    )
    // A run that never got anywhere proves nothing.
    for (const action of ['acknowledge', 'triage', 'resolve', 'close', 'reopen', 'withdraw', 'declare_conflict', 'assign']) {
      expect([action, reached.get(action) ?? 0]).not.toEqual([action, 0])
    }
    // Whatever was tried, what is in the log holds for somebody who knows nothing but the log.
    expect(await verdictOfLog(world)).toMatchObject({ verdict: 'whole', findings: [] })
  })
})
