import type { Tx } from '../../database/index.ts'
import { dateToColumn, instantToColumn, startOfLondonDay, type ConcernId, type DateText, type UserId } from '../../kernel/index.ts'
import type { Status } from '../../workflow/index.ts'
import type { CoverChange, Owned } from './cover.ts'

/** Who left an entry of their own on a day or later. Reads that part of the log alone. */
export async function readActive(tx: Tx, since: DateText): Promise<ReadonlySet<UserId>> {
  const rows = await tx.$queryRaw<{ actor: string }[]>`
    select distinct actor_id as actor from staff_entry
    where happened_at >= ${instantToColumn(startOfLondonDay(since))}::timestamptz and actor_id is not null`
  return new Set(rows.map(({ actor }) => actor as UserId))
}

export interface OwnedConcern extends Owned {
  readonly id: ConcernId
  readonly status: Status
}

interface Wanted {
  readonly today: DateText
  readonly away: Iterable<UserId>
  readonly active: Iterable<UserId>
  /** Clocks that ask something of somebody. */
  readonly codes: readonly string[]
}

/** Concerns that somebody stands in for, or whose owner is away or silent while a clock is late; of `only`, where it is given. */
export async function readOwned(tx: Tx, { today, away, active, codes }: Wanted, only: ConcernId | null = null): Promise<OwnedConcern[]> {
  const rows = await tx.$queryRaw<
    {
      id: string
      owner: string
      grp: string
      status: string
      late: boolean
      for_id: string | null
      absence: string | null
      back: boolean
    }[]
  >`
    select c.id, c.owner_id as owner, c.intake_group_id as grp, c.status, l.late, v.owner_id as for_id, v.absence_id as absence,
      v.concern_id is not null and v.absence_id is null and exists (
        select 1 from staff_entry e where e.actor_id = v.owner_id and e.happened_at >= v.began_on) as back
    from concern c
    left join cover v on v.concern_id = c.id and v.person_id = c.owner_id
    left join lateral (select exists (
      select 1 from concern_clock k where k.concern_id = c.id and k.stopped_on is null and k.due_on < ${dateToColumn(today)}::date
        and k.code = any(${[...codes]}::text[])) as late) l on true
    where c.owner_id is not null and c.next_clock_code is not null and c.raised_on < ${dateToColumn(today)}::date
      and (${only}::uuid is null or c.id = ${only}::uuid)
      and (v.concern_id is not null or c.owner_id = any(${[...away]}::uuid[])
        or (c.next_clock_due < ${dateToColumn(today)}::date and not c.owner_id = any(${[...active]}::uuid[])))
    order by c.id`
  return rows.map((row) => ({
    id: row.id as ConcernId,
    ownerId: row.owner as UserId,
    intakeGroupId: row.grp as Owned['intakeGroupId'],
    status: row.status as Status,
    late: row.late,
    cover:
      row.for_id === null
        ? null
        : { forId: row.for_id as UserId, reason: row.absence === null ? 'silence' : 'absence', backSince: row.back },
  }))
}

/** For whom a concern's owner stands in; null for nobody. */
export async function readCoveredFor(tx: Tx, concernId: ConcernId, ownerId: UserId | null): Promise<UserId | null> {
  const row = ownerId && (await tx.cover.findFirst({ where: { concernId, personId: ownerId }, select: { ownerId: true } }))
  return row && (row.ownerId as UserId)
}

/** Gives the concern to who looks after it now; its version moves on, as with every change of owner. */
export async function writeCover(
  tx: Tx,
  concernId: ConcernId,
  change: CoverChange,
  { absenceId, today }: { readonly absenceId: string | null; readonly today: DateText },
): Promise<void> {
  await tx.concern.updateMany({ where: { id: concernId }, data: { ownerId: change.to, version: { increment: 1 } } })
  if (change.kind === 'ends') {
    await tx.cover.deleteMany({ where: { concernId } })
    return
  }
  const row = { personId: change.to, ownerId: change.forId, absenceId, beganOn: dateToColumn(today) }
  await tx.cover.upsert({ where: { concernId }, create: { concernId, ...row }, update: row })
}
