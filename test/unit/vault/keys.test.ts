import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import {
  createKeys,
  fingerprint,
  hashSessionKey,
  lockForSession,
  newToken,
  openForSession,
  openWithToken,
  signStatement,
  verifyStatement,
  wrapForToken,
  type PrivateKeys,
} from '../../../src/vault/index.ts'

const notGenuine = expect.objectContaining({ code: 'record_not_genuine' })
const bare = (keys: PrivateKeys) => ({ box: keys.box.reveal(), sign: keys.sign.reveal(), publicKeys: keys.publicKeys })
const flips = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))

describe('a person’s keys', () => {
  test('are never twice the same', () => {
    expect(bare(createKeys())).not.toEqual(bare(createKeys()))
  })

  test('do not show in a log line, an error or a JSON body', () => {
    const keys = createKeys()
    const shown = inspect(keys, { depth: 5 }) + JSON.stringify(keys) + String(keys.box)
    expect(shown).not.toContain(Buffer.from(keys.box.reveal()).toString('hex'))
    expect(shown).toContain('[secret]')
    expect(JSON.stringify(keys)).not.toContain(JSON.stringify(keys.sign.reveal()))
  })

  test('have a fingerprint two people can compare, which changes with either half', () => {
    const { publicKeys } = createKeys()
    const other = createKeys().publicKeys
    expect(fingerprint(publicKeys)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(fingerprint({ ...publicKeys })).toBe(fingerprint(publicKeys))
    expect(fingerprint({ ...publicKeys, box: other.box })).not.toBe(fingerprint(publicKeys))
    expect(fingerprint({ ...publicKeys, sign: other.sign })).not.toBe(fingerprint(publicKeys))
  })
})

describe('a reporter’s keys', () => {
  const pepper = systemRandom.bytes(32)
  const token = newToken(systemRandom)
  const keys = createKeys()
  const wrapped = wrapForToken(keys, token, pepper)

  test('open with the token, and with the pepper that is not in the database', () => {
    expect(bare(openWithToken(wrapped, token, pepper))).toEqual(bare(keys))
  })

  test('open with no other token and under no other pepper', () => {
    expect(() => openWithToken(wrapped, newToken(systemRandom), pepper)).toThrow(notGenuine)
    expect(() => openWithToken(wrapped, token, systemRandom.bytes(32))).toThrow(notGenuine)
    expect(() => openWithToken(wrapped, token, new Uint8Array(0))).toThrow(notGenuine)
  })

  test('do not open from a record with any bit flipped or cut short', () => {
    for (const record of [...flips(wrapped), new Uint8Array(0), Uint8Array.of(1), wrapped.slice(0, 17), wrapped.slice(0, -1)])
      expect(() => openWithToken(record, token, pepper)).toThrow(notGenuine)
  })

  test('wrapped again look like nothing seen before', () => {
    expect(wrapForToken(keys, token, pepper).slice(1, 17)).not.toEqual(wrapped.slice(1, 17))
  })

  test('sealed for a token do not open as those of a session', () => {
    expect(() => openForSession(wrapped.slice(17), lockForSession(keys).sk.reveal())).toThrow(notGenuine)
  })
})

describe('a signed-in person’s keys', () => {
  const keys = createKeys()
  const { sk, skHash, wrapped } = lockForSession(keys)

  test('open with the session’s own key, whose hash the row keeps', () => {
    expect(bare(openForSession(wrapped, sk.reveal()))).toEqual(bare(keys))
    expect(hashSessionKey(sk.reveal())).toEqual(skHash)
    expect(sk.reveal()).toHaveLength(32)
  })

  test('do not open with another session’s key, with the hash in the row, or from a record that was touched', () => {
    const other = lockForSession(keys)
    expect(other.skHash).not.toEqual(skHash)
    for (const wrong of [other.sk.reveal(), skHash, new Uint8Array(0), new Uint8Array(32)])
      expect(() => openForSession(wrapped, wrong)).toThrow(notGenuine)
    for (const record of [...flips(wrapped), other.wrapped, new Uint8Array(0)])
      expect(() => openForSession(record, sk.reveal())).toThrow(notGenuine)
  })
})

describe('a signed statement', () => {
  const guardian = createKeys()
  const bytes = new TextEncoder().encode('approved')
  const signature = signStatement(guardian, 'approval', bytes)
  const holds = (changed: { key?: Uint8Array; context?: string; bytes?: Uint8Array; signature?: Uint8Array }) =>
    verifyStatement(
      changed.key ?? guardian.publicKeys.sign,
      changed.context ?? 'approval',
      changed.bytes ?? bytes,
      changed.signature ?? signature,
    )

  test('holds for who made it, for what, and for these bytes', () => {
    expect(holds({})).toBe(true)
    expect(signature).toHaveLength(65)
  })

  test('does not hold for another person, another context or other bytes', () => {
    expect(holds({ key: createKeys().publicKeys.sign })).toBe(false)
    expect(holds({ context: 'recipient set' })).toBe(false)
    expect(holds({ context: 'approvala', bytes: bytes.slice(1) })).toBe(false)
    for (const other of flips(bytes)) expect(holds({ bytes: other })).toBe(false)
  })

  test('that is broken in any way does not hold, and is no error', () => {
    for (const other of flips(signature)) expect(holds({ signature: other })).toBe(false)
    for (const other of [new Uint8Array(0), new Uint8Array(65), signature.slice(1), new Uint8Array([...signature, 0])])
      expect(holds({ signature: other })).toBe(false)
    for (const key of [new Uint8Array(0), new Uint8Array(32), new Uint8Array(64)]) expect(holds({ key })).toBe(false)
  })
})
