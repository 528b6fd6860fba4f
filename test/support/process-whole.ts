import type pg from 'pg'

/**
 * Whether every concern in the database is whole and agrees with the log, told by SQL alone and without a key. Gives a sentence for each
 * fault; none when all is well. `guardians`: how many hold the keys of a concern that is about nobody.
 */
export async function faultsOfRows(client: pg.Client, guardians: number): Promise<string[]> {
  const faults: string[] = []
  for (const [sentence, statement] of Object.entries(checks(guardians))) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from (${statement}) as found`)
    const count = Number(rows[0]?.count)
    if (count > 0) faults.push(`${count} × ${sentence}`)
  }
  return faults
}

const partTables = ['reporter_key', 'compartment', 'key_grant', 'reporter_item', 'staff_item', 'approval', 'escalation', 'reporter_entry']

function checks(guardians: number): Record<string, string> {
  return {
    ...Object.fromEntries(
      partTables.map((table) => [
        `a row of ${table} belongs to no concern`,
        `select 1 from ${table} p where not exists (select 1 from concern c where c.id = p.concern_id)`,
      ]),
    ),
    'a staff entry names a concern that is not there': `select 1 from staff_entry e where concern_id is not null and not exists (select 1 from concern c where c.id = e.concern_id)`,
    'a concern has no reporter key': `select 1 from concern c where not exists (select 1 from reporter_key k where k.concern_id = c.id)`,
    'a concern lacks its two compartments': `select 1 from concern c where (select array_agg(kind order by kind) from compartment p where p.concern_id = c.id and kind in ('shared', 'internal'))
      is distinct from array['internal', 'shared']`,
    'a compartment of a new concern lacks a grant': `select 1 from compartment p where kind in ('shared', 'internal')
      and (select count(*) from key_grant g where g.compartment_id = p.id and g.holder <> 'duty') <> ${guardians} + 1 + (p.kind = 'shared')::int`,
    'a concern lacks what the clock may act on': `select 1 from concern c where (select count(*) from key_grant g where g.concern_id = c.id and g.holder = 'duty') <> 1`,
    'a concern has no narrative': `select 1 from concern c where (select count(*) from reporter_item i where i.concern_id = c.id and kind = 'narrative') <> 1`,
    'a concern points at a header that is not there': `select 1 from concern c where not exists (select 1 from reporter_item i where i.id = c.header_item_id and i.concern_id = c.id and kind = 'header')
      and not exists (select 1 from staff_item i where i.id = c.header_item_id and i.concern_id = c.id and kind = 'header')`,
    ...numbered('reporter_item'),
    ...numbered('staff_item'),
    ...lane('reporter'),
    ...lane('staff'),
    'a concern has other than one first entry': `select 1 from concern c where (select count(*) from reporter_entry e where e.concern_id = c.id and kind = 'concern_raised') <> 1`,
    ...told('reporter', 'message'),
    ...told('staff', 'message'),
    'a status is not the one the log ends with': `select 1 from concern c where status is distinct from coalesce(
      (select text::json -> 'fields' ->> 'to' from staff_entry e where e.concern_id = c.id and (text::json -> 'fields' ->> 'to') is not null order by number desc limit 1), 'raised')`,
    'an entry is not what its hash says': `select 1 from (select text, hash from reporter_entry union all select text, hash from staff_entry) e
      where hash <> sha256('\\x00'::bytea || convert_to(text, 'UTF8'))`,
  }
}

/** Items of this kind and entries name one another. An entry names one item, or a list of them. */
function told(side: 'reporter' | 'staff', kind: string): Record<string, string> {
  const named = `select e.concern_id, named.item from ${side}_entry e,
    json_array_elements_text(case json_typeof(e.text::json -> 'fields' -> 'item') when 'array' then e.text::json -> 'fields' -> 'item'
      else json_build_array(e.text::json -> 'fields' -> 'item') end) as named (item) where e.text::json -> 'fields' ->> 'item' is not null`
  return {
    [`a ${kind} of ${side} has no entry`]: `select 1 from ${side}_item i where kind = '${kind}'
      and not exists (select 1 from (${named}) n where n.concern_id = i.concern_id and n.item = i.id::text)`,
    [`an entry tells of an item of ${side} that is not there`]: `select 1 from (${named}) n
      where not exists (select 1 from ${side}_item i where i.id::text = n.item and i.concern_id = n.concern_id)`,
  }
}

function numbered(table: string): Record<string, string> {
  const statement = `select concern_id from ${table} group by concern_id having max(number) <> count(*) or min(number) <> 1`
  return { [`the numbers of ${table} have a gap`]: statement }
}

function lane(name: 'reporter' | 'staff'): Record<string, string> {
  const entry = `${name}_entry`
  return {
    [`a ${name} counter and the entries differ`]: `select 1 from concern c where ${name}_log_count <> (select count(*) from ${entry} e where e.concern_id = c.id)`,
    [`a ${name} head is not the last entry`]: `select 1 from concern c where ${name}_log_head is distinct from
      (select hash from ${entry} e where e.concern_id = c.id order by number desc limit 1)`,
    [`the ${name} entries are not one chain`]: `select 1 from (select number, text::json ->> 'previous' as previous,
      lag(encode(hash, 'hex')) over (partition by concern_id order by number) as before, row_number() over (partition by concern_id order by number) as place
      from ${entry} where concern_id is not null) e where previous is distinct from before or number <> place`,
  }
}
