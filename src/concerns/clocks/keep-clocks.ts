import type { AuditDraft, StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, type ConcernId, type DateText } from '../../kernel/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { writeClocks, writeNextDates } from './clock-store.ts'
import { clockedKinds, clocksIn, timelineOf, withoutActsOfToday } from './timeline.ts'

const clocked = new Set(clockedKinds)

/** A concern whose row is locked, with the entries it has so far. */
interface Kept {
  readonly concern: { readonly id: ConcernId; readonly raisedOn: DateText }
  readonly entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[]
}

/**
 * Writes down where the clocks of a concern stand after an act of staff, in its transaction. `drafts` are the entries it is about to write;
 * where clocks go by none of them nothing is done.
 */
export async function keepClocks(
  tx: Tx,
  { concern, entries }: Kept,
  drafts: readonly AuditDraft[],
  settings: Pick<ConcernSettings, 'rules' | 'calendar'>,
  now: Temporal.Instant,
): Promise<void> {
  if (!drafts.some(({ kind }) => clocked.has(kind))) return
  const today = londonDate(now)
  const clocksOf = (known: Kept['entries']) => clocksIn(timelineOf(concern.raisedOn, known, drafts), settings, today)
  await writeClocks(tx, [{ id: concern.id, clocks: clocksOf(withoutActsOfToday(entries, today)) }])
  await writeNextDates(tx, [{ id: concern.id, clocks: clocksOf(entries) }])
}

/**
 * Which clock comes first after a reporter's act, and no row of any clock: such a row beside those of staff's acts would date the act more
 * finely than its day. Those follow at night.
 */
export async function keepNextDate(
  tx: Tx,
  { concern, entries }: Kept,
  drafts: readonly AuditDraft[],
  settings: Pick<ConcernSettings, 'rules' | 'calendar'>,
  now: Temporal.Instant,
): Promise<void> {
  if (!drafts.some(({ kind }) => clocked.has(kind))) return
  await writeNextDates(tx, [{ id: concern.id, clocks: clocksIn(timelineOf(concern.raisedOn, entries, drafts), settings, londonDate(now)) }])
}
