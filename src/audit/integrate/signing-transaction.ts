import { runTransaction, type Database, type Tx } from '../../database/index.ts'

/**
 * A writing transaction of the signer's login, which can write the tree and nothing else, one at a time across all processes. Null where
 * another has its turn. Throws like `Database.read`.
 */
export function signingTransaction<T>(signer: Database, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  return runTransaction(signer, async (tx) => {
    const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(hashtextextended('forthright log', 0)) as mine`
    return turn?.mine === true ? work(tx) : null
  })
}

/** The same without a turn, for rows about keys: written twice they stay what they were. */
export const keyTransaction = <T>(signer: Database, work: (tx: Tx) => Promise<T>): Promise<T> => runTransaction(signer, work)
