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

/** What the newest staff entry of a kind says, by its time; null where there is none. */
export async function readNewestEntry(tx: Tx, kind: StaffEntryKind): Promise<{ readonly fields: Record<string, CanonicalValue> } | null> {
  const row = await tx.staffEntry.findFirst({ where: { kind }, orderBy: [{ happenedAt: 'desc' }, { id: 'desc' }], select: { text: true } })
  return row && (JSON.parse(row.text) as { fields: Record<string, CanonicalValue> })
}

/** Whether staff or the system left an entry of a kind at this instant or later. */
export async function hasEntrySince(tx: Tx, kind: StaffEntryKind, since: Temporal.Instant): Promise<boolean> {
  return (await tx.staffEntry.findFirst({ where: { kind, happenedAt: { gte: instantToColumn(since) } }, select: { id: true } })) !== null
}

/** A page of the whole log, newest day first; within a day staff entries by time, then reporters' entries in random order. */
export interface LogPage {
  readonly items: readonly StoredEntry[]
  readonly next: string | null
}

interface Cursor {
  readonly lane: 'staff' | 'reporter'
  readonly key: string
  readonly id: string
}

/**
 * Walks the log by keys, never by offsets, so that a page stays what it was while entries arrive.
 * `cursor` is what an earlier page gave as `next`; an unreadable one starts from the top.
 */
export async function readLogPage(tx: Tx, limit: number, cursor: string | null): Promise<LogPage> {
  const from = cursor === null ? null : readCursor(cursor)
  const items: StoredEntry[] = []
  if (from?.lane !== 'reporter') {
    const rows = await tx.staffEntry.findMany({
      where:
        from === null ? {} : { OR: [{ happenedAt: { lt: new Date(from.key) } }, { happenedAt: new Date(from.key), id: { lt: from.id } }] },
      orderBy: [{ happenedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      select: staffColumns,
    })
    items.push(...rows.map(fromStaff))
  }
  if (items.length <= limit) {
    const start = from?.lane === 'reporter' ? from : null
    const rows = await tx.reporterEntry.findMany({
      where:
        start === null
          ? {}
          : { OR: [{ happenedOn: { lt: new Date(start.key) } }, { happenedOn: new Date(start.key), id: { lt: start.id } }] },
      orderBy: [{ happenedOn: 'desc' }, { id: 'desc' }],
      take: limit + 1 - items.length,
      select: reporterColumns,
    })
    items.push(...rows.map(fromReporter))
  }
  if (items.length <= limit) return { items, next: null }
  const page = items.slice(0, limit)
  return { items: page, next: writeCursor(page.at(-1)!) }
}

function writeCursor(entry: StoredEntry): string {
  const key = entry.at === null ? entry.on : entry.at.toString()
  return Buffer.from(JSON.stringify([entry.lane, key, entry.id])).toString('base64url')
}

function readCursor(text: string): Cursor | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return null
    const [lane, key, id] = parts as [string, string, string]
    const sound = (lane === 'staff' || lane === 'reporter') && !Number.isNaN(Date.parse(key)) && /^[0-9a-f-]{36}$/.test(id)
    return sound ? { lane, key, id } : null
  } catch {
    return null
  }
}
