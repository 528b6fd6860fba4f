import type { Tx } from '../database/index.ts'
import { dropOthers, insertLetters, lockCause, readFigures, type OutboxFigures } from './outbox-store.ts'
import { writeLetter, type Letter } from './write-letter.ts'

/** Where letters wait. */
export interface Outbox {
  /** Whether mail is set up: where it is not, nothing is written and nothing sent. */
  readonly setUp: boolean
  /**
   * Puts letters into the outbox, in the transaction of what causes them; gives how many. The transaction needs an entry of staff or of the system,
   * or the database refuses it: a reporter's act can cause no letter.
   */
  put(tx: Tx, cause: string, letters: readonly Letter[], now: Temporal.Instant): Promise<number>
  /** Makes two processes that write letters of one cause do it one after the other, to the end of the transaction. */
  takeTurns(tx: Tx, cause: string): Promise<void>
  /** Takes back what waits for people who are to get no more letters of this cause, and forgets their addresses. */
  keepOnlyFor(tx: Tx, cause: string, addresses: readonly string[]): Promise<void>
}

/** `from`: the sender's address, null where mail is not set up. */
export function createOutbox(from: string | null): Outbox {
  return {
    setUp: from !== null,
    put: async (tx, cause, letters, now) => {
      if (from === null || letters.length === 0) return 0
      const written = letters.map(async (letter) => ({
        id: letter.id,
        cause,
        address: letter.to.address,
        message: await writeLetter(letter, from),
      }))
      await insertLetters(tx, await Promise.all(written), now)
      return letters.length
    },
    takeTurns: lockCause,
    keepOnlyFor: dropOthers,
  }
}

/** How mail stands, for who looks after the service. */
export interface MailState extends OutboxFigures {
  readonly setUp: boolean
}

export const readMailState = async (tx: Tx, { setUp }: Pick<Outbox, 'setUp'>): Promise<MailState> => ({ setUp, ...(await readFigures(tx)) })
