import type { Writable } from 'node:stream'
import { actorOf, createRecordRefusal } from '../audit/index.ts'
import { hasRole, Refusal } from '../kernel/index.ts'
import type { Reckoning, ReportingDeps, ReportReader } from './dependencies.ts'
import { dutiesTable, dutyTables } from './duty-tables.ts'
import { writeSheets } from './open-document.ts'
import { figuresForLeads } from './leads-figures.ts'
import { periodFor, type AskedPeriod, type ReportPeriod } from './period.ts'
import { readDuties, type ReportedDuties } from './read-duties.ts'
import { readBase, readFigures, type TimelinessFigures } from './read-report.ts'
import { readConcernRows, type FoundRows, type RowsQuery } from './read-rows.ts'
import { reportTables } from './report-tables.ts'
import { readPlaceText } from './row-place.ts'
import { cellsOf, rowsTable, writeCsv } from './tables.ts'

export interface TimelinessReport extends TimelinessFigures {
  /** Single clocks, for auditors alone; null for everybody else. */
  readonly concerns: FoundRows | null
  readonly duties: ReportedDuties
}

export interface TimelinessQuery extends AskedPeriod {
  /** The limit whose months are counted. */
  readonly chart: string
  readonly rows: RowsQuery
}

/** `csv` holds one table, single clocks, figures or the organisation's duties; `ods` all of them as sheets. */
export type ReportFormat = 'csv' | 'ods'
export type ReportPart = 'concerns' | 'figures' | 'duties'

export interface TakenReport {
  readonly fileName: string
  readonly type: 'text/csv' | 'application/vnd.oasis.opendocument.spreadsheet'
  /** Writes the file and ends the stream. Throws where the stream breaks. */
  write(to: Writable): Promise<void>
}

/** The auditor's timeliness report (`domain.md` 9.4, R3). */
export interface TimelinessReports {
  /** Recorded before it is read: `report_viewed`. Refusal `permission_denied`. Leads get figures of whole months, rounded, and no single clocks. */
  view(ctx: ReportReader, query: TimelinessQuery): Promise<TimelinessReport>
  /** The same to be taken away. Recorded before it is read: `report_exported`. Refusal `step_up_required` besides. */
  take(ctx: ReportReader, asked: AskedPeriod, format: ReportFormat, part: ReportPart): Promise<TakenReport>
}

/** So many single clocks are read at once, however many are written. */
const pageOfRows = 5_000
/** A spreadsheet holds little more; a table that is cut says so. */
const mostInSheet = 100_000

export function createTimelinessReports(deps: ReportingDeps): TimelinessReports {
  const { database, audited, settings, lastDay } = deps
  const record = (ctx: ReportReader, kind: 'report_viewed' | 'report_exported', { from, to }: ReportPeriod, format?: string) =>
    audited(async () => ({
      value: null,
      entries: [
        {
          kind,
          actor: actorOf(ctx.person, readerRole(ctx)),
          at: ctx.now,
          fields: { report: 'timeliness', from, to, ...(format !== undefined && { format }) },
        },
      ],
    }))

  return {
    view: async (ctx, query) => {
      const period = periodFor(ctx, query, lastDay(ctx.now))
      await record(ctx, 'report_viewed', period)
      const by = await settings.current()
      return database.read(async (tx) => {
        const base = await readBase(tx, deps, by, period)
        const single = hasRole(ctx.person, 'auditor')
        const concerns = single ? await readConcernRows(tx, deps, base, by, query.rows) : null
        const duties = await readDuties(tx, deps, by, { period, single })
        return { ...shownTo(ctx, await readFigures(tx, base, by, query.chart)), concerns, duties }
      })
    },

    take: async (ctx, asked, format, part) => {
      const period = periodFor(ctx, asked, lastDay(ctx.now))
      const single = hasRole(ctx.person, 'auditor')
      if (part !== 'figures' && format === 'csv' && !single) throw new Refusal('permission_denied')
      await requireFreshFactor(deps, ctx)
      await record(ctx, 'report_exported', period, format === 'csv' ? `${format} ${part}` : format)
      const by = await settings.current()
      const name = `forthright-timeliness-${period.from}-${period.to}`
      if (format === 'csv') {
        const { columns, batches } = await csvOf(deps, ctx, by, period, part)
        const fileName = `${name}${part === 'figures' ? '' : `-${part}`}.csv`
        return { fileName, type: 'text/csv', write: (to) => writeCsv(to, columns, batches) }
      }
      const [figures, duties] = await database.read(async (tx) => [
        await readFigures(tx, await readBase(tx, deps, by, period), by, 'T1'),
        await readDuties(tx, deps, by, { period, single }),
      ])
      const tables = [...reportTables(shownTo(ctx, figures)), ...dutyTables(duties)]
      const pages = single ? pagesOf(deps, period) : null
      const type = 'application/vnd.oasis.opendocument.spreadsheet'
      const concerns = pages && { name: 'concerns', columns: rowsTable, batches: pages, most: mostInSheet }
      return { fileName: `${name}.ods`, type, write: (to) => writeSheets(to, tables, concerns, ctx.now) }
    },
  }
}

/** Auditors count exactly: no concern is about them, and they check the figures against the log. */
const shownTo = ({ person }: ReportReader, figures: TimelinessFigures): TimelinessFigures =>
  hasRole(person, 'auditor') ? figures : figuresForLeads(figures)

/** The one table of a CSV file. Single rows are auditors' alone: who asks was judged before. */
async function csvOf(deps: ReportingDeps, ctx: ReportReader, by: Reckoning, period: ReportPeriod, part: ReportPart) {
  if (part === 'concerns') return { columns: rowsTable, batches: pagesOf(deps, period) }
  if (part === 'duties') {
    const { items } = await deps.database.read((tx) => readDuties(tx, deps, by, { period, single: true }))
    const { columns, rows } = dutiesTable(items ?? [])
    return { columns, batches: oneBatch(rows) }
  }
  const figures = await deps.database.read(async (tx) => readFigures(tx, await readBase(tx, deps, by, period), by, 'T1'))
  const { columns, rows } = reportTables(shownTo(ctx, figures)).find(({ name }) => name === 'figures')!
  return { columns, batches: oneBatch(rows) }
}

function readerRole(ctx: Pick<ReportReader, 'person'>) {
  return ctx.person.roles.find((role) => role === 'auditor' || role === 'executive_lead' || role === 'non_executive_lead')
}

/** What leaves the house needs a second factor given within five minutes (`security.md` 5). */
async function requireFreshFactor({ audited }: Pick<ReportingDeps, 'audited'>, ctx: ReportReader): Promise<void> {
  if (ctx.freshCode) return
  await createRecordRefusal(audited)(ctx, 'export_report', 'step_up_required')
  throw new Refusal('step_up_required')
}

async function* oneBatch<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows
}

/** Every single clock of a period, page by page, each in a transaction of its own: no reader, however slow, holds one open. */
async function* pagesOf(deps: ReportingDeps, period: ReportPeriod) {
  const by = await deps.settings.current()
  let after: RowsQuery['after'] = null
  for (;;) {
    const query: RowsQuery = { code: null, outcome: null, after, limit: pageOfRows }
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const found: FoundRows = await deps.database.read(async (tx) =>
      readConcernRows(tx, deps, await readBase(tx, deps, by, period), by, query),
    )
    yield found.items.map(cellsOf)
    if (found.next === null) return
    after = readPlaceText(found.next)
  }
}
