import type { CompartmentId, ConcernId, UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import type { GrantRow, OpenCompartment } from './sealed-parts.ts'

function grantRows(grants: readonly GrantRow[]) {
  return grants.map((grant) => ({ ...grant, sealed: grant.sealed as Uint8Array<ArrayBuffer> }))
}

function compartmentRows(parts: readonly OpenCompartment[]) {
  return parts.map((part) => ({
    id: part.id,
    concernId: part.concernId,
    kind: part.kind,
    epoch: part.epoch,
    publicKey: part.keys.publicKey,
  }))
}

/** New compartments with their grants; the caller's transaction changes the concern too. */
export async function insertCompartments(tx: Tx, parts: readonly OpenCompartment[], grants: readonly GrantRow[]): Promise<void> {
  if (parts.length > 0) await tx.compartment.createMany({ data: compartmentRows(parts) })
  await insertGrants(tx, grants)
}

/** Grants for people who may have one already: a second is left out. */
export async function insertGrants(tx: Tx, grants: readonly GrantRow[]): Promise<void> {
  if (grants.length > 0) await tx.keyGrant.createMany({ data: grantRows(grants), skipDuplicates: true })
}

/** Puts grants in the place of those the same people have, which their new keys may not open. */
export async function replaceGrants(tx: Tx, grants: readonly GrantRow[]): Promise<void> {
  for (const { compartmentId, holder, epoch, sealed } of grantRows(grants))
    await tx.keyGrant.updateMany({ where: { compartmentId, holder, epoch }, data: { sealed } })
}

/** The grants by which later epochs hold earlier ones. */
export async function readEpochGrants(tx: Tx, concernIds: readonly ConcernId[]): Promise<GrantRow[]> {
  return (await tx.keyGrant.findMany({ where: { concernId: { in: [...concernIds] }, holder: { startsWith: 'epoch ' } } })).map(fromRow)
}

/** The grants of one holder ('reporter', 'recovery' or a user id) on one concern. */
export async function readGrants(tx: Tx, concernId: ConcernId, holder: string): Promise<GrantRow[]> {
  return (await tx.keyGrant.findMany({ where: { concernId, holder } })).map(fromRow)
}

/** One holder's grants of one kind on many concerns: a page of the queue in one query. */
export async function readGrantsFor(
  tx: Tx,
  concernIds: readonly ConcernId[],
  holder: string,
  kind: CompartmentKind,
): Promise<Map<ConcernId, GrantRow>> {
  const rows = await tx.keyGrant.findMany({ where: { concernId: { in: [...concernIds] }, holder, kind } })
  return new Map(rows.map((row) => [row.concernId as ConcernId, fromRow(row)]))
}

/** One holder's grants of these compartments, by compartment. */
export async function readGrantsOf(
  tx: Tx,
  compartmentIds: readonly CompartmentId[],
  holder: string,
): Promise<Map<CompartmentId, GrantRow>> {
  const rows = await tx.keyGrant.findMany({ where: { compartmentId: { in: [...compartmentIds] }, holder } })
  return new Map(rows.map((row) => [row.compartmentId as CompartmentId, fromRow(row)]))
}

/** Who holds what on a concern: holders by kind of compartment. */
export async function readHolders(tx: Tx, concernId: ConcernId): Promise<{ holder: UserId; kind: CompartmentKind }[]> {
  const rows = await tx.keyGrant.findMany({
    where: { concernId, NOT: { OR: [{ holder: { in: ['reporter', 'recovery', 'duty'] } }, { holder: { startsWith: 'epoch ' } }] } },
    select: { holder: true, kind: true },
  })
  return rows.map((row) => ({ holder: row.holder as UserId, kind: row.kind as CompartmentKind }))
}

function fromRow(row: {
  id: string
  concernId: string
  compartmentId: string
  kind: string
  epoch: number
  holder: string
  sealed: Uint8Array
}): GrantRow {
  return {
    ...row,
    concernId: row.concernId as ConcernId,
    compartmentId: row.compartmentId as CompartmentId,
    kind: row.kind as CompartmentKind,
  }
}
