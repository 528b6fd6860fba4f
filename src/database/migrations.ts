import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import { CannotStart } from './cannot-start.ts'
import { driverConfig, SturdyClient, type Connection } from './connection.ts'
import { prepareJobTables } from './job-tables.ts'
import { MigrationAdapter, openSchemaEngine } from './schema-engine.ts'

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'prisma', 'migrations')

/**
 * Brings the database to this release, as its owner: Prisma's migrations, then the job tables. Of several processes one does the
 * work while the others wait. Returns how many migrations it applied. A run killed in the middle is taken up by the next: every
 * script is one transaction. `only`: no others than these, to make a database as an earlier release had it. Throws `CannotStart` where the
 * database is newer than this release.
 */
export async function applyMigrations(owner: Connection, folder: string = migrationsFolder, only?: readonly string[]): Promise<number> {
  // One connection for the lock and the work: the lock then lives exactly as long as the work can, even when we are killed.
  const pool = new pg.Pool({
    ...driverConfig(owner),
    application_name: 'forthright migrations',
    max: 1,
    idleTimeoutMillis: 0,
    Client: SturdyClient,
  })
  pool.on('error', () => {})
  try {
    await pool.query('select pg_advisory_lock($1)', [migrationsLock])
    const count = await applyPending(pool, folder, only)
    const client = await pool.connect()
    try {
      await prepareJobTables(client)
    } finally {
      client.release()
    }
    return count
  } finally {
    await pool.end()
  }
}

/** Prisma's own number for this lock, so that `npx prisma migrate deploy` waits for us and we for it. */
export const migrationsLock = 72_707_369

async function applyPending(pool: pg.Pool, folder: string, only?: readonly string[]): Promise<number> {
  if ((await missingNames(pool, folder)).length === 0) return 0
  const engine = await openSchemaEngine(new MigrationAdapter(pool))
  try {
    await forgetUnfinished(pool)
    const input = { migrationsList: migrationsIn(folder, only), filters: { externalTables: [], externalEnums: [] } }
    const { appliedMigrationNames } = await engine.applyMigrations(input)
    return appliedMigrationNames.length
  } finally {
    engine.free()
  }
}

/** The migrations of a folder, or `only` some of them, as the schema engine takes them. */
export function migrationsIn(folder: string, only?: readonly string[]): MigrationList {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const wanted = migrationNames(folder).filter((name) => only?.includes(name) ?? true)
  const migrationDirectories = wanted.map((path) => {
    const content = { tag: 'ok' as const, value: read(join(path, 'migration.sql')) }
    return { path, migrationFile: { path: 'migration.sql', content } }
  })
  const lockfile = { path: 'migration_lock.toml', content: read('migration_lock.toml') }
  return { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories }
}

export function migrationNames(folder: string = migrationsFolder): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}

/** The migrations a database still lacks, by name, asked with any login that may read. Throws `CannotStart` where it is newer than this release. */
export async function pendingMigrations(login: Connection, folder: string = migrationsFolder): Promise<string[]> {
  const client = new pg.Client(driverConfig(login))
  await client.connect()
  try {
    return await missingNames(client, folder)
  } finally {
    await client.end()
  }
}

async function missingNames(session: Session, folder: string): Promise<string[]> {
  const wanted = migrationNames(folder)
  const found = await appliedNames(session)
  const unknown = [...found].find((name) => !wanted.includes(name))
  if (unknown !== undefined)
    throw new CannotStart(`The database is newer than this release: it has the migration ${unknown}. Start the newer release.`)
  return wanted.filter((name) => !found.has(name))
}

type Session = Pick<pg.Pool | pg.Client, 'query'>

async function appliedNames(session: Session): Promise<Set<string>> {
  const table = await session.query<{ found: boolean }>(`select to_regclass('public._prisma_migrations') is not null as found`)
  if (!table.rows[0]?.found) return new Set()
  const applied = await session.query<{ name: string }>(
    'select migration_name as name from public._prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  return new Set(applied.rows.map(({ name }) => name))
}

/** A started but unfinished row is of a run that was killed. Its script was rolled back with it, so the engine may simply do it again. */
async function forgetUnfinished(pool: pg.Pool): Promise<void> {
  await pool.query(`
    do $$ begin
      if to_regclass('public._prisma_migrations') is not null then
        update public._prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null;
      end if;
    end $$`)
}
