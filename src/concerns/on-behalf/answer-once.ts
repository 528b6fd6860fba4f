import type { CanonicalValue } from '../../audit/index.ts'
import { isUniqueViolation, type Tx } from '../../database/index.ts'
import { londonDate } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { ReceiptRow, Receipts } from '../raising/receipts.ts'
import type { ClientSecret } from '../use-cases.ts'

/** One request that may arrive more than once: the secret it comes with and what it asks for. */
interface Request<Answer> {
  readonly secret: ClientSecret
  readonly request: CanonicalValue
  readonly now: Temporal.Instant
  /** The answer given before, as whoever asks may have it now; absent where nothing can come between. */
  readonly again?: (tx: Tx, answer: Answer) => Promise<Answer>
}

const unchanged = async <Answer>(_tx: Tx, answer: Answer): Promise<Answer> => answer

/** What the writing transaction is given: something to do first, and how to make the receipt that goes in with the rows. */
interface Writing<Answer> {
  readonly before: (tx: Tx) => Promise<void>
  readonly receiptOf: (answer: Answer) => ReceiptRow | null
}

/**
 * Writes once however often it is asked: the same secret and request give the same answer (P6). The earlier answer is looked for only when
 * something stood in the way of a new one, because nearly everybody sends once. Refusal `idempotency_key_reused`, and whatever `write` throws.
 */
export async function answerOnce<Answer>(
  deps: Pick<ConcernDeps, 'database'>,
  receipts: Receipts,
  { secret, request, now, again = unchanged }: Request<Answer>,
  write: (writing: Writing<Answer>) => Promise<Answer>,
): Promise<Answer> {
  const receiptOf = (answer: Answer) => (secret === null ? null : receipts.compose(secret, request, answer, now))
  try {
    return await write({ before: async () => {}, receiptOf })
  } catch (error) {
    if (secret === null) throw error
    const earlier = await deps.database.read(async (tx) => {
      const found = (await receipts.find(tx, secret, request, londonDate(now))) as Answer | null
      return found === null ? null : again(tx, found)
    })
    if (earlier !== null) return earlier
    if (!isUniqueViolation(error, 'receipt_pk')) throw error
    // Past its time, and the night has not swept it away yet.
    return write({ before: (tx) => receipts.forget(tx, secret), receiptOf })
  }
}
