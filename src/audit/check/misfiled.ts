import type { Database } from '../../database/index.ts'
import type { CheckFinding, CheckOutcome } from './verifier.ts'

interface Row {
  readonly index: bigint
  readonly id: string
}

/** So many places at a time, so that no transaction stays open long. */
const stretch = 20_000
const mostNamed = 20

/**
 * Entries that stand in the places of the log under another kind, lane, day, person or concern than their text says. The tree is of texts alone:
 * whoever changes such a column hides an entry from every search, and no bundle shows it. Of a log whose texts were found whole: others may be no JSON.
 */
async function findMisfiled(database: Database, size: number, stop: AbortSignal): Promise<Row[]> {
  const found: Row[] = []
  for (let from = 0; from < size && found.length < mostNamed && !stop.aborted; from += stretch) {
    const end = Math.min(from + stretch, size)
    found.push(
      ...(await database.read(
        (tx) => tx.$queryRaw<Row[]>`
          select p.index, p.entry_id::text as id from log_position p
            left join staff_entry s on s.id = p.entry_id left join reporter_entry r on r.id = p.entry_id
            left join cover_entry c on c.id = p.entry_id
            cross join lateral (select coalesce(s.text, r.text, c.text)::json as entry) as said
          where p.index >= ${from}::bigint and p.index < ${end}::bigint and (
            entry ->> 'id' is distinct from p.entry_id::text or entry ->> 'kind' is distinct from p.kind
            or entry ->> 'lane' is distinct from p.lane or entry -> 'actor' ->> 'alias' is distinct from p.actor::text
            or entry ->> 'concern' is distinct from p.concern::text
            or coalesce(to_char((entry ->> 'at')::timestamptz at time zone 'Europe/London', 'YYYY-MM-DD'), entry ->> 'on')
              is distinct from to_char(p.day, 'YYYY-MM-DD'))
          order by p.index limit ${mostNamed}::int`,
      )),
    )
  }
  return found
}

const title = 'Every search finds each entry under what it says'

/** The verdict on a log, with what the database keeps beside it for searching. A log that is at fault itself is not looked at for this. */
export async function withMisfiled(outcome: CheckOutcome, database: Database, stop: AbortSignal): Promise<CheckOutcome> {
  if (outcome.verdict === 'tampered') return outcome
  const misfiled = await findMisfiled(database, outcome.size, stop)
  const checks = [...outcome.checks, { title, result: misfiled.length === 0 ? 'holds' : 'tampered' }]
  if (misfiled.length === 0) return { ...outcome, checks }
  const findings = misfiled.map(({ index, id }): CheckFinding => {
    const message = `Entry ${index} stands in the search under another kind, day, person or concern than it says.`
    return { severity: 'tampered', check: 'search', code: 'misfiled', message, index: Number(index), id }
  })
  return { ...outcome, verdict: 'tampered', checks, findings: [...outcome.findings, ...findings].slice(0, mostNamed) }
}
