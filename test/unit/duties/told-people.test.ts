import { describe, expect, test } from 'vitest'
import type { DirectoryPerson } from '../../../src/accounts/index.ts'
import { toldOf } from '../../../src/duties/told-people.ts'
import type { Role, UserId } from '../../../src/kernel/index.ts'

const person = (id: string, deputy: boolean, ...roles: Role[]) => ({ id, deputy, roles }) as unknown as DirectoryPerson
const people = [
  person('grace', false, 'guardian'),
  person('dev', true, 'guardian'),
  person('sam', false, 'administrator'),
  person('helen', false, 'executive_lead'),
  person('owen', false, 'non_executive_lead'),
  person('both', false, 'executive_lead', 'non_executive_lead'),
  person('ruth', false, 'auditor'),
  person('ivy', false, 'investigator'),
]
const toldWhile = (away: readonly string[], step: Parameters<typeof toldOf>[0]) =>
  toldOf(step, { people }, new Map(away.map((id) => [id as UserId, 'absence']))).map(({ id }) => id)

describe('whom the clock tells of a duty', () => {
  test.each<[Parameters<typeof toldOf>[0], string[]]>([
    ['warning', ['grace', 'dev', 'sam']],
    ['deputy', ['dev']],
    ['executive_lead', ['helen', 'both']],
    ['non_executive_lead', ['owen', 'both']],
  ])('with %s: %j', (step, told) => expect(toldWhile([], step)).toEqual(told))

  test('whoever is away is passed over', () => expect(toldWhile(['grace', 'helen'], 'executive_lead')).toEqual(['both']))

  test('but where all of them are, it waits for all', () =>
    expect(toldWhile(['grace', 'dev', 'sam'], 'warning')).toEqual(['grace', 'dev', 'sam']))
})
