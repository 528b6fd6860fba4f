import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { compose } from '../../src/composition.ts'
import { connectionOf } from '../../src/database/index.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { passwordCost } from '../../src/vault/index.ts'
import type { Household } from '../../test/support/process.ts'

/**
 * The web process's own work in this process, on the database of a service that was stopped: without the background process, which rests between its
 * batches in real use and works after every act in a demonstration.
 */
export async function withWeb<T>({ dataDir }: Household, work: (origin: string) => Promise<T>): Promise<T> {
  const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
  const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
  const service = await compose(world, connectionOf({ dataDir }), { maxConnections: 8 })
  const timer = { now: () => 0, wait: async () => {} }
  const { app } = createApp(service, { publicOrigin: 'http://127.0.0.1', trustProxy: false, demonstration: true, open: true, timer })
  const web = createServer(app)
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${(web.address() as AddressInfo).port}`)
  } finally {
    web.closeAllConnections()
    web.close()
    await service.close()
  }
}
