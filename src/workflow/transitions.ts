import { Refusal, type UserId } from '../kernel/index.ts'
import {
  canExtend,
  canFollowUp,
  canPause,
  canResume,
  clockCanBeExtended,
  clockCanPause,
  clockCanResume,
  followUpIsDue,
  somethingWasDone,
} from './clock-guards.ts'
import type { Facts, Inputs, Relation, Standing } from './facts.ts'
import {
  actionsAreSettled,
  conflictCode,
  deciderIsFree,
  endIsAhead,
  feedbackIsHonest,
  findingsAreComplete,
  identityAsAgreed,
  investigatorIsIndependent,
  leadIsFree,
  leadsToTell,
  noConflictFound,
  noOpenDetriment,
  outcomeFitsTheRoad,
  ownerIsFree,
  secondApproverIsFree,
  written,
  type Guard,
} from './guards.ts'
import { isEnded, statuses, type Status } from './statuses.ts'
import { actions, type Action, type RiskGrade } from './vocabulary.ts'

/** Where a concern goes, and what follows from going there. */
export interface Move {
  /** The status afterwards; the one before where the action moves none, or waits for an approval. */
  readonly to: Status
  /** Triage sets this, once. */
  readonly secondApproverRequired?: boolean
  /** Nothing has moved until this person approves. */
  readonly awaits?: UserId
  /** The way chosen overtakes a request that still waits for its second person. */
  readonly lapsesApproval?: true
  /** The leads an escalation tells. */
  readonly tells?: readonly UserId[]
}

interface Row<A extends Action> {
  /** The statuses in which the action is open, and to whom. */
  readonly open: OpenTo
  /** One second person is asked at a time. */
  readonly closedWhilePending?: true
  /** Offered only where this holds too; whoever takes the step all the same is told by its guards what is in the way. */
  readonly when?: (standing: Standing) => boolean
  /** For those the concern is about too: it only takes them away from it. */
  readonly evenInConflict?: true
  /** Absent where the action moves no status. */
  readonly to?: Status
  /** It may also leave the status where it was: a second person is waited for, or the organisation must act all the same. */
  readonly mayStay?: true
  /** What must be put in words. */
  readonly says: readonly TextOf<Inputs[A]>[]
  readonly guards?: readonly Guard<Inputs[A]>[]
  /** What else the move brings. */
  readonly also?: (facts: Facts, input: Inputs[A]) => Partial<Move>
}

/** The fields of free text: codes, ids and dates are narrower than `string`. */
type TextOf<Input> = keyof { [K in keyof Input as string extends Input[K] ? K : never]: true } & string

type OpenTo = { readonly [S in Status]?: readonly Relation[] }
const always = (...who: Relation[]): OpenTo => Object.fromEntries(statuses.map((status) => [status, who]))
const whileUnended = (...who: Relation[]): OpenTo =>
  Object.fromEntries(statuses.filter((status) => !isEnded(status)).map((status) => [status, who]))

/** The whole workflow (`domain.md` 9.3, `api.md`). Buttons are drawn from it and acts are judged by it. */
const table: { readonly [A in Action]: Row<A> } = {
  acknowledge: {
    open: { raised: ['handler'] },
    to: 'acknowledged',
    says: ['message'],
  },
  triage: {
    open: { acknowledged: ['handler'] },
    to: 'triaged',
    says: ['title'],
    guards: [noConflictFound],
    also: (_, input) => ({ secondApproverRequired: needsSecondApprover(input) }),
  },
  start_investigation: {
    open: { triaged: ['handler'] },
    to: 'investigating',
    says: ['terms', 'message'],
    guards: [investigatorIsIndependent, endIsAhead],
  },
  resolve_without_investigation: {
    open: { triaged: ['handler'] },
    closedWhilePending: true,
    to: 'resolving',
    mayStay: true,
    says: ['reason', 'message'],
    guards: [deciderIsFree, secondApproverIsFree],
    also: (facts, { approver }) => (facts.secondApproverRequired && approver ? { to: facts.status, awaits: approver } : {}),
  },
  refer: {
    open: { triaged: ['handler'] },
    to: 'referred',
    says: ['recipient', 'reason', 'message'],
    guards: [identityAsAgreed],
  },
  record_findings: {
    open: { investigating: ['investigator_assigned', 'handler'], referred: ['handler'] },
    to: 'findings_ready',
    says: ['learning'],
    guards: [findingsAreComplete],
  },
  resolve: {
    open: { findings_ready: ['handler'], resolving: ['handler'], referred: ['handler'] },
    to: 'resolved',
    says: ['learning', 'message'],
    guards: [outcomeFitsTheRoad, feedbackIsHonest],
  },
  close: {
    open: { resolved: ['handler'] },
    to: 'closed',
    says: [],
    guards: [noOpenDetriment, actionsAreSettled],
  },
  reopen: {
    open: { resolved: ['handler'], closed: ['handler'] },
    to: 'triaged',
    says: ['reason'],
  },
  withdraw: {
    open: whileUnended('handler'),
    to: 'withdrawn',
    mayStay: true,
    says: ['reason'],
    also: (facts, { organisationMustAct }) => (organisationMustAct ? { to: facts.status } : {}),
  },
  assign: {
    open: always('handler'),
    says: [],
    guards: [ownerIsFree],
  },
  declare_conflict: {
    open: always('handler', 'investigator_assigned', 'lead_escalated', 'approver'),
    evenInConflict: true,
    says: [],
  },
  escalate: {
    open: always('handler', 'lead_escalated'),
    says: ['reason'],
    guards: [leadIsFree],
    also: (facts, { to }) => ({ tells: leadsToTell(facts, to) }),
  },
  screen_risk: {
    open: { raised: ['handler'], acknowledged: ['handler'] },
    says: [],
  },
  record_first_contact: {
    open: whileUnended('handler'),
    says: [],
    guards: [somethingWasDone],
  },
  pause_clock: {
    open: whileUnended('handler'),
    when: canPause,
    says: ['reason'],
    guards: [clockCanPause],
  },
  resume_clock: {
    open: whileUnended('handler'),
    when: canResume,
    says: [],
    guards: [clockCanResume],
  },
  extend_clock: {
    open: always('handler'),
    when: canExtend,
    says: ['reason'],
    guards: [clockCanBeExtended],
  },
  record_follow_up: {
    open: { resolved: ['handler'], closed: ['handler'] },
    when: canFollowUp,
    says: ['note'],
    guards: [followUpIsDue],
  },
}

/** Where these are graded, two people stand behind leaving a concern uninvestigated. */
export const graveRisks: readonly RiskGrade[] = ['immediate', 'high']

/** Decided at triage and never again, so that a later softer grade cannot do away with the second person (`domain.md` 9.3). */
function needsSecondApprover({ riskGrade, elements }: Inputs['triage']): boolean {
  return graveRisks.includes(riskGrade) || elements.includes('patient_safety_quality')
}

/** Where an action can lead from a status; nowhere where it is not open. */
export function destinations(action: Action, from: Status): readonly Status[] {
  const { open, to, mayStay } = table[action]
  if (open[from] === undefined) return []
  return to === undefined ? [from] : mayStay === true ? [to, from] : [to]
}

function isOpen(action: Action, { status, relations, pendingApproval }: Standing): boolean {
  const { open, closedWhilePending } = table[action]
  if (closedWhilePending && pendingApproval !== null) return false
  return (open[status] ?? []).some((relation) => relations.includes(relation))
}

/** The buttons a person gets, in the order of the table. */
export function allowedActions(standing: Standing): Action[] {
  return actions.filter((action) => isOpen(action, standing) && table[action].when?.(standing) !== false)
}

/**
 * What an action does, or why it may not. Throws Refusal: `permission_denied` where the action is never open to this person,
 * `transition_not_allowed` where it is not open now, `conflict_of_interest` or `invalid_input` with a JSON Pointer for each fault.
 */
export function transition<A extends Action>(action: A, facts: Facts, input: Inputs[A]): Move {
  const row: Row<A> = table[action]
  const everOpenTo = Object.values(row.open).flat()
  if (!everOpenTo.some((relation) => facts.relations.includes(relation))) throw new Refusal('permission_denied')
  if (!isOpen(action, facts)) throw new Refusal('transition_not_allowed')
  if (row.evenInConflict !== true && facts.about.has(facts.person)) throw new Refusal('conflict_of_interest')

  const faults = [
    ...row.says.flatMap((field) => written(`/${field}`, input[field] as string)),
    ...(row.guards ?? []).flatMap((guard) => guard(facts, input)),
  ]
  if (faults.length > 0) {
    const conflicted = faults.some((fault) => fault.code === conflictCode)
    throw new Refusal(conflicted ? 'conflict_of_interest' : 'invalid_input', { faults })
  }
  const move: Move = { to: row.to ?? facts.status, ...row.also?.(facts, input) }
  return facts.pendingApproval !== null && move.to !== facts.status ? { ...move, lapsesApproval: true } : move
}

/**
 * The second person's own act on a resolution without investigation: approved, the concern moves on; refused, it stays triaged.
 * Throws Refusal: `approval_not_pending`, `approval_own_request`, `permission_denied`, `conflict_of_interest`.
 */
export function decideApproval(facts: Omit<Standing, 'clocks'> & Pick<Facts, 'person' | 'about'>, decision: 'approve' | 'refuse'): Move {
  const { pendingApproval, status, person } = facts
  if (pendingApproval === null || status !== 'triaged') throw new Refusal('approval_not_pending')
  if (pendingApproval.requestedBy === person) throw new Refusal('approval_own_request')
  if (pendingApproval.approver !== person || !facts.relations.includes('approver')) throw new Refusal('permission_denied')
  if (facts.about.has(person)) throw new Refusal('conflict_of_interest')
  return { to: decision === 'approve' ? 'resolving' : status }
}
