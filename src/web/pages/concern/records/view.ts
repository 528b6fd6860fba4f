import type { ConcernView, Feedback, HandlingRecord, Reader } from '../../../../concerns/index.ts'
import { instantText, readDate } from '../../../../kernel/index.ts'
import { labels, speakUpAgainLabels } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { words } from './words.en.ts'

export interface RecordRow {
  readonly key: string
  readonly text: string
}

export interface RecordView {
  readonly heading: string
  readonly author: string
  readonly writtenAt: string
  readonly genuine: boolean
  readonly rows: readonly RecordRow[]
}

/** Names of everybody the concern's pages know, for records that hold an id. */
export function namesOf(concern: ConcernView, people: readonly Reader[]): ReadonlyMap<string, string> {
  return new Map([...people, ...concern.assignees].map(({ id, name }) => [id, name]))
}

export function recordViews(records: readonly HandlingRecord[], names: ReadonlyMap<string, string>): readonly RecordView[] {
  return records.map(({ kind, author, writtenAt, genuine, content }) => ({
    heading: Object.hasOwn(words.kinds, kind) ? labelOf(words.kinds, kind) : words.otherKind,
    author,
    writtenAt: instantText(writtenAt),
    genuine,
    rows: genuine ? rowsOf(content, names) : [],
  }))
}

type Held = Readonly<Record<string, unknown>>
type Show = (value: unknown, names: ReadonlyMap<string, string>) => string | null

const text: Show = (value) => (typeof value === 'string' && value !== '' ? value : null)
const yesNo: Show = (value) => (typeof value === 'boolean' ? (value ? words.yes : words.no) : null)
const date: Show = (value) => (typeof value === 'string' && readDate(value) !== null ? dateInWords(value) : text(value, new Map()))
const person: Show = (value, names) => (typeof value === 'string' ? (names.get(value) ?? words.somebody) : null)
const people: Show = (value, names) =>
  Array.isArray(value) && value.length > 0 ? value.map((each) => names.get(String(each)) ?? words.somebody).join('; ') : null
const code =
  (list: Readonly<Record<string, string>>): Show =>
  (value) =>
    typeof value === 'string' ? labelOf(list, value) : null
const codes =
  (list: Readonly<Record<string, string>>): Show =>
  (value) =>
    Array.isArray(value) && value.length > 0 ? value.map((each) => labelOf(list, String(each))).join('; ') : null

/** Field of a record's content → its heading and how its value is read aloud, in the order shown. A record of an older shape just has fewer. */
const fields: readonly (readonly [name: string, key: string, show: Show])[] = [
  ['title', words.fields.title, text],
  ['riskGrade', words.fields.riskGrade, code(labels.riskGrades)],
  ['elements', words.fields.elements, codes(labels.elements)],
  ['decision', words.fields.decision, code({ ...labels.triageDecisions, ...words.decisions })],
  ['consent', words.fields.consent, code(labels.consents)],
  ['conflict', words.fields.conflict, code(labels.conflictAnswers)],
  ['investigatorId', words.fields.investigator, person],
  ['terms', words.fields.terms, text],
  ['expectedEnd', words.fields.expectedEnd, date],
  ['to', words.fields.target, code({ ...labels.referralTargets, ...labels.escalationTargets })],
  ['recipient', words.fields.recipient, text],
  ['shareIdentity', words.fields.shareIdentity, yesNo],
  ['told', words.fields.told, people],
  ['contentShared', words.fields.contentShared, yesNo],
  ['reasonCode', words.fields.reasonCode, code(labels.notInvestigatedReasons)],
  ['reason', words.fields.reason, text],
  ['decidedBy', words.fields.decidedBy, person],
  ['approver', words.fields.approver, person],
  ['owner', words.fields.owner, person],
  ['outcome', words.fields.outcome, code(labels.outcomes)],
  ['feedbackShared', words.fields.feedbackShared, code(labels.feedbackShared)],
  ['followUp', words.fields.followUp, code(labels.followUps)],
  ['actionEnd', words.fields.actionEnd, code(labels.actionEnds)],
  ['plan', words.fields.plan, text],
  ['organisationMustAct', words.fields.organisationMustAct, yesNo],
  ['learning', words.fields.learning, text],
  ['parts', words.fields.parts, codes(labels.firstContactParts)],
  ['months', words.fields.months, (value) => (typeof value === 'number' ? String(value) : null)],
  ['note', words.fields.note, text],
  ['maskedCopy', words.fields.maskedCopy, text],
  ['reporterName', words.fields.reporterName, text],
  ['message', words.fields.message, text],
  ['channel', words.fields.channel, code(labels.channels)],
  ['receivedOn', words.fields.receivedOn, date],
  ['backDatedReason', words.fields.backDatedReason, text],
  ['returnChannel', words.fields.returnChannel, yesNo],
]

function rowsOf(content: unknown, names: ReadonlyMap<string, string>): readonly RecordRow[] {
  const held = heldIn(content)
  const override = heldIn(held['identityOverride'])
  return [
    ...listIn(held['findings']).flatMap((finding, index) => [
      ...row(words.fields.allegation(index + 1), text(finding['allegation'], names)),
      ...row(words.fields.finding, code(labels.findings)(finding['finding'], names)),
    ]),
    ...fields.flatMap(([name, key, show]) => row(key, show(held[name], names))),
    ...row(words.fields.ground, code(labels.identityGrounds)(override['ground'], names)),
    ...row(words.fields.groundReason, text(override['reason'], names)),
    ...listIn(held['actions']).flatMap((action, index) => [
      ...row(words.fields.action(index + 1), text(action['description'], names)),
      ...row(words.fields.actionOwner, text(action['owner'], names)),
      ...row(words.fields.actionDue, date(action['dueOn'], names)),
    ]),
  ]
}

const row = (key: string, value: string | null): readonly RecordRow[] => (value === null ? [] : [{ key, text: value }])
const heldIn = (content: unknown): Held => (typeof content === 'object' && content !== null ? { ...content } : {})
const listIn = (list: unknown): readonly Held[] => (Array.isArray(list) ? list.map(heldIn) : [])

export interface FeedbackView {
  readonly heading: string
  readonly genuine: boolean
  readonly rows: readonly RecordRow[]
}

/** How it went, as the person said: one for each time round. */
export function feedbackViews(feedback: readonly Feedback[]): readonly FeedbackView[] {
  const say = words.feedback
  return feedback.map(({ on, genuine, listened, speakUpAgain, comment }) => ({
    heading: say.on(dateInWords(on)),
    genuine,
    rows: [
      ...row(say.listened, listened && say.answers[listened]),
      ...row(say.speakUpAgain, speakUpAgain && speakUpAgainLabels[speakUpAgain]),
      ...row(say.comment, comment),
    ],
  }))
}
