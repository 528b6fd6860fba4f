import { Prisma } from '../../database/generated/client.ts'

const fieldOf = (entry: string, field: string) => Prisma.raw(`${entry}.text::json -> 'fields' ->> '${field}'`)

/** Reports of the concern `c` that nobody has made a plan for or closed. Told from the log: no column says so. */
const unplannedReport = Prisma.sql`(
  select 1 from reporter_entry r where r.concern_id = c.id and r.kind = 'detriment_reported' and not exists (
    select 1 from staff_entry s where s.concern_id = c.id and s.kind in ('detriment_plan_set', 'detriment_closed')
      and ${fieldOf('s', 'report')} = ${fieldOf('r', 'item')}))`

/**
 * Whether each report of the concern `c` has its plan. Asked only where the concern is marked, which few are. A mark without any report is no
 * plan either: somebody set it by hand, and it stays where it is seen.
 */
export const plannedSql = Prisma.sql`(not exists ${unplannedReport}
  and exists (select 1 from reporter_entry r where r.concern_id = c.id and r.kind = 'detriment_reported'))`
