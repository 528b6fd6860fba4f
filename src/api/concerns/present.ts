import type { z } from 'zod'
import type {
  ConcernContent,
  ConcernUseCases,
  ConcernView,
  HandlingRecord,
  HistoryEvent,
  Note,
  QueueItem,
  QueuePage,
} from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import { presentClock, presentMessage, presentPerson, presentReader } from '../shapes.ts'
import type { choicesAnswer, concernAnswer, contentAnswer, queueAnswer } from './schema.ts'

type QueueAnswer = z.infer<typeof queueAnswer>
type ConcernAnswer = z.infer<typeof concernAnswer>
type ContentAnswer = z.infer<typeof contentAnswer>

function presentQueueItem(item: QueueItem): QueueAnswer['items'][number] {
  return {
    id: item.id,
    reference: item.reference,
    stage: item.stage,
    status: item.status,
    version: item.version,
    raisedOn: item.raisedOn,
    openness: item.openness,
    danger: item.danger,
    riskGrade: item.riskGrade,
    owner: item.owner === null ? null : presentPerson(item.owner),
    coveringFor: item.coveringFor === null ? null : presentPerson(item.coveringFor),
    nextClock: item.nextClock === null ? null : presentClock(item.nextClock),
    why: { code: item.why.code, words: item.why.words },
    unread: item.unread,
    ageInWorkingDays: item.ageInWorkingDays,
    title: item.title,
    elements: [...item.elements],
  }
}

function presentCount({ count, more }: { readonly count: number; readonly more: boolean }): { count: number; more: boolean } {
  return { count, more }
}

export function presentQueue({ items, next, counts }: QueuePage): QueueAnswer {
  return {
    items: items.map(presentQueueItem),
    next,
    counts: {
      all: presentCount(counts.all),
      overdue: presentCount(counts.overdue),
      dueToday: presentCount(counts.dueToday),
      unread: presentCount(counts.unread),
    },
  }
}

/** Fields of entries that mean something to a reader. Item ids, aliases, commitments and signatures are for the log and its verifier. */
const shownFields: ReadonlySet<string> = new Set([
  'action',
  'from',
  'to',
  'riskGrade',
  'decision',
  'consent',
  'conflict',
  'secondApproverRequired',
  'expectedEnd',
  'reasonCode',
  'target',
  'shareIdentity',
  'findings',
  'actions',
  'outcome',
  'feedbackShared',
  'followUp',
  'actionEnd',
  'cycle',
  'organisationMustAct',
  'contentShared',
  'clock',
  'of',
  'before',
  'until',
  'parts',
  'months',
  'task',
  'dueOn',
  'state',
  'compartments',
  'channel',
  'receivedOn',
  'backDatedDays',
  'returnChannel',
  'minutes',
  'month',
  'version',
  'include',
  'code',
])

type Fact = ConcernAnswer['history'][number]['fields'][string]

function isFact(value: unknown): value is Fact {
  if (Array.isArray(value)) return value.every((part) => typeof part === 'string')
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function presentFields(fields: HistoryEvent['fields']): Record<string, Fact> {
  const shown: Record<string, Fact> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (shownFields.has(name) && isFact(value)) shown[name] = value
  }
  return shown
}

function presentEvent(event: HistoryEvent): ConcernAnswer['history'][number] {
  return {
    kind: event.kind,
    on: event.on,
    at: event.at === null ? null : instantText(event.at),
    actor: { role: event.actor.role, name: event.actor.name },
    fields: presentFields(event.fields),
  }
}

function presentPending(pending: NonNullable<ConcernView['pendingApproval']>): NonNullable<ConcernAnswer['pendingApproval']> {
  return {
    id: pending.id,
    requestedBy: presentPerson(pending.requestedBy),
    approver: presentPerson(pending.approver),
    requestedAt: instantText(pending.requestedAt),
  }
}

export function presentConcern(concern: ConcernView): ConcernAnswer {
  return {
    id: concern.id,
    reference: concern.reference,
    stage: concern.stage,
    status: concern.status,
    version: concern.version,
    raisedOn: concern.raisedOn,
    channel: concern.channel,
    openness: concern.openness,
    riskGrade: concern.riskGrade,
    danger: concern.danger,
    unread: concern.unread,
    secondApproverRequired: concern.secondApproverRequired,
    openDetriment: concern.openDetriment,
    cycle: concern.cycle,
    withdrawalAskedOn: concern.withdrawalAskedOn,
    organisationLed: concern.organisationLed,
    owner: concern.owner === null ? null : presentPerson(concern.owner),
    coveringFor: concern.coveringFor === null ? null : presentPerson(concern.coveringFor),
    assignees: concern.assignees.map(({ id, name, role, relation }) => ({ id, name, role, relation })),
    clocks: concern.clocks.map(presentClock),
    openClocks: concern.openClocks.map(presentOpenClock),
    history: concern.history.map(presentEvent),
    pendingApproval: concern.pendingApproval === null ? null : presentPending(concern.pendingApproval),
    allowedActions: [...concern.allowedActions],
    mayWriteMessages: concern.mayWriteMessages,
    mayWriteNotes: concern.mayWriteNotes,
    mayOpenIdentity: concern.mayOpenIdentity,
    codeIsShared: concern.codeIsShared,
    hasReturnChannel: concern.hasReturnChannel,
    title: concern.title,
    elements: [...concern.elements],
  }
}

function presentOpenClock(clock: ConcernView['openClocks'][number]): ConcernAnswer['openClocks'][number] {
  return {
    code: clock.code,
    of: clock.of,
    state: clock.state,
    startedOn: clock.startedOn,
    firstDueOn: clock.firstDueOn,
    dueOn: clock.dueOn,
    extensions: clock.extensions,
    pausedDays: clock.pausedDays,
    pausable: clock.pausable,
    pauseUntil: clock.pauseUntil,
    aloneUntil: clock.aloneUntil,
    extendable: clock.extendable,
  }
}

function presentNote(note: Note): ContentAnswer['notes'][number] {
  return { id: note.id, author: note.author, body: note.body, genuine: note.genuine, writtenAt: instantText(note.writtenAt) }
}

/** What each kind of record shows. A kind that is not here shows nothing until somebody has decided what it may. */
const recordFields: Readonly<Record<string, readonly string[]>> = {
  triage: ['riskGrade', 'elements', 'decision', 'consent', 'conflict', 'title', 'note'],
  terms: ['investigatorId', 'terms', 'expectedEnd', 'maskedCopy', 'reporterName'],
  not_investigated: ['reasonCode', 'reason', 'decidedBy', 'approval'],
  referral: ['to', 'recipient', 'shareIdentity', 'identityOverride', 'reason'],
  findings: ['findings', 'learning', 'actions'],
  outcome: ['outcome', 'feedbackShared', 'learning'],
  closing: ['followUp', 'actionEnd', 'plan', 'note'],
  reopening: ['reason'],
  withdrawal: ['reason', 'organisationMustAct'],
  escalation: ['to', 'reason', 'told', 'contentShared'],
  assignment: ['owner', 'note'],
  summary: ['approval', 'approver', 'reasonCode', 'reason', 'decidedBy', 'riskGrade', 'elements', 'message'],
  approval_note: ['decision', 'note'],
  identity_reason: ['reason'],
}

function presentRecordContent({ kind, genuine, content }: HandlingRecord): Record<string, unknown> | null {
  if (!genuine || typeof content !== 'object' || content === null) return null
  const shown: Record<string, unknown> = {}
  for (const name of recordFields[kind] ?? []) {
    const value: unknown = Reflect.get(content, name)
    if (value !== undefined) shown[name] = value
  }
  return shown
}

function presentRecord(record: HandlingRecord): ContentAnswer['records'][number] {
  return {
    id: record.id,
    kind: record.kind,
    author: record.author,
    writtenAt: instantText(record.writtenAt),
    genuine: record.genuine,
    content: presentRecordContent(record),
  }
}

export function presentContent(content: ConcernContent): ContentAnswer {
  return {
    narrative: content.narrative,
    genuine: content.genuine,
    elements: [...content.elements],
    categories: content.categories.map(({ code, label }) => ({ code, label })),
    site: content.site,
    professionalGroup: content.professionalGroup,
    happened: content.happened,
    awareSince: content.awareSince,
    immediateDanger: content.immediateDanger,
    treatedBadly: content.treatedBadly,
    about: [...content.about],
    pageEditions: content.pageEditions.map(({ page, digest }) => ({ page, digest })),
    identity: content.identity === null ? null : { name: content.identity.name, contact: content.identity.contact },
    messages: content.messages.map(presentMessage),
    notes: content.notes.map(presentNote),
    feedback: content.feedback.map(({ on, genuine, cycle, speakUpAgain, listened, comment }) => ({
      on,
      genuine,
      cycle,
      speakUpAgain,
      listened,
      comment,
    })),
    records: content.records.map(presentRecord),
    files: [],
  }
}

type Choices = Awaited<ReturnType<ConcernUseCases['listChoices']>>

export function presentChoices({ investigators, approvers, deciders, owners, categories }: Choices): z.infer<typeof choicesAnswer> {
  return {
    investigators: investigators.map(presentReader),
    approvers: approvers.map(presentReader),
    deciders: deciders.map(presentReader),
    owners: owners.map(presentReader),
    categories: categories.map(({ code, label }) => ({ code, label })),
  }
}
