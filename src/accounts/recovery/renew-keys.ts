import { invalid } from '../../kernel/index.ts'
import { createKeys, fingerprint, lockWithPassword } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { normaliseEmail, type Person } from '../person.ts'
import { findPersonByEmail } from '../person-store.ts'
import { base64 } from '../recipient-set.ts'
import { lockRecipientSet } from '../recipient-set-store.ts'
import { sealTotpSeed } from '../second-factor.ts'
import { endSessionsOf } from '../people/people-store.ts'
import { refuseWeakPassword } from '../weak-password.ts'
import { replaceKeys } from './recovery-store.ts'

/** New keys that nothing is written of yet. */
export interface Renewal {
  readonly name: string
  /** For the authenticator app. */
  readonly totpSeed: Uint8Array
  readonly fingerprint: string
  /** Puts them in the place of the old ones and ends the person's sessions. Records `keys_renewed`. */
  commit(): Promise<void>
}

const seedLength = 20 // RFC 4226 section 4, R6

/**
 * New keys, password and second factor for somebody who lost all three, made at the server with the person sitting there. It opens nothing
 * that was sealed before, and nothing new reaches them until guardians, or the recovery key, have signed a list with their new keys. Throws
 * Refusal `invalid_input` where nobody has this address, or the password will not do.
 */
export function createRenewKeys(deps: AccountsDeps) {
  const { audited, clock, database, gate, passwordCost, random, secrets } = deps
  return {
    find: async (email: string): Promise<Person> => {
      const person = await database.read((tx) => findPersonByEmail(tx, normaliseEmail(email)))
      if (person === null) throw invalid('/email', 'unknown_person', 'Nobody who works here has this address.')
      return person
    },
    prepare: async (person: Person, password: string): Promise<Renewal> => {
      refuseWeakPassword(password)
      const keys = createKeys()
      const locked = await gate(() => lockWithPassword(keys, password, secrets.passwordPepper, passwordCost))
      const totpSeed = random.bytes(seedLength)
      const sealed = sealTotpSeed(secrets.totpKey, person.id, totpSeed)
      const commit = () =>
        audited(async (tx) => {
          await lockRecipientSet(tx)
          await replaceKeys(tx, person.id, { publicKeys: keys.publicKeys, password: locked, totpSeed: sealed })
          await endSessionsOf(tx, person.id)
          const { publicKeys } = keys
          const fields = { person: person.alias, fingerprint: fingerprint(publicKeys), signKey: base64(publicKeys.sign) }
          return { value: undefined, entries: [{ kind: 'keys_renewed', actor: { role: 'system' }, at: clock.now(), fields }] }
        })
      return { name: person.name, totpSeed, fingerprint: fingerprint(keys.publicKeys), commit }
    },
  }
}
