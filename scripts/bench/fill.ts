/** A process of its own that seals so many concerns for the service of a data folder. */
import { join } from 'node:path'
import pg from 'pg'
import { compose } from '../../src/composition.ts'
import { loadSecrets } from '../../src/config/index.ts'
import { connectionOf } from '../../src/database/index.ts'
import { readCases } from '../../src/demonstration/index.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { assertStrong, passwordCost } from '../../src/vault/index.ts'
import { addInBulk } from '../../test/support/process-bulk.ts'
import { superuserConfig } from '../../test/support/process.ts'

const [dataDir = '', count = '0'] = process.argv.slice(2)
const secretsDir = join(dataDir, 'secrets')
const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir } }
const service = await compose(
  { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost },
  connectionOf({ dataDir }),
  {
    maxConnections: 2,
  },
)
const { tokenPepper } = loadSecrets(secretsDir, { random: systemRandom, assertStrong })
const client = new pg.Client(superuserConfig(dataDir))
await client.connect()
const directory = await service.accounts.directory.current()
const settings = await service.settings.current()
const bodies = readCases().map(({ body }) => body)
await addInBulk(client, { directory, settings, tokenPepper, bodies }, Number(count))
await client.end()
await service.close()
