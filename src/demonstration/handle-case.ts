import type { StaffContext } from '../accounts/index.ts'
import type { ActionInput, StepName, ConcernUseCases } from '../concerns/index.ts'
import { addDays, londonDate, type ConcernId, type UserId } from '../kernel/index.ts'
import type { Case, Step } from './cases.ts'

/** What handling a case needs of whoever does it: the guardian's session, and who investigates and decides. */
export interface Handler {
  readonly act: <A extends StepName>(id: ConcernId, action: A, input: ActionInput<A>) => Promise<{ version: number; status: string }>
  readonly today: ReturnType<typeof londonDate>
  readonly investigator: UserId
  readonly decidedBy: UserId
}

type Planned = { [A in StepName]: { readonly action: A; readonly input: Omit<ActionInput<A>, 'expectedVersion'> } }[StepName]

/** The actions, with their words, that take a case to its last listed step. A triage that names a way other than investigation takes it at once. */
export function planHandling(given: Case, people: Pick<Handler, 'today' | 'investigator' | 'decidedBy'>): Planned[] {
  return given.steps.flatMap((step) => planStep(step, given, people))
}

function planStep(
  step: Step,
  given: Case,
  { today, investigator, decidedBy }: Pick<Handler, 'today' | 'investigator' | 'decidedBy'>,
): Planned[] {
  switch (step.action) {
    case 'acknowledge':
      return [{ action: 'acknowledge', input: { message: words.acknowledge } }]
    case 'triage':
      return [triage(step, given), ...atOnce(step, decidedBy)]
    case 'start_investigation':
      return [
        {
          action: 'start_investigation',
          input: { investigatorId: investigator, terms: words.terms, expectedEnd: addDays(today, 42), message: words.investigation },
        },
      ]
    case 'record_findings':
      return [
        {
          action: 'record_findings',
          input: {
            findings: [{ allegation: words.allegation, finding: step.finding }],
            learning: words.learning,
            actions: [{ description: words.improvement, owner: 'Ward manager', dueOn: addDays(today, 28) }],
          },
        },
      ]
    case 'resolve':
      return [
        {
          action: 'resolve',
          input: { outcome: step.outcome, feedbackShared: 'summary', learning: words.learning, message: words.outcome },
        },
      ]
    case 'escalate':
      return [{ action: 'escalate', input: { to: escalationTarget(given), reason: words.escalation, shareContent: true } }]
  }
}

function triage(step: Extract<Step, { action: 'triage' }>, given: Case): Planned {
  return {
    action: 'triage',
    input: {
      riskGrade: step.risk,
      elements: given.input.elements,
      decision: step.decision,
      consent:
        given.input.openness === 'open'
          ? 'share_as_agreed'
          : given.input.openness === 'confidential'
            ? 'do_not_share_identity'
            : 'not_applicable',
      conflict: 'none',
      title: titleOf(given),
    },
  }
}

/** `01-waiting-times` reads "Waiting times". */
function titleOf({ name }: Case): string {
  const words = name.slice(3).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function atOnce(step: Extract<Step, { action: 'triage' }>, decidedBy: UserId): Planned[] {
  if (step.decision === 'refer') {
    return [
      {
        action: 'refer',
        input: { to: step.to, recipient: words.recipient, shareIdentity: false, reason: words.referral, message: words.referred },
      },
    ]
  }
  if (step.decision === 'resolve_without_investigation') {
    return [
      {
        action: 'resolve_without_investigation',
        input: { reasonCode: 'can_be_put_right_now', reason: words.simple, decidedBy, message: words.simpleMessage },
      },
    ]
  }
  return []
}

/** The executive lead, unless the concern is about one: then the non-executive lead. */
function escalationTarget(given: Case): 'executive_lead' | 'non_executive_lead' {
  return given.input.about.some((text) => /executive|director/i.test(text)) ? 'non_executive_lead' : 'executive_lead'
}

/** Takes a raised concern through the plan, each step on the version the one before left. Returns the last state. */
export async function handleCase(
  handler: Handler,
  id: ConcernId,
  version: number,
  plan: readonly Planned[],
): Promise<{ version: number; status: string }> {
  let state = { version, status: 'raised' }
  for (const { action, input } of plan) {
    state = await handler.act(id, action, { ...input, expectedVersion: state.version })
  }
  return state
}

export function handlerOf(concerns: Pick<ConcernUseCases, 'act'>, ctx: StaffContext, investigator: UserId): Handler {
  return {
    act: (id, action, input) => concerns.act(ctx, id, action, input),
    today: londonDate(ctx.now),
    investigator,
    decidedBy: ctx.person.userId,
  }
}

const words = {
  acknowledge:
    'Thank you for telling us this. I have read every word. I will look at what should happen next and write to you here within ten working days. If anything gets worse before then, write to me at once.',
  terms:
    'Look at the records named in the concern, speak to the staff on those shifts in private, and say for each point what the evidence shows.',
  investigation:
    'Somebody who does not work in that team will now look into this. You do not have to do anything. I will write again when there is news.',
  allegation: 'What the person describes took place.',
  learning: 'Staff did not know who else they could tell. The induction now says so.',
  improvement: 'Check the records of the last three months with the team.',
  outcome: 'What you told us was looked into and it has led to change. Thank you. If you are treated badly for speaking up, tell me here.',
  escalation: 'The people who would normally decide are named in this concern.',
  recipient: 'Lead of the receiving service',
  referral: 'The receiving service has the duty and the skills to act on this today.',
  referred:
    'I have passed on what you told us, without your name, to the people who must act on it. I stay your contact and will tell you what comes of it.',
  simple: 'The facts are not in dispute and the repair has been ordered.',
  simpleMessage: 'You were right, and it can be put right without an investigation. The repair is ordered for this week.',
} as const
