import type { AuditDraft, EntryKind, StoredEntry } from '../../audit/index.ts'
import { londonDate, type DateText } from '../../kernel/index.ts'
import {
  clocksOf,
  type ClockReading,
  type Rule,
  type TimelineEvent,
  type TimelineFacts,
  type WorkingCalendar,
} from '../../timeliness/index.ts'
import type { ClockView } from './clock-view.ts'

type Entry = Pick<StoredEntry, 'kind' | 'on' | 'text'>
type Fields = Readonly<Record<string, unknown>>

/** What the clocks of a concern go by. */
export interface Timeline {
  readonly events: readonly TimelineEvent[]
  readonly facts: TimelineFacts
}

/** What happened, in an entry's own words: kind, London day and fields. */
interface Happened {
  readonly kind: EntryKind
  readonly on: DateText
  readonly fields: Fields
  /** Of one that is about to be written there is none yet. */
  readonly entry?: string
}

/**
 * What the clocks go by, told from a concern's own entries and nothing else (P5), so that whoever holds the log can reckon the same: received
 * on the day it reached the organisation, acknowledged on the London day on which a person first answered, and so on. `more` are entries about
 * to be written. Entries in the order of their lane; of one day, staff's come first, whoever asks and whenever.
 */
export function timelineOf(raisedOn: DateText, entries: readonly Entry[], more: readonly AuditDraft[] = []): Timeline {
  const happened = [...entries.map(readEntry), ...more.map(readDraft)].toSorted(inOrder)
  const contact = createFirstContact()
  const events = happened.flatMap((each) => [...eventsOf(each), ...contact.after(each)])
  return {
    events: [{ kind: 'received', on: raisedOn, ...entryOf(happened.find(({ kind }) => kind === 'concern_raised')) }, ...events],
    facts: factsIn(happened),
  }
}

/** The one reckoning, for a concern with these entries. */
export function clocksIn(
  { events, facts }: Timeline,
  { rules, calendar }: { readonly rules: readonly Rule[]; readonly calendar: WorkingCalendar },
  today: DateText,
): ClockReading[] {
  return clocksOf(events, rules, calendar, today, facts)
}

/**
 * The clocks as they are shown to one audience: its own and, to staff, the reporter's. Of a clock that every stop starts anew only the
 * newest round; comparators are for the auditor's report.
 */
export function clockViews(clocks: readonly ClockReading[], audience: 'reporter' | 'staff'): ClockView[] {
  return clocks
    .filter(({ shownTo }) => shownTo === 'reporter' || shownTo === audience)
    .filter(({ code, cycle, of, round }) => !clocks.some((other) => isSame(other, { code, cycle, of }) && other.round > round))
    .map(clockView)
}

function isSame(a: Pick<ClockReading, 'code' | 'cycle' | 'of'>, b: typeof a): boolean {
  return a.code === b.code && a.cycle === b.cycle && a.of === b.of
}

function clockView(reading: ClockReading): ClockView {
  const { workingDaysTaken: _taken, pausedDays: _paused, extensions: _extensions, endedBy: _ended, version: _version, ...rest } = reading
  const { startEntry: _start, stopEntry: _stop, ...view } = rest
  return view
}

const reporters: ReadonlySet<string> = new Set(['concern_raised', 'detriment_reported', 'follow_up_answered'])

/**
 * The entries without what a reporter did today: a row of a clock that starts or stops with it, written beside an act of staff or at a known hour,
 * would tell that it was done before (`security.md` 4). The night after, it can be told.
 */
export function withoutActsOfToday<E extends Entry>(entries: readonly E[], today: DateText): readonly E[] {
  return entries.filter(({ kind, on }) => kind === 'concern_raised' || on < today || !reporters.has(kind))
}

function inOrder(a: Happened, b: Happened): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1
  return Number(reporters.has(a.kind)) - Number(reporters.has(b.kind))
}

function readEntry({ kind, on, text }: Entry): Happened {
  const { id, fields } = JSON.parse(text) as { readonly id?: string; readonly fields: Fields }
  return { kind, on, fields, ...entryOf({ entry: id }) }
}

const entryOf = (told: { readonly entry?: string | undefined } | undefined): { readonly entry?: string } =>
  told?.entry === undefined ? {} : { entry: told.entry }

function readDraft({ kind, at, fields }: AuditDraft): Happened {
  return { kind, on: londonDate(at), fields }
}

/** Each kind of entry that starts, stops, ends or moves a clock. Looks and notes are none of them. */
function eventsOf({ kind, fields, ...happened }: Happened): TimelineEvent[] {
  const told = eventsByKind[kind]
  return told === undefined ? [] : told(fields).map((event) => ({ ...event, on: happened.on, ...entryOf(happened) }))
}

type Told = Omit<TimelineEvent, 'on'>
const one = (kind: string) => (): Told[] => [{ kind }]

const eventsByKind: Readonly<Record<string, (fields: Fields) => Told[]>> = {
  concern_acknowledged: one('acknowledged'),
  risk_screened: one('risk_graded'),
  concern_triaged: ({ decision }) => [{ kind: 'risk_graded' }, ...(decision === 'investigate' ? [{ kind: 'investigation_decided' }] : [])],
  investigation_started: ({ expectedEnd }) => [{ kind: 'investigation_started', ...untilOf(expectedEnd) }, { kind: 'decision_told' }],
  resolving_without_investigation: moved('decision_told'),
  approval_given: moved('decision_told'),
  concern_referred: one('decision_told'),
  findings_recorded: one('report_approved'),
  concern_resolved: ({ feedbackShared }) => [
    { kind: 'outcome_told' },
    // The inbox asks how it went from the moment on which the outcome stands in it
    ...(feedbackShared === 'no_return_channel' ? [] : [{ kind: 'feedback_asked' }]),
  ],
  // Closings of before the checks were named counted as both
  concern_closed: ({ followUp, months }) =>
    followUp === 'declined'
      ? [{ kind: 'follow_up_declined' }]
      : (Array.isArray(months) ? months : [3, 6]).flatMap((each: unknown) => followedUp({ months: Number(each) })),
  concern_reopened: one('reopened'),
  concern_withdrawn: ({ to }) => (to === 'withdrawn' ? [{ kind: 'withdrawn' }] : []),
  message_sent: one('updated'),
  follow_up_answered: followedUp,
  follow_up_made: followedUp,
  detriment_reported: ({ item }) => ofOne('detriment_reported', item),
  detriment_plan_set: ({ report }) => ofOne('detriment_planned', report),
  detriment_closed: ({ report }) => ofOne('detriment_closed', report),
  task_set: ({ task, dueOn }) => ofOne('task_set', task).map((event) => ({ ...event, ...untilOf(dueOn) })),
  task_done: ({ task }) => ofOne('task_done', task),
  task_passed_on: ({ task }) => ofOne('task_passed_on', task),
  clock_paused: ({ clock, of, until }) => [{ kind: 'clock_paused', ...clockOf(clock, of), ...untilOf(until) }],
  clock_resumed: ({ clock, of }) => [{ kind: 'clock_resumed', ...clockOf(clock, of) }],
  clock_extended: ({ clock, of, until }) => [
    { kind: 'clock_extended', ...clockOf(clock, of), ...untilOf(until) },
    // The person is told with it; a task's date is the handlers' own affair
    ...(typeof of === 'string' ? [] : [{ kind: 'updated' }]),
  ],
}

/** The kinds of entry that clocks go by. */
export const clockedKinds: readonly string[] = [
  ...Object.keys(eventsByKind),
  'concern_raised',
  'concern_recorded',
  'first_contact_recorded',
]

/** A step that waits for a second person has moved nothing yet. */
function moved(kind: string) {
  return ({ from, to }: Fields): Told[] => (from === to ? [] : [{ kind }])
}

function followedUp({ months }: Fields): Told[] {
  return months === 3 || months === 6 ? [{ kind: `followed_up_${months}` }] : []
}

function ofOne(kind: string, of: unknown): Told[] {
  return typeof of === 'string' ? [{ kind, of }] : []
}

function clockOf(clock: unknown, of: unknown): Pick<TimelineEvent, 'clock' | 'of'> {
  return { ...(typeof clock === 'string' && { clock }), ...(typeof of === 'string' && { of }) }
}

function untilOf(date: unknown): Pick<TimelineEvent, 'until'> {
  return typeof date === 'string' ? { until: date as DateText } : {}
}

/** What the policy of June 2022 asks for first; done once all four are on record (`domain.md` 2.2, T3). */
const firstContactParts = ['thanked', 'understood', 'consent', 'wellbeing']

function createFirstContact() {
  const missing = new Set<unknown>(firstContactParts)
  return {
    after: ({ kind, on, fields, ...happened }: Happened): TimelineEvent[] => {
      if ((kind as string) !== 'first_contact_recorded' || missing.size === 0) return []
      for (const part of Array.isArray(fields['parts']) ? fields['parts'] : []) missing.delete(part)
      return missing.size === 0 ? [{ kind: 'first_contact_made', on, ...entryOf(happened) }] : []
    },
  }
}

function factsIn(happened: readonly Happened[]): TimelineFacts {
  const raised = happened.find(({ kind }) => kind === 'concern_raised')
  const recorded = happened.find(({ kind }) => kind === 'concern_recorded')
  return { danger: raised?.fields['danger'] === true, returnChannel: recorded?.fields['returnChannel'] !== false }
}
