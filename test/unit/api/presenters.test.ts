import type { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { presentApproval } from '../../../src/api/approvals/present.ts'
import { approvalAnswer } from '../../../src/api/approvals/schema.ts'
import { presentConcern, presentContent, presentQueue } from '../../../src/api/concerns/present.ts'
import { concernAnswer, contentAnswer, queueAnswer } from '../../../src/api/concerns/schema.ts'
import { presentEscalation } from '../../../src/api/escalations/present.ts'
import { escalationAnswer } from '../../../src/api/escalations/schema.ts'
import { presentInbox } from '../../../src/api/inbox/present.ts'
import { inboxAnswer } from '../../../src/api/inbox/schema.ts'
import { presentLog } from '../../../src/api/log/present.ts'
import { logAnswer } from '../../../src/api/log/schema.ts'
import { presentRaised } from '../../../src/api/raising/present.ts'
import { raisedAnswer } from '../../../src/api/raising/schema.ts'
import type { DateText } from '../../../src/kernel/index.ts'
import * as views from './views.ts'

const count = { count: 3, more: false }
const entry = {
  id: 'x',
  lane: 'reporter',
  kind: 'concern_raised',
  on: '2026-11-20' as DateText,
  at: null,
  text: '{"format":"forthright-entry/1"}',
} as const

const answers: readonly (readonly [string, unknown, z.ZodType])[] = [
  ['raising', presentRaised(views.raised), raisedAnswer],
  ['an inbox', presentInbox(views.inbox), inboxAnswer],
  [
    'the queue',
    presentQueue({
      items: [views.queueItem],
      owners: [],
      next: 'abc',
      onlyGuardian: false,
      counts: { all: count, overdue: count, dueToday: count, unread: count },
    }),
    queueAnswer,
  ],
  ['a concern', presentConcern(views.concern), concernAnswer],
  ['its content', presentContent(views.content), contentAnswer],
  ['an approval', presentApproval(views.approval), approvalAnswer],
  ['an escalated concern', presentEscalation(views.escalated), escalationAnswer],
  ['the log', presentLog({ items: [{ index: null, entry: entry.text }], next: null }), logAnswer],
]

describe('every answer', () => {
  test.each(answers)('about %s is what the document says, in JSON', (_name, answer, schema) => {
    const sent: unknown = JSON.parse(JSON.stringify(answer))
    expect(sent).toEqual(answer)
    expect(schema.safeParse(sent).error?.issues).toBeUndefined()
  })

  test.each(answers)('about %s holds no field that nobody listed', (_name, answer) => {
    expect(JSON.stringify(answer)).not.toContain(views.stray)
  })
})

describe('a history', () => {
  const [triaged, raised] = presentConcern(views.concern).history

  test('shows codes and dates of an entry, and keeps its commitments and keys for the log', () => {
    expect(triaged?.fields).toEqual({ from: 'acknowledged', to: 'triaged', riskGrade: 'high', secondApproverRequired: true })
  })

  test("gives staff acts to the second, and no time for a reporter's", () => {
    expect(triaged?.at).toBe('2026-11-20T09:30:15Z')
    expect(raised?.at).toBeNull()
    expect(raised?.actor).toEqual({ role: 'reporter', name: null })
  })
})

describe('a record of handling', () => {
  test('shows what its kind may show', () => {
    expect(presentContent(views.content).records[0]?.content).toEqual({ note: 'Look at the rota.', title: 'Rota' })
  })

  test.each([
    ['of a kind nobody has decided about', { kind: 'later', genuine: true }, {}],
    ['that is not genuine', { kind: 'triage', genuine: false }, null],
  ])('%s shows nothing', (_what, change, shown) => {
    const [record] = views.content.records
    expect(presentContent({ ...views.content, records: [{ ...record!, ...change }] }).records[0]?.content).toEqual(shown)
  })
})

test('a message that is not genuine comes without a word of it', () => {
  expect(presentInbox(views.inbox).messages[1]).toMatchObject({ genuine: false, body: null })
})

test('an entry is handed on character by character, with its place in the tree or without', () => {
  const items = [
    { index: 7, entry: entry.text },
    { index: null, entry: entry.text },
  ]
  expect(presentLog({ items, next: null }).items).toEqual(items)
})
