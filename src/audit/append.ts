import { dateToColumn, instantToColumn, londonDate, type Alias, type ConcernId, type Random } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import { entryKinds } from './catalogue.ts'
import { composeEntry, type AuditDraft, type ComposedEntry, type LanePlace } from './entry.ts'

/** A draft, or an entry composed already because its concern is made in the same statement (its number is 1). */
export type EntryToAppend = AuditDraft | ComposedEntry

/** Inserts the entries and moves their concerns' counters, under the row locks that the business change took. */
export async function appendEntries(tx: Tx, random: Random, entries: readonly EntryToAppend[]): Promise<void> {
  const composed: ComposedEntry[] = []
  const byConcern = new Map<ConcernId, AuditDraft[]>()
  for (const entry of entries) {
    if ('draft' in entry) composed.push(entry)
    else if (entry.concernId === undefined) composed.push(composeEntry(random, entry, null))
    else byConcern.set(entry.concernId, [...(byConcern.get(entry.concernId) ?? []), entry])
  }
  // One order of locks for everyone, or two people with two concerns each could wait for one another.
  for (const concernId of [...byConcern.keys()].sort())
    composed.push(...(await placeInLanes(tx, random, concernId, byConcern.get(concernId)!)))
  await insertEntries(tx, composed)
}

async function placeInLanes(tx: Tx, random: Random, concernId: ConcernId, drafts: readonly AuditDraft[]): Promise<ComposedEntry[]> {
  const [row] = await tx.$queryRaw<
    {
      log_alias: string
      staff_log_count: number
      staff_log_head: Uint8Array | null
      reporter_log_count: number
      reporter_log_head: Uint8Array
    }[]
  >`select log_alias, staff_log_count, staff_log_head, reporter_log_count, reporter_log_head from concern where id = ${concernId}::uuid for update`
  if (!row) throw new Error('an entry names a concern that does not exist')
  const heads = {
    staff: { number: row.staff_log_count, previous: row.staff_log_head },
    reporter: { number: row.reporter_log_count, previous: row.reporter_log_head as Uint8Array | null },
  }
  const composed = drafts.map((draft) => {
    const { lane } = entryKinds[draft.kind]
    const place: LanePlace = { alias: row.log_alias as Alias, number: heads[lane].number + 1, previous: heads[lane].previous }
    const entry = composeEntry(random, draft, place)
    heads[lane] = { number: place.number, previous: entry.hash }
    return entry
  })
  await tx.$executeRaw`
    update concern set staff_log_count = ${heads.staff.number}, staff_log_head = ${heads.staff.previous},
      reporter_log_count = ${heads.reporter.number}, reporter_log_head = ${heads.reporter.previous}
    where id = ${concernId}::uuid`
  return composed
}

/** One statement a lane, whatever the number of entries. */
async function insertEntries(tx: Tx, composed: readonly ComposedEntry[]): Promise<void> {
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
