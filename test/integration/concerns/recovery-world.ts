import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preparePerson, type EnrolledPerson } from '../../../src/accounts/index.ts'
import { insertPerson } from '../../../src/accounts/person-store.ts'
import { foundRecipientSet } from '../../../src/accounts/sign-recipient-set.ts'
import { compose, type Service } from '../../../src/composition.ts'
import { raiseInput, type RecoveryDeps } from '../../../src/concerns/index.ts'
import { systemRandom, type ConcernId, type Role } from '../../../src/kernel/index.ts'
import { demonstrationOrganisation, prepareSettings } from '../../../src/settings/index.ts'
import { holdRecoveryCeremony, readShare, rebuildRecoveryKeys, type PrivateKeys } from '../../../src/vault/index.ts'
import { createTestClock, type TestClock } from '../../support/clock.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'
import { cheapPasswords } from '../../support/passwords.ts'

/** Who is there from the first day, by the first name they are called by. */
export type Founders<Name extends string> = Readonly<
  Record<Name, { readonly name: string; readonly role: Role; readonly deputy?: boolean }>
>

/** A trust whose recovery shares somebody has. */
export interface RecoveryWorld<Name extends string> {
  readonly database: FreshDatabase
  readonly service: Service
  readonly clock: TestClock
  /** What the shares give back. */
  readonly recovery: PrivateKeys
  readonly people: Readonly<Record<Name, EnrolledPerson>>
  readonly intakeGroupIds: EnrolledPerson['person']['intakeGroupIds']
  readonly deps: RecoveryDeps
  /** Somebody who is in no row yet. */
  enrol(name: string, role: Role, deputy?: boolean): Promise<EnrolledPerson>
  raise(said?: Record<string, unknown>): Promise<ConcernId>
  close(): Promise<void>
}

/** The guardians among the founders sign the first list. */
export async function startRecoveryWorld<Name extends string>(founders: Founders<Name>): Promise<RecoveryWorld<Name>> {
  const database = await freshDatabase()
  const clock = createTestClock()
  const folder = mkdtempSync(join(tmpdir(), 'forthright-recovery-'))
  const config = { mode: 'real' as const, data: { dir: folder, secretsDir: join(folder, 'secrets') } }
  const world = { config, clock, random: systemRandom, log: () => {}, passwordCost: cheapPasswords }
  const service = await compose(world, database.app, { maxConnections: 6 })
  const { accountsDeps } = service
  const prepared = prepareSettings(accountsDeps, { ...demonstrationOrganisation, stamp: 'real' })
  const intakeGroupIds = prepared.intakeGroups.map(({ id }) => id)
  const enrol = (name: string, role: Role, deputy = false) =>
    preparePerson(accountsDeps, {
      ...{ name, email: `${name.replaceAll(' ', '.')}@trust.example`, roles: [role], deputy },
      intakeGroupIds,
      password: 'seven quiet herons on ice',
    })
  const people = {} as Record<Name, EnrolledPerson>
  for (const each of Object.keys(founders) as Name[])
    people[each] = await enrol(founders[each].name, founders[each].role, founders[each].deputy)
  const { publicKeys, shares } = await holdRecoveryCeremony()
  const read = shares.slice(1).map((rows) => readShare(rows.flat().join(' ')))
  const rebuilt = await rebuildRecoveryKeys(
    read.flatMap((reading) => (reading.ok ? [reading.share] : [])),
    publicKeys,
  )
  if (!rebuilt.ok) throw new Error(rebuilt.fault.code)
  await accountsDeps.audited(async (tx) => {
    const entries = (await prepared.open(tx))!
    const all = Object.values<EnrolledPerson>(people)
    for (const { person } of all) await insertPerson(tx, person)
    const [first, ...others] = all.filter(({ person }) => person.roles.includes('guardian'))
    const list = all.map(({ person }) => person)
    const signed = await foundRecipientSet(tx, accountsDeps.pins, list, [first!, ...others], publicKeys, clock.now())
    return { value: null, entries: [...entries, ...signed] }
  })
  return {
    ...{ database, service, clock, people, intakeGroupIds, enrol },
    recovery: rebuilt.keys,
    deps: { ...accountsDeps, directory: service.accounts.directory },
    raise: async (said = {}) => {
      const visitor = { requestId: 'test', now: clock.now() }
      const { token } = await service.concerns.raise(visitor, raiseInput.parse({ narrative: 'The lift alarm is off.', ...said }), null)
      return (await service.concerns.openByToken(visitor, token)).concernId
    },
    close: async () => {
      await service.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
