import { newRecoveryCode, recoveryCodeGroups, wrapForRecoveryCode } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import type { EnrolledPerson } from '../enrol-person.ts'

/** Gives somebody who is enrolled and not yet stored a recovery code. It is good once they are stored; `groups` are for paper, and shown once. */
export function withRecoveryCode(
  { random, secrets }: Pick<AccountsDeps, 'random' | 'secrets'>,
  enrolled: EnrolledPerson,
): { readonly enrolled: EnrolledPerson; readonly groups: readonly string[] } {
  const code = newRecoveryCode(random)
  const recoveryWrapped = wrapForRecoveryCode(enrolled.keys, code, enrolled.person.id, secrets.passwordPepper, random)
  return { enrolled: { ...enrolled, person: { ...enrolled.person, recoveryWrapped } }, groups: recoveryCodeGroups(code) }
}
