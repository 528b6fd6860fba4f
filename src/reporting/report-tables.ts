import { standingColumns } from './figure-columns.ts'
import { instantText } from '../kernel/index.ts'
import type { RuleFigures } from './figures.ts'
import type { TimelinessFigures } from './read-report.ts'
import type { Cell, Table } from './tables.ts'

/** The figures of a report as tables. */
export function reportTables(figures: TimelinessFigures): readonly Table[] {
  const { rules, months, limitsChanged, counts } = figures
  return [
    aboutTable(figures),
    {
      name: 'figures',
      columns: Object.keys(figureColumns),
      rows: rules.map((rule) => Object.values(figureColumns).map((read) => read(rule))),
    },
    {
      name: 'excluded',
      columns: ['code', 'version', 'reason', 'count'],
      rows: rules.flatMap(({ code, version, excluded }) => excluded.map(({ reason, count }) => [code, version, reason, count])),
    },
    {
      name: 'months',
      columns: ['code', 'month', 'met', 'missed', 'overdue', 'running', 'paused', 'excluded'],
      rows: months.map(({ code, month, met, missed, overdue, running, paused, excluded }) => [
        ...[code, month, met, missed, overdue, running, paused, excluded],
      ]),
    },
    {
      name: 'estimate',
      columns: ['code', 'version', 'day', 'atRisk', 'stopped', 'censored', 'open'],
      rows: rules.flatMap(({ code, version, estimate }) =>
        estimate.steps.map(({ day, atRisk, stopped, censored, open }) => [code, version, day, atRisk, stopped, censored, open]),
      ),
    },
    {
      name: 'limitsChanged',
      columns: ['at', 'actor', 'code', 'version', 'validFrom', 'limitBefore', 'unitBefore', 'limitAfter', 'unitAfter'],
      rows: limitsChanged.map(({ at, actor, code, version, validFrom, before, after }) => [
        ...[instantText(at), actor, code, version, validFrom, before?.limit ?? null, before?.unit ?? null, after.limit, after.unit],
      ]),
    },
    { name: 'counts', columns: ['kind', 'count'], rows: counts.map(({ kind, count }) => [kind, count]) },
  ]
}

function aboutTable({ period, population, backDating, calendarPublishedOn, limitsPublishedOn }: TimelinessFigures): Table {
  const rows: [string, Cell][] = [
    ['report', 'timeliness'],
    ...Object.entries(period),
    ['calendarPublishedOn', calendarPublishedOn],
    ['limitsPublishedOn', limitsPublishedOn],
    ...Object.entries(population),
    ...Object.entries(backDating),
  ]
  return { name: 'about', columns: ['what', 'value'], rows }
}

const figureColumns: Readonly<Record<string, (rule: RuleFigures) => Cell>> = {
  ...standingColumns,
  excluded: (rule) => rule.excluded.reduce((sum, { count }) => sum + count, 0),
  median: (rule) => rule.median,
  p90: (rule) => rule.p90,
  longestOpen: (rule) => rule.longestOpen,
  estimatedMedian: (rule) => rule.estimate.median,
  estimatedP90: (rule) => rule.estimate.p90,
  lateWithoutEscalation: (rule) => rule.lateWithoutEscalation,
  moved: (rule) => rule.moved.clocks,
  pausedDays: (rule) => rule.moved.pausedDays,
  extensions: (rule) => rule.moved.extensions,
  movedMetByDue: (rule) => rule.moved.metByDue,
  movedMetByFirstDue: (rule) => rule.moved.metByFirstDue,
  source: (rule) => rule.source,
}
