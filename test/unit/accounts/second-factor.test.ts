import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeAt, openTotpSeed, sealTotpSeed, stepOfCode } from '../../../src/accounts/second-factor.ts'
import { newId, Refusal, systemRandom, type UserId } from '../../../src/kernel/index.ts'

const rfcSeed = new TextEncoder().encode('12345678901234567890')
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)

describe('codes are those of RFC 6238, as every authenticator app shows them', () => {
  // Appendix B, SHA-1, last six of the eight digits
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds', (seconds, code) => {
    expect(codeAt(rfcSeed, at(seconds))).toBe(code)
    expect(stepOfCode(rfcSeed, code, at(seconds))).toBe(Math.floor(seconds / 30))
  })
})

test('a code counts in its own half minute, the one before and the one after, and then no more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }), fc.integer({ min: -200, max: 200 }), (seconds, apart) => {
      const step = Math.floor(seconds / 30)
      const found = stepOfCode(rfcSeed, codeAt(rfcSeed, at(seconds)), at(seconds + apart))
      const away = Math.abs(Math.floor((seconds + apart) / 30) - step)
      if (away <= 1) expect(found).toBe(step)
      else expect(found === null || found !== step).toBe(true)
    }),
  )
})

test('spaces are forgiven, anything else that is not six digits is no code', () => {
  const code = codeAt(rfcSeed, at(59))
  expect(stepOfCode(rfcSeed, ` ${code.slice(0, 3)} ${code.slice(3)}\n`, at(59))).toBe(1)
  for (const wrong of ['', code.slice(1), `${code}0`, '٢٨٧٠٨٢', '28708x', '-87082', '2.8708'])
    expect(stepOfCode(rfcSeed, wrong, at(59))).toBeNull()
})

describe('a seed is sealed for one person under one server', () => {
  const key = systemRandom.bytes(32)
  const grace = newId<UserId>(systemRandom)
  const daniel = newId<UserId>(systemRandom)
  const sealed = sealTotpSeed(key, grace, rfcSeed)

  test('and opens for them', () => {
    expect(openTotpSeed(key, grace, sealed)).toEqual(rfcSeed)
    expect(Buffer.from(sealed).includes(Buffer.from(rfcSeed))).toBe(false)
  })

  test.each([
    ['copied into the row of somebody else', () => openTotpSeed(key, daniel, sealed)],
    ['under another server key', () => openTotpSeed(systemRandom.bytes(32), grace, sealed)],
    ['with a changed bit', () => openTotpSeed(key, grace, sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1))],
    ['written in clear', () => openTotpSeed(key, grace, rfcSeed)],
  ])('and is not genuine %s', (_, open) => {
    expect(open).toThrow(new Refusal('record_not_genuine'))
  })
})
