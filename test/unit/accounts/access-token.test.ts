import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import jwt from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { readAccessToken, signAccessToken } from '../../../src/accounts/access-token.ts'
import { Refusal, systemRandom, type SessionId, type UserId } from '../../../src/kernel/index.ts'

const ecKey = (namedCurve = 'prime256v1') => generateKeyPairSync('ec', { namedCurve }).privateKey
const privateKey = ecKey()
const publicKey = createPublicKey(privateKey)
const kid = 'a1b2c3d4e5f60718'
const keys = { kid, privateKey, publicKeys: new Map([[kid, publicKey]]) }

const now = Temporal.Instant.from('2026-11-23T09:00:00Z')
const expiresAt = now.add({ hours: 8 })
const at = now.epochMilliseconds / 1000
const given = { userId: randomUUID() as string as UserId, sessionId: randomUUID() as string as SessionId, sk: systemRandom.bytes(32) }
const genuine = signAccessToken(keys, given, now, expiresAt)

const claims = {
  iss: 'forthright',
  aud: 'forthright-staff',
  sub: given.userId,
  jti: given.sessionId,
  sk: Buffer.from(given.sk).toString('base64url'),
  iat: at,
  nbf: at,
  exp: at + 8 * 3600,
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token made by hand, signed for real: the library would not sign all of these, and adds claims of its own. */
const forge = (payload: object, { header = {}, key = privateKey }: { header?: object; key?: KeyObject } = {}) => {
  const input = `${base64url({ alg: 'ES256', typ: 'JWT', kid, ...header })}.${base64url(payload)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const refusalOf = (token: string, when = now): string => {
  try {
    readAccessToken(keys, token, when)
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'taken'
}

test('a token says who, which session and its key, and nothing else', () => {
  expect(readAccessToken(keys, genuine, now)).toEqual(given)
  expect(Object.keys(jwt.decode(genuine) as object).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sk', 'sub'])
  expect(refusalOf(forge(claims))).toBe('taken')
})

test('without a token one is asked to sign in', () => {
  expect(refusalOf('')).toBe('session_required')
})

describe('a token that was signed with our key is still refused', () => {
  test.each(Object.keys(claims))('without %s', (name) => {
    const { [name]: _, ...rest } = claims as Record<string, unknown>
    expect(refusalOf(forge(rest))).toBe('session_invalid')
  })

  test.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'forthright-reporters' }],
    ['several audiences', { aud: ['forthright-staff', 'others'] }],
    ['a subject that is no id', { sub: '../admin' }],
    ['a session that is no id', { jti: "' or 1=1" }],
    ['a session key that is too short', { sk: 'AAAA' }],
    ['a session key with another alphabet', { sk: '+'.repeat(43) }],
    ['an expiry that is text', { exp: String(at + 60) }],
    ['a fraction of a second', { iat: at + 0.5 }],
    ['a claim we do not know', { roles: ['guardian'] }],
    ['a time of issue to come', { iat: at + 60 }],
    ['a time it is not good before to come', { nbf: at + 60 }],
  ])('with %s', (_, change) => {
    expect(refusalOf(forge({ ...claims, ...change }))).toBe('session_invalid')
  })

  test('after its time', () => {
    expect(refusalOf(genuine, expiresAt.subtract({ seconds: 1 }))).toBe('taken')
    expect(refusalOf(genuine, expiresAt)).toBe('session_expired')
    expect(readAccessToken(keys, genuine, expiresAt.add({ hours: 1 }), { evenIfExpired: true })).toEqual(given)
  })
})

describe('the algorithm is not for the token to choose', () => {
  const body = base64url(claims)
  const spki = publicKey.export({ type: 'spki', format: 'pem' })

  test.each(['none', 'None', 'NONE'])('alg %s, signed by nobody', (alg) => {
    for (const tail of ['', genuine.split('.')[2] ?? ''])
      expect(refusalOf(`${base64url({ alg, typ: 'JWT', kid })}.${body}.${tail}`)).toBe('session_invalid')
  })

  test('HS256 with our public key as the secret', () => {
    for (const secret of [spki, publicKey.export({ type: 'spki', format: 'der' })]) {
      const input = `${base64url({ alg: 'HS256', typ: 'JWT', kid })}.${body}`
      const signature = createHmac('sha256', secret).update(input).digest('base64url')
      expect(refusalOf(`${input}.${signature}`)).toBe('session_invalid')
    }
  })

  test('another curve, and an algorithm beside ours', () => {
    const token = jwt.sign(claims, ecKey('secp384r1'), { algorithm: 'ES384', keyid: kid })
    expect(refusalOf(token)).toBe('session_invalid')
    expect(refusalOf(forge(claims, { header: { crit: ['x'] } }))).toBe('session_invalid')
    expect(refusalOf(forge(claims, { header: { typ: 'at+jwt' } }))).toBe('session_invalid')
  })
})

describe('the key is not for the token to bring', () => {
  test('a key of somebody else under our kid', () => {
    expect(refusalOf(forge(claims, { key: ecKey() }))).toBe('session_invalid')
  })

  test.each(['', 'other', '__proto__', 'constructor', '../../session-key.pem', `${kid} `])('kid %j', (other) => {
    expect(refusalOf(forge(claims, { header: { kid: other } }))).toBe('session_invalid')
  })

  test('no kid, or a key of its own in the header', () => {
    const stranger = ecKey()
    const jwk = createPublicKey(stranger).export({ format: 'jwk' })
    expect(refusalOf(forge(claims, { header: { kid: undefined } }))).toBe('session_invalid')
    expect(refusalOf(forge(claims, { key: stranger, header: { jwk } }))).toBe('session_invalid')
    expect(refusalOf(forge(claims, { key: stranger, header: { jku: 'https://attacker.example/keys' } }))).toBe('session_invalid')
  })
})

test('any changed character is refused, or the token says exactly what it said', () => {
  fc.assert(
    fc.property(fc.nat(genuine.length - 1), fc.constantFrom(...'ABCabc019-_.= '), (place, character) => {
      const changed = genuine.slice(0, place) + character + genuine.slice(place + 1)
      const answer = refusalOf(changed)
      // the last character of a part holds spare bits, which other letters share
      if (answer === 'taken') expect(readAccessToken(keys, changed, now)).toEqual(given)
      else expect(answer).toBe('session_invalid')
    }),
    { numRuns: 500 },
  )
})

test('whatever else is sent is refused, and nothing is thrown but a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ minLength: 1 }),
        fc.array(fc.base64String(), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.')),
      ),
      (text) => {
        expect(['session_invalid', 'session_required']).toContain(refusalOf(text))
      },
    ),
  )
})
