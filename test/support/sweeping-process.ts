/**
 * A background process that does nothing but sweep, to be killed: says that it is ready, waits for the word, then lives through the days from the one
 * after the last sweep to the last given, as fast as it can, and ends.
 */
import { flushCompileCache } from 'node:module'
import { createDirectory } from '../../src/accounts/index.ts'
import { createAuditedTransaction } from '../../src/audit/index.ts'
import { readLastSweep } from '../../src/concerns/sweep/last-sweep.ts'
import { createSweep } from '../../src/concerns/sweep/sweep.ts'
import { openDutyKey, openPinFile } from '../../src/config/index.ts'
import type { ServerLogin } from '../../src/database/connection.ts'
import { createDatabase } from '../../src/database/index.ts'
import { addDays, londonDate, Secret, systemRandom, type DateText } from '../../src/kernel/index.ts'
import { createOutbox } from '../../src/notifications/index.ts'
import { createSettings } from '../../src/settings/index.ts'
import { dutyKeysOf } from '../../src/vault/index.ts'
import { createTestClock } from './clock.ts'

interface Given {
  readonly app: Omit<ServerLogin, 'password'> & { readonly password: string }
  readonly secretsDir: string
  readonly first: DateText
  readonly last: DateText
}
const { app, secretsDir, first, last } = JSON.parse(process.argv[2]!) as Given

const clock = createTestClock()
const database = createDatabase({ connection: { ...app, password: new Secret(app.password) }, maxConnections: 1 })
const sweep = createSweep({
  ...{ database, clock, random: systemRandom, audited: createAuditedTransaction(database, systemRandom) },
  directory: createDirectory({ database, pins: openPinFile(secretsDir), log: () => {} }),
  settings: createSettings({ database, clock }),
  outbox: createOutbox('clock@trust.example'),
  dutyKeys: dutyKeysOf(openDutyKey(secretsDir)),
})
await database.ping()
// Who is killed leaves no compiled modules behind at its end, and the next would compile them all again
flushCompileCache()
process.once('message', () => void live())
process.send?.('ready')

async function live(): Promise<void> {
  const before = await database.read((tx) => readLastSweep(tx))
  let today = before === null ? first : addDays(londonDate(before), 1)
  for (; today <= last; today = addDays(today, 1)) {
    clock.set(`${today}T09:15:00Z`)
    await sweep()
  }
  await database.close()
  process.disconnect?.()
}
