import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import {
  createKeys,
  newRecoveryCode,
  openWithRecoveryCode,
  readRecoveryCode,
  recoveryCodeGroups,
  wrapForRecoveryCode,
} from '../../../src/vault/index.ts'

const pepper = systemRandom.bytes(32)
const keys = createKeys()
const code = newRecoveryCode(systemRandom)
const wrapped = wrapForRecoveryCode(keys, code, 'grace', pepper)

describe('a recovery code', () => {
  test('opens the keys it wraps, and no other code does', () => {
    expect(openWithRecoveryCode(wrapped, code, 'grace', pepper)?.box.reveal()).toEqual(keys.box.reveal())
    expect(openWithRecoveryCode(wrapped, newRecoveryCode(systemRandom), 'grace', pepper)).toBeNull()
  })

  test('opens nothing for another person, with another pepper, or after any bit was turned', () => {
    expect(openWithRecoveryCode(wrapped, code, 'daniel', pepper)).toBeNull()
    expect(openWithRecoveryCode(wrapped, code, 'grace', systemRandom.bytes(32))).toBeNull()
    expect(openWithRecoveryCode(new Uint8Array(0), code, 'grace', pepper)).toBeNull()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: wrapped.length * 8 - 1 }), (bit) => {
        const turned = wrapped.slice()
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        return openWithRecoveryCode(turned, code, 'grace', pepper) === null
      }),
    )
  })

  test('is read as people copy it, and a slip names its group', () => {
    const groups = recoveryCodeGroups(code)
    expect(groups).toHaveLength(7)
    expect(readRecoveryCode(groups.map((group, at) => `${at + 1}. ${group.toLowerCase()}`).join('\n'))).toEqual({ ok: true, code })
    const third = groups[2] ?? ''
    const slipped = groups.with(2, `${third.slice(0, 3)}${third.endsWith('7') ? '8' : '7'}`).join('-')
    const reading = readRecoveryCode(slipped)
    expect(reading.ok ? [] : reading.groups).toContain(3)
  })
})
