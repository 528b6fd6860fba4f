import { instantFromColumn, instantToColumn, type Alias } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { canonicalJson } from '../canonical.ts'
import type { CheckOutcome, CheckVerdict } from './verifier.ts'

/** A check of the whole log that has ended. */
export interface LogCheck extends CheckOutcome {
  readonly id: string
  readonly checkedAt: Temporal.Instant
  /** Null: the nightly one. */
  readonly askedBy: Alias | null
  readonly milliseconds: number
}

export async function insertCheck(tx: Tx, check: LogCheck): Promise<void> {
  const first = firstIndex(check)
  await tx.$executeRaw`
    insert into log_check (id, checked_at, asked_by, verdict, size, entries, milliseconds, first_index, report)
    values (${check.id}::uuid, ${instantToColumn(check.checkedAt)}::timestamptz, ${check.askedBy}::uuid, ${check.verdict}, ${check.size}::bigint,
      ${check.entries}::bigint, ${check.milliseconds}::int, ${first}::bigint,
      ${canonicalJson({ checks: check.checks.map((each) => ({ ...each })), findings: check.findings.map((each) => ({ ...each })) })})`
}

/** The newest first. */
export async function readChecks(tx: Tx, limit: number): Promise<LogCheck[]> {
  const rows = await tx.logCheck.findMany({ orderBy: [{ checkedAt: 'desc' }, { size: 'desc' }, { id: 'desc' }], take: limit })
  return rows.map((row) => ({
    id: row.id,
    checkedAt: instantFromColumn(row.checkedAt),
    askedBy: row.askedBy as Alias | null,
    verdict: row.verdict as CheckVerdict,
    size: Number(row.size),
    entries: Number(row.entries),
    milliseconds: row.milliseconds,
    ...(JSON.parse(row.report) as Pick<CheckOutcome, 'checks' | 'findings'>),
  }))
}

/** Checks that name a whole stretch of entries by its first. */
const stretches: ReadonlySet<string> = new Set(['root', 'checkpoints'])

/** The first entry that does not fit. A root or a checkpoint that does not hold names a whole stretch: it counts only where nothing says more. */
export function firstIndex({ findings }: Pick<CheckOutcome, 'findings'>): number | null {
  const places = findings.flatMap(({ severity, check, index }) =>
    severity === 'tampered' && index !== null ? [{ index, stretch: stretches.has(check) }] : [],
  )
  const exact = places.filter(({ stretch }) => !stretch)
  const told = (exact.length > 0 ? exact : places).map(({ index }) => index)
  return told.length === 0 ? null : Math.min(...told)
}
