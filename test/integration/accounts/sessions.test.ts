import { afterAll, describe, expect, test } from 'vitest'
import { readAccessToken, signAccessToken } from '../../../src/accounts/access-token.ts'
import {
  createCheckSecondFactor,
  createDirectory,
  createOpenSession,
  createPurgeSessions,
  createRenewSession,
  createSignOut,
  createStepUp,
  requireStepUp,
  type StaffContext,
} from '../../../src/accounts/index.ts'
import { createKeys } from '../../../src/vault/index.ts'
import { answerOf, createWorld } from './world.ts'

const world = await createWorld()
const { deps, fresh } = world
afterAll(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const open = (token: string) => answerOf(world.open(token))
const stepUp = createStepUp(deps)
const check = createCheckSecondFactor(deps)
const wrongCode = () => (world.code() === '000000' ? '000001' : '000000')

describe('an open session', () => {
  test('says who it is, with their own keys, groups and rights', async () => {
    const { person, keys, steppedUp, csrf, requestId, now } = await world.as(daniel)
    expect(person).toMatchObject({ name: 'Daniel Reid', roles: ['guardian'], deputy: true, intakeGroupIds: world.groups })
    const { rows } = await fresh.asSuperuser.query('select box_key, sign_key from person where email = $1', [daniel])
    expect(Buffer.from(keys.publicKeys.box)).toEqual(rows[0]['box_key'])
    expect(Buffer.from(keys.publicKeys.sign)).toEqual(rows[0]['sign_key'])
    expect(csrf).toMatch(/^[\w-]{43}$/)
    expect([steppedUp, requestId, now.toString()]).toEqual([false, 'test', world.now().toString()])
  })

  test('is not there without a token, and two sessions of one person are two', async () => {
    expect(await open('')).toBe('session_required')
    const [one, other] = [await world.as(grace), await world.as(grace)]
    expect(one.sessionId).not.toBe(other.sessionId)
    expect(one.csrf).not.toBe(other.csrf)
  })
})

describe('the row decides', () => {
  test('a good token whose session was revoked is refused at once', async () => {
    const token = await world.signIn(grace)
    expect(await open(token)).toBe('done')
    await createSignOut(deps)(await world.open(token))
    expect(await open(token)).toBe('session_invalid')
  })

  test('so is one whose person has left', async () => {
    const token = await world.signIn(daniel)
    await world.tamper('update person set active = false where email = $1', [daniel])
    expect(await open(token)).toBe('session_invalid')
    await world.tamper('update person set active = true where email = $1', [daniel])
    expect(await open(token)).toBe('done')
  })

  test('fifteen idle minutes end it, and use keeps it going', async () => {
    const token = await world.signIn(grace)
    for (let times = 0; times < 4; times += 1) {
      world.wait({ minutes: 14 })
      expect(await open(token)).toBe('done')
    }
    world.wait({ minutes: 15 })
    expect(await open(token)).toBe('session_expired')
    expect(await open(token)).toBe('session_expired')
  })

  test('eight hours end it, however busy', async () => {
    const token = await world.signIn(grace)
    for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
      world.wait({ minutes: 10 })
      expect(await open(token)).toBe('done')
    }
    world.wait({ minutes: 10 })
    expect(await open(token)).toBe('session_expired')
  })

  test('eight hours end it even where the row says otherwise later, and a row cut short ends it sooner', async () => {
    const token = await world.signIn(grace)
    const { sessionId } = await world.open(token)
    await world.tamper(
      `update staff_session set expires_at = expires_at + interval '1 year', used_at = used_at + interval '1 year' where id = $1`,
      [sessionId],
    )
    world.wait({ hours: 8 })
    expect(await open(token)).toBe('session_expired')
    const other = await world.signIn(grace)
    await world.tamper('update staff_session set expires_at = $2 where id = $1', [
      (await world.open(other)).sessionId,
      new Date(world.now().epochMilliseconds),
    ])
    expect(await open(other)).toBe('session_expired')
  })

  test('use is written down no more often than every half minute', async () => {
    const token = await world.signIn(grace)
    const { sessionId } = await world.open(token)
    const usedAt = async () =>
      (await fresh.asSuperuser.query('select used_at from staff_session where id = $1', [sessionId])).rows[0]['used_at'].getTime()
    const before = await usedAt()
    world.wait({ seconds: 29 })
    await world.open(token)
    expect(await usedAt()).toBe(before)
    world.wait({ seconds: 1 })
    await world.open(token)
    expect(await usedAt()).toBe(before + 30_000)
  })
})

describe('a token does not open what it was not made for', () => {
  test('a token with another session key, person or session, signed with our own key', async () => {
    const token = await world.signIn(grace)
    const other = await world.open(await world.signIn(daniel))
    const claims = readAccessToken(deps.secrets.session, token, world.now())
    const signed = (change: Partial<typeof claims>) =>
      signAccessToken(deps.secrets.session, { ...claims, ...change }, world.now(), world.now().add({ hours: 1 }))
    expect(await open(signed({}))).toBe('done')
    expect(await open(signed({ sk: claims.sk.with(0, (claims.sk[0] ?? 0) ^ 1) }))).toBe('session_invalid')
    expect(await open(signed({ userId: other.person.userId }))).toBe('session_invalid')
    expect(await open(signed({ sessionId: other.sessionId }))).toBe('session_invalid')
  })

  test('a session row moved to somebody else, or a person’s keys swapped in their row', async () => {
    const token = await world.signIn(grace)
    const { sessionId, person } = await world.open(token)
    await world.tamper('update staff_session set person_id = (select id from person where email = $1) where id = $2', [daniel, sessionId])
    expect(await open(token)).toBe('session_invalid')
    await world.tamper('update staff_session set person_id = $1 where id = $2', [person.userId, sessionId])
    expect(await open(token)).toBe('done')
    const { rows } = await fresh.asSuperuser.query('select box_key from person where id = $1', [person.userId])
    await world.tamper('update person set box_key = $2 where id = $1', [person.userId, createKeys().publicKeys.box])
    expect(await open(token)).toBe('record_not_genuine')
    await world.tamper('update person set box_key = $2 where id = $1', [person.userId, rows[0]['box_key']])
  })

  test('a token signed with the key of another installation', async () => {
    const other = await createWorld({ seeded: 'anew' })
    try {
      const foreign = await other.signIn(grace)
      expect(await open(foreign)).toBe('session_invalid')
    } finally {
      await other.close()
    }
  })
})

describe('renewing', () => {
  test('gives a new token for the same session, and the old one stops at once', async () => {
    const token = await world.signIn(grace)
    const before = await world.open(token)
    const { accessToken, expiresAt, staff } = await createRenewSession(deps)(before)
    expect(await open(token)).toBe('session_invalid')
    const after = await world.open(accessToken)
    expect([after.sessionId, after.csrf, after.person]).toEqual([before.sessionId, before.csrf, before.person])
    expect(staff.userId).toBe(before.person.userId)
    expect(expiresAt.toString()).toBe(world.now().add({ hours: 8 }).toString())
  })

  test('does not move the end of the session', async () => {
    let token = await world.signIn(grace)
    for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
      world.wait({ minutes: 10 })
      token = (await createRenewSession(deps)(await world.open(token))).accessToken
    }
    world.wait({ minutes: 10 })
    expect(await open(token)).toBe('session_expired')
  })

  test('is refused where the session ended meanwhile', async () => {
    const ctx = await world.as(grace)
    await createSignOut(deps)(ctx)
    expect(await answerOf(createRenewSession(deps)(ctx))).toBe('session_invalid')
    expect(await answerOf(createSignOut(deps)(ctx))).toBe('session_invalid')
  })
})

describe('stepping up', () => {
  test('takes a fresh code, is good for five minutes, and is recorded', async () => {
    const token = await world.signIn(grace)
    const before = await world.open(token)
    expect(before.steppedUp).toBe(false)
    expect(() => requireStepUp(before)).toThrow('step_up_required')
    world.wait({ seconds: 30 })
    await stepUp(before, { otp: world.code() })
    requireStepUp(await world.open(token))
    expect((await world.entries()).at(-1)).toEqual({ kind: 'stepped_up', role: 'guardian', fields: {} })
    world.wait({ minutes: 4, seconds: 59 })
    expect(await world.open(token)).toMatchObject({ steppedUp: true, freshCode: true })
    world.wait({ seconds: 1 })
    expect(await world.open(token)).toMatchObject({ steppedUp: false, freshCode: false })
  })

  test('the code of the sign-in is no code for an act, and fresh for five minutes for taking something away', async () => {
    const token = await world.signIn(grace)
    expect(await world.open(token)).toMatchObject({ steppedUp: false, freshCode: true })
    world.wait({ minutes: 5 })
    expect(await world.open(token)).toMatchObject({ steppedUp: false, freshCode: false })
  })

  test('the code of the sign-in cannot be given again', async () => {
    const ctx = await world.as(grace)
    expect(await answerOf(stepUp(ctx, { otp: world.code() }))).toBe('otp_replayed')
  })

  test('one session’s step-up is not another’s', async () => {
    const [one, other] = [await world.signIn(grace), await world.signIn(grace)]
    world.wait({ seconds: 30 })
    await stepUp(await world.open(one), { otp: world.code() })
    expect([(await world.open(one)).steppedUp, (await world.open(other)).steppedUp]).toEqual([true, false])
  })

  test('an empty code is not one, even after a step-up', async () => {
    const token = await world.signIn(grace)
    world.wait({ seconds: 30 })
    await stepUp(await world.open(token), { otp: world.code() })
    expect(await answerOf(stepUp(await world.open(token), { otp: '' }))).toBe('step_up_required')
  })
})

describe('a code given with an act', () => {
  /** An act that needs a second factor, as other rooms do it: code and act in one transaction. */
  const act = (ctx: StaffContext, otp: string | undefined, fail = false) =>
    deps.audited(async (tx) => {
      await check(tx, ctx, otp)
      if (fail) throw new RangeError('changed my mind')
      return {
        value: 'acted',
        entries: [{ kind: 'attempt_refused', actor: { role: 'system' }, at: world.now(), fields: { code: 'acted' } }],
      }
    })
  const acted = async () => (await world.entries(['attempt_refused'])).length

  test('is used up with it, and only with it', async () => {
    const ctx = await world.as(grace)
    world.wait({ seconds: 30 })
    await expect(act(ctx, world.code(), true)).rejects.toThrow(RangeError)
    expect(await answerOf(act(ctx, world.code()))).toBe('done')
    expect(await answerOf(act(ctx, world.code()))).toBe('otp_replayed')
    expect(await acted()).toBe(1)
  })

  test('wins once of two acts at the same moment', async () => {
    const ctx = await world.as(grace)
    world.wait({ seconds: 30 })
    const before = await acted()
    expect((await Promise.all([act(ctx, world.code()), act(ctx, world.code())].map(answerOf))).toSorted()).toEqual(['done', 'otp_replayed'])
    expect((await acted()) - before).toBe(1)
  })

  test('may be left out only within five minutes of a step-up', async () => {
    const token = await world.signIn(grace)
    expect(await answerOf(act(await world.open(token), undefined))).toBe('step_up_required')
    world.wait({ seconds: 30 })
    await stepUp(await world.open(token), { otp: world.code() })
    expect(await answerOf(act(await world.open(token), undefined))).toBe('done')
  })

  test('that is wrong changes nothing but is counted and recorded, and five of them hold the account', async () => {
    const ctx = await world.as(daniel)
    const before = await acted()
    for (let tries = 0; tries < 5; tries += 1) expect(await answerOf(act(ctx, wrongCode()))).toBe('sign_in_failed')
    expect((await world.entries()).at(-1)).toMatchObject({ kind: 'sign_in_failed', role: 'guardian', fields: { code: 'second_factor' } })
    world.wait({ seconds: 30 })
    await expect(act(ctx, world.code())).rejects.toMatchObject({ code: 'sign_in_delayed', retryAfterSeconds: 30 })
    expect(await acted()).toBe(before)
    world.wait({ seconds: 30 })
    expect(await answerOf(act(ctx, world.code()))).toBe('done')
  })

  test('of somebody else is not taken, though everybody’s app shows the same six digits here', async () => {
    const [ctx, other] = [await world.as(grace), await world.as(daniel)]
    world.wait({ seconds: 30 })
    await act(ctx, world.code())
    expect(await answerOf(act(other, world.code()))).toBe('done')
  })
})

test('signing out is recorded, and what ended sessions left behind is removed after half a day', async () => {
  await createSignOut(deps)(await world.as(grace))
  expect((await world.entries()).at(-1)).toEqual({ kind: 'signed_out', role: 'guardian', fields: {} })
  const token = await world.signIn(grace)
  const { sessionId } = await world.open(token)
  world.wait({ hours: 12, seconds: 1 })
  expect(await createPurgeSessions(deps)()).toBeGreaterThan(0)
  expect(await createPurgeSessions(deps)()).toBe(0)
  const { rows } = await fresh.asSuperuser.query('select count(*) from staff_session where id = $1', [sessionId])
  expect(rows[0]['count']).toBe('0')
  expect(await answerOf(createOpenSession(deps, createDirectory(deps))(token, 'test'))).toBe('session_expired')
})
