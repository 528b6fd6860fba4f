import type {
  ApprovalSummary,
  ClockView,
  ConcernContent,
  ConcernView,
  EscalatedConcern,
  Inbox,
  QueueItem,
  RaisedAnswer,
} from '../../../src/concerns/index.ts'
import type { ApprovalId, ConcernId, DateText, UserId } from '../../../src/kernel/index.ts'

// What use cases give, filled in full, with one field more than any presenter may pass on.

const day = (text: string) => text as DateText
const at = Temporal.Instant.from('2026-11-20T09:30:15.123Z')
const grace = { id: '3e0a9a0e-6a5d-4d0c-9d6b-0f9d6f1c1a01' as UserId, name: 'Grace Okafor' }
const concernId = '0d9f3f0e-52c3-4c7c-8a51-5f6d3d6b7a11' as ConcernId

/** A row, a key, a later column: whatever a use case might come to carry. */
export const stray = 'never to be shown'
function withStray<View extends object>(view: View): View {
  return { ...view, stray }
}

const clock: ClockView = withStray({
  code: 'T1',
  label: 'Acknowledge',
  dueOn: day('2026-11-24'),
  state: 'running',
  words: '2 working days left',
  force: 'LOCAL',
  source: 'Local limit.',
  workingDaysLeft: 2,
  cycle: 1,
  of: null,
  round: 1,
  startedOn: '2026-11-20' as DateText,
  firstDueOn: '2026-11-24' as DateText,
  pause: null,
  shownTo: 'reporter',
})

const message = withStray({
  id: 'b1f1a6de-23f5-4a30-9b4f-3f4f6f5e4d10',
  from: 'staff' as const,
  author: 'Grace Okafor',
  body: 'Thank you for telling us.',
  genuine: true,
  sentOn: day('2026-11-20'),
})

const reader = withStray({ role: 'guardian' as const, name: 'Grace Okafor', deputy: false })

export const raised: RaisedAnswer = withStray({
  token: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG',
  stage: 'raised',
  raisedOn: day('2026-11-20'),
  acknowledgeBy: day('2026-11-24'),
  readers: [reader],
  receipt: 'opaque',
})

export const inbox: Inbox = withStray({
  stage: 'acknowledged',
  status: 'triaged',
  raisedOn: day('2026-11-20'),
  clocks: [clock],
  narrative: 'What happened.',
  messages: [message, withStray({ ...message, from: 'reporter' as const, author: null, body: null, genuine: false })],
  files: [],
  allowedActions: ['write'],
  withdrawalAskedOn: null,
  organisationLed: false,
  reopenedOn: null,
  nobodyLeft: false,
  readers: [reader],
  openness: 'anonymous',
  questions: [message],
  outcome: withStray({ code: 'advice_given' as const, feedbackShared: 'summary' as const, on: day('2026-11-20') }),
  nextDates: [withStray({ code: 'reply' as const, dueOn: day('2026-11-24') })],
  readingDays: [day('2026-11-24')],
  detriment: [
    withStray({
      id: message.id,
      reportedOn: day('2026-11-20'),
      status: 'reported' as const,
      kinds: ['bullying' as const],
      description: 'My shifts were taken away.',
      genuine: true,
    }),
  ],
  newCodeFirst: false,
  movedClocks: [withStray({ code: 'T6', kind: 'extended', on: day('2026-11-20'), until: day('2026-11-24'), reasonCode: 'other' } as const)],
  sendOn: withStray({
    reasons: ['late'],
    to: withStray({ id: '0b0e3f5e-5c1c-4c7e-8a53-0d8f0d9d8a11' as UserId, role: 'executive_lead', name: 'Helen Marsh' } as const),
  } as const),
  sentOn: [withStray({ name: 'Helen Marsh', on: day('2026-11-20') })],
  followUp: 3,
})

export const queueItem: QueueItem = withStray({
  id: concernId,
  reference: 'K7QM-3T',
  stage: 'raised',
  status: 'raised',
  version: 1,
  raisedOn: day('2026-11-20'),
  riskGrade: null,
  openness: 'anonymous',
  danger: true,
  owner: withStray(grace),
  coveringFor: null,
  nextClock: clock,
  why: withStray({ code: 'danger_unanswered', words: 'Someone may be in danger' }),
  unread: true,
  ageInWorkingDays: 1,
  withheld: null,
  site: null,
  openDetriment: false,
  title: null,
  elements: ['bullying_harassment'],
})

export const concern: ConcernView = withStray({
  id: concernId,
  reference: 'K7QM-3T',
  stage: 'acknowledged',
  status: 'triaged',
  version: 3,
  raisedOn: day('2026-11-20'),
  channel: 'web_form',
  openness: 'confidential',
  riskGrade: 'high',
  danger: false,
  unread: false,
  openDetriment: false,
  cycle: 1,
  withdrawalAskedOn: null,
  organisationLed: false,
  codeIsShared: false,
  hasReturnChannel: true,
  secondApproverRequired: true,
  owner: withStray(grace),
  coveringFor: null,
  assignees: [withStray({ ...grace, role: 'guardian' as const, relation: 'handler' as const })],
  clocks: [clock],
  openClocks: [],
  openTasks: 0,
  untrackedActions: 0,
  history: [
    withStray({
      kind: 'concern_triaged',
      on: day('2026-11-20'),
      at,
      actor: withStray({ role: 'guardian' as const, name: 'Grace Okafor' }),
      fields: {
        from: 'acknowledged',
        to: 'triaged',
        riskGrade: 'high',
        secondApproverRequired: true,
        item: 'commitment of an item',
        stray,
        dueOn: { not: 'a fact' },
      },
    }),
    {
      kind: 'concern_raised',
      on: day('2026-11-20'),
      at: null,
      actor: { role: 'reporter', name: null },
      fields: { compartments: ['SHARED'], reporterKey: stray },
    },
  ],
  pendingApproval: withStray({
    id: '6b5f2f0a-5a0f-4f9d-9f0d-6b6f7a8b9c01' as ApprovalId,
    requestedBy: grace,
    approver: { ...grace, name: 'Helen Marsh' },
    requestedAt: at,
  }),
  allowedActions: ['start_investigation', 'assign'],
  threadAlone: false,
  mayWriteMessages: true,
  mayWriteNotes: true,
  mayOpenIdentity: true,
  title: 'Trolley waits',
  elements: [],
})

export const content: ConcernContent = withStray({
  narrative: 'What happened.',
  genuine: true,
  elements: ['patient_safety_quality'],
  site: null,
  categories: [{ code: 'c-7k2q9m', label: 'Medicines' }],
  professionalGroup: null,
  happened: 'For five months',
  awareSince: '2026-05',
  immediateDanger: 'no',
  treatedBadly: 'yes',
  about: ['senior sister'],
  pageEditions: [withStray({ page: 'law', digest: '0f'.repeat(16) })],
  identity: withStray({ name: 'Dr S.', contact: null }),
  messages: [message],
  notes: [withStray({ id: message.id, author: 'Grace Okafor', body: 'Rang the ward.', genuine: true, writtenAt: at })],
  records: [
    withStray({
      id: message.id,
      kind: 'triage',
      author: 'Grace Okafor',
      writtenAt: at,
      genuine: true,
      content: { note: 'Look at the rota.', stray, title: 'Rota' },
    }),
  ],
  feedback: [
    withStray({
      on: day('2026-11-20'),
      genuine: true,
      cycle: 1,
      speakUpAgain: 'maybe' as const,
      listened: 'partly' as const,
      comment: 'It took long.',
    }),
  ],
  files: [],
})

export const approval: ApprovalSummary = withStray({
  id: '6b5f2f0a-5a0f-4f9d-9f0d-6b6f7a8b9c01' as ApprovalId,
  concernId,
  reference: 'K7QM-3T',
  requestedBy: 'Grace Okafor',
  requestedAt: at,
  genuine: true,
  reasonCode: 'facts_agreed',
  reason: 'All agree on what happened.',
  decidedBy: 'Daniel Reid',
  riskGrade: 'high',
  elements: [],
})

export const escalated: EscalatedConcern = withStray({
  id: concernId,
  reference: 'K7QM-3T',
  stage: 'investigated',
  status: 'investigating',
  raisedOn: day('2026-11-20'),
  riskGrade: 'high',
  escalatedAt: at,
  nextClock: null,
  mayOpen: false,
})
