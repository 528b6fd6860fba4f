import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preparePerson, type EnrolledPerson, type StaffContext } from '../../../src/accounts/index.ts'
import { insertPerson } from '../../../src/accounts/person-store.ts'
import { foundRecipientSet } from '../../../src/accounts/sign-recipient-set.ts'
import { compose, type Service } from '../../../src/composition.ts'
import { createExportGrants, createImportGrants, raiseInput, rebuildGrants, type RecoveryDeps } from '../../../src/concerns/index.ts'
import { systemRandom, type ConcernId, type Role, type UserId } from '../../../src/kernel/index.ts'
import { demonstrationOrganisation, prepareSettings } from '../../../src/settings/index.ts'
import { holdRecoveryCeremony, readShare, rebuildRecoveryKeys, type PrivateKeys } from '../../../src/vault/index.ts'
import { createTestClock } from '../../support/clock.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'
import { refusalOf, words } from './handling-world.ts'

/** What the recovery key gives back is what was lost, and never more. */
describe('recovery', () => {
  let fresh: FreshDatabase
  let folder: string
  let service: Service
  let recovery: PrivateKeys
  let grace: EnrolledPerson
  let owen: EnrolledPerson
  let priya: EnrolledPerson
  const clock = createTestClock()
  const deps = (): RecoveryDeps => ({ ...service.accountsDeps, directory: service.accounts.directory })

  beforeAll(async () => {
    fresh = await freshDatabase()
    folder = mkdtempSync(join(tmpdir(), 'forthright-recovery-'))
    const config = { mode: 'real' as const, data: { dir: folder, secretsDir: join(folder, 'secrets') } }
    const passwordCost = { memoryKiB: 64, passes: 1 }
    service = await compose({ config, clock, random: systemRandom, log: () => {}, passwordCost }, fresh.app, { maxConnections: 6 })
    const { accountsDeps } = service
    const prepared = prepareSettings(accountsDeps, { ...demonstrationOrganisation, stamp: 'real' })
    groups = prepared.intakeGroups.map(({ id }) => id)
    grace = await enrol('Grace Okafor', 'guardian')
    owen = await enrol('Owen Price', 'non_executive_lead')
    priya = await enrol('Priya Nair', 'investigator')
    const { publicKeys, shares } = await holdRecoveryCeremony()
    const read = shares.slice(1).map((rows) => readShare(rows.flat().join(' ')))
    const rebuilt = await rebuildRecoveryKeys(
      read.flatMap((reading) => (reading.ok ? [reading.share] : [])),
      publicKeys,
    )
    if (!rebuilt.ok) throw new Error(rebuilt.fault.code)
    recovery = rebuilt.keys
    await accountsDeps.audited(async (tx) => {
      const entries = (await prepared.open(tx))!
      const people = [grace, owen, priya].map(({ person }) => person)
      for (const person of people) await insertPerson(tx, person)
      const signed = await foundRecipientSet(tx, accountsDeps.pins, people, [grace], publicKeys, clock.now())
      return { value: null, entries: [...entries, ...signed] }
    })
  })
  afterAll(async () => {
    await service.close()
    await fresh.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  let groups: Awaited<ReturnType<typeof preparePerson>>['person']['intakeGroupIds']
  const enrol = (name: string, role: Role) =>
    preparePerson(service.accountsDeps, {
      ...{ name, email: `${name.replaceAll(' ', '.')}@trust.example`, roles: [role], deputy: false },
      intakeGroupIds: groups,
      password: 'seven quiet herons on ice',
    })
  const as = ({ person: { id: userId, alias, name, roles }, keys }: EnrolledPerson): StaffContext => ({
    person: { userId, alias, name, roles, deputy: false, intakeGroupIds: groups },
    ...{ keys, sessionId: 'none' as never, steppedUp: false, csrf: '', requestId: 'test', now: clock.now() },
  })
  const raise = async (said: Record<string, unknown> = {}): Promise<ConcernId> => {
    const visitor = { requestId: 'test', now: clock.now() }
    const { token } = await service.concerns.raise(visitor, raiseInput.parse({ narrative: 'The lift alarm is off.', ...said }), null)
    return (await service.concerns.openByToken(visitor, token)).concernId
  }
  /** Somebody who comes in by the recovery key: a row, and a list that it signs. `before` is who they were. */
  const comeIn = async (name: string, role: Role, before?: EnrolledPerson): Promise<EnrolledPerson> => {
    const { person, keys, totpSeed } = await enrol(name, role)
    const newcomer = { person: { ...person, formerly: before === undefined ? [] : [before.person.id] }, keys, totpSeed }
    await service.accountsDeps.audited(async (tx) => {
      if (before !== undefined) await tx.person.update({ where: { id: before.person.id }, data: { active: false } })
      await insertPerson(tx, newcomer.person)
      const fields = { person: person.alias, roles: [role], fingerprint: 'none' }
      return { value: null, entries: [{ kind: 'person_added', actor: { role: 'system' }, at: clock.now(), fields }] }
    })
    return newcomer
  }
  const rebuild = async (id: UserId) =>
    rebuildGrants({ format: 'forthright-recovery-export/1', ...(await createExportGrants(deps())(id, 'A trust')) } as never, recovery)
      .recovered
  const heldBy = async ({ person }: EnrolledPerson, concern: string) => {
    const { rows } = await fresh.asSuperuser.query<{ kind: string }>(
      'select kind from key_grant where holder = $1 and concern_id = $2 order by kind',
      [person.id, concern],
    )
    return rows.map(({ kind }) => kind)
  }

  it('gives nothing of a concern to somebody who declared a conflict while the file was away', async () => {
    const id = await raise()
    const { act, declareConflict } = service.concerns
    await act(as(grace), id, 'acknowledge', { expectedVersion: 1, ...words.acknowledge })
    await act(as(grace), id, 'triage', { expectedVersion: 2, ...words.triage, elements: [...words.triage.elements] })
    const plan = {
      investigatorId: priya.person.id,
      terms: 'The alarm.',
      expectedEnd: '2027-01-05' as never,
      message: 'Somebody will look.',
    }
    await act(as(grace), id, 'start_investigation', { expectedVersion: 3, ...plan })
    expect(await heldBy(priya, id)).toEqual(['investigation'])
    const away = await rebuild(priya.person.id)
    expect(away.concerns.map((concern) => concern.id)).toContain(id)
    await declareConflict(as(priya), id, { expectedVersion: 4 })
    await createImportGrants(deps())(away)
    expect(await heldBy(priya, id)).toEqual([])
    expect(await refusalOf(service.concerns.viewConcern(as(priya), id))).toBe('not_found')
  })

  it('gives a guardian who came later what guardians were to read, and not what went to another door', async () => {
    const forGuardians = await raise()
    const otherDoor = await raise({ recipient: 'non_executive_lead' })
    const ada = await comeIn('Ada Finch', 'guardian')
    await createImportGrants(deps())(await rebuild(ada.person.id))
    expect(await heldBy(ada, forGuardians)).toEqual(['internal', 'shared'])
    expect(await heldBy(ada, otherDoor)).toEqual([])
  })

  it('leaves a lead whom a concern was escalated to a lead who was told of it, under new keys too', async () => {
    const id = await raise()
    const { act, viewConcern, viewEscalated } = service.concerns
    await act(as(grace), id, 'escalate', { expectedVersion: 1, to: 'non_executive_lead', reason: 'Late.', shareContent: true })
    const before = await viewConcern(as(owen), id)
    const again = await comeIn('Owen Price-Hill', 'non_executive_lead', owen)
    await createImportGrants(deps())(await rebuild(again.person.id))
    const after = await viewConcern(as(again), id)
    expect([after.allowedActions, after.mayWriteMessages]).toEqual([before.allowedActions, before.mayWriteMessages])
    expect((await viewEscalated(as(again), null)).items.map((item) => item.id)).toEqual([id])
  })
})
