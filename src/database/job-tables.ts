import type pg from 'pg'
import { getConstructionPlans, getMigrationPlans } from 'pg-boss'
import manifest from 'pg-boss/package.json' with { type: 'json' }
import { appRole } from './bootstrap.ts'
import { CannotStart } from './cannot-start.ts'

export const jobSchema = 'pgboss'

/**
 * Makes or updates pg-boss's tables, as the owner, to what the installed pg-boss expects; the worker then runs with `migrate: false`
 * and as the application's role, which may use the tables and change none. Call under the migrations' lock. True where it changed something.
 */
export async function prepareJobTables(client: pg.Client): Promise<boolean> {
  const wanted = manifest.pgboss.schema
  const found = await versionThere(client)
  if (found === wanted) return false
  if (found !== null && found > wanted)
    throw new CannotStart(`The job tables are of version ${found}, newer than this release's ${wanted}.`)
  // Each plan is one transaction of its own, so a killed run leaves the tables as they were.
  await client.query(found === null ? getConstructionPlans(jobSchema) : getMigrationPlans(jobSchema, found))
  await client.query(rights)
  return true
}

async function versionThere(client: pg.Client): Promise<number | null> {
  const table = await client.query<{ found: boolean }>(`select to_regclass('${jobSchema}.version') is not null as found`)
  if (!table.rows[0]?.found) return null
  const version = await client.query<{ version: number }>(`select version from ${jobSchema}.version`)
  return version.rows[0]?.version ?? null
}

const rights = `
  grant usage on schema ${jobSchema} to ${appRole};
  grant select, insert, update, delete on all tables in schema ${jobSchema} to ${appRole};
  grant usage on all sequences in schema ${jobSchema} to ${appRole};
  grant execute on all functions in schema ${jobSchema} to ${appRole};
`
