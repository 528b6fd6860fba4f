import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPeople } from '../../../src/accounts/index.ts'
import { people } from '../../support/app.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

const password = demonstrationPeople[0]!.password
interface Session {
  readonly accessToken: string
  readonly expiresAt: string
  readonly user: { readonly name: string; readonly roles: readonly string[] }
}

function signIn(person: keyof typeof people): Promise<Session> {
  return stage.api.ok<Session>(201, 'post', '/sessions', { email: people[person], password, otp: stage.freshCode(person) })
}
const queueWith = (bearer: string) => stage.api.ok(200, 'get', '/concerns', undefined, { bearer })
const refusedWith = (code: string, bearer: string) => stage.api.refused(code, 'get', '/concerns', undefined, { bearer })

describe('signing in', () => {
  test('with the three right things gives a token, until when it is good, and who you are', async () => {
    const session = await signIn('guardian')
    expect(session.user).toMatchObject({ name: 'Grace Okafor', roles: ['guardian'] })
    expect(Temporal.Instant.compare(Temporal.Instant.from(session.expiresAt), stage.test.clock.now())).toBe(1)
    await queueWith(session.accessToken)
  })

  test('answers a wrong password, a wrong code and an unknown person in the same words', async () => {
    const otp = stage.freshCode('executive')
    const wrong = await Promise.all([
      stage.api.refused('sign_in_failed', 'post', '/sessions', { email: 'nobody@demo.test', password, otp }),
      stage.api.refused('sign_in_failed', 'post', '/sessions', { email: people.executive, password: 'not the password 2026', otp }),
    ])
    stage.test.clock.advance({ minutes: 10 })
    wrong.push(await stage.api.refused('sign_in_failed', 'post', '/sessions', { email: people.executive, password, otp: '000000' }))
    const words = wrong.map(({ instance: _instance, ...rest }) => rest)
    expect(words[1]).toEqual(words[0])
    expect(words[2]).toEqual(words[0])
  })

  test('with a code that was used is its own error, and not a failed attempt', async () => {
    const otp = stage.freshCode('deputy')
    await stage.api.ok(201, 'post', '/sessions', { email: people.deputy, password, otp })
    await stage.api.refused('otp_replayed', 'post', '/sessions', { email: people.deputy, password, otp })
    expect((await signIn('deputy')).user.name).toBe('Daniel Reid')
  })

  test('makes who keeps guessing wait longer and longer, and lets them in afterwards', async () => {
    const guess = () =>
      stage.api.send('post', '/sessions', { email: people.nonExecutive, password: 'a wrong guess of 2026', otp: '123456' })
    const codes: string[] = []
    for (let tries = 0; tries < 12; tries += 1) codes.push((await guess()).json<{ code: string }>().code)
    expect(codes[0]).toBe('sign_in_failed')
    expect(codes).toContain('sign_in_delayed')
    const delayed = await guess()
    expect(delayed.status).toBe(429)
    expect(Number(delayed.headers.get('retry-after'))).toBeGreaterThan(0)
    stage.test.clock.advance({ hours: 24 })
    await signIn('nonExecutive')
  })

  test.each([
    ['nothing', {}, ['/email', '/otp', '/password']],
    ['a number for a code', { email: 'a@b.test', password, otp: 123456 }, ['/otp']],
    ['an unknown field', { email: 'a@b.test', password, otp: '123456', remember: true }, ['/remember']],
  ])('with %s says what is missing', async (_what, body, pointers) => {
    const { errors = [] } = await stage.api.refused('invalid_input', 'post', '/sessions', body)
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers)
  })
})

describe('a session', () => {
  test('renewed gives a new token, and the old one is dead', async () => {
    const old = (await signIn('guardian')).accessToken
    const renewed = await stage.api.ok<Session>(200, 'post', '/sessions/current/renewal', undefined, { bearer: old })
    expect(renewed.accessToken).not.toBe(old)
    await queueWith(renewed.accessToken)
    expect((await stage.api.send('get', '/concerns', undefined, { bearer: old })).status).toBe(401)
  })

  test('signed out is dead at once', async () => {
    const { accessToken } = await signIn('guardian')
    await stage.api.ok(204, 'delete', '/sessions/current', undefined, { bearer: accessToken })
    expect((await stage.api.send('get', '/concerns', undefined, { bearer: accessToken })).status).toBe(401)
  })

  test('left alone for a quarter of an hour is over', async () => {
    const { accessToken } = await signIn('guardian')
    stage.test.clock.advance({ minutes: 16 })
    expect(await refusedWith('session_expired', accessToken)).toMatchObject({ status: 401 })
  })

  test('is over after a working day, however busy', async () => {
    const { accessToken } = await signIn('guardian')
    for (let quarters = 0; quarters < 8 * 4 + 1; quarters += 1) {
      stage.test.clock.advance({ minutes: 14, seconds: 59 })
      await stage.api.send('get', '/concerns', undefined, { bearer: accessToken })
    }
    expect(await refusedWith('session_expired', accessToken)).toMatchObject({ status: 401 })
  })

  test('that is missing is asked for, with the scheme to use', async () => {
    const answer = await stage.api.send('get', '/concerns')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.json()).toMatchObject({ code: 'session_required' })
  })

  test('of a page, in a cookie, opens nothing here', async () => {
    const { accessToken } = await signIn('guardian')
    const answer = await stage.api.send('get', '/concerns', undefined, { headers: { Cookie: `__Host-staff=${accessToken}` } })
    expect(answer.json()).toMatchObject({ code: 'session_required' })
  })
})

describe('a forged token', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
  const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as Record<string, unknown>
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

  test.each<[string, (token: string) => string]>([
    ['without a signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
    ['with the algorithm "none"', (token) => `${part({ alg: 'none', typ: 'JWT' })}.${token.split('.')[1]}.`],
    [
      'signed with a shared secret',
      (token) => {
        const signed = `${part({ ...headerOf(token), alg: 'HS256' })}.${token.split('.')[1]}`
        return `${signed}.${createHmac('sha256', 'public key').update(signed).digest('base64url')}`
      },
    ],
    [
      "signed with a stranger's key",
      (token) => {
        const signed = token.split('.').slice(0, 2).join('.')
        return `${signed}.${sign('sha256', Buffer.from(signed), { key: stranger, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
      },
    ],
    [
      'with a later end',
      (token) => {
        const [header, , signature] = token.split('.')
        return `${header}.${part({ ...claimsOf(token), exp: 4_102_444_800 })}.${signature}`
      },
    ],
    [
      'in the name of another',
      (token) => {
        const [header, , signature] = token.split('.')
        return `${header}.${part({ ...claimsOf(token), sub: '00000000-0000-4000-8000-000000000000' })}.${signature}`
      },
    ],
    ['cut short', (token) => token.slice(0, -10)],
    ['of nonsense', () => 'abc.def.ghi'],
    ['of a single word', () => 'password'],
  ])('%s is refused', async (_how, forge) => {
    const { accessToken } = await signIn('auditor')
    const answer = await stage.api.send('get', '/log/entries', undefined, { bearer: forge(accessToken) })
    expect(answer.status).toBe(401)
    expect(answer.text).not.toContain(accessToken.split('.')[2]!)
  })
})
