import type { Tx } from '../database/index.ts'
import { newId, type Random, type UserId } from '../kernel/index.ts'
import { staffLetter, type Outbox, type StaffCause } from '../notifications/index.ts'
import { readAddressees } from './addressees.ts'

/**
 * Writes a letter without content to each of these people who is still here, in the transaction of the act of staff, or of the clock, that causes it;
 * gives how many. Never called by an act of a reporter: the row's time would date it. Whoever calls leaves out who has a conflict of interest, and who
 * acted.
 */
export async function tellStaff(
  { outbox, random }: { readonly outbox: Outbox; readonly random: Random },
  tx: Tx,
  cause: StaffCause,
  people: Iterable<UserId>,
  now: Temporal.Instant,
): Promise<number> {
  const wanted = [...new Set(people)]
  if (!outbox.setUp || wanted.length === 0) return 0
  const letters = (await readAddressees(tx, wanted)).map((person) => staffLetter(cause, person, newId(random), now))
  return outbox.put(tx, cause, letters, now)
}
