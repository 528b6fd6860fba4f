/** A background process that does nothing but integrate, to be killed: says that it is ready, waits for the word, and ends when nothing waits. */
import { flushCompileCache } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { createIntegrator, LogRefused } from '../../src/audit/index.ts'
import type { ServerLogin } from '../../src/database/connection.ts'
import { createDatabase } from '../../src/database/index.ts'
import { Secret, systemClock, systemRandom } from '../../src/kernel/index.ts'
import { openSigner } from './log.ts'

type PlainLogin = Omit<ServerLogin, 'password'> & { readonly password: string }
const { app, signer: signerLogin, secretsDir } = JSON.parse(process.argv[2]!) as { app: PlainLogin; signer: PlainLogin; secretsDir: string }
const login = ({ password, ...rest }: PlainLogin): ServerLogin => ({ ...rest, password: new Secret(password) })

const database = createDatabase({ connection: login(app), maxConnections: 1 })
const { signer, keys } = openSigner({ database, signer: login(signerLogin), secretsDir, clock: systemClock })
// Small batches, or a kill would always meet the first one
const pace = { measure: 16, patience: 0, byTheClock: false }
const integrator = createIntegrator({ signer, random: systemRandom, pace, signers: keys.settle, largestBatch: 128 })

await keys.settle().catch(() => [])
// Who is killed leaves no compiled modules behind at its end, and the next would compile them all again
flushCompileCache()
process.once('message', () => void run())
process.send?.('ready')

async function run(): Promise<void> {
  for (;;) {
    try {
      const { added } = await integrator.integrate(systemClock.now())
      if (added === 0) break
    } catch (error) {
      if (error instanceof LogRefused) throw error
      // The database is away, and comes back
      await pause(100)
    }
  }
  await signer.close()
  await database.close()
  process.disconnect?.()
}
