import type { Fault, Role, UserId } from '../kernel/index.ts'
import type { Facts, Inputs } from './facts.ts'
import type { Status } from './statuses.ts'
import { outcomes, type Outcome } from './vocabulary.ts'

/** A condition on an action (`domain.md` 9.3): the faults found, none when it holds. */
export type Guard<Input> = (facts: Facts, input: Input) => readonly Fault[]

/** The code of every fault that is a conflict of interest and not a slip: the whole request is then refused as one. */
export const conflictCode = 'conflict_of_interest'

export const none: readonly Fault[] = []
export const fault = (pointer: string, code: string, detail: string): readonly Fault[] => [{ pointer, code, detail }]
export const conflict = (pointer: string, detail: string) => fault(pointer, conflictCode, detail)

/** Who may answer for a decision, or approve one (`security.md` 5). */
export const deciders: readonly Role[] = ['guardian', 'executive_lead', 'non_executive_lead']
export const holds = (facts: Facts, person: UserId, roles: readonly Role[]) =>
  facts.staff.get(person)?.some((role) => roles.includes(role)) ?? false

export function written(pointer: string, text: string): readonly Fault[] {
  return text.trim() === '' ? fault(pointer, 'empty', 'Write something here.') : none
}

/** A handler with a conflict hands the concern on first; the next one assesses it. */
export const noConflictFound: Guard<Inputs['triage']> = (_, { conflict: answer }) =>
  answer === 'none' ? none : conflict('/conflict', 'Assign it to someone free of the conflict, or escalate it, before it is triaged.')

/** Suitably independent and trained: national policy 2016 and 2022. A guardian supports the person and does not investigate. */
export const investigatorIsIndependent: Guard<Inputs['start_investigation']> = (facts, { investigatorId }) => {
  const at = '/investigatorId'
  if (!holds(facts, investigatorId, ['investigator'])) return fault(at, 'not_an_investigator', 'Choose an active investigator.')
  if (facts.about.has(investigatorId)) return conflict(at, 'Choose somebody the concern is not about.')
  if (facts.handlers.has(investigatorId)) return conflict(at, 'Choose somebody who does not handle the concern.')
  return none
}

export const endIsAhead: Guard<Inputs['start_investigation']> = (facts, { expectedEnd }) =>
  expectedEnd >= facts.today ? none : fault('/expectedEnd', 'in_the_past', 'Give today or a later date.')

/** "Not necessary to investigate" is decided by a named person other than anyone complained about. */
export const deciderIsFree: Guard<Inputs['resolve_without_investigation']> = (facts, { decidedBy }) => {
  if (!holds(facts, decidedBy, deciders)) return fault('/decidedBy', 'may_not_decide', 'Choose an active guardian or lead.')
  return facts.about.has(decidedBy) ? conflict('/decidedBy', 'Choose somebody the concern is not about.') : none
}

/** Two different people stand behind leaving a grave concern uninvestigated, and neither is the subject. Elsewhere none is waited for. */
export const secondApproverIsFree: Guard<Inputs['resolve_without_investigation']> = (facts, { approver, decidedBy }) => {
  const at = '/approver'
  if (!facts.secondApproverRequired) return none
  if (approver === undefined) return fault(at, 'second_approver_required', 'Name a second person to approve this.')
  if (approver === facts.person) return fault(at, 'approver_is_requester', 'Name somebody other than yourself.')
  if (approver === decidedBy) return fault(at, 'approver_is_decider', 'Name somebody other than the person who decided.')
  if (!holds(facts, approver, deciders)) return fault(at, 'may_not_approve', 'Choose an active guardian or lead.')
  return facts.about.has(approver) ? conflict(at, 'Choose somebody the concern is not about.') : none
}

/** A name goes no further than its owner agreed, save under the two exceptions of the 2022 policy, with a reason. */
export const identityAsAgreed: Guard<Inputs['refer']> = (facts, { shareIdentity, identityOverride }) => {
  const at = '/shareIdentity'
  if (!shareIdentity) return none
  if (facts.openness === 'anonymous') return fault(at, 'identity_not_known', 'Nobody knows who the person is: refer without it.')
  if (facts.consent === 'share_as_agreed') return none
  if (identityOverride !== undefined) return written('/identityOverride/reason', identityOverride.reason)
  return fault(at, 'identity_not_agreed', 'The person has not agreed. Refer without it, or give the ground and the reason.')
}

/** A finding per allegation; every action with an owner. */
export const findingsAreComplete: Guard<Inputs['record_findings']> = (_, { findings, actions }) => [
  ...(findings.length === 0 ? fault('/findings', 'empty', 'Record at least one allegation and its finding.') : none),
  ...findings.flatMap(({ allegation }, index) => written(`/findings/${index}/allegation`, allegation)),
  ...actions.flatMap(({ description, owner }, index) => [
    ...written(`/actions/${index}/description`, description),
    ...written(`/actions/${index}/owner`, owner),
  ]),
]

/** The road a concern took decides how it can have ended: nothing is "investigated" that nobody investigated. */
const outcomesFrom: Record<Outcome, readonly Status[]> = {
  resolved_informally: ['resolving'],
  advice_given: ['resolving'],
  investigated_action_taken: ['findings_ready'],
  investigated_no_action_needed: ['findings_ready'],
  referred_and_concluded_elsewhere: ['referred', 'findings_ready'],
  unable_to_progress: ['resolving', 'referred', 'findings_ready'],
  // Only a withdrawal ends so: who resolves says what was done.
  withdrawn_by_person: [],
}

/** The outcomes that "resolve" takes from here; none where it is not open. */
export function outcomesOpenIn(status: Status): readonly Outcome[] {
  return outcomes.filter((outcome) => outcomesFrom[outcome].includes(status))
}

export const outcomeFitsTheRoad: Guard<Inputs['resolve']> = (facts, { outcome }) =>
  outcomesOpenIn(facts.status).includes(outcome)
    ? none
    : fault('/outcome', 'outcome_not_open', 'Choose an outcome that fits what was done.')

export const feedbackIsHonest: Guard<Inputs['resolve']> = (facts, { feedbackShared }) =>
  feedbackShared === 'no_return_channel' && facts.hasReturnChannel
    ? fault('/feedbackShared', 'return_channel_open', 'The person can be reached: say what was shared with them.')
    : none

/** Somebody who was treated badly for speaking up is not left behind by closing (`domain.md` 9.3). */
export const noOpenDetriment: Guard<Inputs['close']> = (facts) =>
  facts.openDetriment ? fault('/followUp', 'detriment_open', 'A report of bad treatment is still open. Close that first.') : none

/** What was promised with the findings was done, or goes on where somebody follows it up. */
export const actionsAreSettled: Guard<Inputs['close']> = (facts, { actions, plan }) => {
  if (actions === 'tracked_plan') return written('/plan', plan ?? '')
  if (facts.openTasks > 0) return fault('/actions', 'tasks_open', 'Tasks are still open: say of each that it is done, or pass them on.')
  if (facts.actionsSet === 0 || actions !== undefined) return none
  return fault('/actions', 'actions_open', 'Say what became of the actions set with the findings.')
}

export const ownerIsFree: Guard<Inputs['assign']> = (facts, { userId }) => {
  const mayHandle = holds(facts, userId, ['guardian']) || (facts.staff.has(userId) && facts.handlers.has(userId))
  if (!mayHandle) return fault('/userId', 'not_a_handler', 'Choose an active guardian.')
  if (facts.about.has(userId)) return conflict('/userId', 'Choose somebody the concern is not about.')
  return userId === facts.investigator ? conflict('/userId', 'Choose somebody who does not investigate it.') : none
}

/** The leads an escalation tells: holders of the role but those it is about and the one who escalates. */
export function leadsToTell(facts: Facts, to: Inputs['escalate']['to']): readonly UserId[] {
  return to === 'external' ? [] : otherHolders(facts, to).filter((person) => !facts.about.has(person))
}

/** An escalation reaches somebody, and never a person named in the concern. */
export const leadIsFree: Guard<Inputs['escalate']> = (facts, { to }) => {
  if (to === 'external' || leadsToTell(facts, to).length > 0) return none
  return otherHolders(facts, to).length === 0
    ? fault('/to', 'nobody_to_tell', 'Nobody else holds this role: escalate to another.')
    : conflict('/to', 'The concern is about them: escalate to another.')
}

function otherHolders(facts: Facts, role: Role): UserId[] {
  return [...facts.staff.keys()].filter((person) => person !== facts.person && holds(facts, person, [role]))
}
