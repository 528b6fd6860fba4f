import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn } from '../../kernel/index.ts'
import type { Rule } from '../../timeliness/index.ts'
import type { Area } from '../changes/area.ts'

/** Columns of codes: whatever a row holds was checked when it was written. */
type Codes = Pick<Rule, 'unit' | 'force' | 'scope' | 'appliesWhen' | 'dueFrom' | 'escalateTo' | 'shownTo'>

export async function readRules(tx: Tx): Promise<Rule[]> {
  const rows = await tx.timelinessRule.findMany()
  return rows.map((row) => ({ ...row, ...(row as Codes), validFrom: dateFromColumn(row.validFrom) })).toSorted(byCode)
}

/** T2 before T10, whatever the database takes for order. */
function byCode(a: Rule, b: Rule): number {
  return a.code.localeCompare(b.code, 'en', { numeric: true }) || a.version - b.version
}

export const rulesArea: Area = { setting: 'timeliness_rules', read: async (tx) => (await readRules(tx)).map((rule) => ({ ...rule })) }

export async function insertRules(tx: Tx, rules: readonly Rule[]): Promise<void> {
  await tx.timelinessRule.createMany({
    data: rules.map((rule) => ({
      ...rule,
      endEvents: [...rule.endEvents],
      escalateTo: [...rule.escalateTo],
      validFrom: dateToColumn(rule.validFrom),
    })),
  })
}
