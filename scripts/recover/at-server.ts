import { createRenewKeys } from '../../src/accounts/index.ts'
import { compose, prepare, type Service } from '../../src/composition.ts'
import { createExportGrants, createImportGrants, readRecovered, writeRecoveryFile, type RecoveryDeps } from '../../src/concerns/index.ts'
import { CannotStart, openServer } from '../../src/database/index.ts'
import { createLog } from '../../src/kernel/index.ts'
import { readStartUp } from '../../src/start-up.ts'
import { askPassword, confirmSecondFactor } from '../setup/people.ts'
import { any, type Terminal } from '../setup/terminal.ts'
import { readWith, refuseExisting, writeNew } from './files.ts'

/** Runs against the database that `npm start` would use, with the same settings; a server of ours must not be running meanwhile. */
async function atServer<T>(work: (service: Service) => Promise<T>): Promise<T> {
  const startUp = { ...readStartUp(process.env), log: createLog(true) }
  if (startUp.config.mode !== 'real') throw new CannotStart('Recovery is for real mode: use the settings that npm start is given.')
  const server = await openServer(startUp.server, startUp.log)
  try {
    const service = await compose(startUp, server.app, { maxConnections: 4 })
    try {
      if (!(await prepare(service, startUp))) throw new CannotStart('This database has not been set up: there is nothing to recover.')
      return await work(service)
    } finally {
      await service.close()
    }
  } finally {
    await server.stop()
  }
}

const depsOf = ({ accountsDeps, accounts }: Service): RecoveryDeps => ({ ...accountsDeps, directory: accounts.directory })

const askEmail = (terminal: Terminal, whose: string) => terminal.ask(`Work e-mail of ${whose}:`, any)

/** New keys, password and second factor for somebody who sits here and lost theirs. */
export function renew(terminal: Terminal): Promise<void> {
  return atServer(async (service) => {
    const renewing = createRenewKeys(service.accountsDeps)
    const person = await renewing.find(await askEmail(terminal, 'the person who lost their keys'))
    terminal.say(
      `  New keys for ${person.name}. What the old ones opened stays shut until somebody gives it back.`,
      '  The old password, second factor, recovery code and every open session stop working at the end.',
    )
    const renewal = await renewing.prepare(person, await askPassword(terminal))
    const { organisation } = await service.settings.current()
    await confirmSecondFactor(terminal, service.clock, renewal.totpSeed, organisation.name, person.email)
    await renewal.commit()
    terminal.wipe()
    terminal.say(
      `  Done. ${person.name} writes this fingerprint down and takes it to the ceremony:`,
      '',
      `    ${renewal.fingerprint}`,
      '',
      '  Next: where another guardian is left, they countersign in the service and hand over. Where none is: npm run recover -- export FILE',
    )
  })
}

/** Writes what the recovery key opens, sealed as it is, for one person. */
export function exportToFile(terminal: Terminal, file: string): Promise<void> {
  refuseExisting(file)
  return atServer(async (service) => {
    const person = await createRenewKeys(service.accountsDeps).find(await askEmail(terminal, 'the person who is to get access'))
    const { organisation } = await service.settings.current()
    const exported = await createExportGrants(depsOf(service))(person.id, organisation.name)
    writeNew(file, writeRecoveryFile(exported))
    terminal.say(
      `  ${file} holds everything that the recovery key opens, sealed. Without two shares nobody reads any of it.`,
      '  Take it to the machine where the shares are put together: npm run recover -- rebuild',
    )
  })
}

/** Puts what was rebuilt into the database. */
export function importFromFile(terminal: Terminal, file: string): Promise<void> {
  const recovered = readWith(file, readRecovered, 'this is no file that npm run recover -- rebuild made.')
  return atServer(async (service) => {
    const { name } = await createImportGrants(depsOf(service))(recovered)
    terminal.say(
      `  Done. ${name} signs in and finds the concerns. The log has an entry for each.`,
      '  Start the service. Destroy both files, and wipe the machine where the shares were put together.',
    )
  })
}
