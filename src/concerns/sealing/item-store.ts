import {
  dateFromColumn,
  dateToColumn,
  instantFromColumn,
  instantToColumn,
  type CompartmentId,
  type ConcernId,
  type DateText,
  type ItemId,
} from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { ItemKind, ItemRow } from './sealed-parts.ts'

/** An item as stored. The reporter's carry a date only; `number` counts within one side of one concern. */
export interface StoredItem extends ItemRow {
  readonly number: number
  readonly on: DateText
  readonly at: Temporal.Instant | null
}

/** Reporter's items go in by date alone. `firstNumber` continues the concern's own count. */
function reporterItemRows(items: readonly ItemRow[], firstNumber: number, on: DateText) {
  return items.map(({ author: _author, ...item }, index) => ({
    ...bytesOf(item),
    number: firstNumber + index,
    writtenOn: dateToColumn(on),
  }))
}

export async function insertReporterItems(tx: Tx, items: readonly ItemRow[], firstNumber: number, on: DateText): Promise<void> {
  await tx.reporterItem.createMany({ data: reporterItemRows(items, firstNumber, on) })
}

/** Adds staff items after those already there; the caller holds the concern's row lock, so the count cannot race. */
export async function insertStaffItems(tx: Tx, concernId: ConcernId, items: readonly ItemRow[], at: Temporal.Instant): Promise<void> {
  if (items.length === 0) return
  const { _max } = await tx.staffItem.aggregate({ where: { concernId }, _max: { number: true } })
  const next = (_max.number ?? 0) + 1
  await tx.staffItem.createMany({
    data: items.map(({ author, ...item }, index) => ({
      ...bytesOf(item),
      authorId: author,
      number: next + index,
      writtenAt: instantToColumn(at),
    })),
  })
}

export async function nextReporterNumber(tx: Tx, concernId: ConcernId): Promise<number> {
  const { _max } = await tx.reporterItem.aggregate({ where: { concernId }, _max: { number: true } })
  return (_max.number ?? 0) + 1
}

/** A concern's items in these compartments, each side in its own order. */
export async function readItems(
  tx: Tx,
  concernId: ConcernId,
  compartmentIds: readonly CompartmentId[],
): Promise<{ reporter: StoredItem[]; staff: StoredItem[] }> {
  const where = { concernId, compartmentId: { in: [...compartmentIds] } }
  const reporter = await tx.reporterItem.findMany({ where, orderBy: { number: 'asc' } })
  const staff = await tx.staffItem.findMany({ where, orderBy: { number: 'asc' } })
  return { reporter: reporter.map(fromReporterRow), staff: staff.map(fromStaffRow) }
}

/** Items by id, whichever side wrote them: the headers of a page of the queue. */
export async function readItemsById(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredItem>> {
  const where = { id: { in: [...ids] } }
  const reporter = await tx.reporterItem.findMany({ where })
  const staff = await tx.staffItem.findMany({ where })
  return new Map([...reporter.map(fromReporterRow), ...staff.map(fromStaffRow)].map((item) => [item.id, item]))
}

/** What each of these concerns was raised with, by concern: a narrative is the only one of its kind. */
export async function readNarratives(tx: Tx, concernIds: readonly ConcernId[]): Promise<Map<ConcernId, StoredItem>> {
  const rows = await tx.reporterItem.findMany({ where: { concernId: { in: [...concernIds] }, kind: 'narrative' } })
  return new Map(rows.map((row) => [row.concernId as ConcernId, fromReporterRow(row)]))
}

function bytesOf<Row extends { itemKey: Uint8Array; ciphertext: Uint8Array; signature: Uint8Array }>(row: Row) {
  return {
    ...row,
    itemKey: row.itemKey as Uint8Array<ArrayBuffer>,
    ciphertext: row.ciphertext as Uint8Array<ArrayBuffer>,
    signature: row.signature as Uint8Array<ArrayBuffer>,
  }
}

interface StoredColumns {
  id: string
  concernId: string
  compartmentId: string
  kind: string
  epoch: number
  version: number
  number: number
  itemKey: Uint8Array<ArrayBuffer>
  ciphertext: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

function shared(row: StoredColumns) {
  return {
    id: row.id as ItemId,
    concernId: row.concernId as ConcernId,
    compartmentId: row.compartmentId as CompartmentId,
    kind: row.kind as ItemKind,
    epoch: row.epoch,
    version: row.version,
    number: row.number,
    itemKey: row.itemKey,
    ciphertext: row.ciphertext,
    signature: row.signature,
  }
}

function fromReporterRow(row: StoredColumns & { writtenOn: Date }): StoredItem {
  return { ...shared(row), author: 'reporter', on: dateFromColumn(row.writtenOn), at: null }
}

function fromStaffRow(row: StoredColumns & { writtenAt: Date; authorId: string }): StoredItem {
  const at = instantFromColumn(row.writtenAt)
  return { ...shared(row), author: row.authorId, on: at.toZonedDateTimeISO('Europe/London').toPlainDate().toString() as DateText, at }
}
