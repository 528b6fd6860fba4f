import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import { dateFromColumn, type CompartmentId, type ConcernId, type DateText, type StaffMember } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import type { Relation, Status } from '../../workflow/index.ts'
import { readItems, type StoredItem } from '../sealing/item-store.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'
import { relationsOf } from '../reading/visibility.ts'

/** The sealed records of a concern that make links or take them away, oldest first. */
export async function readLinkItems(tx: Tx, id: ConcernId, grants: readonly GrantRow[]): Promise<StoredItem[]> {
  const internal: CompartmentId[] = grants.filter(({ kind }) => kind === 'internal').map(({ compartmentId }) => compartmentId)
  const { staff } = await readItems(tx, id, internal)
  return staff.filter(({ kind }) => kind === 'link' || kind === 'unlink')
}

/** A concern's id by its reference, whoever may know of it; null where there is none. */
export async function findByReference(tx: Tx, reference: string): Promise<ConcernId | null> {
  const row = await tx.concern.findUnique({ where: { reference }, select: { id: true } })
  return row === null ? null : (row.id as ConcernId)
}

/** The other side of a link, in clear, and what the reader is to it. */
export interface LinkedConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly status: Status
  readonly raisedOn: DateText
  readonly relations: readonly Relation[]
}

interface LinkedRow {
  readonly id: string
  readonly reference: string
  readonly status: string
  readonly raisedOn: Date
  readonly granted: CompartmentKind[]
  readonly escalated: boolean
  readonly asked: boolean
}

/** Those of some concerns that the person may know of, by the same rule as one alone, in one statement however many there are. */
export async function readLinked(tx: Tx, person: StaffMember, ids: readonly ConcernId[]): Promise<ReadonlyMap<ConcernId, LinkedConcern>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<LinkedRow[]>`
    select c.id, c.reference, c.status, c.raised_on as "raisedOn",
      array(select distinct g.kind from key_grant g where g.concern_id = c.id and g.holder = ${person.userId}) as granted,
      exists (select 1 from escalation e where e.concern_id = c.id and e.person_id = ${person.userId}::uuid) as escalated,
      exists (select 1 from approval a where a.concern_id = c.id and a.approver_id = ${person.userId}::uuid) as asked
    from concern c where c.id in (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`
  const seen = rows.map(({ id, reference, status, raisedOn, granted, escalated, asked }) => ({
    id: id as ConcernId,
    reference,
    status: status as Status,
    raisedOn: dateFromColumn(raisedOn),
    relations: relationsOf(person, { granted: new Set(granted), escalated, asked }),
  }))
  return new Map(seen.filter(({ relations }) => relations.length > 0).map((one) => [one.id, one]))
}
