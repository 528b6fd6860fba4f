import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRenewKeys, type EnrolledPerson } from '../../../src/accounts/index.ts'
import { normaliseEmail } from '../../../src/accounts/person.ts'
import { findPersonByEmail } from '../../../src/accounts/person-store.ts'
import type { Service } from '../../../src/composition.ts'
import {
  createExportGrants,
  createImportGrants,
  readExport,
  readRecovered,
  rebuildGrants,
  writeRecoveryFile,
} from '../../../src/concerns/index.ts'
import { openWithPassword } from '../../../src/vault/index.ts'
import { refusalOf } from './handling-world.ts'
import { startRecoveryWorld, type RecoveryWorld } from './recovery-world.ts'

/** A trust with two guardians and a non-executive lead, whose recovery shares somebody has. */
describe('recovery with real rows', () => {
  let world: RecoveryWorld<'grace' | 'daniel' | 'owen'>
  let service: Service
  let grace: EnrolledPerson
  let daniel: EnrolledPerson
  let owen: EnrolledPerson

  beforeAll(async () => {
    world = await startRecoveryWorld({
      grace: { name: 'Grace Okafor', role: 'guardian' },
      daniel: { name: 'Daniel Reid', role: 'guardian', deputy: true },
      owen: { name: 'Owen Price', role: 'non_executive_lead' },
    })
    service = world.service
    ;({ grace, daniel, owen } = world.people)
  })
  afterAll(() => world.close())

  const deps = () => world.deps
  const raise = (said?: Record<string, unknown>) => world.raise(said)
  const renew = async ({ person }: EnrolledPerson) => {
    const renewing = createRenewKeys(service.accountsDeps)
    await (await renewing.prepare(await renewing.find(person.email.toUpperCase()), 'eleven tugboats of jam')).commit()
  }
  /** Signed in with the keys they have now. */
  const contextOf = async ({ person: { id: userId, email, alias, name } }: EnrolledPerson) => {
    const { database, secrets } = service.accountsDeps
    const found = (await database.read((tx) => findPersonByEmail(tx, normaliseEmail(email))))!
    const keys = (await openWithPassword(found.password, 'eleven tugboats of jam', secrets.passwordPepper))!
    const person = { userId, alias, name, roles: ['guardian' as const], deputy: false, intakeGroupIds: [] }
    return {
      sessionId: 'none' as never,
      steppedUp: false,
      freshCode: false,
      csrf: '',
      requestId: 'test',
      person,
      keys,
      now: world.clock.now(),
    }
  }
  /** As it goes over two machines: through the text of both files. */
  const recover = async ({ person }: EnrolledPerson) => {
    const exported = readExport(writeRecoveryFile(await createExportGrants(deps())(person.id, 'A trust')))!
    const { recovered, notGenuine } = rebuildGrants(exported, world.recovery)
    return { exported, recovered: readRecovered(writeRecoveryFile(recovered))!, notGenuine }
  }
  const heldBy = async ({ person }: EnrolledPerson, concern: string) => {
    const { rows } = await world.database.asSuperuser.query<{ kind: string; sealed: Buffer }>(
      'select kind, sealed from key_grant where holder = $1 and concern_id = $2 order by kind',
      [person.id, concern],
    )
    return rows
  }
  const kindsIn = (recovered: { concerns: { id: string; grants: { kind: string }[] }[] }, concern: string) =>
    recovered.concerns
      .find(({ id }) => id === concern)
      ?.grants.map(({ kind }) => kind)
      .toSorted() ?? null

  let renewed: string
  it('follows a key that was renewed, and gives nothing back to whoever declared a conflict', async () => {
    const concern = await raise({ openness: 'confidential', identity: { name: 'Ann' } })
    renewed = concern
    const { id: userId, alias, name } = grace.person
    const session = { sessionId: 'none' as never, steppedUp: false, freshCode: false, csrf: '', requestId: 'test' }
    const person = { userId, alias, name, roles: ['guardian' as const], deputy: false, intakeGroupIds: [] }
    await service.concerns.declareConflict({ ...session, person, keys: grace.keys, now: world.clock.now() }, concern, {
      expectedVersion: 1,
    })
    const daniels = await recover(daniel)
    expect([daniels.notGenuine, kindsIn(daniels.recovered, concern)]).toEqual([0, ['identity', 'internal', 'shared']])
    expect(kindsIn((await recover(grace)).recovered, concern)).toBeNull()
  })

  it('never gives a guardian what is about them or was kept from them, and does not tell how much that is', async () => {
    const plain = await raise({ openness: 'confidential', identity: { name: 'Ann' } })
    const aboutGrace = await raise({ about: ['Grace Okafor'] })
    const aboutBoth = await raise({ about: ['the guardians'] })
    const otherDoor = await raise({ recipient: 'non_executive_lead' })
    await renew(grace)
    await renew(daniel)
    const { exported, recovered, notGenuine } = await recover(grace)
    expect(exported.concerns).toHaveLength(4)
    expect(recovered.concerns.map(({ id }) => id)).toEqual([plain])
    expect(kindsIn(recovered, plain)).toEqual(['identity', 'internal', 'shared'])
    expect(notGenuine).toBe(0)

    const before = await heldBy(grace, plain)
    await createImportGrants(deps())(recovered)
    const after = await heldBy(grace, plain)
    expect(after.map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind))
    expect(after.some(({ sealed }, at) => sealed.equals(before[at]!.sealed))).toBe(false)
    for (const concern of [aboutGrace, aboutBoth, otherDoor]) expect(await heldBy(grace, concern)).toEqual([])

    // The list is in force with the new keys of both, so the second needs no new list
    const forDaniel = await recover(daniel)
    expect(forDaniel.exported.set).toBeNull()
    expect(forDaniel.recovered.concerns.map(({ id }) => id).toSorted()).toEqual([plain, aboutGrace, renewed].toSorted())
    const forOwen = await recover(owen)
    expect(forOwen.recovered.concerns.map(({ id }) => id).toSorted()).toEqual([aboutBoth, otherDoor].toSorted())
  })

  it('leaves out a concern whose header somebody forged, so that it would no longer be about them', async () => {
    const about = await raise({ about: ['Grace Okafor'] })
    const harmless = await raise()
    const swap = `update reporter_item set item_key = other.item_key, ciphertext = other.ciphertext, signature = other.signature
      from reporter_item other where reporter_item.concern_id = $1 and other.concern_id = $2
        and reporter_item.kind = 'header' and other.kind = 'header'`
    await world.database.asSuperuser.query('begin; set local session_replication_role = replica')
    await world.database.asSuperuser.query(swap, [about, harmless])
    await world.database.asSuperuser.query('commit')
    const { recovered, notGenuine } = await recover(grace)
    expect(recovered.concerns.map(({ id }) => id)).not.toContain(about)
    expect(notGenuine).toBe(1)
  })

  it('refuses a file when the keys it was made for are others by now, and one with another person put in', async () => {
    const { recovered } = await recover(daniel)
    expect(await refusalOf(createImportGrants(deps())({ ...recovered, person: { ...recovered.person, id: grace.person.id } }))).toEqual({
      invalid_input: ['/signature not_signed'],
    })
    await renew(daniel)
    const { recovered: newer } = await recover(daniel)
    expect(newer.set).not.toBeNull()
    await createImportGrants(deps())(newer)
    expect(await refusalOf(createImportGrants(deps())(recovered))).toEqual({ invalid_input: ['/person keys_changed'] })
  })

  it('puts no list in force that is not of the people there are when it arrives', async () => {
    await renew(grace)
    const { recovered } = await recover(grace)
    await renew(owen)
    expect(await refusalOf(createImportGrants(deps())(recovered))).toEqual({ invalid_input: ['/set people_changed'] })
    expect((await service.accounts.directory.current()).find(owen.person.id)?.keys.box).toEqual(owen.person.publicKeys.box)
  })

  it('tells a guardian whose keys are new what that means, until a colleague who can read makes them the owner', async () => {
    const concern = await raise()
    await renew(grace)
    await renew(daniel)
    await createImportGrants(deps())((await recover(grace)).recovered)
    const [first, second] = [await contextOf(grace), await contextOf(daniel)]
    expect(await refusalOf(service.concerns.viewConcern(second, concern))).toBe('sealed_to_old_keys')
    const seen = async (ctx: typeof first) =>
      (await service.concerns.viewQueue(ctx, { limit: 100 })).items.filter(({ id }) => id === concern).map(({ withheld }) => withheld)
    expect([await seen(first), await seen(second)]).toEqual([[null], ['sealed_to_old_keys']])
    const { version } = await service.concerns.viewConcern(first, concern)
    await service.concerns.act(first, concern, 'assign', { expectedVersion: version, userId: daniel.person.id })
    expect(await service.concerns.viewConcern(second, concern)).toMatchObject({ owner: { id: daniel.person.id } })
    const gave = "select count(*)::int from staff_entry where kind = 'access_granted' and concern_id = $1"
    expect((await world.database.asSuperuser.query<{ count: number }>(gave, [concern])).rows[0]?.count).toBe(1)
  })

  it('is for nobody who reads no concerns, and for no address that nobody has', async () => {
    expect(await refusalOf(createRenewKeys(service.accountsDeps).find('nobody@trust.example'))).toEqual({
      invalid_input: ['/email unknown_person'],
    })
    const administrator = (await service.accounts.directory.current()).people.find(({ roles }) => roles.includes('administrator'))
    expect(administrator).toBeUndefined()
    expect(await refusalOf(createExportGrants(deps())('00000000-0000-4000-8000-000000000000' as never, 'A trust'))).toEqual({
      invalid_input: ['/email reads_no_concerns'],
    })
  })
})
