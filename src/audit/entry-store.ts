import { dateFromColumn, instantFromColumn, instantToColumn, type ConcernId, type DateText } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { CanonicalValue } from './canonical.ts'
import type { EntryKind, StaffEntryKind } from './catalogue.ts'

/** An entry as it was written, with what is needed to list it. */
export interface StoredEntry {
  readonly id: string
  readonly lane: 'reporter' | 'staff'
  readonly kind: EntryKind
  readonly on: DateText
  /** Null in the reporter's lane: nothing there has a time of day. */
  readonly at: Temporal.Instant | null
  readonly text: string
}

/**
 * One concern's entries: staff acts by number, each day's reporter acts after them (their place within a day is not known). `without` leaves
 * out kinds of staff entry: looks grow with every page somebody opens, and most readers have no use for them.
 */
export async function readConcernEntries(tx: Tx, concernId: ConcernId, without: readonly EntryKind[] = []): Promise<StoredEntry[]> {
  const [staff, reporter] = await Promise.all([
    tx.staffEntry.findMany({ where: { concernId, kind: { notIn: [...without] } }, orderBy: { number: 'asc' }, select: staffColumns }),
    tx.reporterEntry.findMany({ where: { concernId }, orderBy: { number: 'asc' }, select: reporterColumns }),
  ])
  return [...staff.map(fromStaff), ...reporter.map(fromReporter)].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

const staffColumns = { id: true, kind: true, happenedAt: true, text: true } as const
const reporterColumns = { id: true, kind: true, happenedOn: true, text: true } as const

function fromStaff(row: { id: string; kind: string; happenedAt: Date; text: string }): StoredEntry {
  const at = instantFromColumn(row.happenedAt)
  return {
    id: row.id,
    lane: 'staff',
    kind: row.kind as EntryKind,
    on: at.toZonedDateTimeISO('Europe/London').toPlainDate().toString() as DateText,
    at,
    text: row.text,
  }
}

function fromReporter(row: { id: string; kind: string; happenedOn: Date; text: string }): StoredEntry {
  return { id: row.id, lane: 'reporter', kind: row.kind as EntryKind, on: dateFromColumn(row.happenedOn), at: null, text: row.text }
}

/** Kinds of which the log's last word is looked up; the index has these alone, since others pay for it with each entry. */
export type RulesKind = Extract<StaffEntryKind, 'calendar_published' | 'limits_published' | 'workflow_published'>

/** What the newest entry of a kind says, by its time; null where there is none. */
export async function readNewestEntry(tx: Tx, kind: RulesKind): Promise<{ readonly fields: Record<string, CanonicalValue> } | null> {
  const [row] = await tx.$queryRaw<{ text: string }[]>`
    select text from staff_entry where kind = ${kind} and kind in ('calendar_published', 'limits_published', 'workflow_published')
    order by happened_at desc, id desc limit 1`
  return row === undefined ? null : (JSON.parse(row.text) as { fields: Record<string, CanonicalValue> })
}

/** Whether staff or the system left an entry of a kind at this instant or later. */
export async function hasEntrySince(tx: Tx, kind: StaffEntryKind, since: Temporal.Instant): Promise<boolean> {
  return (await tx.staffEntry.findFirst({ where: { kind, happenedAt: { gte: instantToColumn(since) } }, select: { id: true } })) !== null
}
