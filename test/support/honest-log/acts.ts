import { canonicalJson } from '../../../src/audit/index.ts'
import { signApproval, summaryDigest } from '../../../src/concerns/acts/approval-statement.ts'
import {
  addDays,
  instantText,
  newId,
  type Alias,
  type ApprovalId,
  type ConcernId,
  type DateText,
  type ItemId,
} from '../../../src/kernel/index.ts'
import { clocksOf, createCalendar, type WorkingCalendar } from '../../../src/timeliness/index.ts'
import { commitTo } from '../../../src/vault/index.ts'
import { graveRisks, publishedWorkflow, riskGrades, type Action, type Status } from '../../../src/workflow/index.ts'
import {
  actorOf,
  addPerson,
  byRole,
  changeLimit,
  instantOf,
  publishCalendar,
  renewKeys,
  signList,
  todayIn,
  write,
  type SimulatedConcern,
  type World,
} from './world.ts'

const item = (world: World): string => newId<ItemId>(world.chance)

const calendars = new WeakMap<readonly DateText[], WorkingCalendar>()

/** Made once for each state of the table of holidays. */
function calendarOf(holidays: readonly DateText[]): WorkingCalendar {
  const calendar = calendars.get(holidays) ?? createCalendar(holidays.map((date) => ({ date })))
  calendars.set(holidays, calendar)
  return calendar
}

/** T1 by the product's own clocks. */
function clockOf(world: World, startedOn: DateText, acknowledgedOn: DateText | null) {
  const events = [{ kind: 'received', on: startedOn }, ...(acknowledgedOn === null ? [] : [{ kind: 'acknowledged', on: acknowledgedOn }])]
  const calendar = calendarOf(world.holidays)
  return clocksOf(events, world.rules, calendar, todayIn(world)).find(({ code }) => code === 'T1')!
}

/** What a proof of raising opens: entry, field, salt and what was committed to. */
export interface MadeOpening {
  readonly commitment: string
  readonly salt: string
  readonly content: string
}

/** Somebody raises a concern, or a guardian writes it down some days after it came. */
export function raise(world: World, openings: MadeOpening[]): void {
  const { chance } = world
  const recorded = chance.oneIn(4)
  const late = recorded ? chance.below(6) : 0
  const startedOn = addDays(todayIn(world), -late)
  const content = canonicalJson({ narrative: 'x'.repeat(chance.below(40)), raisedOn: startedOn })
  const { salt, commitment } = commitTo(chance, new TextEncoder().encode(content))
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  openings.push({ commitment: text(commitment), salt: text(salt), content })
  const clock = clockOf(world, startedOn, null)
  const concern: SimulatedConcern = {
    alias: newId<Alias>(chance),
    id: newId<ConcernId>(chance),
    startedOn,
    status: 'raised',
    twoPeople: false,
    cycle: 1,
    asked: 0,
    acknowledged: false,
    due: clock.dueOn,
    pending: null,
    lanes: { staff: { number: 0, head: null }, reporter: { number: 0, head: null } },
  }
  world.concerns.push(concern)
  const fields = {
    status: 'raised',
    openness: chance.pick(['open', 'confidential', 'anonymous']),
    channel: recorded ? 'phone' : 'web_form',
    danger: chance.oneIn(9),
    commitment: text(commitment),
    reporterKey: text(chance.bytes(32)),
    recipientSet: world.listVersion,
    acknowledgeBy: clock.dueOn,
    rule: clock.code,
  }
  write(world, { kind: 'concern_raised', actor: { role: 'reporter' }, fields }, concern)
  if (!recorded) return
  const how = { channel: 'phone', receivedOn: startedOn, backDatedDays: late, returnChannel: true, people: 1, item: item(world) }
  write(world, { kind: 'concern_recorded', actor: actorOf(byRole(world, 'guardian')), fields: how }, concern)
}

const { moves } = publishedWorkflow()
const kindOf = {
  acknowledge: 'concern_acknowledged',
  triage: 'concern_triaged',
  start_investigation: 'investigation_started',
  resolve_without_investigation: 'resolving_without_investigation',
  refer: 'concern_referred',
  record_findings: 'findings_recorded',
  resolve: 'concern_resolved',
  close: 'concern_closed',
  reopen: 'concern_reopened',
  withdraw: 'concern_withdrawn',
  assign: 'concern_assigned',
  declare_conflict: 'conflict_declared',
  escalate: 'concern_escalated',
} as const satisfies Partial<Record<Action, string>>
/** The steps that name themselves in their entries. What is done to a clock does not. */
type NamedStep = keyof typeof kindOf

/** One step that is open where the concern stands. */
export function step(world: World, concern: SimulatedConcern): void {
  const { chance } = world
  const open = (Object.keys(kindOf) as NamedStep[]).filter((action) => moves[action][concern.status] !== undefined)
  const steps = open.filter((action) => !['assign', 'declare_conflict', 'escalate', 'withdraw'].includes(action))
  const action = steps.length > 0 && !chance.oneIn(4) ? chance.pick(steps) : chance.pick(open)
  if (concern.pending !== null && (action === 'resolve_without_investigation' || chance.oneIn(2))) return decide(world, concern)
  if (action === 'resolve_without_investigation' && concern.twoPeople) return ask(world, concern)
  const actor = byRole(world, 'guardian')
  const from = concern.status
  const to = action === 'withdraw' ? chance.pick(moves.withdraw[from]!) : moves[action][from]![0]!
  const fields = { action, from, to, ...fieldsOf(world, concern, action, to, actor.alias) }
  concern.status = to
  if (to !== from) concern.pending = null
  write(world, { kind: kindOf[action], actor: actorOf(actor), fields }, concern)
}

function fieldsOf(world: World, concern: SimulatedConcern, action: NamedStep, to: Status, self: Alias): object {
  const { chance } = world
  switch (action) {
    case 'acknowledge': {
      const { code, dueOn, state } = clockOf(world, concern.startedOn, todayIn(world))
      concern.acknowledged = true
      return { item: item(world), clock: code, dueOn, state, reporterKey: null }
    }
    case 'triage': {
      const riskGrade = chance.pick(riskGrades)
      concern.twoPeople = graveRisks.includes(riskGrade)
      return {
        item: [item(world), item(world)],
        riskGrade,
        decision: 'investigate',
        consent: 'not_applicable',
        conflict: 'none',
        secondApproverRequired: concern.twoPeople,
      }
    }
    case 'start_investigation':
      return { item: item(world), investigator: byRole(world, 'investigator').alias, expectedEnd: addDays(todayIn(world), 30) }
    case 'resolve_without_investigation':
      return { decidedBy: byRole(world, 'executive_lead').alias, reasonCode: 'facts_agreed', item: item(world) }
    case 'reopen':
      concern.cycle += 1
      return { cycle: concern.cycle, item: item(world) }
    case 'withdraw':
      return {
        organisationMustAct: to !== 'withdrawn',
        outcome: to === 'withdrawn' ? 'withdrawn_by_person' : null,
        asked: concern.asked,
        item: item(world),
      }
    case 'assign':
      return { owner: byRole(world, 'guardian').alias }
    case 'declare_conflict':
      return { person: self, owner: null, parts: [] }
    case 'escalate':
      return { target: 'executive_lead', person: [byRole(world, 'executive_lead').alias], contentShared: false, item: item(world) }
    default:
      return { item: item(world) }
  }
}

function ask(world: World, concern: SimulatedConcern): void {
  const requester = byRole(world, 'guardian')
  const approver = byRole(world, world.chance.pick(['executive_lead', 'non_executive_lead']))
  const approval = newId<ApprovalId>(world.chance)
  concern.pending = { approval, approver, requester }
  const fields = {
    action: 'resolve_without_investigation',
    from: concern.status,
    to: concern.status,
    approval,
    approver: approver.alias,
    decidedBy: requester.alias,
    reasonCode: 'facts_agreed',
    item: [item(world), item(world)],
  }
  write(world, { kind: 'approval_requested', actor: actorOf(requester), fields }, concern)
}

/** The second person's own signature, by the product's own statement. */
function decide(world: World, concern: SimulatedConcern): void {
  const { approval, approver, requester } = concern.pending!
  const decision = world.chance.oneIn(3) ? 'refuse' : 'approve'
  const decidedAt = instantOf(world)
  const summary = { id: newId<ItemId>(world.chance), ciphertext: world.chance.bytes(60), signature: world.chance.bytes(65) }
  const statement = { approval: approval as ApprovalId, concern: concern.alias, summary, decision, decidedAt } as const
  const from = concern.status
  const to: Status = decision === 'approve' ? 'resolving' : from
  concern.status = to
  concern.pending = null
  const fields = {
    action: 'resolve_without_investigation',
    from,
    to,
    approval,
    requestedBy: requester.alias,
    summary: summaryDigest(summary as never),
    decision,
    decidedAt: instantText(decidedAt),
    signature: Buffer.from(signApproval(approver.keys, statement as never)).toString('base64'),
  }
  write(world, { kind: decision === 'approve' ? 'approval_given' : 'approval_refused', actor: actorOf(approver), fields }, concern)
}

/** What else happens in a service on a day. */
export function happen(world: World): void {
  const { chance } = world
  const concern = world.concerns.length > 0 ? chance.pick(world.concerns) : null
  const happenings: (() => void)[] = [
    () => write(world, { kind: 'signed_in', actor: actorOf(chance.pick(world.people)), fields: {} }),
    () => write(world, { kind: 'queue_viewed', actor: actorOf(byRole(world, 'guardian')), fields: {} }),
    () =>
      write(world, {
        kind: 'sign_in_failed',
        actor: { role: 'system' },
        fields: { person: chance.pick(world.people).alias, code: 'password' },
      }),
    () =>
      write(world, {
        kind: 'attempt_refused',
        actor: actorOf(byRole(world, 'auditor')),
        fields: { attempt: 'view_content', code: 'permission_denied' },
      }),
    () => concern && write(world, { kind: 'concern_viewed', actor: actorOf(byRole(world, 'guardian')), fields: {} }, concern),
    () =>
      concern &&
      write(
        world,
        { kind: 'content_viewed', actor: actorOf(byRole(world, 'guardian')), fields: { compartments: ['internal', 'shared'] } },
        concern,
      ),
    () => concern && write(world, { kind: 'reporter_wrote', actor: { role: 'reporter' }, fields: { item: item(world) } }, concern),
    () =>
      concern && write(world, { kind: 'message_sent', actor: actorOf(byRole(world, 'guardian')), fields: { item: item(world) } }, concern),
    () => {
      if (concern === null) return
      concern.asked += 1
      write(world, { kind: 'withdrawal_asked', actor: { role: 'reporter' }, fields: { item: item(world) } }, concern)
    },
  ]
  chance.pick(happenings)()
}

/** What happens once in a while: newcomers, renewed keys, a moved role, a new holiday, another limit. */
export function seldom(world: World): void {
  const { chance } = world
  chance.pick([
    () => {
      const { alias, role } = addPerson(world, chance.pick(['guardian', 'investigator']), 'person_enrolled')
      signList(world, [`${alias} ${role}`])
    },
    () => renewKeys(world, chance.pick(world.people)),
    () => changeLimit(world),
    () => addHoliday(world),
  ])()
}

function addHoliday(world: World): void {
  const day = addDays(todayIn(world), 1 + world.chance.below(12))
  if (world.holidays.includes(day)) return
  world.holidays = [...world.holidays, day]
  const actor = actorOf(byRole(world, 'administrator'))
  write(world, { kind: 'settings_changed', actor, fields: { setting: 'bank_holidays', rows: world.holidays.length } })
  publishCalendar(world)
  for (const concern of world.concerns.filter(({ acknowledged, status }) => !acknowledged && status !== 'withdrawn')) {
    const { dueOn } = clockOf(world, concern.startedOn, null)
    if (dueOn === concern.due) continue
    write(
      world,
      { kind: 'deadline_moved', actor, fields: { setting: 'bank_holidays', clock: 'T1', before: concern.due, after: dueOn } },
      concern,
    )
    concern.due = dueOn
  }
}
