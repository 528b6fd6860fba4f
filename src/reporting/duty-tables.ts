import { standingColumns } from './figure-columns.ts'
import type { DutyFigures } from './duty-figures.ts'
import type { DutyRow } from './duty-rows.ts'
import type { ReportedDuties } from './read-duties.ts'
import type { Cell, Table } from './tables.ts'

/** The duties of a report as tables: figures, and for auditors each one. */
export function dutyTables({ rules, items }: ReportedDuties): readonly Table[] {
  const figures = { name: 'dutyFigures', columns: Object.keys(figureColumns), rows: rules.map((rule) => cellsBy(figureColumns, rule)) }
  return items === null ? [figures] : [figures, dutiesTable(items)]
}

/** Each duty, a column each; lists are joined by a space. */
export function dutiesTable(items: readonly DutyRow[]): Table {
  return { name: 'duties', columns: Object.keys(dutyColumns), rows: items.map((row) => cellsBy(dutyColumns, row)) }
}

type Columns<Of> = Readonly<Record<string, (of: Of) => Cell>>

const cellsBy = <Of>(columns: Columns<Of>, of: Of): readonly Cell[] => Object.values(columns).map((read) => read(of))

const dutyColumns: Columns<DutyRow> = {
  duty: (row) => row.duty,
  code: (row) => row.code,
  version: (row) => row.version,
  startedOn: (row) => row.startedOn,
  firstDueOn: (row) => row.firstDueOn,
  dueOn: (row) => row.dueOn,
  stoppedOn: (row) => row.stoppedOn,
  outcome: (row) => row.outcome,
  workingDays: (row) => row.workingDays,
  hours: (row) => row.hours,
  pausedDays: (row) => row.pausedDays,
  extensions: (row) => row.extensions,
  force: (row) => row.force,
  source: (row) => row.source,
  recordedOn: (row) => row.recordedOn,
  stopRecordedOn: (row) => row.stopRecordedOn,
  startedEntry: (row) => row.startedEntry,
  startedRole: (row) => row.startedRole,
  stoppedEntry: (row) => row.stoppedEntry,
  stoppedRole: (row) => row.stoppedRole,
  warnedOn: (row) => row.warnedOn,
  warnedEntry: (row) => row.warnedEntry,
  escalatedOn: (row) => row.escalatedOn,
  escalatedTo: (row) => row.escalatedTo.join(' '),
  // An entry that waits for its place has none to give
  escalatedEntries: (row) => row.escalatedEntries.map((place) => place ?? '-').join(' '),
  movedFor: (row) => row.movedFor.join(' '),
}

const figureColumns: Columns<DutyFigures> = {
  ...standingColumns,
  longestOpen: (rule) => rule.longestOpen,
  lateWithoutEscalation: (rule) => rule.lateWithoutEscalation,
  source: (rule) => rule.source,
}
