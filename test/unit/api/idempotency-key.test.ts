import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readIdempotencyKey } from '../../../src/api/idempotency-key.ts'

const weak = expect.objectContaining({ code: 'idempotency_key_weak' })

describe('an Idempotency-Key that is good enough', () => {
  test('is a random UUID, in either case, quoted as the IETF draft has it or not', () => {
    const key = randomUUID()
    expect(readIdempotencyKey(key)).toBe(key)
    expect(readIdempotencyKey(`"${key}"`)).toBe(key)
    expect(readIdempotencyKey(key.toUpperCase())).toBe(key.toUpperCase())
  })

  test('is 22 random base64url characters, or 32 hexadecimal digits', () => {
    const short = randomBytes(24).toString('base64url').slice(0, 22)
    expect(readIdempotencyKey(short)).toBe(short)
    const digits = randomBytes(16).toString('hex')
    expect(readIdempotencyKey(digits)).toBe(digits)
  })

  test('is whatever a generator makes, two thousand times over', () => {
    for (let time = 0; time < 2000; time += 1) {
      for (const key of [randomUUID(), randomBytes(17).toString('base64url'), randomBytes(16).toString('hex')]) {
        expect(readIdempotencyKey(key)).toBe(key)
      }
    }
  })

  test('is not asked of anybody: without the header there is no key', () => {
    expect(readIdempotencyKey(undefined)).toBeNull()
  })
})

describe('an Idempotency-Key that somebody could guess', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'retry'],
    ['a number that counts up', '000000000000000000000042'],
    ['21 characters', 'k3J_9dQ2mXv7TzP0bLw8r'],
    ['one character over and over', 'a'.repeat(40)],
    ['two in turn', 'ab'.repeat(20)],
    ['a word over and over', 'concern-7-'.repeat(4)],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz'],
    ['the digits, twice and more', '0123456789012345678901234567'],
    ['a date and a time', '20261122055912123456789012'],
    ['22 hexadecimal digits, which hold 88 bits', '9f2c41d07ab36e58c1d4f0'],
    ['the nil UUID', '00000000-0000-0000-0000-000000000000'],
    ['the UUID of all ones', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ['a UUID that holds the time (version 1)', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['a UUID made from a name (version 5)', '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
    ['a UUID that sorts by time (version 7)', '019a1b2c-3d4e-7f50-8a6b-9c0d1e2f3a4b'],
    ['a UUID of one digit', 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa'],
    ['the UUID people write by hand', '11111111-2222-4333-8444-555555555555'],
    ['characters outside base64url', 'k3J+9dQ2/Xv7TzP0bLw8rA=='],
    ['two keys in one header', `${randomUUID()}, ${randomUUID()}`],
    ['a novel', 'k3J9dQ2mXv7TzP0bLw8r'.repeat(20)],
  ])('is turned away: %s', (_what, key) => {
    expect(() => readIdempotencyKey(key)).toThrow(weak)
  })
})
