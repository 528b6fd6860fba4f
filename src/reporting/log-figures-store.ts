import type { Tx } from '../database/index.ts'
import {
  addDays,
  dateFromColumn,
  dateToColumn,
  instantFromColumn,
  instantToColumn,
  startOfLondonDay,
  type DateText,
} from '../kernel/index.ts'
import type { ReportPeriod } from './period.ts'

/** How many concerns there are, by three roads that must meet. All of the period by the day on which they reached the organisation. */
export interface Population {
  /** Concerns in the table. */
  readonly raised: number
  /** Entries of raising that have their place in the log. */
  readonly inLog: number
  /** Such entries that wait for a place. */
  readonly waiting: number
  /** Written since the report's day, for an earlier day: they come with tomorrow's report. */
  readonly recordedToday: number
  /** Concerns the report counts: one first clock (T1) each. */
  readonly reported: number
}

export async function readPopulation(tx: Tx, { from, to, asOf }: ReportPeriod): Promise<Omit<Population, 'reported'>> {
  const [first, last, on] = [dateToColumn(from), dateToColumn(to < asOf ? to : asOf), dateToColumn(asOf)]
  const [row] = await tx.$queryRaw<Omit<Population, 'reported'>[]>`
    select
      (select count(*)::int from concern where raised_on between ${first}::date and ${last}::date) as raised,
      (select count(*)::int from log_position p left join (
          select q.concern, substring(s.text from '"receivedOn":"([^"]+)"')::date as on from log_position q join staff_entry s on s.id = q.entry_id
          where q.kind = 'concern_recorded') recorded on recorded.concern = p.concern
        where p.kind = 'concern_raised' and p.day between ${first}::date and ${on}::date
          and coalesce(recorded.on, p.day) between ${first}::date and ${last}::date) as "inLog",
      (select count(*)::int from reporter_entry r join concern c on c.id = r.concern_id
        where r.number = 1 and r.happened_on <= ${on}::date and c.raised_on between ${first}::date and ${last}::date
          and r.happened_on >= coalesce((select reporter_from from log_checkpoint order by size desc limit 1), '-infinity'::date)
          and (select p.index from log_position p where p.entry_id = r.id) is null) as waiting,
      (select count(*)::int from reporter_entry r join concern c on c.id = r.concern_id
        where r.number = 1 and r.happened_on > ${on}::date and c.raised_on between ${first}::date and ${last}::date) as "recordedToday"`
  return row!
}

/** Where these entries stand in the log, by id. One that waits for its place is not among them. */
export async function readPlaces(tx: Tx, entries: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (entries.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ entry: string; index: bigint }[]>`
    select entry_id as entry, index from log_position where entry_id = any(${[...new Set(entries)]}::uuid[])`
  return new Map(rows.map(({ entry, index }) => [entry, Number(index)]))
}

/** Concerns recorded for somebody: the day each reached the organisation and the day it was written down, with how many are alike. */
export interface RecordedGroup {
  readonly receivedOn: DateText
  readonly recordedOn: DateText
  readonly count: number
}

export async function readRecorded(tx: Tx, { from, to, asOf }: ReportPeriod): Promise<RecordedGroup[]> {
  const rows = await tx.$queryRaw<{ received: Date; recorded: Date; count: number }[]>`
    select received, recorded, count(*)::int as count from (
      select substring(text from '"receivedOn":"([^"]+)"')::date as received, (happened_at at time zone 'Europe/London')::date as recorded
      from staff_entry where kind = 'concern_recorded' and happened_at >= ${startOf(from)}::timestamptz and happened_at < ${endOf(asOf)}::timestamptz
    ) r where received between ${dateToColumn(from)}::date and ${dateToColumn(to)}::date group by 1, 2`
  return rows.map(({ received, recorded, count }) => ({
    receivedOn: dateFromColumn(received),
    recordedOn: dateFromColumn(recorded),
    count,
  }))
}

/** How often a kind of staff entry was written in the period, until the report's day. */
export interface KindCount {
  readonly kind: string
  readonly count: number
}

/** Looks at names, and what was printed, downloaded or taken away. */
export async function readKindCounts(tx: Tx, { from, to, asOf }: ReportPeriod): Promise<KindCount[]> {
  return tx.$queryRaw<KindCount[]>`
    select kind, count(*)::int as count from staff_entry
    where kind in ('identity_viewed', 'access_recovered', 'recovery_exported', 'summary_printed', 'concern_exported', 'time_exported',
        'log_exported', 'report_exported')
      and happened_at >= ${startOf(from)}::timestamptz and happened_at < ${endOf(to < asOf ? to : asOf)}::timestamptz
    group by kind order by kind`
}

/** What the log said of the limits, with who changed them where somebody did. Text as it was hashed. */
export interface PublishedLimits {
  readonly at: Temporal.Instant
  readonly text: string
  /** The entry of the change of settings it came with. */
  readonly changeText: string | null
}

/** Of the period and the last one before it, oldest first. */
export async function readPublishedLimits(tx: Tx, { from, to, asOf }: ReportPeriod): Promise<PublishedLimits[]> {
  const rows = await tx.$queryRaw<{ at: Date; text: string; changeText: string | null }[]>`
    select e.happened_at as at, e.text, (
        select c.text from staff_entry c where c.happened_at = e.happened_at and c.kind = 'settings_changed'
          and strpos(c.text, '"setting":"timeliness_rules"') > 0 limit 1) as "changeText"
    from staff_entry e where e.kind = 'limits_published' and e.happened_at < ${endOf(to < asOf ? to : asOf)}::timestamptz
      and e.happened_at >= coalesce((select max(happened_at) from staff_entry where kind = 'limits_published'
        and happened_at < ${startOf(from)}::timestamptz), '-infinity')
    order by e.happened_at, e.id`
  return rows.map(({ at, ...row }) => ({ ...row, at: instantFromColumn(at) }))
}

/** When the log last said, until the report's day, which days nobody works, and the limits. */
export async function readPublishedOn(
  tx: Tx,
  asOf: DateText,
): Promise<{ readonly calendar: DateText | null; readonly limits: DateText | null }> {
  const [row] = await tx.$queryRaw<{ calendar: Date | null; limits: Date | null }[]>`
    select (select (max(happened_at) at time zone 'Europe/London')::date from staff_entry
        where kind = 'calendar_published' and happened_at < ${endOf(asOf)}::timestamptz) as calendar,
      (select (max(happened_at) at time zone 'Europe/London')::date from staff_entry
        where kind = 'limits_published' and happened_at < ${endOf(asOf)}::timestamptz) as limits`
  return { calendar: row?.calendar ? dateFromColumn(row.calendar) : null, limits: row?.limits ? dateFromColumn(row.limits) : null }
}

const startOf = (day: DateText): Date => instantToColumn(startOfLondonDay(day))
const endOf = (day: DateText): Date => startOf(addDays(day, 1))
