import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { CannotStart } from '../cannot-start.ts'
import { driverConfig, SturdyClient, type Connection } from '../connection.ts'
import { copyInWords, leftOut, quoted, tablesToCopy, type TableCopy } from './tables.ts'

/** An empty database while it is being filled, inside one transaction. */
export interface Refill {
  /** Puts a table's rows in, as `Snapshot.copy` gave them. Returns how many. Throws `RowsRefused` where this release has no such table. */
  take(table: TableCopy, rows: AsyncIterable<Uint8Array>): Promise<number>
  query<Row extends pg.QueryResultRow>(words: string, values?: readonly unknown[]): Promise<Row[]>
  /** Rows one after the other, without holding them all. */
  walk<Row extends pg.QueryResultRow>(words: string): AsyncIterable<Row>
}

/** The guards of the database, or its tables, refused what a backup holds. `code` is PostgreSQL's, or one of our guards' (FR…). */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** A guard that holds for a log that grows, and cannot for one that is put back whole; `work` has to prove what it stood for. */
const asleepMeanwhile = { log_checkpoint: 'log_checkpoint_sound' } as const

/**
 * Fills an empty database in one transaction, as its owner and with every other guard awake: entries are hashed and linked, concerns counted
 * and parts owned, or nothing is there afterwards. Throws `CannotStart` where it is not empty, `RowsRefused` where the guards say no.
 */
export function refillDatabase<T>(owner: Connection, work: (refill: Refill) => Promise<T>): Promise<T> {
  return ownersTransaction(owner, async (client) => {
    const tables = new Map((await tablesToCopy(client)).map((each) => [each.table, new Set(each.columns)]))
    await refuseUnlessEmpty(client, [...tables.keys()])
    await setGuards(client, tables, 'disable')
    const done = await work({ ...readingOn(client), take: (table, rows) => take(client, tables, table, rows) })
    await setGuards(client, tables, 'enable always')
    return done
  })
}

/**
 * For a database that its operator put back by other means: one transaction as its owner, in which nobody is signed in any more and no draft,
 * receipt or open inbox is left, as after a restore of ours. Throws `RowsRefused` where the guards say no.
 */
export function settleRestored<T>(owner: Connection, work: (refill: Omit<Refill, 'take'>) => Promise<T>): Promise<T> {
  return ownersTransaction(owner, async (client) => {
    for (const table of Object.keys(leftOut).filter((name) => !name.startsWith('_')))
      await client.query(`delete from public.${quoted(table)}`)
    return work(readingOn(client))
  })
}

async function ownersTransaction<T>(owner: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new SturdyClient({ ...driverConfig(owner), application_name: 'forthright restore', options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    throw error instanceof pg.DatabaseError ? new RowsRefused(error.code ?? 'unknown') : error
  } finally {
    await client.end()
  }
}

const readingOn = (client: pg.Client): Omit<Refill, 'take'> => ({
  query: async (words, values = []) => (await client.query(words, [...values])).rows,
  walk: (words) => walk(client, words),
})

async function setGuards(client: pg.Client, tables: ReadonlyMap<string, unknown>, how: 'disable' | 'enable always'): Promise<void> {
  for (const [table, trigger] of Object.entries(asleepMeanwhile))
    if (tables.has(table)) await client.query(`alter table public.${quoted(table)} ${how} trigger ${quoted(trigger)}`)
}

async function refuseUnlessEmpty(client: pg.Client, tables: readonly string[]): Promise<void> {
  const each = tables.map((table) => `select 1 from public.${quoted(table)}`).join(' union all ')
  const { rowCount } = await client.query(`select 1 from (${each} limit 1) as found`)
  if (rowCount !== 0) throw new CannotStart('The database is not empty. A backup is only ever put into an empty one.')
}

async function take(
  client: pg.Client,
  tables: ReadonlyMap<string, ReadonlySet<string>>,
  table: TableCopy,
  rows: AsyncIterable<Uint8Array>,
): Promise<number> {
  const known = tables.get(table.table)
  if (known === undefined || !table.columns.every((column) => known.has(column))) throw new RowsRefused('42P01')
  const into = client.query(copyFrom(copyInWords(table)))
  await pipeline(Readable.from(rows, { objectMode: false }), into)
  return into.rowCount
}

const atOnce = 5_000

async function* walk<Row extends pg.QueryResultRow>(client: pg.Client, words: string): AsyncGenerator<Row> {
  await client.query(`declare walked no scroll cursor for ${words}`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${atOnce} from walked`)
    if (rows.length === 0) break
    yield* rows
  }
  await client.query('close walked')
}
