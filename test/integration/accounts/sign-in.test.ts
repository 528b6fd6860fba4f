import { afterAll, describe, expect, test } from 'vitest'
import { createSignIn, demonstrationPeople, type SignInInput } from '../../../src/accounts/index.ts'
import { Refusal } from '../../../src/kernel/index.ts'
import { answerOf, createWorld, password } from './world.ts'

const world = await createWorld()
const { deps, fresh } = world
afterAll(() => world.close())

const grace = 'guardian@demo.test'
const priya = 'investigator@demo.test'
const helen = 'executive@demo.test'
const ruth = 'auditor@demo.test'
const ctx = { requestId: 'test' }
/** A sign-in of its own, without the delays of other tests. */
const signInWith = (input: Partial<SignInInput>, signIn = createSignIn(deps)) =>
  signIn(ctx, { email: grace, password, otp: world.code(), ...input })
const wrongCode = () => (world.code() === '000000' ? '000001' : '000000')
const aliasOf = async (email: string) =>
  (await fresh.asSuperuser.query('select alias from person where email = $1', [email])).rows[0]['alias']
const lastEntry = async () => (await world.entries()).at(-1)

describe('signing in', () => {
  test.each(demonstrationPeople.map(({ name, email, roles }) => [name, email, roles] as const))('%s can', async (name, email, roles) => {
    world.wait({ seconds: 30 })
    const { staff, expiresAt } = await signInWith({ email })
    expect(staff).toMatchObject({ name, roles })
    expect(expiresAt.toString()).toBe(world.now().add({ hours: 8 }).toString())
    expect(await lastEntry()).toEqual({ kind: 'signed_in', role: roles[0], fields: {} })
  })

  test('capitals and spaces in the address do not matter, nor spaces in the code', async () => {
    world.wait({ seconds: 30 })
    expect(await answerOf(signInWith({ email: ' Guardian@Demo.TEST ', otp: `${world.code().slice(0, 3)} ${world.code().slice(3)}` }))).toBe(
      'done',
    )
  })

  test('leaves nothing in the database that opens the session or tells the password', async () => {
    world.wait({ seconds: 30 })
    const { accessToken } = await signInWith({})
    const sk = Buffer.from(JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()).sk, 'base64url')
    const { rows } = await fresh.asSuperuser.query(
      'select row_to_json(s)::text as row from staff_session s union all select row_to_json(p)::text from person p',
    )
    const everything = rows.map(({ row }) => row).join('\n')
    for (const secret of [sk.toString('hex'), accessToken, password, 'JBSWY3DP', Buffer.from('Hello!').toString('hex')])
      expect(everything).not.toContain(secret)
  })
})

describe('every way of being wrong gets the same answer', () => {
  const refusal = async (input: Partial<SignInInput>) => {
    world.wait({ seconds: 30 })
    return signInWith({ ...input, otp: input.otp ?? world.code() }).catch((error: unknown) => error)
  }

  test('an unknown address, a wrong password, a wrong code, no code and a person who has left', async () => {
    await world.tamper(`insert into person select gen_random_uuid(), gen_random_uuid(), 'left@demo.test', name, roles, deputy, false, intake_group_ids, box_key,
      sign_key, password_salt, password_memory_kib, password_passes, password_verifier, wrapped_keys, totp_seed, 0, 0, null from person where email = '${ruth}'`)
    const refusals = [
      await refusal({ email: 'nobody@demo.test' }),
      await refusal({ password: 'wrong' }),
      await refusal({ otp: wrongCode() }),
      await refusal({ otp: '' }),
      await refusal({ otp: 'abc' }),
      await refusal({ email: 'left@demo.test' }),
      await refusal({ email: '' }),
    ]
    for (const each of refusals) expect(each).toEqual(new Refusal('sign_in_failed'))
    world.wait({ seconds: 30 })
    await signInWith({}) // forgets the wrong codes
  })

  test('each is an entry, about nobody where there is nobody, and no entry holds what was typed', async () => {
    const before = (await world.entries()).length
    await refusal({ email: 'nobody@demo.test', password: 'canary-password' })
    await refusal({ email: priya, password: 'canary-password' })
    await refusal({ email: priya, otp: wrongCode() })
    const person = await aliasOf(priya)
    expect((await world.entries()).slice(before)).toEqual([
      { kind: 'sign_in_failed', role: 'system', fields: { code: 'unknown_person' } },
      { kind: 'sign_in_failed', role: 'system', fields: { code: 'password', person } },
      { kind: 'sign_in_failed', role: 'system', fields: { code: 'second_factor_wrong', person } },
    ])
    const { rows } = await fresh.asSuperuser.query('select text from staff_entry')
    expect(JSON.stringify(rows)).not.toMatch(/canary|demo\.test|nobody@/)
  })

  test('each runs Argon2id once, at the same cost', async () => {
    const runs: string[] = []
    const counted = createSignIn({ ...deps, gate: (work) => (runs.push('run'), work()) })
    for (const input of [{ email: 'nobody@demo.test' }, { email: priya, password: 'wrong' }, { email: helen, otp: wrongCode() }]) {
      const before = runs.length
      expect(await answerOf(signInWith(input, counted))).toBe('sign_in_failed')
      expect(runs.length - before).toBe(1)
    }
  })

  test('and takes the same time, within what Argon2id itself varies', async () => {
    const costly = { ...deps, passwordCost: { memoryKiB: 16 * 1024, passes: 2 } }
    await world.tamper('update person set password_memory_kib = 16384, password_passes = 2 where email = $1', [ruth]) // its password no longer opens: wrong
    const taken: Record<string, number[]> = { [ruth]: [], 'nobody@demo.test': [] }
    // Processor time of this process, all its threads counted: what others do on the machine meanwhile is no part of it
    const spent = () => process.cpuUsage().user + process.cpuUsage().system
    for (let round = 0; round < 11; round += 1) {
      for (const email of Object.keys(taken)) {
        const before = spent()
        await answerOf(signInWith({ email, password: 'wrong' }, createSignIn(costly)))
        taken[email]!.push(spent() - before)
      }
    }
    const [known, unknown] = Object.values(taken).map((times) => times.toSorted((a, b) => a - b)[5]!) as [number, number]
    expect(unknown / known).toBeGreaterThan(0.6)
    expect(unknown / known).toBeLessThan(1.7)
    await world.tamper('update person set password_memory_kib = 64, password_passes = 1 where email = $1', [ruth])
  })
})

describe('a code works once', () => {
  test('a replay is its own answer, counts as no failure, and is recorded', async () => {
    world.wait({ seconds: 90 })
    const signIn = createSignIn(deps)
    await signInWith({}, signIn)
    for (let tries = 0; tries < 20; tries += 1) expect(await answerOf(signInWith({}, signIn))).toBe('otp_replayed')
    expect(await lastEntry()).toMatchObject({ kind: 'sign_in_failed', fields: { code: 'second_factor_replayed' } })
    world.wait({ seconds: 30 })
    expect(await answerOf(signInWith({}, signIn))).toBe('done')
  })

  test('the code of the half minute before is taken, but never after a later one', async () => {
    world.wait({ seconds: 90 })
    const earlier = world.code()
    world.wait({ seconds: 30 })
    expect(await answerOf(signInWith({ otp: earlier }))).toBe('done')
    expect(await answerOf(signInWith({}))).toBe('done')
    expect(await answerOf(signInWith({ otp: earlier }))).toBe('otp_replayed')
    world.wait({ minutes: 2 })
    expect(await answerOf(signInWith({ otp: earlier }))).toBe('sign_in_failed')
    world.wait({ seconds: 30 })
    await signInWith({})
  })

  test('two uses of one code at the same moment: one wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      world.wait({ seconds: 30 })
      const answers = await Promise.all([1, 2, 3, 4].map(() => answerOf(signInWith({}))))
      expect(answers.toSorted()).toEqual(['done', 'otp_replayed', 'otp_replayed', 'otp_replayed'])
    }
  })

  test('a replay is told only to somebody who has the password', async () => {
    expect(await answerOf(signInWith({ password: 'wrong' }))).toBe('sign_in_failed')
  })
})

describe('the delay grows', () => {
  test('for an address nobody has just as for one somebody has, and is gone after signing in', async () => {
    const asked = async (email: string) => {
      const signIn = createSignIn(deps)
      const waits: (number | string | undefined)[] = []
      for (let tries = 0; tries < 6; tries += 1) {
        const refused = await signInWith({ email, password: 'wrong' }, signIn).catch((error: unknown) => error as Refusal)
        if (!(refused instanceof Refusal)) throw new Error('it let somebody in')
        waits.push(refused.code === 'sign_in_delayed' ? refused.retryAfterSeconds : refused.code)
        world.wait({ seconds: refused.retryAfterSeconds ?? 0 })
      }
      return { waits, signIn }
    }
    const known = await asked(grace)
    const failed = 'sign_in_failed'
    expect(known.waits).toEqual([failed, failed, failed, 1, failed, 2])
    expect((await asked('nobody@demo.test')).waits).toEqual(known.waits)
    world.wait({ seconds: 30 })
    expect(await answerOf(signInWith({}, known.signIn))).toBe('done')
    expect(await answerOf(signInWith({ password: 'wrong' }, known.signIn))).toBe(failed)
    expect(await answerOf(signInWith({ password: 'wrong' }, known.signIn))).toBe(failed)
  })

  test('a fault of ours does not count as a failed try', async () => {
    const full = createSignIn({ ...deps, gate: () => Promise.reject(new Refusal('overloaded')) })
    for (let tries = 0; tries < 10; tries += 1) expect(await answerOf(signInWith({}, full))).toBe('overloaded')
  })
})

describe('somebody who has the password and guesses codes', () => {
  test('is held after the fifth without being told, while wrong passwords hold nobody', async () => {
    world.wait({ minutes: 1 })
    for (let tries = 0; tries < 12; tries += 1)
      expect(await answerOf(signInWith({ email: helen, password: 'wrong' }))).toBe('sign_in_failed')
    expect(await answerOf(signInWith({ email: helen }))).toBe('done')
    for (let tries = 0; tries < 5; tries += 1) expect(await answerOf(signInWith({ email: helen, otp: wrongCode() }))).toBe('sign_in_failed')
    world.wait({ seconds: 45 })
    expect(await answerOf(signInWith({ email: helen }))).toBe('sign_in_failed')
    expect(await lastEntry()).toMatchObject({ fields: { code: 'second_factor_held' } })
    world.wait({ seconds: 15 })
    expect(await answerOf(signInWith({ email: helen }))).toBe('done')
  })

  test('is held longer each time, up to a quarter of an hour', async () => {
    const held: number[] = []
    for (let tries = 0; tries < 11; tries += 1) {
      await answerOf(signInWith({ email: helen, otp: wrongCode() }))
      const { rows } = await fresh.asSuperuser.query('select retry_at from person where email = $1', [helen])
      const until: Date | null = rows[0]['retry_at']
      held.push(until === null ? 0 : (until.getTime() - world.now().epochMilliseconds) / 1000)
      world.wait({ seconds: held.at(-1)! })
    }
    expect(held).toEqual([0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900])
    expect(await answerOf(signInWith({ email: helen }))).toBe('done')
  })

  test('gets no more tries by sending many at once', async () => {
    world.wait({ minutes: 1 })
    const wrong = await Promise.all(Array.from({ length: 12 }, () => answerOf(signInWith({ email: helen, otp: wrongCode() }))))
    expect(new Set(wrong)).toEqual(new Set(['sign_in_failed']))
    const { rows } = await fresh.asSuperuser.query('select failed_attempts from person where email = $1', [helen])
    expect(rows[0]['failed_attempts']).toBe(5)
  })
})

describe('whoever writes to the database', () => {
  test('gains nothing by copying their own password record into somebody else’s row', async () => {
    await world.tamper(
      `update person p set password_salt = o.password_salt, password_verifier = o.password_verifier, wrapped_keys = o.wrapped_keys
       from person o where p.email = $1 and o.email = $2`,
      [ruth, priya],
    )
    world.wait({ seconds: 30 })
    expect(await answerOf(signInWith({ email: ruth }))).toBe('record_not_genuine')
  })

  test('gains nothing by copying a second factor', async () => {
    await world.tamper('update person p set totp_seed = o.totp_seed from person o where p.email = $1 and o.email = $2', [
      'admin@demo.test',
      priya,
    ])
    expect(await answerOf(signInWith({ email: 'admin@demo.test' }))).toBe('record_not_genuine')
  })
})
