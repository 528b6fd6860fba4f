import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSignIn } from '../../../src/accounts/index.ts'
import type { RecoverInput } from '../../../src/accounts/own-account/recover-password.ts'
import type { Refusal } from '../../../src/kernel/index.ts'
import { createPeopleWorld, newPassword, type PeopleWorld } from './people-world.ts'
import { answerOf, password } from './world.ts'

let world: PeopleWorld
beforeEach(async () => {
  world = await createPeopleWorld()
})
afterEach(() => world.close())

const grace = 'guardian@demo.test'
const ctxOf = { requestId: 'test' }
const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as Refusal,
  )

/** Prints a recovery code as its owner does, and gives its groups. */
async function printCode(email: string): Promise<readonly string[]> {
  const ctx = await world.steppedUp(email)
  const { offer } = await world.people.recoveryCodes.make(ctx, {})
  const groups = world.people.recoveryCodes.show(ctx, offer)
  await world.people.recoveryCodes.confirm(ctx, offer, { third: groups[2]!, last: groups[6]! })
  return groups
}

describe('a recovery code', () => {
  const recover = (groups: readonly string[], change: Partial<RecoverInput> = {}) => {
    world.wait({ seconds: 60 })
    return world.people.recoverPassword(ctxOf, {
      email: grace,
      code: groups.join(' '),
      password: newPassword,
      otp: world.code(),
      ...change,
    })
  }

  test('is made with a fresh six-digit code, and good once part of it was typed back', async () => {
    expect(await answerOf(world.people.recoveryCodes.make(await world.as(grace), {}))).toBe('step_up_required')
    const ctx = await world.steppedUp(grace)
    const { offer } = await world.people.recoveryCodes.make(ctx, {})
    const groups = world.people.recoveryCodes.show(ctx, offer)
    expect(await answerOf(recover(groups))).toBe('sign_in_failed')
    const confirm = (third: string) => world.people.recoveryCodes.confirm(ctx, offer, { third, last: groups[6]! })
    expect((await refusalOf(confirm(groups[3]!)))?.faults).toMatchObject([{ pointer: '/third', code: 'not_copied' }])
    await confirm(groups[2]!)
    expect((await world.people.viewAccount(await world.as(grace))).recoveryCode).toBe(true)
    expect((await world.entries()).map(({ kind }) => kind)).toContain('recovery_code_made')
  })

  test('offered to one person is no other’s', async () => {
    const { offer } = await world.people.recoveryCodes.make(await world.steppedUp(grace), {})
    const other = await world.as('deputy@demo.test')
    expect(() => world.people.recoveryCodes.show(other, offer)).toThrow('draft_gone')
    world.wait({ minutes: 14 })
    const later = await world.as(grace)
    world.wait({ minutes: 50 })
    expect(() => world.people.recoveryCodes.show(later, offer)).toThrow('draft_gone')
  })

  test('lets its owner choose a new password: the old one, every session and the code itself are over', async () => {
    const groups = await printCode(grace)
    const token = await world.signIn(grace)
    const { accessToken, offer } = await recover(groups)
    const ctx = await world.open(accessToken)
    expect(ctx.person.name).toBe('Grace Okafor')
    expect(await answerOf(world.open(token))).toBe('session_invalid')
    expect(await answerOf(world.signIn(grace))).toBe('sign_in_failed')
    expect(await answerOf(recover(groups))).toBe('sign_in_failed')
    expect((await world.people.viewAccount(ctx)).recoveryCode).toBe(false)
    expect(world.people.recoveryCodes.show(ctx, offer)).toHaveLength(7)
    expect(world.people.recoveryCodes.show(ctx, offer)).not.toEqual(groups)
    world.wait({ minutes: 5 })
    expect(await answerOf(createSignIn(world.deps)(ctxOf, { email: grace, password: newPassword, otp: world.code() }))).toBe('done')
    expect(await world.entries(['recovery_code_used'])).toHaveLength(1)
  })

  test('mistyped is named by its group, at once and without counting as a try', async () => {
    const groups = await printCode(grace)
    const fourth = groups[3]!
    const slipped = groups.with(3, `${fourth.slice(0, 3)}${fourth.endsWith('7') ? '8' : '7'}`)
    for (let tries = 0; tries < 6; tries += 1) {
      const refused = await refusalOf(
        world.people.recoverPassword(ctxOf, { email: grace, code: slipped.join(' '), password: newPassword, otp: '123456' }),
      )
      expect([refused?.code, refused?.faults[0]?.pointer]).toEqual(['invalid_input', '/code'])
      expect(refused?.faults[0]?.detail).toMatch(/group \d/)
    }
    expect(await world.entries(['sign_in_failed'])).toEqual([])
    expect((await refusalOf(recover(['nonsense'])))?.faults[0]?.detail).toMatch(/7 groups of 4/)
    expect((await refusalOf(recover(groups, { password: 'too short' })))?.faults).toMatchObject([
      { pointer: '/password', code: 'too_short' },
    ])
    expect(await answerOf(recover(groups))).toBe('done')
  })

  test('with a wrong second factor, for nobody, or somebody else’s gets one and the same answer', async () => {
    const groups = await printCode(grace)
    const wrong = world.code() === '000000' ? '000001' : '000000'
    const refused = [
      await refusalOf(recover(groups, { otp: wrong })),
      await refusalOf(recover(groups, { email: 'nobody@demo.test' })),
      await refusalOf(recover(groups, { email: 'deputy@demo.test' })),
    ]
    expect(refused.map((one) => [one?.code, one?.faults])).toEqual(refused.map(() => ['sign_in_failed', []]))
    expect((await world.entries(['sign_in_failed'])).map(({ fields }) => fields['code'])).toEqual([
      'second_factor_wrong',
      'unknown_person',
      'recovery_code',
    ])
    expect(await answerOf(world.signIn(grace))).toBe('done')
  })

  test('cannot be guessed quickly: the wait grows, the same for names that nobody has', async () => {
    const other = await printCode('deputy@demo.test')
    const tryFor = (email: string) =>
      world.people.recoverPassword(ctxOf, { email, code: other.join(), password: newPassword, otp: '123456' })
    for (const email of [grace, 'nobody@demo.test']) {
      const answers: string[] = []
      for (let tries = 0; tries < 4; tries += 1) answers.push(await answerOf(tryFor(email)))
      expect(answers).toEqual(['sign_in_failed', 'sign_in_failed', 'sign_in_failed', 'sign_in_delayed'])
    }
  })

  test('costs one run of Argon2id, whoever is asked for', async () => {
    const groups = await printCode(grace)
    let runs = 0
    const { createRecoverPassword } = await import('../../../src/accounts/own-account/recover-password.ts')
    const counted = createRecoverPassword({ ...world.deps, gate: (work) => ((runs += 1), work()) })
    world.wait({ seconds: 60 })
    for (const email of ['nobody@demo.test', 'deputy@demo.test', grace]) {
      runs = 0
      await answerOf(counted(ctxOf, { email, code: groups.join(' '), password: newPassword, otp: world.code() }))
      expect([email, runs]).toEqual([email, 1])
    }
  })

  test('in another’s row opens nothing', async () => {
    const groups = await printCode(grace)
    await world.tamper('update person p set recovery_wrapped = o.recovery_wrapped from person o where o.email = $1 and p.email = $2', [
      grace,
      'deputy@demo.test',
    ])
    expect(await answerOf(recover(groups, { email: 'deputy@demo.test' }))).toBe('sign_in_failed')
  })
})

describe('one’s own password', () => {
  const change = async (current: string, wanted = newPassword) =>
    world.people.changePassword(await world.steppedUp(grace), { current, password: wanted })

  test('is changed with the old one and a fresh code; keys stay, other sessions end', async () => {
    const token = await world.signIn(grace)
    expect(await answerOf(world.people.changePassword(await world.as(grace), { current: password, password: newPassword }))).toBe(
      'step_up_required',
    )
    const ctx = await world.steppedUp(grace)
    const before = (await world.people.viewAccount(ctx)).fingerprint
    await world.people.changePassword(ctx, { current: password, password: newPassword })
    expect(await answerOf(world.open(token))).toBe('session_invalid')
    expect((await world.people.viewAccount(ctx)).fingerprint).toBe(before)
    expect(await answerOf(world.signIn(grace))).toBe('sign_in_failed')
    world.wait({ minutes: 5 })
    const { accessToken } = await createSignIn(world.deps)(ctxOf, { email: grace, password: newPassword, otp: world.code() })
    expect((await world.open(accessToken)).keys.publicKeys).toEqual(ctx.keys.publicKeys)
    expect(await world.entries(['password_changed'])).toHaveLength(1)
  })

  test('stays what it was, and so do code and sessions, where the session was ended while the request was on its way', async () => {
    const ctx = await world.steppedUp(grace)
    const { offer } = await world.people.recoveryCodes.make(ctx, {})
    const groups = world.people.recoveryCodes.show(ctx, offer)
    const other = await world.signIn(grace)
    await world.people.endOtherSessions(await world.open(other))
    expect(await answerOf(world.people.changePassword(ctx, { current: password, password: newPassword }))).toBe('session_invalid')
    expect(await answerOf(world.people.recoveryCodes.confirm(ctx, offer, { third: groups[2]!, last: groups[6]! }))).toBe('session_invalid')
    expect(await answerOf(world.people.endOtherSessions(ctx))).toBe('session_invalid')
    expect(await answerOf(world.open(other))).toBe('done')
    expect(await answerOf(world.signIn(grace))).toBe('done')
  })

  test('stays what it was where the old one is wrong or the new one weak', async () => {
    expect((await refusalOf(change('not my password at all')))?.faults).toMatchObject([{ pointer: '/current', code: 'wrong_password' }])
    expect((await refusalOf(change(password, 'short')))?.faults).toMatchObject([{ pointer: '/password', code: 'too_short' }])
    expect((await refusalOf(change(password, 'passwordpassword')))?.faults).toMatchObject([{ pointer: '/password', code: 'too_common' }])
    expect(await answerOf(world.signIn(grace))).toBe('done')
    expect((await world.entries(['sign_in_failed'])).map(({ fields }) => fields['code'])).toEqual(['password'])
  })

  test('is not guessed by whoever sits at an open screen', async () => {
    const ctx = await world.steppedUp(grace)
    const answers: string[] = []
    for (let tries = 0; tries < 4; tries += 1)
      answers.push(await answerOf(world.people.changePassword(ctx, { current: `guess number ${tries} of many`, password: newPassword })))
    expect(answers.at(-1)).toBe('sign_in_delayed')
  })
})

test('one’s other sessions are ended, and counted in the log', async () => {
  const [one, other] = [await world.signIn(grace), await world.signIn(grace)]
  const ctx = await world.open(one)
  expect((await world.people.viewAccount(ctx)).otherSessions).toBe(1)
  expect(await world.people.endOtherSessions(ctx)).toBe(1)
  expect(await answerOf(world.open(other))).toBe('session_invalid')
  expect(await answerOf(world.open(one))).toBe('done')
  expect((await world.entries()).at(-1)).toEqual({ kind: 'sessions_ended', role: 'guardian', fields: { count: 1 } })
})
