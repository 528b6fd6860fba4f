import { describe, expect, test } from 'vitest'
import { normaliseEmail, settleRoles } from '../../../src/accounts/person.ts'
import { Refusal, roles, type Role } from '../../../src/kernel/index.ts'

const isAllowed = (held: readonly Role[], deputy = false): boolean => {
  try {
    settleRoles(held, deputy)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_input') return false
    throw error
  }
}

describe('roles that must stay apart', () => {
  const pairs = roles.flatMap((one, at) => roles.slice(at + 1).map((other): [Role, Role] => [one, other]))
  const apart = new Set([
    'guardian auditor',
    'guardian administrator',
    'investigator administrator',
    'executive_lead administrator',
    'non_executive_lead administrator',
  ])

  test.each(pairs)('%s with %s', (one, other) => {
    expect(isAllowed([one, other])).toBe(!apart.has(`${one} ${other}`))
    expect(isAllowed([other, one])).toBe(isAllowed([one, other]))
  })

  test('one role alone is always allowed, none and every one never', () => {
    for (const role of roles) expect(isAllowed([role])).toBe(true)
    expect(isAllowed([])).toBe(false)
    expect(isAllowed(roles)).toBe(false)
  })

  test('a deputy is a guardian', () => {
    expect(isAllowed(['guardian'], true)).toBe(true)
    expect(isAllowed(['investigator'], true)).toBe(false)
  })

  test('a role named twice is held once, in the fixed order', () => {
    expect(settleRoles(['investigator', 'guardian', 'investigator'], false)).toEqual(['guardian', 'investigator'])
  })
})

test('capitals and spaces do not make another address', () => {
  expect(normaliseEmail('  Grace.Okafor@NHS.test\t')).toBe('grace.okafor@nhs.test')
})
