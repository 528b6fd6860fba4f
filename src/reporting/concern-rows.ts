import { readDate, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from '../timeliness/index.ts'
import type { ClockRow } from './clock-row.ts'
import type { ReportedConcern } from './entries-store.ts'
import type { RowPlace } from './groups-store.ts'

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
  /** The first day after its date on which somebody above was told, before it stopped. */
  readonly escalatedOn: DateText | null
  readonly escalatedTo: readonly string[]
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

type Fields = Readonly<Record<string, unknown>>
interface Said {
  readonly kind: string
  readonly on: DateText
  readonly fields: Fields
}

/** Puts the facts of each clock's concern beside it. Every fact is as the entries told it by the report's day. */
export function concernRow(
  clock: ClockRow,
  { alias, raisedOn, entries }: ReportedConcern,
  asOf: DateText,
  calendar: WorkingCalendar,
): ConcernRow {
  const said = entries.map(({ kind, on, text }): Said => ({ kind, on, fields: (JSON.parse(text) as { fields: Fields }).fields }))
  const recordedOn = said.find(({ kind }) => kind === 'concern_raised')?.on ?? null
  const up = said.filter((each) => wentUp(each, clock, asOf))
  return {
    concern: alias,
    ...clock,
    openness: lastOf(said, 'openness', 'concern_raised', 'openness_changed'),
    riskGrade: lastOf(said, 'riskGrade', 'concern_triaged', 'risk_screened'),
    decision: lastOf(said, 'decision', 'concern_triaged'),
    receivedOn: raisedOn,
    recordedOn,
    lag: recordedOn === null ? 0 : calendar.workingDaysBetween(raisedOn, recordedOn),
    escalatedOn: up[0]?.on ?? null,
    escalatedTo: [...new Set(up.map(target))],
    movedFor: [...new Set(said.filter((each) => moved(each, clock)).map(({ fields }) => String(fields['reasonCode'])))],
  }
}

/** The newest word of some kinds of entry on a field. */
function lastOf(said: readonly Said[], field: string, ...kinds: readonly string[]): string | null {
  const value = said.findLast(({ kind, fields }) => kinds.includes(kind) && typeof fields[field] === 'string')?.fields[field]
  return typeof value === 'string' ? value : null
}

/** After its date and before it stopped: by the clock itself, or with the whole concern. */
function wentUp({ kind, on, fields }: Said, { code, dueOn, stoppedOn, endedBy }: ClockRow, asOf: DateText): boolean {
  if (endedBy !== null || on <= dueOn || on > (stoppedOn ?? asOf)) return false
  return kind === 'concern_escalated' || kind === 'concern_sent_on' || (kind === 'clock_escalated' && fields['clock'] === code)
}

function target({ kind, fields }: Said): string {
  if (kind === 'concern_sent_on') return 'sent_on'
  return String(fields[kind === 'clock_escalated' ? 'step' : 'target'])
}

function moved({ kind, on, fields }: Said, { code, of, startedOn, stoppedOn }: ClockRow): boolean {
  if (kind !== 'clock_paused' && kind !== 'clock_extended') return false
  const during = on >= startedOn && (stoppedOn === null || on <= stoppedOn)
  return during && fields['clock'] === code && (fields['of'] ?? null) === of && typeof fields['reasonCode'] === 'string'
}

/** The order of the list: by code, day of start and alias, as texts. */
export function byPlace(a: RowPlace, b: RowPlace): number {
  for (const part of ['code', 'startedOn', 'concern', 'cycle', 'of', 'round'] as const)
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1
  return 0
}

export function placeOf({ code, startedOn, concern, cycle, of, round }: ClockRow & { readonly concern: string }): RowPlace {
  return { code, startedOn, concern, cycle, of: of ?? '', round }
}

/** A place as text that a program sends back as it came. */
export function placeText({ code, startedOn, concern, cycle, of, round }: RowPlace): string {
  return [code, startedOn, concern, cycle, round, of].join('~')
}

const uuidText = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const placeShape = new RegExp(`^(\\w{1,10})~(\\d{4}-\\d\\d-\\d\\d)~(${uuidText})~(\\d{1,6})~(\\d{1,6})~(${uuidText})?$`)

/** Null where it is none. */
export function readPlaceText(text: string): RowPlace | null {
  const [, code = '', startedOn = '', concern = '', cycle, round, of = ''] = placeShape.exec(text) ?? []
  const day = readDate(startedOn)
  return day === null ? null : { code, startedOn: day, concern, cycle: Number(cycle), of, round: Number(round) }
}
