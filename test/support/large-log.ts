import type pg from 'pg'
import { rootOf } from '../../src/audit/merkle/index.ts'
import { formatCheckpoint } from '../../src/audit/notes/index.ts'

/** What stands in such a log, in parts of a hundred. Kinds of the last share hardly ever happen. */
const kinds = [
  ['queue_viewed', 22],
  ['concern_viewed', 28],
  ['content_opened', 14],
  ['log_viewed', 8],
  ['message_sent', 5],
  ['signed_in', 4],
] as const

const ofConcerns = `'concern_viewed', 'content_opened', 'message_sent'`

/**
 * Brings the log to this many places, past every guard and by the database alone: a log of the right shape, with true hashes, tiles and roots, to be
 * read and written out, not to be believed. Four years of days in order, 200 people, a concern for every 25 entries, a fifth cover entries, a tenth of
 * reporters, and a kind (`concern_reopened`) once in 100,000. Notes are unsigned.
 */
export async function fillLog(client: pg.Client, size: number): Promise<void> {
  await setGuards(client, 'disable')
  const { rows } = await client.query<{ begin: string }>('select coalesce(max(index) + 1, 0) as begin from log_position')
  const begin = Number(rows[0]?.begin)
  await client.query(`create temp table bench_entry as ${entriesSql(begin, size)}`)
  await client.query(`alter table bench_entry add column hash bytea`)
  await client.query(`update bench_entry set hash = sha256(decode('00', 'hex') || convert_to(text, 'UTF8'))`)
  await client.query(`
    insert into staff_entry (id, concern_id, number, kind, actor_id, happened_at, text, hash)
      select id, case when kind in (${ofConcerns}) then concern end, case when kind in (${ofConcerns}) then index::int end, kind, actor, at, text, hash
      from bench_entry where lane = 'staff';
    insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
      select id, concern, index::int, kind, at::date, text, hash from bench_entry where lane = 'reporter';
    insert into cover_entry (id, text, hash) select id, text, hash from bench_entry where lane = 'cover';
    insert into log_position (index, entry_id, lane, kind, day, actor, concern, hash)
      select index, id, lane, kind, case lane when 'staff' then (at at time zone 'Europe/London')::date when 'reporter' then at::date end, case when lane = 'staff' then actor end,
        case when lane = 'reporter' or kind in (${ofConcerns}) then concern end, hash from bench_entry order by index;
    drop table bench_entry`)
  await addTiles(client, size)
  await addCheckpoints(client, begin, size)
  await setGuards(client, 'enable always')
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}

async function setGuards(client: pg.Client, state: 'disable' | 'enable always'): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('alter table %s %s trigger %I', tgrelid::regclass, $1::text, tgname) as statement from pg_trigger
     where not tgisinternal and tgrelid::regclass::text in ('staff_entry', 'reporter_entry', 'cover_entry', 'log_position', 'log_tile', 'log_checkpoint')`,
    [state],
  )
  for (const { statement } of rows) await client.query(statement)
}

function entriesSql(begin: number, size: number): string {
  let share = 0
  const kind = kinds.map(([name, part]) => `when chance < ${(share += part)} then '${name}'`).join(' ')
  return `
    with drawn as (
      select index, gen_random_uuid() as id, random() * 100 as chance, md5('actor' || (random() ^ 2 * 199)::int)::uuid as actor,
        md5('concern' || greatest(0, index / 25 - (random() * 1000)::int))::uuid as concern,
        timestamptz '2022-11-22' + interval '4 years' * ((index - ${begin})::float8 / ${size}) as at
      from generate_series(${begin}, ${size - 1}) as index),
    kinded as (
      select *, case when index % 100000 = 77 then 'staff' when chance < 81 then 'staff' when chance < 90 then 'reporter' else 'cover' end as lane,
        case when index % 100000 = 77 then 'concern_reopened' ${kind} when chance < 81 then 'signed_out' when chance < 90 then 'reporter_wrote'
          else 'cover' end as kind from drawn)
    select index, id, actor, concern, at, lane, kind, case lane
      when 'cover' then '{"format":"forthright-entry/1","id":"' || id || '","kind":"cover","lane":"cover"}'
      when 'reporter' then '{"actor":{"role":"reporter"},"concern":"' || concern || '","fields":{"item":"' || gen_random_uuid()
        || '"},"format":"forthright-entry/1","id":"' || id || '","kind":"' || kind || '","lane":"reporter","number":' || index || ',"on":"' || at::date
        || '","previous":"' || encode(sha256(id::text::bytea), 'hex') || '"}'
      else '{"actor":{"alias":"' || actor || '","role":"guardian"},"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        || case when kind in (${ofConcerns}) then '","concern":"' || concern || '","fields":{},' else '","fields":{},' end
        || '"format":"forthright-entry/1","id":"' || id || '","kind":"' || kind || '","lane":"staff"'
        || case when kind in (${ofConcerns})
          then ',"number":' || index || ',"previous":"' || encode(sha256(id::text::bytea), 'hex') || '"}' else '}' end end as text
    from kinded`
}

async function addTiles(client: pg.Client, size: number): Promise<void> {
  await client.query('delete from log_tile')
  for (let [level, full] = [0, Math.floor(size / 256)]; full > 0; [level, full] = [level + 1, Math.floor(full / 256)])
    await client.query(
      level === 0
        ? `insert into log_tile select 0, number, hashes, tile_root(hashes) from (
             select index / 256 as number, string_agg(hash, ''::bytea order by index) as hashes from log_position where index < ${full * 256} group by 1) t`
        : `insert into log_tile select ${level}, upper, hashes, tile_root(hashes) from (
             select number / 256 as upper, string_agg(root, ''::bytea order by number) as hashes from log_tile
             where level = ${level - 1} and number < ${full * 256} group by 1) t`,
    )
}

/** One for every four tiles, as a service with little to do has them, and the last. */
async function addCheckpoints(client: pg.Client, begin: number, size: number): Promise<void> {
  const root = await rootOf(size, async (level, number, width) => {
    const { rows } = await client.query<{ hashes: Buffer }>(
      level === 0
        ? `select string_agg(hash, ''::bytea order by index) as hashes from log_position where index >= $1::bigint * 256 and index < $1::bigint * 256 + $2`
        : `select string_agg(root, ''::bytea order by number) as hashes from log_tile where level = ${level - 1} and number >= $1::bigint * 256 and number < $1::bigint * 256 + $2`,
      [number, width],
    )
    return rows[0]!.hashes
  })
  const note = `${formatCheckpoint({ origin: 'forthright/bench', size, root, extensions: [] })}\n— forthright/bench ${'A'.repeat(92)}\n`
  await client.query(
    `insert into log_checkpoint (size, root, restored, note, published_at, staff_from, reporter_from)
     select size, $1, 0, $2, at, at - interval '2 days', (at - interval '3 days')::date from (
       select size, timestamptz '2022-11-22' + interval '4 years' * (size::float8 / $3) as at from (
         select generate_series($4::bigint, $3::bigint - 1, 1024) as size union select $3::bigint) sizes) dated on conflict do nothing`,
    [Buffer.from(root), note, size, (Math.ceil(begin / 256) + 1) * 256],
  )
}
