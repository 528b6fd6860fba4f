import type { RuleFigures } from './figures.ts'
import type { Cell } from './tables.ts'

type Standing = Pick<
  RuleFigures,
  | 'code'
  | 'version'
  | 'label'
  | 'limit'
  | 'unit'
  | 'dueFrom'
  | 'force'
  | 'denominator'
  | 'met'
  | 'missed'
  | 'running'
  | 'paused'
  | 'overdue'
  | 'metPercent'
>

/** How a limit was kept: the columns that tables of concerns' clocks and of the organisation's duties both begin with. */
export const standingColumns: Readonly<Record<string, (rule: Standing) => Cell>> = {
  code: (rule) => rule.code,
  version: (rule) => rule.version,
  label: (rule) => rule.label,
  limit: (rule) => rule.limit,
  unit: (rule) => rule.unit,
  dueFrom: (rule) => rule.dueFrom,
  force: (rule) => rule.force,
  denominator: (rule) => rule.denominator,
  met: (rule) => rule.met,
  missed: (rule) => rule.missed,
  running: (rule) => rule.running,
  paused: (rule) => rule.paused,
  overdue: (rule) => rule.overdue,
  metPercent: (rule) => rule.metPercent,
}
