import type { DateText, Role, UserId } from '../../../src/kernel/index.ts'
import { Refusal, type Fault } from '../../../src/kernel/index.ts'
import { transition, type Action, type ClockStanding, type Facts, type Inputs, type Move } from '../../../src/workflow/index.ts'

const person = (name: string) => name as UserId
export const grace = person('Grace, guardian')
export const daniel = person('Daniel, deputy guardian')
export const priya = person('Priya, investigator')
export const helen = person('Helen, executive lead')
export const owen = person('Owen, non-executive lead')
export const ruth = person('Ruth, auditor')
export const nobody = person('Nobody we know')

const staff: [UserId, Role[]][] = [
  [grace, ['guardian']],
  [daniel, ['guardian']],
  [priya, ['investigator']],
  [helen, ['executive_lead']],
  [owen, ['non_executive_lead']],
  [ruth, ['auditor']],
]

/** A clock that runs and lets nothing be done to it, but for what is said. */
export function clock(code: string, said: Partial<ClockStanding> = {}): ClockStanding {
  const dates = { dueOn: '2026-12-04' as DateText, aloneUntil: '2026-12-04' as DateText }
  return { code, of: null, state: 'running', pausable: false, pauseUntil: null, extendable: false, ...dates, ...said }
}

/** A concern Grace and Daniel handle, Grace acting, with nothing in the way. */
export const ordinary: Facts = {
  status: 'raised',
  relations: ['handler'],
  pendingApproval: null,
  person: grace,
  today: '2026-11-20' as DateText,
  openness: 'confidential',
  hasReturnChannel: true,
  consent: 'share_as_agreed',
  secondApproverRequired: false,
  about: new Set(),
  handlers: new Set([grace, daniel]),
  investigator: null,
  openDetriment: false,
  actionsSet: 0,
  openTasks: 0,
  clocks: [
    clock('T3'),
    clock('T6', { state: 'paused', pausable: true, extendable: true }),
    clock('T7', { pausable: true, pauseUntil: '2027-01-19' as DateText, extendable: true }),
    clock('T11a', { dueOn: '2026-12-01' as DateText }),
  ],
  staff: new Map(staff),
}

/** What a careful person would enter. */
export const careful: Inputs = {
  acknowledge: { message: 'Thank you. I have read this and will write again on Friday.' },
  triage: {
    riskGrade: 'low',
    elements: ['worker_safety_wellbeing'],
    decision: 'investigate',
    consent: 'share_as_agreed',
    conflict: 'none',
    title: 'Lights in the car park',
  },
  start_investigation: {
    investigatorId: priya,
    terms: 'Whether the lights were reported, and what was done.',
    expectedEnd: '2026-12-18' as DateText,
    message: 'Priya will look into this and expects to finish by 18 December.',
  },
  resolve_without_investigation: {
    reasonCode: 'can_be_put_right_now',
    reason: 'Estates will mend the lights this week.',
    decidedBy: grace,
    message: 'We can put this right without an investigation. You can ask the executive lead to look again.',
  },
  refer: {
    to: 'counter_fraud',
    recipient: 'Local counter fraud specialist',
    shareIdentity: false,
    reason: 'Claims for shifts not worked.',
    message: 'The counter fraud team will look into this. I will still tell you how it ends.',
  },
  record_findings: {
    findings: [{ allegation: 'The lights were out for five weeks', finding: 'substantiated' }],
    learning: 'None',
    actions: [{ description: 'Mend the lights', owner: 'Head of estates', dueOn: '2026-11-27' as DateText }],
  },
  resolve: {
    outcome: 'unable_to_progress',
    feedbackShared: 'summary',
    learning: 'None',
    message: 'This is how it ended, and why.',
  },
  close: { followUp: 'done' },
  reopen: { reason: 'The lights are out again.' },
  withdraw: { reason: 'They asked, and nobody else is at risk.', organisationMustAct: false },
  assign: { userId: daniel },
  declare_conflict: {},
  escalate: { to: 'executive_lead', reason: 'No answer from estates.' },
  screen_risk: { riskGrade: 'medium' },
  record_first_contact: { parts: ['thanked', 'wellbeing'] },
  pause_clock: { clock: 'T7', until: '2026-12-01' as DateText, reasonCode: 'police_hold', reason: 'The police asked us to wait.' },
  resume_clock: { clock: 'T6' },
  extend_clock: { clock: 'T7', until: '2026-12-18' as DateText, reasonCode: 'people_unavailable', reason: 'Two people are away.' },
  record_follow_up: { months: 3, note: 'I rang. Nobody treats her badly.' },
}

/** The refusal an act meets, or where the concern goes. */
export function attempt<A extends Action>(action: A, facts: Partial<Facts>, input: Partial<Inputs[A]> = {}): Move | Refusal {
  try {
    return transition(action, { ...ordinary, ...facts }, { ...careful[action], ...input })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** "invalid_input /approver second_approver_required", or the status reached. */
export function answer<A extends Action>(action: A, facts: Partial<Facts>, input: Partial<Inputs[A]> = {}): string {
  const result = attempt(action, facts, input)
  if (!(result instanceof Refusal)) return result.to
  return [result.code, ...result.faults.map((fault: Fault) => `${fault.pointer} ${fault.code}`)].join(' ')
}
