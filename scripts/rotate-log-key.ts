/**
 * `npm run rotate-log-key`: lays a new key beside the one that signs the log. Both sign for 30 days, so that whoever checks the log learns of the new
 * one under the old one's signature; then the old one is retired and its file removed. Runs at the server, whether the service runs or not.
 */
import { createLogKeys, LogRefused } from '../src/audit/index.ts'
import { compose } from '../src/composition.ts'
import { ConfigFault, openLogKeys } from '../src/config/index.ts'
import { CannotStart, connectionOf, createDatabase, openAsOwner, signerConnectionOf } from '../src/database/index.ts'
import { createLog, londonDate } from '../src/kernel/index.ts'
import { readStartUp, type StartUp } from '../src/start-up.ts'
import { assertStrong } from '../src/vault/index.ts'

async function rotate(startUp: StartUp): Promise<void> {
  const { config, server, clock, random } = startUp
  const signer = createDatabase({ connection: signerConnectionOf(server), maxConnections: 1 })
  const service = await compose(startUp, connectionOf(server), { maxConnections: 2 })
  try {
    const files = openLogKeys(config.data.secretsDir, assertStrong)
    const made = await createLogKeys({ signer, audited: service.audited, files, clock, random }).rotate()
    if (made === null) throw new CannotStart('Nothing was changed: the log has no key yet, or one key is taking over from another already.')
    console.log(`The new key, for everybody who checks this log:\n\n  ${made.verifierKey}\n`)
    console.log(
      `Until ${londonDate(made.until)} the old key signs as well. Give the new one to auditors, witnesses and whoever keeps the minutes before then,`,
    )
    console.log(`and make a copy of ${config.data.secretsDir} today: without the new key no batch can be signed.`)
  } finally {
    await service.close()
    await signer.close()
  }
}

try {
  const startUp = { ...readStartUp(process.env), log: createLog(true) }
  const { server } = startUp
  const opened = 'url' in server ? null : await openAsOwner(server, startUp.log)
  try {
    await rotate(startUp)
  } finally {
    await opened?.leave()
  }
} catch (error) {
  const told = error instanceof CannotStart || error instanceof ConfigFault
  if (error instanceof LogRefused)
    console.error('A key of this log is missing, not whole or open to others in the folder log of the secrets.')
  else console.error(told ? error.message : `This failed (${error instanceof Error ? error.name : 'unknown'}).`)
  process.exitCode = 1
}
