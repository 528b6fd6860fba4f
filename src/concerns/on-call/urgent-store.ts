import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'

/** A concern raised with danger, and how far its calls are. */
export interface Waiting {
  readonly concernId: string
  readonly step: number
  readonly ticks: number
  readonly isNew: boolean
}

/**
 * What stands beside a concern though nobody looked at it for its own sake: its date moved with a setting, somebody was refused, or left because it
 * is about them.
 */
const noLook = ['deadline_moved', 'attempt_refused', 'conflict_declared']

/** An act of somebody who is still there for it: who looked and then declared a conflict helps nobody. */
const looked = Prisma.sql`exists (
  select 1 from staff_entry e where e.concern_id = c.id and e.actor_id is not null and not e.kind = any(${noLook}::text[])
    and not exists (select 1 from staff_entry d where d.concern_id = c.id and d.kind = 'conflict_declared' and d.actor_id = e.actor_id))`

/** Somebody has looked, or the concern is past its first step. */
export async function markAnswered(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update urgent_call u set answered = true, ticks = 0 from concern c where c.id = u.concern_id and not u.answered
      and (c.status <> 'raised' or ${looked})`
}

/** In random order: which of two came first is nobody's business. */
export async function readWaiting(tx: Tx): Promise<Waiting[]> {
  return tx.$queryRaw<Waiting[]>`
    select c.id::text as "concernId", coalesce(u.step, 0) as step, coalesce(u.ticks, 0) as ticks, u.concern_id is null as "isNew"
    from concern c left join urgent_call u on u.concern_id = c.id
    where c.danger and c.status = 'raised' and not ${looked} order by c.id`
}

export async function countCall(tx: Tx, { concernId, step, ticks, isNew }: Waiting, isCalled: boolean): Promise<void> {
  const data = { step: isCalled ? step + 1 : step, ticks: isCalled ? 0 : ticks + 1, answered: false }
  if (isNew) await tx.urgentCall.create({ data: { concernId, ...data }, select: { concernId: true } })
  else await tx.urgentCall.update({ where: { concernId }, data, select: { concernId: true } })
}
