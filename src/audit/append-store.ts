import { dateToColumn, instantToColumn, londonDate, type ConcernId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import { Prisma } from '../database/generated/client.ts'
import type { ComposedEntry, OpenEntry } from './entry.ts'

/**
 * The next entry of a concern's lane in one statement: most acts leave one, and each round trip costs as much as all the rest. The row is locked
 * and read, the text closed over what was read, the counter moved, and only then the entry inserted: its guard looks at the counter.
 */
export async function appendToLane(tx: Tx, { id, draft, lane, pieces }: OpenEntry, concernId: ConcernId): Promise<void> {
  const [first, second, third, last] = pieces
  const text = Prisma.sql`${first}::text || '"' || log_alias || '"' || ${second}::text || number || ${third}::text
    || coalesce('"' || encode(before, 'hex') || '"', 'null') || ${last}::text`
  const appended =
    lane === 'staff'
      ? await tx.$executeRaw`
          with found as materialized (
            select id, log_alias, staff_log_count + 1 as number, staff_log_head as before from concern where id = ${concernId}::uuid for update
          ), said as materialized (select id, number, ${text} as text from found), ${hashedSql}, moved as (
            update concern set staff_log_count = hashed.number, staff_log_head = hashed.hash from hashed where concern.id = hashed.id
            returning hashed.number, hashed.text, hashed.hash
          )
          insert into staff_entry (id, concern_id, number, kind, actor_id, happened_at, text, hash)
          select ${id}::uuid, ${concernId}::uuid, number, ${draft.kind}, ${'userId' in draft.actor ? draft.actor.userId : null}::uuid,
            ${instantToColumn(draft.at)}::timestamptz, text, hash from moved`
      : await tx.$executeRaw`
          with found as materialized (
            select id, log_alias, reporter_log_count + 1 as number, reporter_log_head as before from concern where id = ${concernId}::uuid for update
          ), said as materialized (select id, number, ${text} as text from found), ${hashedSql}, moved as (
            update concern set reporter_log_count = hashed.number, reporter_log_head = hashed.hash from hashed where concern.id = hashed.id
            returning hashed.number, hashed.text, hashed.hash
          )
          insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
          select ${id}::uuid, ${concernId}::uuid, number, ${draft.kind}, ${dateToColumn(londonDate(draft.at))}::date, text, hash from moved`
  if (appended !== 1) throw new Error('an entry names a concern that does not exist')
}

/** RFC 6962's leaf hash. */
const hashedSql = Prisma.sql`hashed as materialized (
  select id, number, text, sha256(decode('00', 'hex') || convert_to(text, 'UTF8')) as hash from said)`

/** One statement a lane, whatever the number of entries. */
export async function insertEntries(tx: Tx, composed: readonly ComposedEntry[]): Promise<void> {
  const staff = composed.filter((entry) => entry.lane === 'staff')
  const reporter = composed.filter((entry) => entry.lane === 'reporter')
  if (staff.length > 0) {
    await tx.$executeRaw`
      insert into staff_entry (id, concern_id, number, kind, actor_id, happened_at, text, hash)
      select * from unnest(${staff.map(({ id }) => id)}::uuid[], ${staff.map(({ draft }) => draft.concernId ?? null)}::uuid[],
        ${staff.map(({ place }) => place?.number ?? null)}::int[], ${staff.map(({ draft }) => draft.kind)}::text[],
        ${staff.map(({ draft }) => ('userId' in draft.actor ? draft.actor.userId : null))}::uuid[],
        ${staff.map(({ draft }) => instantToColumn(draft.at))}::timestamptz[], ${staff.map(({ text }) => text)}::text[],
        ${staff.map(({ hash }) => hash)}::bytea[])`
  }
  if (reporter.length > 0) {
    await tx.$executeRaw`
      insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
      select * from unnest(${reporter.map(({ id }) => id)}::uuid[], ${reporter.map(({ draft }) => draft.concernId)}::uuid[],
        ${reporter.map(({ place }) => place?.number)}::int[], ${reporter.map(({ draft }) => draft.kind)}::text[],
        ${reporter.map(({ draft }) => dateToColumn(londonDate(draft.at)))}::date[], ${reporter.map(({ text }) => text)}::text[],
        ${reporter.map(({ hash }) => hash)}::bytea[])`
  }
}
