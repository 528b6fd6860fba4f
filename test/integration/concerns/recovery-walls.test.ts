import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnrolledPerson, StaffContext } from '../../../src/accounts/index.ts'
import { insertPerson } from '../../../src/accounts/person-store.ts'
import type { Service } from '../../../src/composition.ts'
import { createExportGrants, createImportGrants, rebuildGrants } from '../../../src/concerns/index.ts'
import type { Role, UserId } from '../../../src/kernel/index.ts'
import { refusalOf, words } from './handling-world.ts'
import { startRecoveryWorld, type RecoveryWorld } from './recovery-world.ts'

/** What the recovery key gives back is what was lost, and never more. */
describe('recovery', () => {
  let world: RecoveryWorld<'grace' | 'owen' | 'priya'>
  let service: Service
  let grace: EnrolledPerson
  let owen: EnrolledPerson
  let priya: EnrolledPerson

  beforeAll(async () => {
    world = await startRecoveryWorld({
      grace: { name: 'Grace Okafor', role: 'guardian' },
      owen: { name: 'Owen Price', role: 'non_executive_lead' },
      priya: { name: 'Priya Nair', role: 'investigator' },
    })
    service = world.service
    ;({ grace, owen, priya } = world.people)
  })
  afterAll(() => world.close())

  const deps = () => world.deps
  const raise = (said?: Record<string, unknown>) => world.raise(said)
  const as = ({ person: { id: userId, alias, name, roles }, keys }: EnrolledPerson): StaffContext => ({
    person: { userId, alias, name, roles, deputy: false, intakeGroupIds: world.intakeGroupIds },
    ...{ keys, sessionId: 'none' as never, steppedUp: false, freshCode: false, csrf: '', requestId: 'test', now: world.clock.now() },
  })
  /** Somebody who comes in by the recovery key: a row, and a list that it signs. `before` is who they were. */
  const comeIn = async (name: string, role: Role, before?: EnrolledPerson): Promise<EnrolledPerson> => {
    const { person, keys, totpSeed } = await world.enrol(name, role)
    const newcomer = { person: { ...person, formerly: before === undefined ? [] : [before.person.id] }, keys, totpSeed }
    await service.accountsDeps.audited(async (tx) => {
      if (before !== undefined) await tx.person.update({ where: { id: before.person.id }, data: { active: false } })
      await insertPerson(tx, newcomer.person)
      const fields = { person: person.alias, roles: [role], fingerprint: 'none' }
      return { value: null, entries: [{ kind: 'person_added', actor: { role: 'system' }, at: world.clock.now(), fields }] }
    })
    return newcomer
  }
  const rebuild = async (id: UserId) =>
    rebuildGrants({ format: 'forthright-recovery-export/1', ...(await createExportGrants(deps())(id, 'A trust')) } as never, world.recovery)
      .recovered
  const heldBy = async ({ person }: EnrolledPerson, concern: string) => {
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
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
