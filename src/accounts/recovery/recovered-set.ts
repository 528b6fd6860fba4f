import { invalid } from '../../kernel/index.ts'
import type { AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { signStatement, type Bytes, type PrivateKeys } from '../../vault/index.ts'
import type { AccountsDeps, PinStore } from '../dependencies.ts'
import { asAsked, judged } from '../next-set.ts'
import { putInForce } from '../people/people-store.ts'
import { readPeople } from '../person-store.ts'
import { bodyOf, changedRights, digestOf, guardiansIn, readBody, type DirectoryPerson, type RecipientSet } from '../recipient-set.ts'
import { insertSet, insertSignature, lockRecipientSet, readSets } from '../recipient-set-store.ts'
import { recoverySigner, recoveryStatementContext } from '../trust.ts'

/**
 * The people there are now as a list for the recovery key to sign, for when too few guardians are left who could; null where they are those in
 * force. Throws Refusal `invalid_input` where nobody would be a guardian, `not_set_up`, `intake_closed`.
 */
export async function proposeRecoveredSet(tx: Tx, pins: PinStore): Promise<string | null> {
  const stored = await readSets(tx)
  const { inForce } = judged(stored, pins)
  const people = (await readPeople(tx)).map(asAsked)
  if (guardiansIn(people).length === 0) throw invalid('/people', 'no_guardian', 'Somebody has to be a guardian.')
  const { version, previous, recoveryKey } = inForce.set
  if (bodyOf({ version, previous, recoveryKey, people }) === bodyOf(inForce.set)) return null
  return bodyOf({ version: stored.length + 1, previous: inForce.digest, recoveryKey, people })
}

/** The people of a proposed list, for those in the room to read before they put their shares together; null where it is no such list. */
export function peopleOfSet(body: string): readonly DirectoryPerson[] | null {
  return readBody(body)?.people ?? null
}

export function signRecoveredSet(body: string, recovery: PrivateKeys): Bytes {
  return signStatement(recovery, recoveryStatementContext, Buffer.from(body))
}

/**
 * Puts a list that the recovery key signed in force, in the caller's transaction. Answers with the entry to record,
 * `recipient_set_recovered`. Throws Refusal `invalid_input` where the people have changed since it was proposed, `intake_closed` where the
 * signature is not the recovery key's.
 */
export async function acceptRecoveredSet(
  tx: Tx,
  { pins, clock }: Pick<AccountsDeps, 'pins' | 'clock'>,
  body: string,
  signature: Uint8Array,
): Promise<AuditDraft> {
  await lockRecipientSet(tx)
  const set = readBody(body)
  if (set === null || (await proposeRecoveredSet(tx, pins)) !== body)
    throw invalid('/set', 'people_changed', 'The people have changed since this was taken out. Start again with the export.')
  const before = judged(await readSets(tx), pins).inForce.set
  await insertSet(tx, set.version, body)
  await insertSignature(tx, set.version, recoverySigner, signature)
  judged(await readSets(tx), pins)
  await putInForce(tx, set, clock.now())
  return entryOf(set, { digest: digestOf(body), inForce: true, rights: changedRights(before, set) }, clock.now())
}

function entryOf(
  { version, people }: RecipientSet,
  standing: { readonly digest: string; readonly inForce: true; readonly rights: readonly string[] },
  at: Temporal.Instant,
): AuditDraft {
  return { kind: 'recipient_set_recovered', actor: { role: 'system' }, at, fields: { version, people: people.length, ...standing } }
}
