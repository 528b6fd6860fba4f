import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { compose } from '../../src/composition.ts'
import { connectionOf } from '../../src/database/index.ts'
import { readCases } from '../../src/demonstration/index.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { passwordCost } from '../../src/vault/index.ts'
import type { Household } from '../../test/support/process.ts'
import { keptOpen, send } from '../../test/support/process-http.ts'
import { line, spread, title } from './paper.ts'

/**
 * Opening an inbox by its code. The service answers such calls on a tick of 250 ms; here a second web process on the same database runs
 * without waiting for it, so that the figure is the work itself, which has to stay under one tick.
 */
export async function measureInbox(house: Household, quick: boolean): Promise<void> {
  title('Opening an inbox, net of the tick')
  const { dataDir } = house
  const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
  const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
  const service = await compose(world, connectionOf({ dataDir }), { maxConnections: 8 })
  const timer = { now: () => 0, wait: async () => {} }
  const { app } = createApp(service, { publicOrigin: 'http://127.0.0.1', trustProxy: false, demonstration: true, open: true, timer })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const agent = keptOpen()
  const tokens: string[] = []
  for (const { body } of readCases()) tokens.push((await send(origin, '/api/v1/concerns', { body, agent })).json<{ token: string }>().token)
  const milliseconds: number[] = []
  for (let count = 0; count < (quick ? 200 : 1_000); count += 1) {
    const began = performance.now()
    const answer = await send(origin, '/api/v1/inbox', { body: { token: tokens[count % tokens.length] }, agent })
    if (answer.status !== 200) throw new Error(`the inbox answers ${answer.status}`)
    milliseconds.push(performance.now() - began)
  }
  line('one after the other', spread(milliseconds))
  agent.destroy()
  server.closeAllConnections()
  server.close()
  await service.close()
}
