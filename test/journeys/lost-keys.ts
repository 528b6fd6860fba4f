import { join } from 'node:path'
import { createRenewKeys, preparePerson } from '../../src/accounts/index.ts'
import { compose } from '../../src/composition.ts'
import {
  createExportGrants,
  createImportGrants,
  raiseInput,
  readExport,
  readRecovered,
  rebuildGrants,
  writeRecoveryFile,
} from '../../src/concerns/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { setUpOrganisation } from '../../src/set-up.ts'
import { demonstrationOrganisation } from '../../src/settings/index.ts'
import { holdRecoveryCeremony, readShare, rebuildRecoveryKeys } from '../../src/vault/index.ts'
import { createTestClock } from '../support/clock.ts'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'

/** Tells a story, and holds it to the kinds of entries that it must leave behind. */
export type Leaves = (kinds: readonly string[], story: () => Promise<unknown>, database?: FreshDatabase) => Promise<void>

/** A trust of its own, from set-up to the ceremony that gives its only guardian back what she could read. */
export async function loseAndRecover(folder: string, leaves: Leaves): Promise<void> {
  const own = await freshDatabase()
  const clock = createTestClock()
  const config = { mode: 'real' as const, data: { dir: folder, secretsDir: join(folder, 'secrets') } }
  const passwordCost = { memoryKiB: 64, passes: 1 }
  const trust = await compose({ config, clock, random: systemRandom, log: () => {}, passwordCost }, own.app, { maxConnections: 4 })
  try {
    const { accountsDeps } = trust
    const enrolled = (name: string, role: 'guardian' | 'administrator') =>
      preparePerson(accountsDeps, {
        ...{ name, email: `${role}@trust.example`, roles: [role], deputy: false, intakeGroupIds: [] },
        password: 'seven quiet herons on ice',
      })
    const [guardian, administrator] = [await enrolled('Grace Okafor', 'guardian'), await enrolled('Sam Obi', 'administrator')]
    const { publicKeys: recovery, shares } = await holdRecoveryCeremony()
    await leaves(
      ['organisation_opened', 'recovery_key_made', 'person_added', 'workflow_published'],
      () =>
        setUpOrganisation(accountsDeps, { settings: { ...demonstrationOrganisation, stamp: 'real' }, guardian, administrator, recovery }),
      own,
    )
    await trust.concerns.raise({ requestId: 'test', now: clock.now() }, raiseInput.parse({ narrative: 'The alarm is off.' }), null)
    await leaves(
      ['keys_renewed', 'recovery_exported', 'recipient_set_recovered', 'access_recovered'],
      async () => {
        const renewing = createRenewKeys(accountsDeps)
        await (await renewing.prepare(await renewing.find(guardian.person.email), 'eleven tugboats of jam')).commit()
        const read = shares.slice(1).map((rows) => readShare(rows.flat().join(' ')))
        const rebuilt = await rebuildRecoveryKeys(
          read.flatMap((reading) => (reading.ok ? [reading.share] : [])),
          recovery,
        )
        if (!rebuilt.ok) throw new Error(rebuilt.fault.code)
        const deps = { ...accountsDeps, directory: trust.accounts.directory }
        const exported = readExport(writeRecoveryFile(await createExportGrants(deps)(guardian.person.id, 'A trust')))!
        await createImportGrants(deps)(readRecovered(writeRecoveryFile(rebuildGrants(exported, rebuilt.keys).recovered))!)
      },
      own,
    )
  } finally {
    await trust.close()
    await own.drop()
  }
}
