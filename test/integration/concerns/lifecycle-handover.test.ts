import { afterAll, describe, expect, test } from 'vitest'
import type { ConcernId } from '../../../src/kernel/index.ts'
import type { PersonName } from '../../support/app.ts'
import { refusalOf, startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, entries, tamper } = world
afterAll(() => world.close())

const own = async (person: PersonName, said = {}) => {
  const { id: concern } = await raise(said)
  await act(person, concern, 'assign', { userId: id(person) })
  return concern
}
const handOver = (person: PersonName, list: readonly ConcernId[], to: PersonName = 'deputy') =>
  concerns.handingOver.handOver(as(person), { to: id(to), concerns: [...list], note: 'Away until Monday.' })
/** Somebody who joined later: no key of this concern, though a guardian. */
const withoutKeys = (concern: ConcernId, person: PersonName) =>
  tamper('delete from key_grant where concern_id = $1 and holder = $2', [concern, id(person)])

describe('assigning to a guardian who joined later', () => {
  test('gives them the keys, on record, and nobody else', async () => {
    const { id: concern } = await raise({ openness: 'confidential', identity: { name: 'Joan Ellis' } })
    await withoutKeys(concern, 'deputy')
    expect(await refusalOf(concerns.viewConcern(as('deputy'), concern))).toBe('not_found')
    await act('guardian', concern, 'assign', { userId: id('deputy'), note: 'Yours while I am away.' })
    expect(await concerns.viewContent(as('deputy'), concern)).toMatchObject({
      genuine: true,
      narrative: 'Two of us for thirty beds, every night.',
      records: [{ kind: 'assignment', content: { owner: id('deputy'), note: 'Yours while I am away.' } }],
    })
    expect((await entries(concern)).map(({ kind, fields }) => [kind, fields['compartments'] ?? null])).toEqual([
      ['concern_assigned', null],
      ['access_granted', ['identity', 'internal', 'shared']],
      ['content_viewed', ['internal', 'shared']],
    ])
    expect(await act('deputy', concern, 'acknowledge', words.acknowledge)).toMatchObject({
      status: 'acknowledged',
      owner: { id: id('deputy') },
    })
  })
})

describe('handing over while one is away', () => {
  test('lists one’s own concerns that are not closed, with the resolved ones, and the other guardians', async () => {
    const mine = await own('guardian')
    const resolved = await own('guardian')
    await bring(resolved, 'resolved')
    const closed = await own('guardian')
    await bring(closed, 'resolved')
    await act('guardian', closed, 'close', { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' })
    const theirs = await own('deputy')
    const { items, colleagues, more } = await concerns.handingOver.owned(as('guardian'))
    const ids = items.map((item) => item.id)
    expect([ids.includes(mine), ids.includes(resolved), ids.includes(closed), ids.includes(theirs)]).toEqual([true, true, false, false])
    expect([colleagues.map(({ name }) => name), more]).toEqual([['Daniel Reid'], false])
  })

  test('gives each to the colleague with the note, keys included, and says what became of every one', async () => {
    const [first, second, late] = [await own('guardian'), await own('guardian'), await own('guardian')]
    await withoutKeys(second, 'deputy')
    const about = await own('guardian', { about: ['Daniel Reid'] })
    await act('deputy', late, 'assign', { userId: id('deputy') })
    const nobodys = '00000000-0000-4000-8000-000000000000' as ConcernId
    const results = await handOver('guardian', [first, second, about, late, nobodys])
    expect(results.map(({ refused }) => refused)).toEqual([null, null, 'conflict_of_interest', 'concern_changed', 'not_found'])
    expect(results.map(({ reference }) => reference !== null)).toEqual([true, true, true, true, false])
    for (const concern of [first, second]) {
      expect(await concerns.viewConcern(as('deputy'), concern)).toMatchObject({ owner: { id: id('deputy') } })
      expect((await concerns.viewContent(as('deputy'), concern)).records).toMatchObject([
        { kind: 'assignment', genuine: true, content: { note: 'Away until Monday.' } },
      ])
    }
    expect(await concerns.viewConcern(as('guardian'), about)).toMatchObject({ owner: { id: id('guardian') } })
    expect(await refusalOf(concerns.viewConcern(as('deputy'), about))).toBe('not_found')
  })

  test('leaves her reading on, so that she can come back', async () => {
    const concern = await own('guardian')
    await handOver('guardian', [concern])
    expect(await concerns.viewContent(as('guardian'), concern)).toMatchObject({ genuine: true })
    expect(await refusalOf(handOver('deputy', [concern], 'guardian'))).toMatchObject({ accepted: [{ refused: null }] })
  })

  test('is for guardians, and only to a guardian', async () => {
    const concern = await own('guardian')
    expect(await refusalOf(handOver('executive', [concern]))).toBe('permission_denied')
    expect(await refusalOf(concerns.handingOver.owned(as('auditor')))).toBe('permission_denied')
    expect(await handOver('guardian', [concern], 'executive')).toMatchObject([{ refused: 'invalid_input' }])
  })

  test('of two who hand over the same one at once, one does', async () => {
    const concern = await own('guardian')
    const answers = await Promise.all([handOver('guardian', [concern]), handOver('guardian', [concern])])
    expect(
      answers
        .flat()
        .map(({ refused }) => refused)
        .toSorted(),
    ).toEqual(['concern_changed', null].toSorted())
    expect((await entries(concern)).filter(({ kind }) => kind === 'concern_assigned')).toHaveLength(2)
  })
})
