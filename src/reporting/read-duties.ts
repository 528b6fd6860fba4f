import type { Tx } from '../database/index.ts'
import { addDays, instantToColumn, startOfLondonDay, type DateText } from '../kernel/index.ts'
import type { Reckoning, ReportingDeps } from './dependencies.ts'
import { dutyFiguresOf, type DutyFigures } from './duty-figures.ts'
import { byDuty, dutyRow, entriesOf, wasOpenIn, type DutyRow } from './duty-rows.ts'
import { readPlaces } from './log-figures-store.ts'
import type { ReportPeriod } from './period.ts'

/** What the organisation owes as a whole. */
export interface ReportedDuties {
  readonly rules: readonly DutyFigures[]
  /** Each time one fell to the organisation, for auditors alone; null for everybody else. */
  readonly items: readonly DutyRow[] | null
}

/** Every duty that was open at some time in the period, from the log alone, as of the report's day. */
export async function readDuties(
  tx: Tx,
  { reckonDuties }: Pick<ReportingDeps, 'reckonDuties'>,
  by: Reckoning,
  { period, single }: { readonly period: ReportPeriod; readonly single: boolean },
): Promise<ReportedDuties> {
  const duties = reckonDuties(await readDutyEntries(tx, period.asOf), by, period.asOf).filter((duty) => wasOpenIn(duty, period))
  const rules = dutyFiguresOf(duties, by.rules)
  if (!single) return { rules, items: null }
  const places = await readPlaces(tx, duties.flatMap(entriesOf))
  return { rules, items: duties.map((duty) => dutyRow(duty, (entry) => places.get(entry) ?? null)).toSorted(byDuty) }
}

/** Entries of duties until the end of a day, oldest first, as they were hashed. */
async function readDutyEntries(tx: Tx, on: DateText): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ text: string }[]>`
    select text from staff_entry
    where kind in ('duty_began', 'duty_done', 'duty_paused', 'duty_resumed', 'duty_extended', 'duty_warned', 'duty_escalated')
      and happened_at < ${instantToColumn(startOfLondonDay(addDays(on, 1)))}::timestamptz
    order by happened_at, id`
  return rows.map(({ text }) => text)
}
