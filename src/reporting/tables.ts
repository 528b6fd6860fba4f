import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { csvLine } from '../kernel/index.ts'
import type { ConcernRow } from './concern-rows.ts'

export type Cell = string | number | null

/** One series that page, chart, CSV and sheet are all drawn from (`experience.md`, decision 8). Names as programs know them. */
export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

type Read = (row: ConcernRow) => Cell

/** Single clocks, a column each; lists are joined by a space. */
const concernColumns: Readonly<Record<string, Read>> = {
  concern: (row) => row.concern,
  code: (row) => row.code,
  version: (row) => row.version,
  cycle: (row) => row.cycle,
  of: (row) => row.of,
  round: (row) => row.round,
  startedOn: (row) => row.startedOn,
  firstDueOn: (row) => row.firstDueOn,
  dueOn: (row) => row.dueOn,
  stoppedOn: (row) => row.stoppedOn,
  outcome: (row) => row.outcome,
  workingDays: (row) => row.workingDays,
  pausedDays: (row) => row.pausedDays,
  extensions: (row) => row.extensions,
  endedBy: (row) => row.endedBy,
  openness: (row) => row.openness,
  riskGrade: (row) => row.riskGrade,
  decision: (row) => row.decision,
  receivedOn: (row) => row.receivedOn,
  recordedOn: (row) => row.recordedOn,
  lag: (row) => row.lag,
  startedEntry: (row) => row.startedEntry,
  startedRole: (row) => row.startedRole,
  stoppedEntry: (row) => row.stoppedEntry,
  stoppedRole: (row) => row.stoppedRole,
  escalatedOn: (row) => row.escalatedOn,
  escalatedEntry: (row) => row.escalatedEntry,
  escalatedTo: (row) => row.escalatedTo.join(' '),
  escalatedRoles: (row) => row.escalatedRoles.join(' '),
  movedFor: (row) => row.movedFor.join(' '),
}

export const rowsTable: readonly string[] = Object.keys(concernColumns)

export const cellsOf = (row: ConcernRow): readonly Cell[] => Object.values(concernColumns).map((read) => read(row))

/** Writes a table as RFC 4180 has it, batch by batch, and ends the stream. Throws where the stream breaks. */
export async function writeCsv(
  to: Writable,
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): Promise<void> {
  await writeText(to, csvText(columns, batches))
}

async function* csvText(columns: readonly string[], batches: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const rows of batches) yield rows.map(csvLine).join('')
}

async function writeText(to: Writable, texts: AsyncIterable<string>): Promise<void> {
  const ended = finished(to)
  // Told by the loop or by its end, and not a second time
  ended.catch(() => {})
  for await (const text of texts) {
    if (text === '' || to.write(text)) continue
    // oxlint-disable-next-line no-await-in-loop -- a slow reader sets the pace
    await Promise.race([once(to, 'drain'), ended])
    if (to.destroyed) break
  }
  to.end()
  await ended
}
