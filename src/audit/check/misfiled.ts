import type { Database, Tx } from '../../database/index.ts'
import type { CheckFinding, CheckOutcome } from './verifier.ts'

interface Row {
  readonly index: bigint
  readonly id: string
}

/** So many places at a time, so that no transaction stays open long. */
const stretch = 100_000
const mostNamed = 20

/**
 * Entries that stand in the places of the log, or in their own rows, under another kind, lane, time, person, number or concern than their text
 * says. The tree is of texts alone: whoever changes such a column hides an entry from a search or a page, and no bundle shows it. Of a log whose
 * texts were found whole: others may be no JSON.
 */
async function findMisfiled(database: Database, size: number, stop: AbortSignal): Promise<Row[]> {
  const found: Row[] = []
  for (let from = 0; from < size && found.length < mostNamed && !stop.aborted; from += stretch)
    found.push(...(await database.read((tx) => findIn(tx, from, Math.min(from + stretch, size)))))
  return found
}

/** Each text is read once (`offset 0` keeps it so): with a reading for each column a million entries took half a minute. */
const findIn = (tx: Tx, from: number, end: number): Promise<Row[]> => tx.$queryRaw<Row[]>`
  select index, entry_id::text as id from (
    select p.*, coalesce(s.text, r.text, c.text)::jsonb as said, coalesce(s.kind, r.kind, 'cover') as row_kind, coalesce(s.number, r.number) as number,
      case when s.id is not null then 'staff' when r.id is not null then 'reporter' else 'cover' end as row_lane, s.actor_id, a.alias, k.log_alias,
      coalesce(to_char(s.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), r.happened_on::text) as row_time,
      coalesce((s.happened_at at time zone 'Europe/London')::date, r.happened_on) as row_day
    from log_position p
      left join staff_entry s on s.id = p.entry_id left join reporter_entry r on r.id = p.entry_id left join cover_entry c on c.id = p.entry_id
      left join person a on a.id = s.actor_id left join concern k on k.id = coalesce(s.concern_id, r.concern_id)
    where p.index >= ${from}::bigint and p.index < ${end}::bigint offset 0) as placed
  where said ->> 'id' is distinct from entry_id::text
    or said ->> 'kind' is distinct from kind or row_kind <> kind or said ->> 'lane' is distinct from lane or row_lane <> lane
    or said -> 'actor' ->> 'alias' is distinct from actor::text or (actor_id is null) <> (actor is null) or alias <> actor
    or said ->> 'concern' is distinct from concern::text or log_alias is not null and log_alias is distinct from concern
    or said ->> 'number' is distinct from number::text
    or coalesce(said ->> 'at', said ->> 'on') is distinct from row_time or row_day is distinct from day
  order by index limit ${mostNamed}::int`

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
