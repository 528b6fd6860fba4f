import { unloggedTransaction, type Database, type Tx } from '../../database/index.ts'
import { newId, type Clock, type Random } from '../../kernel/index.ts'
import { callText, isOpen, quarterOf, staffLetter, takeSlot, urgentCause, type Outbox } from '../../notifications/index.ts'
import { isReached, onCallAt, type OnCallPerson, type OnCallValues } from '../../settings/index.ts'
import type { WorkingCalendar } from '../../timeliness/index.ts'
import { countCall, markAnswered, readWaiting, type Waiting } from './urgent-store.ts'

export interface UrgentDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly outbox: Outbox
  readonly settings: { current(): Promise<{ readonly calendar: WorkingCalendar; readonly values: { readonly onCall: OnCallValues } }> }
}

const minutesOfTick = 15

/**
 * Looks, at every quarter of an hour and at no other time, whether somebody raised a concern with danger that nobody has looked at, and calls who is
 * on call: the next of them where the last did not lead to a look in time, and the first again after the last. Looked means that a member of staff
 * opened, acknowledged or did anything with it, and did not then leave it over a conflict of interest. Each call once, across processes and restarts. Gives how many were called.
 *
 * It leaves no entry and no line: either would date what a reporter did to a quarter of an hour, for ever (`security.md` 4). The row that counts has
 * no time; the letter has that of the quarter and goes once it is sent. What was done is written into the log at night (`tell-urgent-calls.ts`).
 */
export function createUrgentLook({ database, clock, random, outbox, settings }: UrgentDeps): () => Promise<number> {
  return async () => {
    const now = clock.now()
    const tick = quarterOf(now)
    if (!(outbox.setUp || outbox.callsSetUp) || !(await database.read((tx) => isOpen(tx, urgentCause, tick, now)))) return 0
    const { calendar, values } = await settings.current()
    // Whoever nothing reaches would use up a step without being called
    const list = onCallAt(values.onCall, now, calendar).filter((person) => isReached(person, outbox))
    return unloggedTransaction(database, async (tx) => {
      if ((await takeSlot(tx, urgentCause, tick, now)) === 'taken') return 0
      await markAnswered(tx)
      const called = new Set<OnCallPerson>()
      for (const waiting of await readWaiting(tx)) {
        const next = nextOf(waiting, list, values.onCall.patience / minutesOfTick)
        if (next !== null) called.add(next)
        await countCall(tx, waiting, next !== null)
      }
      await call(tx, { outbox, random }, [...called], tick)
      return called.size
    })
  }
}

/** Null while the last one still has time, and while nobody is on call. */
function nextOf({ step, ticks, isNew }: Waiting, list: readonly OnCallPerson[], patience: number): OnCallPerson | null {
  const due = isNew || step === 0 || ticks + 1 >= patience
  return due ? (list[step % Math.max(1, list.length)] ?? null) : null
}

/** One letter or call for each, however many concerns wait: a second would say that there are two. */
async function call(
  tx: Tx,
  { outbox, random }: Pick<UrgentDeps, 'outbox' | 'random'>,
  people: readonly OnCallPerson[],
  tick: Temporal.Instant,
): Promise<void> {
  const letters = people
    .filter(({ email }) => email !== '')
    .map(({ name, email }) => staffLetter('urgent', { name, email }, newId(random), tick))
  await outbox.put(tx, urgentCause, letters, tick)
  const calls = people.map(({ number }) => ({ id: newId(random), number, text: callText }))
  await outbox.call(tx, calls, tick)
}
