import { invalid, newId, type Alias, type IntakeGroupId, type Random, type Role, type UserId } from '../kernel/index.ts'
import type { ComposedEntry, EntryActor } from '../audit/index.ts'
import { isUniqueViolation, type Tx } from '../database/index.ts'
import { createKeys, fingerprint, lockWithPassword, type PrivateKeys } from '../vault/index.ts'
import type { AccountsDeps } from './dependencies.ts'
import { namesOf } from './names.ts'
import { normaliseEmail, settleRoles, type Person } from './person.ts'
import { insertPerson } from './person-store.ts'
import { base64 } from './recipient-set.ts'
import { refuseWeakPassword } from './weak-password.ts'
import { lockRecipientSet } from './recipient-set-store.ts'
import { sealTotpSeed, seedLength } from './second-factor.ts'

export interface NewPerson {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly deputy: boolean
  readonly intakeGroupIds: readonly IntakeGroupId[]
  readonly password: string
  /** 20 bytes or more; drawn at random where it is not given. */
  readonly totpSeed?: Uint8Array
}

export interface EnrolledPerson {
  readonly person: Person
  /** For the authenticator app; shown once. */
  readonly totpSeed: Uint8Array
  /** In memory for what the person does next; kept nowhere but wrapped. */
  readonly keys: PrivateKeys
}

/**
 * Adds a person with keys of their own. They can sign in at once, and get nobody's concern until guardians have signed a recipient set
 * with them in it. Throws Refusal `invalid_input` for roles that must stay apart, a password that will not do, an address that is
 * taken. Records `person_added` with alias, roles and the key that checks
 * their signatures.
 */
export function createEnrolPerson(deps: AccountsDeps) {
  const { audited, clock } = deps
  return async (actor: EntryActor, given: NewPerson): Promise<EnrolledPerson> => {
    const enrolled = await preparePerson(deps, given)
    try {
      return await audited(async (tx) => {
        await lockRecipientSet(tx)
        await insertPerson(tx, enrolled.person)
        return { value: enrolled, entries: [await addedEntry(tx, deps, actor, enrolled.person, clock.now())] }
      })
    } catch (error) {
      if (isUniqueViolation(error, 'person_email_once')) throw invalid('/email', 'email_taken', 'Somebody has this address already.')
      throw error
    }
  }
}

/** Keys, wraps and seals for a person, with nothing written yet: Argon2id takes longer than a transaction should. */
export async function preparePerson({ random, secrets, passwordCost, gate }: AccountsDeps, given: NewPerson): Promise<EnrolledPerson> {
  const roles = settleRoles(given.roles, given.deputy)
  refuseWeakPassword(given.password)
  const keys = createKeys()
  const password = await gate(() => lockWithPassword(keys, given.password, secrets.passwordPepper, passwordCost))
  const totpSeed = given.totpSeed ?? random.bytes(seedLength)
  const { id, alias } = newNames(random)
  const person: Person = {
    id,
    alias,
    email: normaliseEmail(given.email),
    name: given.name,
    roles,
    deputy: given.deputy,
    intakeGroupIds: given.intakeGroupIds,
    publicKeys: keys.publicKeys,
    password,
    totpSeed: sealTotpSeed(secrets.totpKey, id, totpSeed),
    recoveryWrapped: null,
    next: null,
    formerly: [],
  }
  return { person, totpSeed, keys }
}

/** `person_added`, committed to the person's name. */
export function addedEntry(
  tx: Tx,
  deps: Pick<AccountsDeps, 'random' | 'secrets'>,
  actor: EntryActor,
  { alias, name, roles, publicKeys }: Person,
  at: Temporal.Instant,
): Promise<ComposedEntry> {
  const fields = { person: alias, roles: [...roles], fingerprint: fingerprint(publicKeys), signKey: base64(publicKeys.sign) }
  return namesOf(deps).commit(tx, { kind: 'person_added', actor, at, fields }, name)
}

function newNames(random: Random): { id: UserId; alias: Alias } {
  return { id: newId<UserId>(random), alias: newId<Alias>(random) }
}
