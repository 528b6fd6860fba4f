import { dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { Period } from './search-store.ts'

/**
 * Asked of each entry alone: `not exists` may become a join, and where no statistics tell how few entries are this young the planner joins with every
 * place of the log. `e` is the entry.
 */
const unplacedSql = Prisma.sql`(select p.index from log_position p where p.entry_id = e.id) is null`

/** Staff's entries that wait for a place, newest first. */
export async function readNewestWaiting(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ text: string }[]>`
    select text from staff_entry e
    where happened_at >= coalesce((select staff_from from log_checkpoint order by size desc limit 1), '-infinity'::timestamptz)
      and ${unplacedSql}
    order by happened_at desc, id desc limit ${limit}::int`
  return rows.map(({ text }) => text)
}

/** What a waiting entry must at least say to be of use; whether it says it in the right place is the reader's to judge. */
export interface WaitingSearch {
  /** One of these; none: any. */
  readonly kinds: readonly string[]
  /** Each somewhere in its text. */
  readonly aliases: readonly string[]
  readonly period: Period | null
  /** Staff's, and as many of reporters', to look through, newest first. */
  readonly through: number
  /** To answer with at most. */
  readonly limit: number
}

/**
 * Of staff's entries that wait, and of reporters' of days before `today`, those that may fit, newest first, and whether all that wait were looked
 * through. Reporters' of today are shown to nobody: whoever asked twice would learn the time between. What cannot fit stays in the database: to read two thousand texts took longer than the page may.
 */
export async function findWaiting(
  tx: Tx,
  today: DateText,
  { kinds, aliases, period, through, limit }: WaitingSearch,
): Promise<{ readonly texts: readonly string[]; readonly all: boolean }> {
  const ofKinds = kinds.length === 0 ? Prisma.sql`true` : Prisma.sql`kind = any(${[...kinds]}::text[])`
  const saying = Prisma.join([Prisma.sql`true`, ...aliases.map((alias) => Prisma.sql`strpos(text, ${alias}) > 0`)], ' and ')
  const inTime =
    period === null ? Prisma.sql`true` : Prisma.sql`day between ${dateToColumn(period.from)}::date and ${dateToColumn(period.to)}::date`
  const rows = await tx.$queryRaw<{ text: string | null; seen: number }[]>`
    with staff as materialized (
      select 1 as lane, kind, text, (happened_at at time zone 'Europe/London')::date as day, happened_at as at, id from staff_entry e
      where happened_at >= coalesce((select staff_from from log_checkpoint order by size desc limit 1), '-infinity'::timestamptz)
        and ${unplacedSql}
      order by happened_at desc, id desc limit ${through}::int
    ), reporter as materialized (
      select 2 as lane, kind, text, happened_on as day, happened_on::timestamptz as at, id from reporter_entry e
      where happened_on >= coalesce((select reporter_from from log_checkpoint order by size desc limit 1), '-infinity'::date)
        and happened_on < ${dateToColumn(today)}::date and ${unplacedSql}
      order by happened_on desc, id limit ${through}::int
    ), waiting as (select * from staff union all select * from reporter)
    select found.text, counted.seen from (select greatest((select count(*) from staff), (select count(*) from reporter))::int as seen) counted
      left join (select * from waiting where ${ofKinds} and ${saying} and ${inTime} order by lane, at desc, id limit ${limit}::int) found on true
    order by found.lane, found.at desc, found.id`
  return { texts: rows.flatMap(({ text }) => (text === null ? [] : [text])), all: (rows[0]?.seen ?? 0) < through }
}
