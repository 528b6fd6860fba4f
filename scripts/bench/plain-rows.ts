import pg from 'pg'
import { asSuperuser, superuserConfig, type Household } from '../../test/support/process.ts'
import { line, perSecond, spread, title } from './paper.ts'

/** The tables of a new concern in the order their rows go in. */
const tables = ['concern', 'reporter_key', 'compartment', 'key_grant', 'reporter_item', 'reporter_entry', 'receipt'] as const
type Table = (typeof tables)[number]

type Row = Readonly<Record<string, unknown>>
type RowsOfOne = Readonly<Record<Table, readonly Row[]>>

/**
 * The yardstick: rows of concerns that were just raised go into empty tables of the same shape with the same indexes, by `pg` alone, each
 * concern a transaction of seven multi-row inserts. Once with the triggers of the real tables, once without.
 */
export async function measurePlainRows(house: Household, quick: boolean, rates: ReadonlyMap<number, number>): Promise<void> {
  title('The same rows by plain pg, one transaction a concern')
  const thief = await asSuperuser(house)
  const samples = await readSamples(thief, quick ? 1_000 : 3_000)
  for (const triggers of [true, false]) {
    for (const [clients, rate] of rates) {
      await makeTables(thief, triggers)
      const plain = await insertAll(superuserConfig(house.dataDir), samples, clients, quick ? 3 : 6)
      const ratio = `${((rate / plain.rate) * 100).toFixed(0)} % of it over HTTP`
      line(
        `${clients} clients, ${triggers ? 'with' : 'without'} triggers`,
        `${perSecond(plain.rate)}, ${spread(plain.milliseconds)}; ${ratio}`,
      )
    }
  }
  await thief.query('drop schema bench cascade')
  await thief.end()
}

async function readSamples(client: pg.Client, count: number): Promise<RowsOfOne[]> {
  const { rows: concerns } = await client.query<{ id: string }>('select * from concern where staff_log_count = 0 limit $1', [count])
  const ids = concerns.map(({ id }) => id)
  const parts = new Map<string, Record<Table, Row[]>>()
  for (const concern of concerns) {
    parts.set(concern.id, {
      concern: [concern],
      reporter_key: [],
      compartment: [],
      key_grant: [],
      reporter_item: [],
      reporter_entry: [],
      receipt: [],
    })
  }
  for (const table of ['reporter_key', 'compartment', 'key_grant', 'reporter_item', 'reporter_entry'] as const) {
    const { rows } = await client.query<{ concern_id: string }>(`select * from ${table} where concern_id = any($1)`, [ids])
    for (const row of rows) parts.get(row.concern_id)?.[table].push(row)
  }
  // A receipt belongs to a concern that nobody can tell; one each is what was written.
  const { rows: receipts } = await client.query('select * from receipt limit $1', [count])
  for (const [at, { id }] of concerns.entries()) {
    const receipt = receipts[at] as Row | undefined
    if (receipt !== undefined) parts.get(id)?.receipt.push(receipt)
  }
  return [...parts.values()]
}

async function makeTables(client: pg.Client, triggers: boolean): Promise<void> {
  await client.query('drop schema if exists bench cascade; create schema bench')
  for (const table of tables) await client.query(`create table bench.${table} (like public.${table} including all)`)
  if (!triggers) return
  const { rows } = await client.query<{ definition: string; table_name: Table; name: string }>(
    `select pg_get_triggerdef(t.oid) as definition, c.relname as table_name, t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
    [tables],
  )
  for (const { definition } of rows) await client.query(`set search_path = bench, public; ${inBench(definition)}`)
  // The functions look in their own pinned path: copies that look in these tables.
  await client.query('reset search_path')
}

/** The trigger on the table of the same name in the schema `bench`, calling a copy of its function that looks there first. */
function inBench(definition: string): string {
  const called = /EXECUTE FUNCTION (?:public\.)?(\w+)\(\)/.exec(definition)?.[1] ?? ''
  const copy = `do $do$ begin execute replace(replace(pg_get_functiondef('public.${called}'::regproc), 'FUNCTION public.${called}', 'FUNCTION bench.${called}'),
    $q$'pg_catalog', 'public'$q$, $q$'pg_catalog', 'bench', 'public'$q$); end $do$`
  return `${copy}; ${definition.replace(/ ON (?:public\.)?/, ' ON bench.').replace(/EXECUTE FUNCTION (?:public\.)?/, 'EXECUTE FUNCTION bench.')}`
}

async function insertAll(config: pg.ClientConfig, samples: readonly RowsOfOne[], clients: number, seconds: number) {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client(config)
      await client.connect()
      await client.query('set search_path = bench, pg_catalog')
      return client
    }),
  )
  const milliseconds: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let place = 0
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() < end && place < samples.length) {
        const rows = samples[place++]!
        const sent = performance.now()
        await client.query('begin')
        for (const table of tables) if (rows[table].length > 0) await client.query(insertOf(table, rows[table]))
        await client.query('commit')
        milliseconds.push(performance.now() - sent)
      }
    }),
  )
  const spent = (performance.now() - began) / 1000
  await Promise.all(connections.map((client) => client.end()))
  return { rate: milliseconds.length / spent, milliseconds }
}

/** One insert of all rows, prepared once for each number of rows. */
function insertOf(table: Table, rows: readonly Row[]): pg.QueryConfig {
  const columns = Object.keys(rows[0]!)
  const marks = rows.map((_, at) => `(${columns.map((_column, place) => `$${at * columns.length + place + 1}`).join(', ')})`)
  return {
    name: `${table} ${rows.length}`,
    text: `insert into ${table} (${columns.join(', ')}) values ${marks.join(', ')}`,
    values: rows.flatMap((row) => columns.map((column) => row[column])),
  }
}
