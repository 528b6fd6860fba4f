import type { DateText } from '../kernel/index.ts'
import type { ClockReading, WorkingCalendar } from '../timeliness/index.ts'
import type { ClockRow } from './clock-row.ts'
import type { ReportedConcern } from './entries-store.ts'

/** One clock of one concern, with what stands in clear about the concern: no identity, place, profession or word of anybody's. */
export interface ConcernRow extends ClockRow {
  /** The concern's alias in the log. */
  readonly concern: string
  readonly openness: string | null
  readonly riskGrade: string | null
  readonly decision: string | null
  readonly receivedOn: DateText
  readonly recordedOn: DateText | null
  /** Working days between them; more than 0 where it was written down later. */
  readonly lag: number
  /** The place in the log of the entry that started it, and the role it was written in. Null where a passing day did; the place also where it waits for one. */
  readonly startedEntry: number | null
  readonly startedRole: string | null
  readonly stoppedEntry: number | null
  readonly stoppedRole: string | null
  /** The first day after its date on which somebody above was told, before it stopped. */
  readonly escalatedOn: DateText | null
  readonly escalatedEntry: number | null
  /** To whom, by role; and by whom: the clock, staff, or the person who raised it. */
  readonly escalatedTo: readonly string[]
  readonly escalatedRoles: readonly string[]
  /** Codes of the reasons it was paused or extended for. */
  readonly movedFor: readonly string[]
}

/** Kinds of entry that the facts beside a clock are told from. */
export const factKinds: readonly string[] = [
  'concern_raised',
  'concern_recorded',
  'openness_changed',
  'concern_triaged',
  'risk_screened',
  'clock_paused',
  'clock_extended',
  'concern_escalated',
  'clock_escalated',
  'concern_sent_on',
]

/** What an entry says. */
export interface Said {
  readonly id: string
  readonly kind: string
  readonly on: DateText
  readonly role: string
  readonly fields: Readonly<Record<string, unknown>>
}

export function saidIn({ entries }: Pick<ReportedConcern, 'entries'>): readonly Said[] {
  return entries.map(({ kind, on, text }) => {
    const { id, actor, fields } = JSON.parse(text) as Pick<Said, 'id' | 'fields'> & { readonly actor?: { readonly role: string } }
    return { id, kind, on, role: actor?.role ?? '', fields }
  })
}

/** Where to look for the facts of a row. */
export interface Facts {
  readonly concern: ReportedConcern
  readonly said: readonly Said[]
  /** The clock as it was reckoned, which knows its entries. */
  readonly reading: Pick<ClockReading, 'startEntry' | 'stopEntry'> | null
  /** The place in the log of an entry. */
  readonly placeOf: (entry: string | undefined) => number | null
  readonly asOf: DateText
  readonly calendar: WorkingCalendar
}

/** Puts the facts of a clock's concern beside it. Every fact is as the entries told it by the report's day. */
export function concernRow(clock: ClockRow, { concern, said, reading, placeOf, asOf, calendar }: Facts): ConcernRow {
  const { alias, raisedOn } = concern
  const recordedOn = said.find(({ kind }) => kind === 'concern_raised')?.on ?? null
  const up = escalationsOf(clock, said, asOf)
  const roleOf = (entry: string | undefined) => said.find(({ id }) => id === entry)?.role ?? null
  return {
    concern: alias,
    ...clock,
    openness: lastOf(said, 'openness', 'concern_raised', 'openness_changed'),
    riskGrade: lastOf(said, 'riskGrade', 'concern_triaged', 'risk_screened'),
    decision: lastOf(said, 'decision', 'concern_triaged'),
    receivedOn: raisedOn,
    recordedOn,
    lag: recordedOn === null ? 0 : calendar.workingDaysBetween(raisedOn, recordedOn),
    startedEntry: placeOf(reading?.startEntry),
    startedRole: roleOf(reading?.startEntry),
    stoppedEntry: placeOf(reading?.stopEntry),
    stoppedRole: roleOf(reading?.stopEntry),
    escalatedOn: up[0]?.on ?? null,
    escalatedEntry: placeOf(up[0]?.id),
    escalatedTo: [...new Set(up.map(target))],
    escalatedRoles: [...new Set(up.map(({ role }) => role))],
    movedFor: [...new Set(said.filter((each) => moved(each, clock)).map(({ fields }) => String(fields['reasonCode'])))],
  }
}

/** The newest word of some kinds of entry on a field. */
function lastOf(said: readonly Said[], field: string, ...kinds: readonly string[]): string | null {
  const value = said.findLast(({ kind, fields }) => kinds.includes(kind) && typeof fields[field] === 'string')?.fields[field]
  return typeof value === 'string' ? value : null
}

/** What went up after a clock's date and before it stopped: by the clock itself, or with the whole concern. */
export function escalationsOf({ code, of, dueOn, stoppedOn, endedBy }: ClockRow, said: readonly Said[], asOf: DateText): readonly Said[] {
  if (endedBy !== null) return []
  const isOwn = ({ fields }: Said) => fields['clock'] === code && (fields['of'] ?? null) === of
  const wentUp = (each: Said) =>
    each.kind === 'concern_escalated' || each.kind === 'concern_sent_on' || (each.kind === 'clock_escalated' && isOwn(each))
  return said.filter((each) => each.on > dueOn && each.on <= (stoppedOn ?? asOf) && wentUp(each))
}

function target({ kind, fields }: Said): string {
  return String(fields[kind === 'clock_escalated' ? 'step' : 'target'])
}

function moved({ kind, on, fields }: Said, { code, of, startedOn, stoppedOn }: ClockRow): boolean {
  if (kind !== 'clock_paused' && kind !== 'clock_extended') return false
  const during = on >= startedOn && (stoppedOn === null || on <= stoppedOn)
  return during && fields['clock'] === code && (fields['of'] ?? null) === of && typeof fields['reasonCode'] === 'string'
}
