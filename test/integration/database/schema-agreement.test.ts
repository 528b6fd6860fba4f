import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { driverConfig } from '../../../src/database/index.ts'
import { MigrationAdapter, openSchemaEngine } from '../../../src/database/schema-engine.ts'
import { freshDatabase } from '../../support/database.ts'

const fresh = await freshDatabase()
afterAll(() => fresh.drop())

test('the migrations make exactly the tables that schema.prisma describes', async () => {
  expect(await difference()).toBe('-- This is an empty migration.')
})

test('a column that only one of the two has would be noticed', async () => {
  await fresh.asSuperuser.query('alter table receipt add column surplus text')
  expect(await difference()).toContain('DROP COLUMN "surplus"')
  await fresh.asSuperuser.query('alter table receipt drop column surplus, drop column purge_on')
  expect(await difference()).toContain('ADD COLUMN     "purge_on" DATE NOT NULL')
})

/** What Prisma's own engine would still have to change in the migrated database to make it what schema.prisma says, as SQL. */
async function difference(): Promise<string | undefined> {
  const content = readFileSync(join(import.meta.dirname, '..', '..', '..', 'prisma', 'schema.prisma'), 'utf8')
  const files = [{ path: 'schema.prisma', content }]
  const pool = new pg.Pool({ ...driverConfig(fresh.owner), max: 1 })
  const engine = await openSchemaEngine(new CatalogueAdapter(pool), [['schema.prisma', content]])
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '/' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout?.trim()
  } finally {
    engine.free()
    await pool.end()
  }
}

/** Prisma's adapter does not know PostgreSQL's one-byte type "char", which the catalogue is full of; here it learns it. */
class CatalogueAdapter extends MigrationAdapter {
  override async connect() {
    const adapter = await super.connect()
    const pool = adapter.underlyingDriver()
    const oneByte = 18
    const text = 25
    const character = 6
    let columns: number[] = []
    const query = async (config: pg.QueryArrayConfig) => {
      const result = await pool.query(config)
      columns = result.fields.flatMap(({ dataTypeID }, n) => (dataTypeID === oneByte ? [n] : []))
      for (const n of columns) result.fields[n]!.dataTypeID = text
      return result
    }
    Object.assign(adapter, { client: { query } })
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (wanted) => {
      const result = await queryRaw(wanted)
      for (const n of columns) result.columnTypes[n] = character
      return result
    }
    return adapter
  }
}
