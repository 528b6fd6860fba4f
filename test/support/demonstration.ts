import pg from 'pg'
import { compose, prepare } from '../../src/composition.ts'
import { admitOnlyOurs } from '../../src/database/bootstrap.ts'
import { driverConfig, type ServerLogin } from '../../src/database/connection.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { createTestClock } from './clock.ts'
import { cheapPasswords } from './passwords.ts'
import { demonstrationName, templateName } from './postgres.ts'

/**
 * Makes the database `demonstrationName` out of the migrated one by a first start of the service, so that every test after it starts
 * as a second one: nothing is to be made any more. The secrets and pins that fit it are in `secretsDir`.
 */
export async function makeDemonstration(superuser: ServerLogin, app: ServerLogin, secretsDir: string): Promise<void> {
  const client = new pg.Client(driverConfig(superuser))
  await client.connect()
  try {
    await client.query(`create database ${demonstrationName} owner forthright_owner template ${templateName} strategy file_copy`)
    await admitOnlyOurs(client, demonstrationName)
  } finally {
    await client.end()
  }
  const world = {
    config: { mode: 'demonstration' as const, data: { dir: secretsDir, secretsDir } },
    clock: createTestClock(),
    random: systemRandom,
    log: () => {},
    passwordCost: cheapPasswords,
  }
  const service = await compose(world, { ...app, database: demonstrationName }, { maxConnections: 2 })
  await prepare(service, world)
  await service.close()
}
