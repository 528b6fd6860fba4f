import type { Tx } from '../../database/index.ts'
import type { CompartmentId, ConcernId, UserId } from '../../kernel/index.ts'
import { insertGrants } from '../sealing/grant-store.ts'
import { deleteSentOn } from '../inbox/sent-on-store.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'

/** Who holds which compartment of a concern, as the rows say. */
export async function readGrantees(tx: Tx, concernId: ConcernId): Promise<{ compartmentId: CompartmentId; holder: string }[]> {
  const rows = await tx.keyGrant.findMany({ where: { concernId }, select: { compartmentId: true, holder: true } })
  return rows.map(({ compartmentId, holder }) => ({ compartmentId: compartmentId as CompartmentId, holder }))
}

/** What ends with a declared conflict, and what begins. */
export interface AccessChange {
  readonly leaver: UserId
  /** Compartments with a new key: every grant of the old one goes. */
  readonly renewed: readonly CompartmentId[]
  /** Leads who take the concern over: they handle it from now, so it is no longer one they were told of. */
  readonly promoted: readonly UserId[]
  readonly grants: readonly GrantRow[]
}

/**
 * Takes back the leaver's grants and whatever told them of the concern, and puts the new grants in place of the old ones. The database lets rows
 * go only with the entry of a declared conflict in the same transaction.
 */
export async function changeAccess(tx: Tx, concernId: ConcernId, { leaver, renewed, promoted, grants }: AccessChange): Promise<void> {
  await tx.keyGrant.deleteMany({ where: { concernId, holder: leaver } })
  await tx.keyGrant.deleteMany({
    where: { concernId, compartmentId: { in: [...renewed] }, NOT: { holder: { startsWith: 'epoch ' } } },
  })
  await tx.escalation.deleteMany({ where: { concernId, personId: { in: [leaver, ...promoted] } } })
  await deleteSentOn(tx, concernId, [leaver, ...promoted])
  await tx.detrimentNotice.deleteMany({ where: { concernId, personId: leaver } })
  await insertGrants(tx, grants)
}

/** Requests that cannot be decided any more: their waiting message is sealed to a key nobody writes under, or one of the two has left. */
export async function lapseRequests(tx: Tx, concernId: ConcernId, of: UserId | null): Promise<void> {
  const theirs = of === null ? {} : { OR: [{ approverId: of }, { requestedById: of }] }
  await tx.approval.updateMany({ where: { concernId, status: 'pending', ...theirs }, data: { status: 'lapsed' } })
}
