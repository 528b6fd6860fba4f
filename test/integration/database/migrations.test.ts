import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createJobRunner, runTransaction } from '../../../src/database/index.ts'
import { applyMigrations, migrationsFolder, migrationsIn, pendingMigrations } from '../../../src/database/migrations.ts'
import { freshDatabase, type FreshDatabase, type FreshDatabaseOptions } from '../../support/database.ts'

const all = migrationsIn(migrationsFolder).migrationDirectories.length
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function fresh(options: FreshDatabaseOptions = { holds: 'nothing' }): Promise<FreshDatabase> {
  const database = await freshDatabase(options)
  cleanUps.push(() => database.drop())
  return database
}

describe('bringing a database to this release', () => {
  test('an empty one gets every migration, bodies of functions included; a second run finds nothing to do', async () => {
    const { owner, asSuperuser } = await fresh()
    expect(await pendingMigrations(owner)).toHaveLength(all)
    expect(await applyMigrations(owner)).toBe(all)
    expect(await applyMigrations(owner)).toBe(0)
    expect(await pendingMigrations(owner)).toEqual([])
    const guards = await asSuperuser.query(`select 1 from pg_trigger where tgname = 'staff_entry_append_only'`)
    expect(guards.rowCount).toBe(1)
  })

  test('of four that start at once one applies them and the others wait for it', async () => {
    const { owner } = await fresh()
    const counts = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(owner)))
    expect(counts.toSorted()).toEqual([0, 0, 0, all])
  })

  test('it belongs to its owner, and the service’s login may make nothing in it', async () => {
    const { asSuperuser, database } = await fresh({ holds: 'tables' })
    const owners = await asSuperuser.query<{ tableowner: string }>(
      `select distinct tableowner from pg_tables where schemaname in ('public', 'pgboss')`,
    )
    expect(owners.rows).toEqual([{ tableowner: 'forthright_owner' }])
    await expect(runTransaction(database, (tx) => tx.$executeRaw`create table mine ()`)).rejects.toThrow(/permission denied/)
    const may =
      await asSuperuser.query(`select has_schema_privilege('forthright_app', 'public', 'create') or has_schema_privilege('forthright_app', 'pgboss', 'create')
      or has_database_privilege('forthright_app', current_database(), 'create, temporary') as make`)
    expect(may.rows).toEqual([{ make: false }])
  })

  test('a database newer than this release is refused', async () => {
    const { owner, asSuperuser } = await fresh({ holds: 'tables' })
    await asSuperuser.query(`insert into _prisma_migrations select 'later', checksum, finished_at, '29990101000000_later', logs, rolled_back_at, started_at, applied_steps_count
      from _prisma_migrations limit 1`)
    await expect(applyMigrations(owner)).rejects.toThrow(/newer than this release.*29990101000000_later/)
  })
})

describe('a migration that goes wrong', () => {
  function folderWith(script: string): { folder: string; rewrite: (script: string) => void } {
    const folder = mkdtempSync(join(tmpdir(), 'forthright-migrations-'))
    cleanUps.push(() => rmSync(folder, { recursive: true }))
    cpSync(join(migrationsFolder, 'migration_lock.toml'), join(folder, 'migration_lock.toml'))
    mkdirSync(join(folder, '20260101000000_one'))
    const rewrite = (text: string) => writeFileSync(join(folder, '20260101000000_one', 'migration.sql'), text)
    rewrite(script)
    return { folder, rewrite }
  }

  const tables = async ({ asSuperuser }: FreshDatabase) =>
    (
      await asSuperuser.query<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
      )
    ).rows.map(({ tablename }) => tablename)

  test('says what the server said and leaves nothing half-made; put right, it is taken up again', async () => {
    const database = await fresh()
    const { folder, rewrite } = folderWith('create table half (); select 1 / 0;')
    await expect(applyMigrations(database.owner, folder)).rejects.toThrow(/division by zero/)
    expect(await tables(database)).toEqual([])
    rewrite('create table whole ();')
    expect(await applyMigrations(database.owner, folder)).toBe(1)
    expect(await tables(database)).toEqual(['whole'])
  })

  test('cut off in the middle, it is done again by the next start, without hands', async () => {
    const database = await fresh()
    const { folder } = folderWith('create table slow (); select pg_sleep(1);')
    const cutOff = applyMigrations(database.owner, folder)
    cutOff.catch(() => {})
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'forthright migrations' and datname = current_database() and query like '%pg_sleep(1)%'`
    for (let tries = 0; tries < 200 && (await database.asSuperuser.query(terminate)).rowCount === 0; tries += 1) await pause(10)
    await expect(cutOff).rejects.toThrow()
    expect(await tables(database)).toEqual([])
    expect(await applyMigrations(database.owner, folder)).toBe(1)
    expect(await tables(database)).toEqual(['slow'])
  })
})

describe('the job tables', () => {
  test('let the worker run scheduled jobs with the service’s login, and change no table', async () => {
    const { app, database } = await fresh({ holds: 'tables' })
    const boss = createJobRunner(app)
    const errors: unknown[] = []
    boss.on('error', (error) => errors.push(error))
    await boss.start()
    await boss.createQueue('tick')
    await boss.schedule('tick', '* * * * *')
    const { promise, resolve } = Promise.withResolvers<unknown>()
    await boss.work<{ round: number }>('tick', { pollingIntervalSeconds: 0.5 }, async ([job]) => resolve(job?.data.round))
    await boss.send('tick', { round: 7 })
    expect(await promise).toBe(7)
    await boss.supervise()
    await boss.stop({ graceful: false })
    expect(errors).toEqual([])
    await expect(runTransaction(database, (tx) => tx.$executeRaw`drop table pgboss.job`)).rejects.toThrow(/must be owner/)
  })
})
