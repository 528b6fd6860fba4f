import { createNameOpenings, type NameOpenings } from '../audit/index.ts'
import type { AccountsDeps } from './dependencies.ts'

/** Names as the log commits to them: sealed under a key made from the secret for second factors, since both go with a person. */
export function namesOf({ random, secrets }: Pick<AccountsDeps, 'random' | 'secrets'>): NameOpenings {
  return createNameOpenings(random, secrets.totpKey)
}
