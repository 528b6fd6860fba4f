import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn } from '../../kernel/index.ts'
import type { Rule } from '../../timeliness/index.ts'
import type { Area } from '../changes/area.ts'

export async function readRules(tx: Tx): Promise<Rule[]> {
  const rows = await tx.timelinessRule.findMany({ orderBy: [{ code: 'asc' }, { version: 'asc' }] })
  return rows.map((row) => ({
    ...row,
    unit: row.unit as Rule['unit'],
    force: row.force as Rule['force'],
    validFrom: dateFromColumn(row.validFrom),
  }))
}

export const rulesArea: Area = { setting: 'timeliness_rules', read: async (tx) => (await readRules(tx)).map((rule) => ({ ...rule })) }

export async function insertRules(tx: Tx, rules: readonly Rule[]): Promise<void> {
  await tx.timelinessRule.createMany({ data: rules.map((rule) => ({ ...rule, validFrom: dateToColumn(rule.validFrom) })) })
}
