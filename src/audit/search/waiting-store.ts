import { dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'

/** Staff's entries that wait for a place, newest first. */
export async function readNewestWaiting(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ text: string }[]>`
    select text from staff_entry e
    where happened_at >= coalesce((select staff_from from log_checkpoint order by size desc limit 1), '-infinity'::timestamptz)
      and not exists (select 1 from log_position p where p.entry_id = e.id)
    order by happened_at desc, id desc limit ${limit}::int`
  return rows.map(({ text }) => text)
}

/**
 * Reporters' that wait, of days that are over. Those of today are shown to nobody here: whoever asked twice would learn the time between.
 */
export async function readWaitingBefore(tx: Tx, today: DateText, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ text: string }[]>`
    select text from reporter_entry e
    where happened_on >= coalesce((select reporter_from from log_checkpoint order by size desc limit 1), '-infinity'::date)
      and happened_on < ${dateToColumn(today)}::date and not exists (select 1 from log_position p where p.entry_id = e.id)
    order by happened_on desc, id limit ${limit}::int`
  return rows.map(({ text }) => text)
}
