import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId, systemRandom, type ConcernId, type ItemId } from '../../../src/kernel/index.ts'
import { readLinked } from '../../../src/concerns/links/link-store.ts'
import { readReference } from '../../../src/concerns/reference.ts'
import type { PersonName } from '../../support/app.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
/** Two that both guardians handle, and one about Daniel Reid, which he may know nothing of. */
let near: ConcernId
let far: ConcernId
let aboutDaniel: ConcernId
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})
beforeEach(async () => {
  near = (await world.raise()).id
  far = (await world.raise()).id
  aboutDaniel = (await world.raise({ about: ['Daniel Reid'] })).id
})

const referenceOf = async (id: ConcernId) =>
  (await world.database.asSuperuser.query<{ reference: string }>('select reference from concern where id = $1', [id])).rows[0]!.reference
const link = async (id: ConcernId, other: ConcernId, person: PersonName = 'guardian', note?: string) =>
  world.concerns.linking.add(world.as(person), id, { other: await referenceOf(other), ...(note !== undefined && { note }) })
const linksOf = (id: ConcernId, person: PersonName = 'guardian') => world.concerns.linking.view(world.as(person), id)
const kindsOf = async (id: ConcernId) => (await world.entries(id)).map(({ kind }) => kind).filter((kind) => kind.includes('link'))
const items = async () =>
  Number(
    (await world.database.asSuperuser.query<{ n: string }>(`select count(*) as n from staff_item where kind in ('link', 'unlink')`))
      .rows[0]!.n,
  )

describe('two concerns that belong together', () => {
  it('are linked on both sides, with an entry in each, and stay two', async () => {
    const { id } = await link(near, far, 'guardian', 'The same ward, the same week.')
    expect(await linksOf(near)).toMatchObject([
      {
        id,
        relation: 'linked',
        other: { id: far, status: 'raised' },
        note: 'The same ward, the same week.',
        linkedBy: 'Grace Okafor',
        mayRemove: true,
      },
    ])
    expect(await linksOf(far, 'deputy')).toMatchObject([{ id, other: { id: near }, mayRemove: true }])
    expect([await kindsOf(near), await kindsOf(far)]).toEqual([['concern_linked'], ['concern_linked']])
    const entry = (await world.entries(near)).find(({ kind }) => kind === 'concern_linked')!
    expect(entry.text).not.toContain(far)
    expect(entry.text).not.toContain('same ward')
    expect(await world.version(near)).toBe(1)
  })

  it('come apart on both sides', async () => {
    const { id } = await link(near, far)
    await world.concerns.linking.remove(world.as('deputy'), far, id)
    expect([await linksOf(near), await linksOf(far)]).toEqual([[], []])
    expect([await kindsOf(near), await kindsOf(far)]).toEqual([
      ['concern_linked', 'concern_unlinked'],
      ['concern_linked', 'concern_unlinked'],
    ])
    expect(await refusalOf(world.concerns.linking.remove(world.as('guardian'), near, id))).toBe('not_found')
    await link(far, near)
    expect(await linksOf(near)).toHaveLength(1)
  })

  it('are linked once, though two people press at the same moment', async () => {
    const tries = await Promise.all([refusalOf(link(near, far)), refusalOf(link(far, near, 'deputy'))])
    expect(tries.filter((one) => JSON.stringify(one).includes('already_linked'))).toHaveLength(1)
    expect([await linksOf(near), await linksOf(far)].map(({ length }) => length)).toEqual([1, 1])
  })

  it.each([
    ['itself', () => referenceOf(near), 'same_concern'],
    ['one that does not exist', async () => 'F-0000-0000', 'not_yours'],
    ['what is no reference', async () => 'the other one', 'not_yours'],
  ])('are not linked to %s', async (_what, other, code) => {
    const before = await items()
    expect(await refusalOf(world.concerns.linking.add(world.as('guardian'), near, { other: await other() }))).toEqual({
      invalid_input: [`/other ${code}`],
    })
    expect(await items()).toBe(before)
  })

  it('are found by a reference however it is copied', () => {
    for (const typed of ['F-7K2Q-9MXD', 'f7k2q9mxd', '7K2Q-9MXD', ' F 7K2Q 9MXD ']) expect(readReference(typed)).toBe('F-7K2Q-9MXD')
    expect(readReference('F-7KOQ-9MLD')).toBe('F-7K0Q-9M1D')
    expect(readReference('F-7K2Q-9M')).toBeNull()
  })
})

describe('many that belong together', () => {
  it('are looked up in one statement, however many there are', async () => {
    const others = [far, (await world.raise()).id, (await world.raise()).id]
    for (const other of others) await link(near, other)
    let statements = 0
    const seen = await world.service.database.read((tx) => {
      const asked = (...given: Parameters<typeof tx.$queryRaw>) => ((statements += 1), tx.$queryRaw(...given))
      // Anything else that is asked of the transaction is not there.
      const counted = { $queryRaw: asked } as unknown as typeof tx
      return readLinked(counted, world.as('deputy').person, [near, ...others, aboutDaniel])
    })
    expect(statements).toBe(1)
    expect([...seen.keys()].toSorted()).toEqual([near, ...others].toSorted())
    expect((await linksOf(near)).map((one) => one.other.id)).toEqual(others)
  })
})

describe('the wall between them', () => {
  it('hides the other, its link and its linking from whom the other is about', async () => {
    const before = { links: await linksOf(near, 'deputy'), view: await world.concerns.viewConcern(world.as('deputy'), near) }
    await link(near, aboutDaniel)
    expect(await linksOf(near)).toHaveLength(1)
    expect(await linksOf(near, 'deputy')).toEqual(before.links)
    expect(await world.concerns.viewConcern(world.as('deputy'), near)).toEqual(before.view)
    const content = await world.concerns.viewContent(world.as('deputy'), near)
    expect(JSON.stringify(content)).not.toContain(await referenceOf(aboutDaniel))
    expect(content.records).toEqual([])
  })

  it('answers a reference behind it like one that is nobody’s, and the log has both tries', async () => {
    const tried = async (other: string) => refusalOf(world.concerns.linking.add(world.as('deputy'), near, { other }))
    const hidden = await tried(await referenceOf(aboutDaniel))
    expect(hidden).toEqual(await tried('F-0000-0000'))
    const tries = (await world.entries()).filter(({ fields }) => fields['code'] === 'not_yours')
    expect(tries.length).toBeGreaterThanOrEqual(2)
    expect(tries.every(({ concernId }) => concernId === null)).toBe(true)
    expect(await kindsOf(aboutDaniel)).toEqual([])
  })

  it('lets nobody take away a link whose other side they may not know of', async () => {
    const { id } = await link(near, aboutDaniel)
    expect(await refusalOf(world.concerns.linking.remove(world.as('deputy'), near, id))).toBe('not_found')
    expect(await refusalOf(world.concerns.linking.remove(world.as('deputy'), near, newId<ItemId>(systemRandom)))).toBe('not_found')
    expect(await linksOf(near)).toHaveLength(1)
  })

  it.each(['executive', 'auditor', 'administrator', 'investigator'] as const)(
    'is closed to the %s, to whom neither is anything',
    async (person) => {
      const gone = await refusalOf(linksOf(newId<ConcernId>(systemRandom), person))
      expect(await refusalOf(linksOf(near, person))).toEqual(gone)
      expect(await refusalOf(link(near, far, person))).toBe('not_found')
    },
  )

  it('goes up at once before whom a conflict is declared by, and stands with the new keys for everybody else', async () => {
    const { id } = await link(near, far)
    expect(await linksOf(near, 'deputy')).toHaveLength(1)
    await world.concerns.declareConflict(world.as('deputy'), far, { expectedVersion: await world.version(far) })
    expect(await linksOf(near, 'deputy')).toEqual([])
    expect(await refusalOf(linksOf(far, 'deputy'))).toBe('not_found')
    expect([await linksOf(near), await linksOf(far)].map(([first]) => first?.id)).toEqual([id, id])
    const other = (await world.raise()).id
    await link(far, other)
    await world.concerns.linking.remove(world.as('guardian'), far, id)
    expect((await linksOf(far)).map((one) => one.other.id)).toEqual([other])
    expect(await linksOf(near)).toEqual([])
  })

  it('is not opened by a record that somebody put into the database', async () => {
    await link(near, far)
    await world.tamper(`update staff_item set author_id = $1 where concern_id = $2 and kind = 'link'`, [world.id('deputy'), near])
    expect(await linksOf(near)).toEqual([])
  })
})
