import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Refusal } from '../../../src/kernel/index.ts'
import {
  actions,
  allowedActions,
  decideApproval,
  stages,
  stageOf,
  statuses,
  type Action,
  type Facts,
  type Inputs,
  type Relation,
  type Status,
} from '../../../src/workflow/index.ts'
import { answer, attempt, daniel, helen, ordinary, owen, priya } from './people.ts'

const people: Record<string, Relation[]> = {
  'a guardian who handles it': ['handler'],
  'the investigator assigned to it': ['investigator_assigned'],
  'a lead it was escalated to': ['lead_escalated'],
  'the person asked to approve': ['approver'],
  'somebody it does not concern': [],
}

const everywhere = (actions: string) => Object.fromEntries(statuses.map((status) => [status, actions]))

const beside = 'assign declare_conflict escalate'
/** While it goes on, with a clock that runs and one that stands still. */
const clocked = 'record_first_contact pause_clock resume_clock extend_clock'

/** Written out by hand from the policy and the contract, on purpose not from the code. All else is denied. */
const granted: Record<string, Partial<Record<Status, string>>> = {
  'a guardian who handles it': {
    raised: `acknowledge withdraw ${beside} screen_risk ${clocked}`,
    acknowledged: `triage withdraw ${beside} screen_risk ${clocked}`,
    triaged: `start_investigation resolve_without_investigation refer withdraw ${beside} ${clocked}`,
    investigating: `record_findings withdraw ${beside} ${clocked}`,
    resolving: `resolve withdraw ${beside} ${clocked}`,
    referred: `record_findings resolve withdraw ${beside} ${clocked}`,
    findings_ready: `resolve withdraw ${beside} ${clocked}`,
    resolved: `close reopen ${beside} extend_clock record_follow_up`,
    closed: `reopen ${beside} extend_clock record_follow_up`,
    withdrawn: `${beside} extend_clock`,
  },
  'the investigator assigned to it': {
    ...everywhere('declare_conflict'),
    investigating: 'record_findings declare_conflict',
  },
  'a lead it was escalated to': everywhere('declare_conflict escalate'),
  'the person asked to approve': everywhere('declare_conflict'),
  'somebody it does not concern': {},
}

const leadsTo: Partial<Record<Action, Status>> = {
  acknowledge: 'acknowledged',
  triage: 'triaged',
  start_investigation: 'investigating',
  resolve_without_investigation: 'resolving',
  refer: 'referred',
  record_findings: 'findings_ready',
  resolve: 'resolved',
  close: 'closed',
  reopen: 'triaged',
  withdraw: 'withdrawn',
}

describe.each(Object.entries(people))('%s', (who, relations) => {
  const grantedTo = (status: Status) => (granted[who]?.[status]?.split(' ') ?? []) as Action[]
  const ever = new Set(statuses.flatMap(grantedTo))

  describe.each(statuses)('when it is %s', (status) => {
    const mayNow = grantedTo(status)

    it(`sees these buttons: ${mayNow.join(', ') || 'none'}`, () => {
      expect(allowedActions({ status, relations, pendingApproval: null, clocks: ordinary.clocks })).toEqual(mayNow)
    })

    test.each(actions.map((action) => [action, mayNow.includes(action) ? 'may' : 'may not'] as const))('%s: %s', (action, may) => {
      const refusal = ever.has(action) ? 'transition_not_allowed' : 'permission_denied'
      expect(answer(action, { status, relations })).toBe(may === 'may' ? (leadsTo[action] ?? status) : refusal)
    })
  })
})

describe('a person who is two things to a concern', () => {
  it('has the actions of both and no more', () => {
    const standing = {
      status: 'investigating',
      relations: ['investigator_assigned', 'lead_escalated'],
      pendingApproval: null,
      clocks: [],
    } as const
    expect(allowedActions(standing)).toEqual(['record_findings', 'declare_conflict', 'escalate'])
  })
})

describe('the stage a person is shown', () => {
  test.each([
    ['raised', 'raised'],
    ['acknowledged', 'acknowledged'],
    ['triaged', 'acknowledged'],
    ['investigating', 'investigated'],
    ['resolving', 'investigated'],
    ['referred', 'investigated'],
    ['findings_ready', 'investigated'],
    ['resolved', 'resolved'],
    ['closed', 'resolved'],
    ['withdrawn', 'resolved'],
  ] as const)('while %s is %s', (status, stage) => {
    expect(stageOf(status)).toBe(stage)
  })
})

describe('any sequence of actions whatever', () => {
  type Act = Action | 'approve' | 'refuse'
  interface Attempt {
    readonly act: Act
    readonly relation: Relation
    readonly grave: boolean
  }
  const wild = fc.record({
    act: fc.constantFrom<Act>(...actions, 'approve', 'refuse'),
    relation: fc.constantFrom<Relation>('handler', 'investigator_assigned', 'lead_escalated', 'approver'),
    grave: fc.boolean(),
  })
  /** Left to chance alone hardly any sequence would get past triage: mostly a number picks one of the acts that are open. */
  const attempts = fc.array(fc.oneof({ arbitrary: fc.nat(1_000), weight: 4 }, wild), { minLength: 20, maxLength: 40 })

  function sensible(facts: Facts, pick: number): Attempt {
    const open: Act[] = allowedActions(facts).filter(
      (action) => action !== 'assign' && action !== 'declare_conflict' && action !== 'escalate',
    )
    if (facts.pendingApproval !== null) open.push('approve', 'refuse')
    const act = open[pick % open.length] ?? 'escalate'
    return { act, relation: act === 'approve' || act === 'refuse' ? 'approver' : 'handler', grave: pick > 500 }
  }

  const inputFor = (action: Action, grave: boolean, status: Status): Partial<Inputs[Action]> => {
    if (action === 'triage') return { riskGrade: grave ? 'high' : 'low' }
    if (action === 'resolve_without_investigation') return { approver: helen }
    if (action === 'resolve' && status === 'resolving') return { outcome: 'resolved_informally' }
    return {}
  }

  /** One step on the concern, as the use cases would take it; null where it was refused. */
  function step(facts: Facts, { act, grave, relation }: Attempt): Facts | null {
    const acting: Facts = { ...facts, relations: [relation], ...(relation === 'approver' && { person: helen }) }
    if (act === 'approve' || act === 'refuse') {
      try {
        return { ...facts, status: decideApproval(acting, act).to, pendingApproval: null }
      } catch {
        return null
      }
    }
    const move = attempt(act, acting, inputFor(act, grave, facts.status))
    if (move instanceof Refusal) return null
    const asked = move.awaits === undefined ? facts.pendingApproval : { requestedBy: facts.person, approver: move.awaits }
    return {
      ...facts,
      status: move.to,
      pendingApproval: move.lapsesApproval ? null : asked,
      secondApproverRequired: move.secondApproverRequired ?? facts.secondApproverRequired,
    }
  }

  function history(tried: (Attempt | number)[]) {
    const past: { before: Facts; act: Act; after: Facts }[] = []
    let facts = ordinary
    for (const next of tried) {
      const attempted = typeof next === 'number' ? sensible(facts, next) : next
      const after = step(facts, attempted)
      if (after === null) continue
      past.push({ before: facts, act: attempted.act, after })
      facts = after
    }
    return past
  }

  it('never takes a concern back to an earlier stage but by reopening it', () => {
    fc.assert(
      fc.property(attempts, (tried) => {
        for (const { before, act, after } of history(tried)) {
          if (act === 'reopen') continue
          expect(stages.indexOf(stageOf(after.status))).toBeGreaterThanOrEqual(stages.indexOf(stageOf(before.status)))
        }
      }),
    )
  })

  it('never leaves a grave concern uninvestigated without the second person', () => {
    const seen = new Set<Act>()
    fc.assert(
      fc.property(attempts, (tried) => {
        for (const { before, act, after } of history(tried)) {
          if (after.status !== 'resolving' || before.status === 'resolving') continue
          seen.add(act)
          expect(act).toBe(before.secondApproverRequired ? 'approve' : 'resolve_without_investigation')
        }
      }),
      { numRuns: 3_000 },
    )
    expect(seen).toEqual(new Set(['approve', 'resolve_without_investigation']))
  })

  it('decides once whether a second person is needed, and waits for that person only while triaged', () => {
    let waits = 0
    fc.assert(
      fc.property(attempts, (tried) => {
        for (const { before, act, after } of history(tried)) {
          if (act !== 'triage') expect(after.secondApproverRequired).toBe(before.secondApproverRequired)
          if (after.pendingApproval === null) continue
          waits += 1
          expect(after.status).toBe('triaged')
        }
      }),
      { numRuns: 3_000 },
    )
    expect(waits).toBeGreaterThan(0)
  })

  it('reaches every status there is', () => {
    const reached = new Set<Status>(['raised'])
    const road = (...steps: Action[]) => {
      let facts: Facts = ordinary
      for (const action of steps) {
        facts = step(facts, { act: action, grave: false, relation: 'handler' })!
        reached.add(facts.status)
      }
    }
    road('acknowledge', 'triage', 'start_investigation', 'record_findings', 'resolve')
    road('acknowledge', 'triage', 'resolve_without_investigation', 'resolve')
    road('acknowledge', 'triage', 'refer', 'record_findings', 'resolve', 'close', 'reopen')
    road('acknowledge', 'withdraw')
    expect([...reached].toSorted()).toEqual([...statuses].toSorted())
  })
})

describe('the second person', () => {
  const waiting: Facts = {
    ...ordinary,
    status: 'triaged',
    secondApproverRequired: true,
    pendingApproval: { requestedBy: ordinary.person, approver: helen },
  }
  const asHelen = { ...waiting, person: helen, relations: ['approver'] } as const
  const decide = (facts: Facts, decision: 'approve' | 'refuse' = 'approve') => {
    try {
      return decideApproval(facts, decision).to
    } catch (error) {
      return error instanceof Refusal ? error.code : error
    }
  }

  it('approves, and the concern is resolved without investigation', () => {
    expect(decide(asHelen)).toBe('resolving')
  })

  it('refuses, and the concern stays triaged with every way open again', () => {
    expect(decide(asHelen, 'refuse')).toBe('triaged')
    expect(allowedActions({ ...waiting, pendingApproval: null })).toContain('resolve_without_investigation')
  })

  it('is asked once at a time; to investigate or refer instead stays open and overtakes the request', () => {
    expect(allowedActions(waiting)).toEqual([
      'start_investigation',
      'refer',
      'withdraw',
      'assign',
      'declare_conflict',
      'escalate',
      ...clocked.split(' '),
    ])
    expect(answer('resolve_without_investigation', waiting, { approver: owen })).toBe('transition_not_allowed')
    expect(attempt('start_investigation', waiting)).toEqual({ to: 'investigating', lapsesApproval: true })
    expect(attempt('refer', waiting)).toEqual({ to: 'referred', lapsesApproval: true })
    expect(attempt('assign', waiting)).toEqual({ to: 'triaged' })
  })

  test.each<[string, Facts, string]>([
    ['the one who asked', { ...waiting, relations: ['handler', 'approver'] }, 'approval_own_request'],
    ['another guardian, not asked', { ...waiting, person: daniel }, 'permission_denied'],
    ['somebody who only says they were asked', { ...asHelen, person: priya }, 'permission_denied'],
    ['the person asked, but no longer the approver', { ...asHelen, relations: [] }, 'permission_denied'],
    ['a person the concern is about', { ...asHelen, about: new Set([helen]) }, 'conflict_of_interest'],
    ['anyone, when nothing was asked', { ...asHelen, pendingApproval: null }, 'approval_not_pending'],
    ['anyone, once the concern has moved on', { ...asHelen, status: 'investigating' }, 'approval_not_pending'],
  ])('may not be %s', (_, facts, code) => {
    expect(decide(facts)).toBe(code)
    expect(decide(facts, 'refuse')).toBe(code)
  })
})
