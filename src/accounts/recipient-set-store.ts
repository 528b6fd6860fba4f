import type { UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { StoredSet } from './trust.ts'

/** Every set that was ever signed, oldest first, with its signatures. */
export async function readSets(tx: Tx): Promise<StoredSet[]> {
  const sets = await tx.recipientSet.findMany({ orderBy: { version: 'asc' } })
  const signatures = await tx.recipientSetSignature.findMany({ orderBy: [{ version: 'asc' }, { personId: 'asc' }] })
  return sets.map(({ version, body }) => ({
    version,
    body,
    signatures: signatures
      .filter((row) => row.version === version)
      .map(({ personId, signature }) => ({ personId: personId as UserId, signature: new Uint8Array(signature) })),
  }))
}

/**
 * What tells whether the newest set or its signatures are still those read before, and who was sent away since: one row, whatever the number of
 * people.
 */
export async function readSetMark(tx: Tx): Promise<{ readonly mark: string; readonly left: readonly UserId[] }> {
  const [row] = await tx.$queryRaw<{ mark: string; left: UserId[] }[]>`
    select array(select id::text from person where not active order by id) as left, s.version || ' ' || encode(sha256(convert_to(s.body || coalesce((
      select string_agg(g.person_id || encode(g.signature, 'hex'), ',' order by g.person_id)
      from recipient_set_signature g where g.version = s.version), ''), 'UTF8')), 'hex') as mark
    from recipient_set s order by s.version desc limit 1`
  return row ?? { mark: '', left: [] }
}

export async function insertSet(tx: Tx, version: number, body: string): Promise<void> {
  await tx.recipientSet.create({ data: { version, body } })
}

export async function insertSignature(tx: Tx, version: number, personId: UserId, signature: Uint8Array): Promise<void> {
  await tx.recipientSetSignature.create({ data: { version, personId, signature: new Uint8Array(signature) } })
}

/** Makes those who add people or sign at the same moment do it one after the other. Held to the end of the transaction. */
export async function lockRecipientSet(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright recipient set', 0))`
}
