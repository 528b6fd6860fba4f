import type { Tx } from '../../database/index.ts'
import { dateFromColumn, type UserId } from '../../kernel/index.ts'
import type { DetrimentNotice } from './use-cases.ts'

const most = 100

/** The reports a lead was told of and nobody has closed, newest day first, by reference within a day. */
export async function readNotices(tx: Tx, person: UserId): Promise<DetrimentNotice[]> {
  const rows = await tx.$queryRaw<{ reference: string; reportedOn: Date }[]>`
    select c.reference, i.written_on as "reportedOn"
    from detriment_notice n
    join concern c on c.id = n.concern_id
    join reporter_item i on i.id = n.item_id and i.concern_id = n.concern_id
    where n.person_id = ${person}::uuid and c.open_detriment and not exists (
      select 1 from staff_entry e
      where e.concern_id = c.id and e.kind = 'detriment_closed' and e.text::json -> 'fields' ->> 'report' = n.item_id::text)
    order by i.written_on desc, c.reference limit ${most}`
  return rows.map(({ reference, reportedOn }) => ({ reference, reportedOn: dateFromColumn(reportedOn) }))
}
