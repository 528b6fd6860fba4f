import type { HistoryEvent } from '../../../../concerns/index.ts'
import { instantText } from '../../../../kernel/index.ts'
import { firstRules } from '../../../../timeliness/index.ts'
import { detrimentLabels, labels, statusWords } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { words as sampleWords } from '../../samples/words.en.ts'
import { words as contactWords } from '../contacts/words.en.ts'
import { words } from './words.en.ts'

export interface ShownEvent {
  readonly on: string
  /** RFC 3339; null for a reporter's act. */
  readonly at: string | null
  readonly who: string
  readonly what: string
  readonly details: readonly { readonly key: string; readonly text: string }[]
}

/** Newest first. Among one day's events those of the reporter have no place of their own and stand last, as the day's first. */
export function historyView(history: readonly HistoryEvent[]): readonly ShownEvent[] {
  return newestFirst(history).map((event) => ({
    on: event.on,
    at: event.at && instantText(event.at),
    who: whoOf(event),
    what: Object.hasOwn(words.kinds, event.kind) ? labelOf(words.kinds, event.kind) : words.otherKind,
    details: detailsOf(event),
  }))
}

function newestFirst(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return history.toReversed().toSorted((a, b) => (a.on === b.on ? timeOf(b) - timeOf(a) : a.on < b.on ? 1 : -1))
}

const timeOf = (event: HistoryEvent): number => event.at?.epochMilliseconds ?? 0

function whoOf({ actor }: Pick<HistoryEvent, 'actor'>): string {
  if (actor.role === 'reporter') return words.reporter
  if (actor.role === 'system') return words.system
  return `${actor.name ?? words.formerColleague}, ${staffWords.roles[actor.role].toLowerCase()}`
}

const statuses: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(statusWords).map(([code, { staff }]) => [code, staff]))

const reasons: Readonly<Record<string, string>> = {
  ...words.ownReasons,
  ...labels.extensionReasons,
  ...labels.pauseReasons,
  ...labels.notInvestigatedReasons,
  ...detrimentLabels.closeReasons,
  ...sampleWords.reasons,
}

/** No limit of this organisation has another name: a change gives it days, force and source. */
const clocks: Readonly<Record<string, string>> = Object.fromEntries(firstRules.map(({ code, label }) => [code, label]))

/** Field of an entry → how its code reads. Fields not listed (ids, digests, aliases) are for the auditor's page. */
const readings: Readonly<Record<keyof typeof words.details, (value: string) => string>> = {
  to: (code) => labelOf(statuses, code),
  riskGrade: (code) => labelOf(labels.riskGrades, code),
  decision: (code) => labelOf(labels.triageDecisions, code),
  openness: (code) => labelOf(labels.opennesses, code),
  channel: (code) => labelOf({ ...contactWords.channels, ...labels.channels }, code),
  minutes: String,
  version: String,
  target: (code) => labelOf({ ...labels.referralTargets, ...labels.escalationTargets }, code),
  step: (code) => labelOf(words.steps, code),
  receivedOn: dateInWords,
  backDatedDays: String,
  outcome: (code) => labelOf(labels.outcomes, code),
  followUp: (code) => labelOf(labels.followUps, code),
  actionEnd: (code) => labelOf(labels.actionEnds, code),
  cycle: String,
  organisationMustAct: (code) => (code === 'true' ? words.yes : words.no),
  feedbackShared: (code) => labelOf(labels.feedbackShared, code),
  reasonCode: (code) => labelOf(reasons, code),
  expectedEnd: dateInWords,
  acknowledgeBy: dateInWords,
  dueOn: dateInWords,
  before: dayOrLevel,
  after: dateInWords,
  clock: (code) => labelOf(clocks, code),
  until: dateInWords,
  months: String,
  state: (code) => labelOf(words.states, code),
  findings: String,
  actions: String,
}

/** A day where a deadline moved, a level of openness where somebody chose to be known: two kinds of entry share the field. */
function dayOrLevel(value: string): string {
  return Object.hasOwn(labels.opennesses, value) ? labelOf(labels.opennesses, value) : dateInWords(value)
}

/** What a detail is called in this kind of entry, where the usual word would be wrong there. */
function keyOf(kind: string, name: keyof typeof readings): string {
  const own: Readonly<Partial<Record<keyof typeof readings, string>>> = labelledApart[kind] ?? {}
  return own[name] ?? words.details[name]
}

const labelledApart: Readonly<Record<string, Readonly<Partial<Record<keyof typeof readings, string>>>>> = words.apart

function detailsOf({ kind, fields, newOwner }: HistoryEvent): ShownEvent['details'] {
  const moved = fields['from'] !== fields['to']
  const owner = newOwner === undefined ? [] : [{ key: words.newOwner, text: newOwner }]
  const said = Object.entries(readings).flatMap(([name, read]) => {
    const value = fields[name]
    if (!['string', 'number', 'boolean'].includes(typeof value) || value === '') return []
    if (name === 'to' && !moved) return []
    return [{ key: keyOf(kind, name as keyof typeof readings), text: read(String(value)) }]
  })
  return [...owner, ...said]
}
