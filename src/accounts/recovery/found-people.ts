import { invalid } from '../../kernel/index.ts'
import type { AuditDraft, ComposedEntry, EntryToAppend } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { fingerprint, recoveryShares, type PublicKeys } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { addedEntry, type EnrolledPerson } from '../enrol-person.ts'
import { actorOf, staffMemberOf, type Person } from '../person.ts'
import { insertPerson } from '../person-store.ts'
import { lockRecipientSet } from '../recipient-set-store.ts'
import { foundRecipientSet } from '../sign-recipient-set.ts'

/** The two people without whom nothing opens. */
export interface Founders {
  readonly guardian: EnrolledPerson
  readonly administrator: EnrolledPerson
}

/**
 * Writes the first guardian and the first administrator in the caller's transaction, the list of recipients with the guardian's signature,
 * and pins the guardian and the recovery keys outside the database. Answers with the entries to record: `recovery_key_made`,
 * `person_added`, `recovery_code_made`,
 * `recipient_set_signed`. Throws Refusal `invalid_input` where the two are one person.
 */
export async function foundPeople(
  tx: Tx,
  deps: Pick<AccountsDeps, 'pins' | 'random' | 'secrets'>,
  { guardian, administrator }: Founders,
  recovery: PublicKeys,
  now: Temporal.Instant,
): Promise<EntryToAppend[]> {
  refuseOnePerson(guardian, administrator)
  await lockRecipientSet(tx)
  const people = [guardian.person, administrator.person]
  for (const person of people) await insertPerson(tx, person)
  const system = { role: 'system' } as const
  const { made, needed } = recoveryShares
  const added: ComposedEntry[] = []
  for (const person of people) added.push(await addedEntry(tx, deps, system, person, now))
  return [
    { kind: 'recovery_key_made', actor: system, at: now, fields: { fingerprint: fingerprint(recovery), shares: made, needed } },
    ...added,
    ...people.filter(({ recoveryWrapped }) => recoveryWrapped !== null).map((person) => codeEntry(person, now)),
    ...(await foundRecipientSet(tx, deps.pins, people, [guardian], recovery, now)),
  ]
}

function codeEntry(person: Person, at: Temporal.Instant): AuditDraft {
  return { kind: 'recovery_code_made', actor: actorOf(staffMemberOf(person)), at, fields: {} }
}

function refuseOnePerson({ person: guardian }: EnrolledPerson, { person: administrator }: EnrolledPerson): void {
  const called = (name: string) => name.normalize('NFKC').toLowerCase()
  if (guardian.email !== administrator.email && called(guardian.name) !== called(administrator.name)) return
  throw invalid(
    '/administrator',
    'same_person',
    'The guardian and the administrator are two people. Where they share a name, add a second one.',
  )
}
