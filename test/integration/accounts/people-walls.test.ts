import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPeopleUseCases, demonstrationCode, type PeopleUseCases } from '../../../src/accounts/index.ts'
import { inviteInput } from '../../../src/accounts/invitations/invite-person.ts'
import { createPeopleWorld, type PeopleWorld } from './people-world.ts'
import { answerOf, password } from './world.ts'

// What hostile hands tried on people and their ways in. In one database, one after the other.

let world: PeopleWorld
beforeAll(async () => {
  world = await createPeopleWorld()
})
afterAll(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const admin = 'admin@demo.test'

test('a recovery code lets one in, though two arrive at one moment with two six-digit codes', async () => {
  const ctx = await world.steppedUp(grace)
  const { offer } = await world.people.recoveryCodes.make(ctx, {})
  const groups = world.people.recoveryCodes.show(ctx, offer)
  await world.people.recoveryCodes.confirm(ctx, offer, { third: groups[2]!, last: groups[6]! })
  world.wait({ seconds: 60 })
  const recover = (people: PeopleUseCases, seconds: number) =>
    answerOf(
      people.recoverPassword(
        { requestId: 'test', from: `place ${seconds}` },
        { email: grace, code: groups.join(' '), password, otp: demonstrationCode(world.now().add({ seconds })) },
      ),
    )
  // The second has read the code before the first uses it up, and goes on after
  const arrived = Promise.withResolvers<void>()
  const used = Promise.withResolvers<void>()
  const gate: typeof world.deps.gate = async (work) => {
    arrived.resolve()
    await used.promise
    return work()
  }
  const second = recover(createPeopleUseCases({ ...world.deps, gate }), 30)
  await arrived.promise
  const first = await recover(world.people, 0)
  used.resolve()
  expect([first, await second]).toEqual(['done', 'sign_in_failed'])
  expect(await world.entries(['recovery_code_used'])).toHaveLength(1)
  world.wait({ minutes: 2 })
})

test('a guardian who countersigns is shown that an earlier id or the alias of somebody is another: a conflict hangs on both', async () => {
  const id = await world.idOf(daniel)
  const changeOf = async () =>
    (await world.people.proposeRecipientSet(await world.as(grace)))?.people.find((person) => person.id === id)?.change ?? null
  expect(await changeOf()).toBeNull()
  await world.tamper('update person set formerly = array[id] where id = $1', [id])
  expect(await changeOf()).toBe('changed')
  await world.tamper(`update person set formerly = '{}' where id = $1`, [id])
  expect(await changeOf()).toBeNull()
})

test('a link for a second factor is dead once its person was invited anew, wherever they were with it', async () => {
  const old = await world.idOf(daniel)
  const { resetId } = await world.people.askForReset(await world.steppedUp(admin), old, {})
  const { secret } = (await world.people.decideReset(await world.steppedUp(grace), resetId, { decision: 'confirm' }))!
  const { draft } = await world.people.enrolment.choosePassword(secret, { password })
  const { factor } = await world.people.enrolment.state(secret, draft)
  await world.people.reinvite(await world.steppedUp(admin), old, {})
  const { Secret } = await import('otpauth')
  const { codeAt } = await import('../../../src/accounts/second-factor.ts')
  const otp = codeAt(Secret.fromBase32(factor.key.replaceAll(' ', '')).bytes, world.now())
  expect(await answerOf(world.people.enrolment.confirmFactor(secret, draft, { otp }))).toBe('invitation_not_recognised')
  expect(await world.entries(['second_factor_renewed'])).toEqual([])
})

test('a reset that waits ends too, and nobody can confirm it', async () => {
  const old = await world.idOf('investigator@demo.test')
  const { resetId } = await world.people.askForReset(await world.steppedUp(admin), old, {})
  await world.people.reinvite(await world.steppedUp(admin), old, {})
  expect(await world.people.viewResets(await world.as(grace))).toEqual([])
  expect(await answerOf(world.people.decideReset(await world.steppedUp(grace), resetId, { decision: 'confirm' }))).toBe(
    'approval_not_pending',
  )
})

test('nobody is invited under a name that looks like another and is matched by none', () => {
  const given = (name: string) =>
    inviteInput.safeParse({ name, email: 'new@demo.test', roles: ['guardian'], intakeGroupIds: [...world.groups] })
  expect(given('D\u0430niel Reid').error?.issues.map(({ path }) => path.join('/'))).toEqual(['name'])
  expect(given('Gr\u0430c\u0435 Okafor').success).toBe(false)
  expect(given('Daniel Re\u200Bid').data?.name).toBe('Daniel Reid')
  for (const name of ['Łukasz Małecki', 'Анна Иванова', 'Søren Ó Briain', '李 明']) expect(given(name).success).toBe(true)
})
