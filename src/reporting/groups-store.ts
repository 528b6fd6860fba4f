import type { Tx } from '../database/index.ts'
import { Prisma } from '../database/generated/client.ts'
import { dateToColumn, type DateText } from '../kernel/index.ts'
import { clockStates, type ClockState } from '../timeliness/index.ts'
import type { ClockGroup } from './clock-row.ts'
import type { EscalatedCount } from './figures.ts'
import type { ReportPeriod } from './period.ts'
import type { DayNumbers } from './working-days.ts'

/** Which kept clocks a report counts. */
export interface Counted {
  readonly period: ReportPeriod
  readonly days: DayNumbers
  /** Concerns that are reckoned anew instead. */
  readonly unsettled: readonly string[]
}

/** Kept clocks `c`, with the day on which each stopped; one that an act of these very moments has stopped is still open on the report's day. */
const fromSql = (asOf: DateText): Prisma.Sql =>
  Prisma.sql`concern_clock c cross join lateral (select case when c.stopped_on <= ${day(asOf)}::date then c.stopped_on end as stopped) s`

/** What a kept clock says by itself, without any calendar: its dates are the one reckoning's (P5). A number, its place among `clockStates`. */
const outcomeSql = (asOf: DateText): Prisma.Sql => Prisma.sql`case
    when s.stopped is not null and c.ended_by is not null then ${numberOf('not_applicable')}
    when s.stopped > c.due_on then ${numberOf('missed')}
    when s.stopped is not null then ${numberOf('met')}
    when c.paused_from <= ${day(asOf)}::date and ${day(asOf)}::date < c.paused_until then ${numberOf('paused')}
    when c.due_on >= ${day(asOf)}::date then ${numberOf('running')}
    else ${numberOf('overdue')} end`

const numberOf = (outcome: ClockState): Prisma.Sql => Prisma.raw(String(clockStates.indexOf(outcome)))

/** Working days from the start to the stop, or to the report's day: two numbers looked up by their place in a list of days. */
const workingDaysSql = ({ first, numbers }: DayNumbers, asOf: DateText): Prisma.Sql => {
  const number = (date: Prisma.Sql) => Prisma.sql`(${[...numbers]}::int[])[${date} - ${day(first)}::date + 1]`
  return Prisma.sql`${number(Prisma.sql`coalesce(s.stopped, ${day(asOf)}::date)`)} - ${number(Prisma.sql`c.started_on`)}`
}

const countedSql = ({ period, unsettled }: Counted): Prisma.Sql =>
  Prisma.sql`c.started_on between ${day(period.from)}::date and ${day(lastStart(period))}::date and c.concern_id <> all(${[...unsettled]}::uuid[])`

/** A comparator's clock may have been written down before its first day was over. */
const lastStart = ({ to, asOf }: ReportPeriod): DateText => (to < asOf ? to : asOf)

/** Kept clocks of one version of a limit that ended alike: numbers that say how each group of them stands, and how many there are in it. */
interface PackedGroups extends Pick<ClockGroup, 'code' | 'version' | 'endedBy'> {
  readonly packed: readonly number[]
  readonly counts: readonly number[]
  readonly pausedDays: readonly number[]
  readonly extensions: readonly number[]
}

/**
 * All kept clocks in groups of those that count alike, however many there are. What they are grouped by is one number, from the right: moved,
 * within the first date, outcome (3 bits), working days; a million clocks are counted in half the time that seven columns take.
 */
export async function readGroups(tx: Tx, counted: Counted): Promise<ClockGroup[]> {
  const { asOf } = counted.period
  await giveRoom(tx)
  const groups = await tx.$queryRaw<PackedGroups[]>`
    select code, version, "endedBy", array_agg(packed) as packed, array_agg(count) as counts,
      array_agg("pausedDays") as "pausedDays", array_agg(extensions) as extensions
    from (
      select c.code, c.rule_version as version, case when s.stopped is not null then c.ended_by end as "endedBy",
        ((${workingDaysSql(counted.days, asOf)}) << 5) | ((${outcomeSql(asOf)}) << 2)
          | case when coalesce(s.stopped, ${day(asOf)}::date) <= c.first_due_on then 2 else 0 end
          | case when c.paused_days > 0 or c.extensions > 0 then 1 else 0 end as packed,
        count(*)::int as count, sum(c.paused_days)::int as "pausedDays", sum(c.extensions)::int as extensions
      from ${fromSql(asOf)} where ${countedSql(counted)}
      group by 1, 2, 3, 4
    ) alike group by 1, 2, 3`
  return groups.flatMap(({ packed, counts, pausedDays, extensions, ...group }) =>
    packed.map((bits, at) => ({
      ...group,
      workingDays: bits >> 5,
      outcome: clockStates[(bits >> 2) & 7]!,
      withinFirst: (bits & 2) !== 0,
      moved: (bits & 1) !== 0,
      ...{ count: counts[at]!, pausedDays: pausedDays[at]!, extensions: extensions[at]! },
    })),
  )
}

/** Room in memory for what this transaction counts, so that nothing is sorted on the disk (PostgreSQL 18, 19.4). */
async function giveRoom(tx: Tx): Promise<void> {
  await tx.$queryRaw`select set_config('work_mem', '64MB', true)`
}

/** Late clocks that went up: told by the clock itself, or the whole concern was sent up, after its date and before it stopped. */
export async function readEscalated(tx: Tx, counted: Counted): Promise<EscalatedCount[]> {
  const asOf = day(counted.period.asOf)
  return tx.$queryRaw<EscalatedCount[]>`
    select code, rule_version as version, count(*)::int as count from concern_clock c
    where ${countedSql(counted)} and c.ended_by is null and coalesce(c.stopped_on, ${asOf}::date) > c.due_on
      and exists (
        select 1 from (
          select concern_id, (happened_at at time zone 'Europe/London')::date as on,
            case kind when 'clock_escalated' then split_part(split_part(text, '"clock":"', 2), '"', 1) else '' end as code,
            coalesce(substring(text from '"of":"([^"]+)"'), '') as of
          from staff_entry where kind in ('concern_escalated', 'clock_escalated')
          union all select concern_id, happened_on, '', '' from reporter_entry where kind = 'concern_sent_on'
        ) up where up.concern_id = c.concern_id and (up.code = '' or (up.code, up.of) = (c.code, c.of))
          and up.on > c.due_on and up.on <= coalesce(c.stopped_on, ${asOf}::date))
    group by code, rule_version`
}

/** How the clocks of one limit stand by the month they started in. */
export interface MonthGroup extends Pick<ClockGroup, 'outcome' | 'count'> {
  readonly month: string
}

export async function readMonths(tx: Tx, counted: Counted, code: string): Promise<MonthGroup[]> {
  const groups = await tx.$queryRaw<(Omit<MonthGroup, 'outcome'> & { readonly outcome: number })[]>`
    select to_char(started_on, 'YYYY-MM') as month, outcome, sum(count)::int as count from (
      select c.started_on, ${outcomeSql(counted.period.asOf)} as outcome, count(*) as count
      from ${fromSql(counted.period.asOf)} where c.code = ${code} and ${countedSql(counted)} group by 1, 2
    ) days group by 1, 2`
  return groups.map((group) => ({ ...group, outcome: clockStates[group.outcome]! }))
}

/** A kept clock with its concern, as the list of the report shows it. */
export interface KeptRow extends Omit<ClockGroup, 'moved' | 'withinFirst' | 'count'> {
  readonly id: string
  readonly concern: string
  readonly cycle: number
  readonly of: string
  readonly round: number
  readonly startedOn: Date
  readonly firstDueOn: Date
  readonly dueOn: Date
  readonly stoppedOn: Date | null
}

/** Where a list goes on: after the clock with these. */
export interface RowPlace {
  readonly code: string
  readonly startedOn: DateText
  readonly concern: string
  readonly cycle: number
  readonly of: string
  readonly round: number
}

export interface RowsAsked {
  readonly code: string | null
  readonly outcome: ClockState | null
  readonly after: RowPlace | null
  readonly limit: number
}

/** Kept clocks by code, day they started and alias: an order that no later clock changes. */
export async function readRows(tx: Tx, counted: Counted, { code, outcome, after, limit }: RowsAsked): Promise<KeptRow[]> {
  const { asOf } = counted.period
  const ofCode = code === null ? Prisma.sql`true` : Prisma.sql`c.code = ${code}`
  const later =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(c.code, c.started_on) >= (${after.code}, ${day(after.startedOn)}::date)
          and (c.code, c.started_on, n.log_alias, c.cycle, c.of, c.round)
            > (${after.code}, ${day(after.startedOn)}::date, ${after.concern}::uuid, ${after.cycle}::int, ${after.of}, ${after.round}::int)`
  const ofOutcome = outcome === null ? Prisma.sql`true` : Prisma.sql`${outcomeSql(asOf)} = ${numberOf(outcome)}`
  const rows = await tx.$queryRaw<(Omit<KeptRow, 'outcome'> & { readonly outcome: number })[]>`
    select c.concern_id as id, n.log_alias as concern, c.code, c.rule_version as version, c.cycle, c.of, c.round, c.started_on as "startedOn",
      c.first_due_on as "firstDueOn", c.due_on as "dueOn", s.stopped as "stoppedOn", ${outcomeSql(asOf)} as outcome,
      ${workingDaysSql(counted.days, asOf)} as "workingDays", c.paused_days as "pausedDays", c.extensions, c.ended_by as "endedBy"
    from ${fromSql(asOf)} join concern n on n.id = c.concern_id
    where ${countedSql(counted)} and ${ofCode} and ${ofOutcome} and ${later}
    order by c.code, c.started_on, n.log_alias, c.cycle, c.of, c.round limit ${limit}::int`
  return rows.map((row) => ({ ...row, outcome: clockStates[row.outcome]! }))
}

const day = dateToColumn
