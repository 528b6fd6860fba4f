import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Rule } from '../../timeliness/index.ts'
import type { Area } from '../changes/area.ts'

/** Columns of codes: whatever a row holds was checked when it was written. */
type Codes = Pick<Rule, 'unit' | 'force' | 'scope' | 'appliesWhen' | 'dueFrom' | 'escalateTo' | 'shownTo'>

/** When a version was announced; null in all where it came with the service. */
export interface Announced {
  readonly announcedOn: DateText | null
  /** The first day on which it could begin, as the notice period stood when it was announced. */
  readonly noticeUntil: DateText | null
  /** The day on which it was taken back, before it ever held. */
  readonly withdrawnOn: DateText | null
}

/** A version as the administrator sees it, withdrawn ones included. */
export interface RuleVersion extends Rule, Announced {}

export async function readVersions(tx: Tx): Promise<RuleVersion[]> {
  const rows = await tx.timelinessRule.findMany()
  const date = (column: Date | null) => column && dateFromColumn(column)
  return rows
    .map((row) => ({
      ...row,
      ...(row as Codes),
      validFrom: dateFromColumn(row.validFrom),
      announcedOn: date(row.announcedOn),
      noticeUntil: date(row.noticeUntil),
      withdrawnOn: date(row.withdrawnOn),
    }))
    .toSorted(byCode)
}

/** The versions that clocks go by, today or from a later day: what was withdrawn never held. */
export async function readRules(tx: Tx): Promise<Rule[]> {
  return rulesOf(await readVersions(tx))
}

export function rulesOf(versions: readonly RuleVersion[]): Rule[] {
  const standing = versions.filter(({ withdrawnOn }) => withdrawnOn === null)
  return standing.map(({ announcedOn: _announced, noticeUntil: _notice, withdrawnOn: _withdrawn, ...rule }) => rule)
}

/** T2 before T10, whatever the database takes for order. */
function byCode(a: Rule, b: Rule): number {
  return a.code.localeCompare(b.code, 'en', { numeric: true }) || a.version - b.version
}

export const rulesArea: Area = { setting: 'timeliness_rules', read: async (tx) => (await readRules(tx)).map((rule) => ({ ...rule })) }

export async function insertRules(tx: Tx, rules: readonly (Rule & Partial<Announced>)[]): Promise<void> {
  const column = (date: DateText | null | undefined) => (date === null || date === undefined ? null : dateToColumn(date))
  await tx.timelinessRule.createMany({
    data: rules.map((rule) => ({
      ...rule,
      endEvents: [...rule.endEvents],
      escalateTo: [...rule.escalateTo],
      validFrom: dateToColumn(rule.validFrom),
      announcedOn: column(rule.announcedOn),
      noticeUntil: column(rule.noticeUntil),
      withdrawnOn: column(rule.withdrawnOn),
    })),
  })
}

/** Marks a version as taken back; its row and its number stay. */
export async function withdrawVersion(tx: Tx, { code, version }: Pick<Rule, 'code' | 'version'>, on: DateText): Promise<void> {
  await tx.timelinessRule.update({ where: { code_version: { code, version } }, data: { withdrawnOn: dateToColumn(on) } })
}
