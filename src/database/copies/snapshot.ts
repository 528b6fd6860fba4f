import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { driverConfig, SturdyClient, type Connection } from '../connection.ts'
import { migrationsLock } from '../migrations.ts'
import { copyOutWords, quoted, tablesToCopy, type OrderedTable } from './tables.ts'

/** The database as it stood at one moment, table by table. */
export interface Snapshot {
  /** The migrations it has had, oldest first. */
  readonly migrations: readonly string[]
  /** In the order in which they can be put back. */
  readonly tables: readonly OrderedTable[]
  query<Row extends pg.QueryResultRow>(words: string): Promise<Row[]>
  /** A table's rows in PostgreSQL's binary form, in pieces; their number once all were read. */
  copy(table: OrderedTable): AsyncIterable<Uint8Array> & { readonly rowCount: number }
}

/**
 * Opens the database to `work` as it stands now, while the service goes on: one REPEATABLE READ, READ ONLY transaction. The tables are locked
 * (ACCESS SHARE, which hinders only what writes a table anew) before the moment is taken: the nightly rewriting would otherwise show an
 * older snapshot an empty table, and the backup would lose every concern without a word.
 */
export async function withSnapshot<T>(owner: Connection, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new SturdyClient({ ...driverConfig(owner), application_name: 'forthright backup', options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock_shared($1)', [migrationsLock])
    const tables = await tablesToCopy(client)
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query(`lock table ${tables.map(({ table }) => `public.${quoted(table)}`).join(', ')} in access share mode`)
    const { rows } = await client.query<{ name: string }>(
      'select migration_name as name from public._prisma_migrations where finished_at is not null and rolled_back_at is null order by 1',
    )
    return await work({
      migrations: rows.map(({ name }) => name),
      tables,
      query: async (words) => (await client.query(words)).rows,
      copy: (table) => client.query(copyTo(copyOutWords(table))),
    })
  } finally {
    await client.end()
  }
}
