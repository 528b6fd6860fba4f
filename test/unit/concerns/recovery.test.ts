import { describe, expect, it } from 'vitest'
import type { DirectoryPerson } from '../../../src/accounts/index.ts'
import { partsFor, type Claim } from '../../../src/concerns/recovery/who-gets-back.ts'
import { newId, systemRandom, type Alias, type Role, type UserId } from '../../../src/kernel/index.ts'
import { createKeys } from '../../../src/vault/index.ts'

const person = (name: string, role: Role, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: newId<UserId>(systemRandom),
  alias: newId<Alias>(systemRandom),
  name,
  roles: [role],
  deputy: false,
  intakeGroupIds: [],
  keys: createKeys().publicKeys,
  ...more,
})
const amina = person('Amina Yusuf', 'guardian')
const owen = person('Owen Price', 'non_executive_lead')
const reader = ({ id, name, roles }: DirectoryPerson) => ({ id, name, role: roles[0]! })
const claim = (more: Partial<Claim> = {}): Claim => ({
  header: { about: [], excluded: [] },
  readers: [reader(amina)],
  letIn: [],
  listedThen: true,
  ...more,
})
const given = (who: DirectoryPerson, more: Partial<Claim> = {}) => {
  const parts = partsFor(who, claim(more))
  return parts === 'all' ? 'all' : [...parts]
}

describe('the recovery key gives a person', () => {
  it('all of a concern whose writer was told that they would read it, under whatever id they are known now', () => {
    expect(given(amina)).toBe('all')
    expect(given(person('Amina Yusuf', 'guardian', { formerly: [amina.id] }))).toBe('all')
  })

  it('what a colleague let them into, and no more', () => {
    expect(given(owen, { letIn: ['shared', 'internal'] })).toEqual(['shared', 'internal'])
  })

  it('all that guardians were to read, where they became one later', () => {
    expect(given(person('New Guardian', 'guardian'), { listedThen: false })).toBe('all')
  })
})

describe('the recovery key gives nothing', () => {
  it.each([
    ['by id', { about: [], excluded: [amina.id] }],
    ['by name', { about: ['Mrs Yusuf'], excluded: [] }],
    ['by role', { about: ['the guardians'], excluded: [] }],
  ])('of a concern that is about the person, told %s, though they were promised as a reader and let in', (_, header) => {
    expect(given(amina, { header, letIn: ['shared'] })).toEqual([])
  })

  it('of a concern about somebody under the id they had before their keys were lost', () => {
    const renewed = person('A. Y.', 'guardian', { formerly: [amina.id] })
    expect(given(renewed, { header: { about: [], excluded: [amina.id] }, listedThen: false })).toEqual([])
  })

  it('to a guardian who was there and was passed over: the writer chose another door, or no deputy', () => {
    expect(given(amina, { readers: [reader(owen)] })).toEqual([])
    expect(given(person('Daniel Reid', 'guardian', { deputy: true }))).toEqual([])
  })

  it('to a later guardian of what was never meant for guardians, and to nobody else who came later', () => {
    expect(given(person('New Guardian', 'guardian'), { readers: [reader(owen)], listedThen: false })).toEqual([])
    expect(given(person('New Lead', 'executive_lead'), { listedThen: false })).toEqual([])
  })
})
