import type { Tx } from '../../database/index.ts'
import { newId, type ConcernId, type Random, type UserId } from '../../kernel/index.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'

const atOnce = 100

export interface PlacedConcern {
  readonly id: ConcernId
  readonly headerItemId: string
}

/** A page of all concerns by id, after this one. Empty where there are no more. */
export async function readConcernPage(tx: Tx, after: ConcernId | null): Promise<PlacedConcern[]> {
  const rows = await tx.concern.findMany({
    ...(after !== null && { where: { id: { gt: after } } }),
    orderBy: { id: 'asc' },
    take: atOnce,
    select: { id: true, headerItemId: true },
  })
  return rows as PlacedConcern[]
}

/** The grants by which later epochs of these concerns' compartments open earlier ones, by concern. */
export async function readEarlierGrants(tx: Tx, concernIds: readonly ConcernId[]): Promise<Map<string, GrantRow[]>> {
  const rows = await tx.keyGrant.findMany({ where: { concernId: { in: [...concernIds] }, holder: { startsWith: 'epoch ' } } })
  return Map.groupBy(rows as unknown as GrantRow[], ({ concernId }) => concernId)
}

/** The recovery key's grants of these concerns, by concern. */
export async function readRecoveryGrants(tx: Tx, concernIds: readonly ConcernId[]): Promise<Map<string, GrantRow[]>> {
  const rows = await tx.keyGrant.findMany({ where: { concernId: { in: [...concernIds] }, holder: 'recovery' } })
  return Map.groupBy(rows as unknown as GrantRow[], ({ concernId }) => concernId)
}

export async function readNarrativeIds(tx: Tx, concernIds: readonly ConcernId[]): Promise<Map<string, string>> {
  const rows = await tx.reporterItem.findMany({
    where: { concernId: { in: [...concernIds] }, kind: 'narrative' },
    select: { id: true, concernId: true },
  })
  return new Map(rows.map(({ id, concernId }) => [concernId, id]))
}

/**
 * Puts grants in place for a holder who may have ones that nobody can open any more. Compartments that are not the concern's are left out.
 * Answers with what changed; none where all of it was there already.
 */
export async function putGrants(
  tx: Tx,
  random: Random,
  concernId: ConcernId,
  holder: UserId,
  grants: readonly RecoveredGrant[],
): Promise<RecoveredGrant[]> {
  // The recovery key holds every compartment under the key it has now: a grant of an earlier one comes too late.
  const parts = await tx.keyGrant.findMany({
    where: { concernId, holder: 'recovery' },
    select: { compartmentId: true, kind: true, epoch: true },
  })
  const held = new Map((await tx.keyGrant.findMany({ where: { concernId, holder } })).map((row) => [row.compartmentId, row]))
  const changed: RecoveredGrant[] = []
  for (const grant of grants) {
    const { compartmentId, kind, epoch } = grant
    const sealed = new Uint8Array(grant.sealed)
    if (!parts.some((part) => part.compartmentId === compartmentId && part.kind === kind && part.epoch === epoch)) continue
    const before = held.get(compartmentId)
    if (before !== undefined && Buffer.compare(before.sealed, sealed) === 0) continue
    if (before === undefined)
      await tx.keyGrant.create({ data: { id: newId(random), concernId, compartmentId, kind, epoch, holder, sealed } })
    else await tx.keyGrant.update({ where: { id: before.id }, data: { sealed } })
    changed.push(grant)
  }
  return changed
}

/** Whoever a concern was escalated to was told of it, and handles it no more under a new id than under the old ones. */
export async function carryEscalations(
  tx: Tx,
  random: Random,
  concernId: ConcernId,
  { id, formerly = [] }: { readonly id: UserId; readonly formerly?: readonly UserId[] },
): Promise<void> {
  const rows = await tx.escalation.findMany({ where: { concernId, personId: { in: [...formerly] } } })
  if (rows.length > 0) await tx.escalation.createMany({ data: rows.map((row) => ({ ...row, id: newId(random), personId: id })) })
}

type RecoveredGrant = Pick<GrantRow, 'kind' | 'epoch' | 'sealed'> & { readonly compartmentId: string }
