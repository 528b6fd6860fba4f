import type { Tx } from '../../database/index.ts'
import { instantFromColumn, instantToColumn, newId, type ConcernId, type Random, type UserId } from '../../kernel/index.ts'
import type { EscalationTarget } from '../../workflow/index.ts'
import { concernFromRow, type Concern } from '../concern.ts'
import { readSentOnTo } from '../inbox/sent-on-store.ts'

/** The leads a concern was brought to: escalated by staff, or sent on by the person who raised it. */
export async function readEscalatedTo(tx: Tx, concernId: ConcernId): Promise<Set<UserId>> {
  const rows = await tx.escalation.findMany({ where: { concernId, NOT: { personId: null } }, select: { personId: true } })
  return new Set([...rows.map((row) => row.personId as UserId), ...(await readSentOnTo(tx, concernId))])
}

/** One row for each lead told; one without a person where it went outside. */
export async function insertEscalations(
  tx: Tx,
  random: Random,
  concernId: ConcernId,
  target: EscalationTarget,
  people: readonly UserId[],
  at: Temporal.Instant,
): Promise<void> {
  const told: readonly (UserId | null)[] = target === 'external' ? [null] : people
  if (told.length === 0) return
  await tx.escalation.createMany({
    data: told.map((personId) => ({ id: newId(random), concernId, target, personId, escalatedAt: instantToColumn(at) })),
  })
}

export interface EscalationRow {
  readonly id: string
  readonly escalatedAt: Temporal.Instant
  readonly concern: Concern
}

/** Where the next page begins: after this row. */
export interface EscalationCursor {
  readonly at: Temporal.Instant
  readonly id: string
}

/**
 * The concerns brought to one person, newest first, each once: by the latest that brought it. What the person who raised it sent on stands at the
 * beginning of its day in London, since nobody knows its time.
 */
export async function readEscalations(tx: Tx, person: UserId, after: EscalationCursor | null, limit: number): Promise<EscalationRow[]> {
  const at = after === null ? null : instantToColumn(after.at)
  const rows = await tx.$queryRaw<{ id: string; concern_id: string; escalated_at: Date }[]>`
    with brought as (
      select id, concern_id, person_id, escalated_at from escalation
      union all select id, concern_id, person_id, sent_on::timestamp at time zone 'Europe/London' from sent_on
    )
    select e.id, e.concern_id, e.escalated_at from brought e
    where e.person_id = ${person}::uuid
      and (${at}::timestamptz is null or (e.escalated_at, e.id) < (${at}::timestamptz, ${after?.id ?? null}::uuid))
      and not exists (
        select 1 from brought later
        where later.person_id = e.person_id and later.concern_id = e.concern_id and (later.escalated_at, later.id) > (e.escalated_at, e.id))
    order by e.escalated_at desc, e.id desc limit ${limit}`
  const concerns = await tx.concern.findMany({ where: { id: { in: rows.map((row) => row.concern_id) } } })
  const byId = new Map(concerns.map((row) => [row.id, concernFromRow(row)]))
  return rows.flatMap((row) => {
    const concern = byId.get(row.concern_id)
    return concern === undefined ? [] : [{ id: row.id, escalatedAt: instantFromColumn(row.escalated_at), concern }]
  })
}
