import type { UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Person } from '../person.ts'

/** Puts new keys, password and second factor in a person's row. What the old recovery code opened is of no use any more, so it goes. */
export async function replaceKeys(
  tx: Tx,
  id: UserId,
  { publicKeys, password, totpSeed }: Pick<Person, 'publicKeys' | 'password' | 'totpSeed'>,
): Promise<void> {
  await tx.person.update({
    where: { id },
    data: {
      boxKey: publicKeys.box,
      signKey: publicKeys.sign,
      passwordSalt: password.salt,
      passwordMemoryKib: password.cost.memoryKiB,
      passwordPasses: password.cost.passes,
      passwordVerifier: password.verifier,
      wrappedKeys: password.wrappedKeys,
      recoveryWrapped: null,
      totpSeed: new Uint8Array(totpSeed),
      totpLastStep: 0,
      failedAttempts: 0,
      retryAt: null,
    },
  })
}
