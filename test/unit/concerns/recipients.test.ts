import { describe, expect, it } from 'vitest'
import type { Directory, DirectoryPerson } from '../../../src/accounts/index.ts'
import { chooseRecipients } from '../../../src/concerns/raising/recipients.ts'
import { newId, systemRandom, type Alias, type IntakeGroupId, type Role, type UserId } from '../../../src/kernel/index.ts'

const group = newId<IntakeGroupId>(systemRandom)
const noKeys = { box: new Uint8Array(32), sign: new Uint8Array(32) }

function person(name: string, role: Role, deputy = false): DirectoryPerson {
  return {
    id: newId<UserId>(systemRandom),
    alias: newId<Alias>(systemRandom),
    name,
    roles: [role],
    deputy,
    intakeGroupIds: [group],
    keys: noKeys,
  }
}

const grace = person('Grace Okafor', 'guardian')
const daniel = person('Daniel Reid', 'guardian', true)
const helen = person('Helen Marsh', 'executive_lead')
const owen = person('Owen Price', 'non_executive_lead')
const priya = person('Priya Nair', 'investigator')
const people = [grace, daniel, helen, owen, priya]
const directory = {
  version: 1,
  digest: '',
  recoveryKey: new Uint8Array(32),
  people,
  find: (id: UserId) => people.find((each) => each.id === id),
  known: () => undefined,
  wasIn: () => null,
  guardiansOf: () => [grace, daniel],
  leads: (role: Role) => people.filter((each) => each.roles.includes(role)),
} as Directory

const usual = { about: [] as string[], recipient: 'guardians' as const, deputyMayRead: true }
const namesFor = (choice: Partial<Parameters<typeof chooseRecipients>[2]>) =>
  chooseRecipients(directory, group, { ...usual, ...choice }).readers.map(({ name }) => name)

describe('who will read a concern', () => {
  it('is every guardian of the group, so that nobody is missed when one is away', () => {
    expect(namesFor({})).toEqual(['Grace Okafor', 'Daniel Reid'])
  })

  it('leaves out the deputy where the person says so', () => {
    expect(namesFor({ deputyMayRead: false })).toEqual(['Grace Okafor'])
  })

  it.each([
    [() => grace.id],
    [() => 'Grace Okafor'],
    [() => 'grace  OKAFOR'],
    [() => 'Okafor'],
    [() => 'Mrs Okafor, the guardian'],
    [() => 'Grace from speak up'],
  ])('leaves out the guardian it is about, however she is named (%#)', (about) => {
    expect(namesFor({ about: [about()] })).not.toContain('Grace Okafor')
  })

  it('leaves out all guardians where it is about "the guardian", and turns to the non-executive lead', () => {
    expect(namesFor({ about: ['the guardian'] })).toEqual(['Owen Price'])
  })

  it.each(['both FTSU guardians', 'the Freedom to Speak Up Guardians'])('takes "%s" for all of them', (text) => {
    expect(namesFor({ about: [text] })).toEqual(['Owen Price'])
  })

  it('takes "the deputies" for the deputy alone', () => {
    expect(namesFor({ about: ['the deputies'] })).toEqual(['Grace Okafor'])
  })

  it('goes to the executive lead only where everyone before is excluded', () => {
    expect(namesFor({ about: ['Grace Okafor', 'Daniel Reid', 'Owen Price'] })).toEqual(['Helen Marsh'])
  })

  it('goes where the person asked, and elsewhere when that person is the one it is about', () => {
    expect(namesFor({ recipient: 'executive_lead' })).toEqual(['Helen Marsh'])
    expect(namesFor({ recipient: 'executive_lead', about: ['Helen Marsh'] })).toEqual(['Owen Price'])
  })

  it.each([
    ['chief executive', helen.id],
    ['executive director', helen.id],
    ['Medical Director', helen.id],
    ['non-executive director', owen.id],
    ['Non Executive Lead', owen.id],
    ['the CEO', helen.id],
    ['our exec lead', helen.id],
    ['the directors', helen.id],
    ['NED', owen.id],
  ])('takes "%s" for the lead it is called by, and no other lead', (text, excluded) => {
    const leads = chooseRecipients(directory, group, { ...usual, about: [text] }).excluded.filter((id) => [helen.id, owen.id].includes(id))
    expect(leads).toEqual([excluded])
  })

  it.each([
    ['Yi Xu', 'Yi Xu'],
    ['Yi Xu', 'dr XU'],
    ['Mary Li', 'Dr Li'],
    ['Łukasz Małecki', 'Lukasz Malecki'],
    ['Lukasz Malecki', 'małecki'],
    ['Søren Åkesson', 'soren akesson'],
    ["Sean O'Neil", 'Mr ONeil'],
    ['Ann Smith-Jones', 'Smithjones'],
    ['Dan\u00ADiel Re\u200Bid', 'Daniel Reid'],
    ['Daniel Reid', 'Da\u200Dniel'],
  ])('knows %j by "%s", whatever keyboard it was typed on', (name, text) => {
    const guardian = person(name, 'guardian')
    const only = { ...directory, people: [guardian, owen], guardiansOf: () => [guardian] } as Directory
    expect(chooseRecipients(only, group, { ...usual, about: [text] }).excluded).toContain(guardian.id)
  })

  it.each(['as so often on nights', 'the man who goes to and fro', 'Lin', 'her sister'])(
    'takes no everyday word for a short name: "%s"',
    (text) => {
      const short = [person('Kim So', 'guardian'), person('Jo Li', 'guardian'), person('Bo To', 'guardian')]
      const them = { ...directory, people: short, guardiansOf: () => short } as unknown as Directory
      expect(chooseRecipients(them, group, { ...usual, about: [text] }).excluded).toEqual([])
    },
  )

  it.each(['ward manager', 'consultant surgeon', 'a senior sister', 'line manager', 'the night shift'])(
    'excludes nobody for "%s"',
    (text) => {
      expect(chooseRecipients(directory, group, { ...usual, about: [text] }).excluded).toEqual([])
    },
  )

  it('says so when nobody is left, rather than sealing it for nobody', () => {
    const about = ['guardian', 'executive lead', 'non-executive lead']
    expect(() => chooseRecipients(directory, group, { ...usual, about })).toThrow('no_reader_left')
  })

  it('never gives an investigator or an executive a key by itself', () => {
    expect(namesFor({})).not.toContain('Priya Nair')
    expect(namesFor({})).not.toContain('Helen Marsh')
  })
})
