import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../src/audit/index.ts'
import { Refusal } from '../../../src/kernel/index.ts'
import { actions, publishedWorkflow, statuses, type Action } from '../../../src/workflow/index.ts'
import { attempt, careful, owen } from './people.ts'

const { moves, first } = publishedWorkflow()

/** The choices by which one action leads to several statuses. */
const choices: { readonly [A in Action]?: readonly object[] } = {
  resolve_without_investigation: [{}, { approver: owen }],
  withdraw: [{ organisationMustAct: true }, { organisationMustAct: false }],
  resolve: [{ outcome: 'resolved_informally' }, { outcome: 'investigated_action_taken' }, { outcome: 'unable_to_progress' }],
}

describe('the workflow as the log publishes it', () => {
  test.each(actions)('has exactly the moves that "%s" makes', (action) => {
    for (const from of statuses) {
      const reached = new Set<string>()
      for (const choice of choices[action] ?? [{}]) {
        const facts = {
          status: from,
          relations: ['handler', 'investigator_assigned'] as const,
          secondApproverRequired: 'approver' in choice,
        }
        const move = attempt(action, { ...facts, relations: [...facts.relations] }, { ...careful[action], ...choice })
        if (!(move instanceof Refusal)) reached.add(move.to)
      }
      expect([from, [...reached].sort()]).toEqual([from, [...(moves[action][from] ?? [])].sort()])
    }
  })

  test('begins where every concern begins, and is small enough for one entry', () => {
    expect(first).toBe('raised')
    expect(canonicalJson(publishedWorkflow() as never).length).toBeLessThan(8_000)
  })
})
