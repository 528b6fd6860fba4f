import { Secret as OtpSecret } from 'otpauth'
import type { IntakeGroupId, Role } from '../kernel/index.ts'
import type { ComposedEntry } from '../audit/index.ts'
import { createCompartmentKeys } from '../vault/index.ts'
import type { AccountsDeps } from './dependencies.ts'
import { addedEntry, preparePerson, type EnrolledPerson } from './enrol-person.ts'
import { findPersonByEmail, insertPerson } from './person-store.ts'
import { lockRecipientSet } from './recipient-set-store.ts'
import { codeAt } from './second-factor.ts'
import { foundRecipientSet } from './sign-recipient-set.ts'

export interface DemonstrationPerson {
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly deputy: boolean
  readonly password: string
  /** Base 32, as one types it into an authenticator app. */
  readonly totpSeed: string
}

const password = 'demonstration only 2026'
const totpSeed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const person = (name: string, mailbox: string, role: Role, deputy = false): DemonstrationPerson => ({
  name,
  email: `${mailbox}@demo.test`,
  roles: [role],
  deputy,
  password,
  totpSeed,
})

/** The people of demonstration mode (`api.md`). Everybody knows their passwords, which is why their database is stamped and never serves. */
export const demonstrationPeople: readonly DemonstrationPerson[] = [
  person('Grace Okafor', 'guardian', 'guardian'),
  person('Daniel Reid', 'deputy', 'guardian', true),
  person('Priya Nair', 'investigator', 'investigator'),
  person('Helen Marsh', 'executive', 'executive_lead'),
  person('Owen Price', 'nonexecutive', 'non_executive_lead'),
  person('Ruth Adeyemi', 'auditor', 'auditor'),
  person('Sam Whitlock', 'admin', 'administrator'),
]

const seedBytes = (): Uint8Array => OtpSecret.fromBase32(totpSeed).bytes

/** The six digits that every demonstration person's app shows at this moment. */
export function demonstrationCode(now: Temporal.Instant): string {
  return codeAt(seedBytes(), now)
}

/** Rolls the transaction back where the other process was first. */
class SeededMeanwhile extends Error {}

/**
 * Adds the people of demonstration mode, once: a second call, or a second process, changes nothing. Grace Okafor and Daniel Reid sign
 * the recipient set. A recovery key is made so that everything works as it would, and its private half is thrown away: nobody can
 * recover what a demonstration lost. Records `person_added` and `recipient_set_signed` as the system and the two guardians. True
 * where it added them.
 */
export async function seedDemonstration(deps: AccountsDeps, intakeGroupIds: readonly IntakeGroupId[]): Promise<boolean> {
  const [first] = demonstrationPeople
  if (first === undefined || (await deps.database.read((tx) => findPersonByEmail(tx, first.email))) !== null) return false
  const prepare = (given: DemonstrationPerson) => preparePerson(deps, { ...given, intakeGroupIds, totpSeed: seedBytes() })
  const people = await Promise.all(demonstrationPeople.map(prepare))
  try {
    await insertAll(deps, people, first.email)
    return true
  } catch (error) {
    if (error instanceof SeededMeanwhile) return false
    throw error
  }
}

async function insertAll(deps: AccountsDeps, enrolled: readonly EnrolledPerson[], firstEmail: string): Promise<void> {
  const { audited, clock, pins } = deps
  const [grace, daniel] = enrolled
  if (grace === undefined || daniel === undefined) throw new Error('a demonstration has two guardians')
  await audited(async (tx) => {
    await lockRecipientSet(tx)
    if ((await findPersonByEmail(tx, firstEmail)) !== null) throw new SeededMeanwhile()
    const now = clock.now()
    for (const { person: each } of enrolled) await insertPerson(tx, each)
    const { publicKey: box } = createCompartmentKeys() // the private half is never kept
    const everybody = enrolled.map(({ person: each }) => each)
    const signed = await foundRecipientSet(tx, pins, everybody, [grace, daniel], { box }, now)
    const [first, ...others] = everybody
    const added = await addedEntry(tx, deps, { role: 'system' }, first ?? grace.person, now)
    const more: ComposedEntry[] = []
    for (const each of others) more.push(await addedEntry(tx, deps, { role: 'system' }, each, now))
    return { value: null, entries: [added, ...more, ...signed] }
  })
}
