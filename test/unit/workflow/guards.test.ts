import { describe, expect, it, test } from 'vitest'
import type { DateText, UserId } from '../../../src/kernel/index.ts'
import {
  elements,
  outcomes,
  outcomesOpenIn,
  riskGrades,
  statuses,
  type Facts,
  type Inputs,
  type Outcome,
  type Status,
} from '../../../src/workflow/index.ts'
import { answer, attempt, careful, daniel, grace, helen, nobody, ordinary, owen, priya, ruth } from './people.ts'

const about = (...people: UserId[]): Partial<Facts> => ({ about: new Set(people) })

describe('acknowledging', () => {
  it('needs words a person wrote', () => {
    expect(answer('acknowledge', {}, { message: ' \n ' })).toBe('invalid_input /message empty')
  })
})

describe('triage', () => {
  const status = 'acknowledged'

  it('is not for a handler who found a conflict of interest', () => {
    expect(answer('triage', { status }, { conflict: 'found' })).toBe('conflict_of_interest /conflict conflict_of_interest')
  })

  it('needs a title and takes no element at all', () => {
    expect(answer('triage', { status }, { title: '' })).toBe('invalid_input /title empty')
    expect(answer('triage', { status }, { elements: [] })).toBe('triaged')
  })

  test.each(riskGrades.flatMap((grade) => elements.map((element) => [grade, element] as const)))(
    'asks for a second person where it should: risk %s, element %s',
    (riskGrade, element) => {
      const needed = riskGrade === 'immediate' || riskGrade === 'high' || element === 'patient_safety_quality'
      expect(attempt('triage', { status }, { riskGrade, elements: ['other_behaviours', element] })).toEqual({
        to: 'triaged',
        secondApproverRequired: needed,
      })
    },
  )
})

describe('starting an investigation', () => {
  const start = (facts: Partial<Facts>, input: Partial<Inputs['start_investigation']> = {}) =>
    answer('start_investigation', { status: 'triaged', ...facts }, input)

  test.each([
    ['a person the concern is about', about(priya), {}, 'conflict_of_interest /investigatorId conflict_of_interest'],
    ['a person who handles it', { handlers: new Set([grace, priya]) }, {}, 'conflict_of_interest /investigatorId conflict_of_interest'],
    ['a guardian', {}, { investigatorId: daniel }, 'invalid_input /investigatorId not_an_investigator'],
    ['somebody who has left or never was', {}, { investigatorId: nobody }, 'invalid_input /investigatorId not_an_investigator'],
  ])('is not given to %s', (_, facts, input, expected) => {
    expect(start(facts, input)).toBe(expected)
  })

  it('tells the person an end that is not past', () => {
    expect(start({}, { expectedEnd: '2026-11-19' as DateText })).toBe('invalid_input /expectedEnd in_the_past')
    expect(start({}, { expectedEnd: '2026-11-20' as DateText })).toBe('investigating')
  })

  it('needs terms and words for the person, and says all that is missing at once', () => {
    expect(start({}, { terms: '', message: '' })).toBe('invalid_input /terms empty /message empty')
  })
})

describe('resolving without an investigation', () => {
  const resolve = (facts: Partial<Facts>, input: Partial<Inputs['resolve_without_investigation']> = {}) =>
    answer('resolve_without_investigation', { status: 'triaged', ...facts }, input)
  const grave = { secondApproverRequired: true }

  it('is decided by a guardian or lead the concern is not about', () => {
    expect(resolve({}, { decidedBy: helen })).toBe('resolving')
    expect(resolve(about(helen), { decidedBy: helen })).toBe('conflict_of_interest /decidedBy conflict_of_interest')
    for (const decidedBy of [ruth, priya, nobody]) expect(resolve({}, { decidedBy })).toBe('invalid_input /decidedBy may_not_decide')
  })

  it('needs a reason and words for the person', () => {
    expect(resolve({}, { reason: '', message: '\t' })).toBe('invalid_input /reason empty /message empty')
  })

  it('waits, still triaged, for the second person when the matter is grave', () => {
    const input = { approver: owen, decidedBy: helen }
    expect(attempt('resolve_without_investigation', { status: 'triaged', ...grave }, input)).toEqual({ to: 'triaged', awaits: owen })
  })

  it('waits for nobody when it is not', () => {
    expect(attempt('resolve_without_investigation', { status: 'triaged' }, { approver: owen })).toEqual({ to: 'resolving' })
  })

  test.each([
    ['nobody', {}, {}, 'invalid_input /approver second_approver_required'],
    ['the one who asks', {}, { approver: grace, decidedBy: helen }, 'invalid_input /approver approver_is_requester'],
    ['the one who decided', {}, { approver: helen, decidedBy: helen }, 'invalid_input /approver approver_is_decider'],
    ['an auditor', {}, { approver: ruth }, 'invalid_input /approver may_not_approve'],
    ['an investigator', {}, { approver: priya }, 'invalid_input /approver may_not_approve'],
    ['somebody unknown', {}, { approver: nobody }, 'invalid_input /approver may_not_approve'],
    ['a person the concern is about', about(owen), { approver: owen }, 'conflict_of_interest /approver conflict_of_interest'],
  ])('is not approved by %s', (_, facts, input, expected) => {
    expect(resolve({ ...grave, ...facts }, input)).toBe(expected)
  })

  test.each([daniel, helen, owen])('may be approved by %s', (approver) => {
    expect(resolve(grave, { approver })).toBe('triaged')
  })
})

describe('referring', () => {
  const share = (facts: Partial<Facts>, input: Partial<Inputs['refer']> = {}) =>
    answer('refer', { status: 'triaged', ...facts }, { shareIdentity: true, ...input })

  it('passes on who the person is only where they agreed', () => {
    expect(share({ consent: 'share_as_agreed' })).toBe('referred')
    for (const consent of ['do_not_share_identity', 'not_applicable', null] as const) {
      expect(share({ consent })).toBe('invalid_input /shareIdentity identity_not_agreed')
      expect(share({ consent }, { shareIdentity: false })).toBe('referred')
    }
  })

  it('may go against their wish on a ground of law or serious harm, with the reason', () => {
    const consent = 'do_not_share_identity'
    expect(share({ consent }, { identityOverride: { ground: 'serious_harm', reason: 'A child is at risk tonight.' } })).toBe('referred')
    expect(share({ consent }, { identityOverride: { ground: 'serious_harm', reason: ' ' } })).toBe(
      'invalid_input /identityOverride/reason empty',
    )
  })

  it('never promises the name of an anonymous person, on any ground', () => {
    const identityOverride = { ground: 'required_by_law', reason: 'A court order.' } as const
    expect(share({ openness: 'anonymous' }, { identityOverride })).toBe('invalid_input /shareIdentity identity_not_known')
  })

  it('names who takes it on, why, and tells the person', () => {
    expect(answer('refer', { status: 'triaged' }, { recipient: '', reason: '', message: '' })).toBe(
      'invalid_input /recipient empty /reason empty /message empty',
    )
  })
})

describe('recording findings', () => {
  const record = (input: Partial<Inputs['record_findings']>) => answer('record_findings', { status: 'investigating' }, input)

  it('needs a finding for at least one allegation, and names the one left blank', () => {
    expect(record({ findings: [] })).toBe('invalid_input /findings empty')
    const [first] = careful.record_findings.findings
    expect(record({ findings: [first!, { allegation: '', finding: 'not_substantiated' }] })).toBe(
      'invalid_input /findings/1/allegation empty',
    )
  })

  it('needs the learning stated, if only as none', () => {
    expect(record({ learning: '' })).toBe('invalid_input /learning empty')
  })

  it('needs no action, but an owner for each', () => {
    expect(record({ actions: [] })).toBe('findings_ready')
    expect(record({ actions: [{ description: '', owner: '', dueOn: ordinary.today }] })).toBe(
      'invalid_input /actions/0/description empty /actions/0/owner empty',
    )
  })
})

describe('resolving', () => {
  const honest: Record<Outcome, Status[]> = {
    resolved_informally: ['resolving'],
    investigated_action_taken: ['findings_ready'],
    investigated_no_action_needed: ['findings_ready'],
    referred_and_concluded_elsewhere: ['referred', 'findings_ready'],
    advice_given: ['resolving'],
    unable_to_progress: ['resolving', 'referred', 'findings_ready'],
    withdrawn_by_person: [],
  }
  const ready = ['resolving', 'referred', 'findings_ready'] as const

  test.each(outcomes.flatMap((outcome) => ready.map((status) => [outcome, status] as const)))('as %s, from %s', (outcome, status) => {
    const expected = honest[outcome].includes(status) ? 'resolved' : 'invalid_input /outcome outcome_not_open'
    expect(answer('resolve', { status }, { outcome })).toBe(expected)
  })

  it('says "no way to reach the person" only where there is none', () => {
    const feedbackShared = 'no_return_channel'
    expect(answer('resolve', { status: 'resolving' }, { feedbackShared })).toBe('invalid_input /feedbackShared return_channel_open')
    expect(answer('resolve', { status: 'resolving', hasReturnChannel: false }, { feedbackShared })).toBe('resolved')
  })

  it('tells the person how it ended and states the learning', () => {
    expect(answer('resolve', { status: 'resolving' }, { message: '', learning: '' })).toBe('invalid_input /learning empty /message empty')
  })
})

describe('the outcomes a form offers', () => {
  test.each(statuses)('from "%s" are those that the act takes', (status) => {
    const taken = outcomes.filter((outcome) => answer('resolve', { status }, { outcome }) === 'resolved')
    expect(outcomesOpenIn(status)).toEqual(taken)
  })
})

describe('closing', () => {
  const status = 'resolved'

  it('waits until no report of bad treatment is open', () => {
    expect(answer('close', { status, openDetriment: true })).toBe('invalid_input /followUp detriment_open')
    expect(answer('close', { status })).toBe('closed')
  })

  it('takes checks that the person does not want as well as checks that are done', () => {
    expect(answer('close', { status }, { followUp: 'declined' })).toBe('closed')
  })

  it('asks what became of actions that were set, and of none where none were', () => {
    expect(answer('close', { status, actionsSet: 2 })).toBe('invalid_input /actions actions_open')
    expect(answer('close', { status, actionsSet: 2 }, { actions: 'complete' })).toBe('closed')
  })

  it('takes actions that go on only with the name of the plan they go on in', () => {
    expect(answer('close', { status, actionsSet: 2 }, { actions: 'tracked_plan' })).toBe('invalid_input /plan empty')
    expect(answer('close', { status, actionsSet: 2 }, { actions: 'tracked_plan', plan: 'Estates plan 2027' })).toBe('closed')
  })
})

describe('reopening', () => {
  it('needs the reason', () => {
    expect(answer('reopen', { status: 'closed' }, { reason: ' ' })).toBe('invalid_input /reason empty')
  })
})

describe('withdrawing', () => {
  it('needs the check in words', () => {
    expect(answer('withdraw', {}, { reason: '' })).toBe('invalid_input /reason empty')
  })

  it('ends the work, or leaves it where it is if the organisation must act', () => {
    expect(answer('withdraw', { status: 'investigating' })).toBe('withdrawn')
    expect(answer('withdraw', { status: 'investigating' }, { organisationMustAct: true })).toBe('investigating')
  })

  it('overtakes a request that waits for its second person only where the work ends', () => {
    const waiting = { status: 'triaged', pendingApproval: { requestedBy: grace, approver: helen } } as const
    expect(attempt('withdraw', waiting)).toEqual({ to: 'withdrawn', lapsesApproval: true })
    expect(attempt('withdraw', waiting, { organisationMustAct: true })).toEqual({ to: 'triaged' })
  })
})

describe('declaring a conflict', () => {
  it('is open to those the concern is about, who may do nothing else', () => {
    expect(answer('declare_conflict', about(grace))).toBe('raised')
    expect(answer('acknowledge', about(grace))).toBe('conflict_of_interest')
  })
})

describe('assigning', () => {
  test.each([
    ['another guardian', {}, daniel, 'raised'],
    ['oneself', {}, grace, 'raised'],
    ['a lead who handles it because no guardian could', { handlers: new Set([owen]) }, owen, 'raised'],
    ['a lead who does not handle it', {}, helen, 'invalid_input /userId not_a_handler'],
    ['an investigator', {}, priya, 'invalid_input /userId not_a_handler'],
    ['a handler who has left', { handlers: new Set([nobody]) }, nobody, 'invalid_input /userId not_a_handler'],
    ['a guardian it is about', about(daniel), daniel, 'conflict_of_interest /userId conflict_of_interest'],
    ['a guardian who investigates it', { investigator: daniel }, daniel, 'conflict_of_interest /userId conflict_of_interest'],
  ])('to %s', (_, facts, userId, expected) => {
    expect(answer('assign', facts, { userId })).toBe(expected)
  })
})

describe('escalating', () => {
  const escalate = (facts: Partial<Facts>, input: Partial<Inputs['escalate']> = {}) => attempt('escalate', facts, input)

  it('tells the leads of that role and moves nothing', () => {
    expect(escalate({ status: 'investigating' })).toEqual({ to: 'investigating', tells: [helen] })
    expect(escalate({}, { to: 'non_executive_lead' })).toEqual({ to: 'raised', tells: [owen] })
    expect(escalate({}, { to: 'external' })).toEqual({ to: 'raised', tells: [] })
  })

  it('never tells a lead the concern is about, and is refused where that leaves nobody', () => {
    expect(answer('escalate', about(helen))).toBe('conflict_of_interest /to conflict_of_interest')
    const twoLeads = new Map([...ordinary.staff, [daniel, ['executive_lead']] as const])
    expect(escalate({ ...about(helen), staff: twoLeads })).toEqual({ to: 'raised', tells: [daniel] })
  })

  it('is refused where nobody else holds the role', () => {
    expect(answer('escalate', { staff: new Map([[grace, ['guardian']]]) })).toBe('invalid_input /to nobody_to_tell')
    expect(answer('escalate', { person: helen, relations: ['lead_escalated'] })).toBe('invalid_input /to nobody_to_tell')
  })

  it('gives its reason', () => {
    expect(answer('escalate', {}, { reason: '' })).toBe('invalid_input /reason empty')
  })
})

describe('a person the concern turns out to be about', () => {
  it('can do nothing to it, keys or no keys', () => {
    expect(answer('acknowledge', about(grace))).toBe('conflict_of_interest')
    expect(answer('assign', about(grace))).toBe('conflict_of_interest')
  })
})
