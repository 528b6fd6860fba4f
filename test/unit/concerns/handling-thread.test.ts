import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredItem } from '../../../src/concerns/sealing/item-store.ts'
import { createCompartment, sealPart, type ItemKind } from '../../../src/concerns/sealing/sealed-parts.ts'
import { assembleThread } from '../../../src/concerns/reading/thread.ts'
import { newId, systemRandom, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { createKeys, type PrivateKeys } from '../../../src/vault/index.ts'

const concernId = newId<ConcernId>(systemRandom)
const part = createCompartment(systemRandom, concernId, 'shared')
const reporter = createKeys()
const grace = createKeys()
const keys: Readonly<Record<string, PrivateKeys>> = { reporter, grace }
const signKeyOf = (author: string) => keys[author]?.publicKeys.sign ?? null
const nameOf = (author: string) => (author === 'grace' ? 'Grace Okafor' : null)

function item(
  author: string,
  number: number,
  content: unknown,
  on = '2026-11-24',
  kind: ItemKind = 'message',
  signer = keys[author]!,
): StoredItem {
  return { ...sealPart(systemRandom, part, kind, author, signer, content), number, on: on as DateText, at: null }
}

const assemble = (items: { reporter: StoredItem[]; staff: StoredItem[] }) => assembleThread(items, part, signKeyOf, nameOf)

describe('a thread', () => {
  test('comes out in the order it was written, whoever wrote when, though the rows share no clock', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 14 }), (byStaff) => {
        const items: { reporter: StoredItem[]; staff: StoredItem[] } = { reporter: [], staff: [] }
        for (const [index, staffWrites] of byStaff.entries()) {
          const [own, other] = staffWrites ? [items.staff, items.reporter] : [items.reporter, items.staff]
          own.push(item(staffWrites ? 'grace' : 'reporter', own.length + 1, { body: `${index}`, after: other.length }))
        }
        expect(assemble(items).map(({ body }) => Number(body))).toEqual(byStaff.map((_, index) => index))
      }),
      { numRuns: 60 },
    )
  })

  test('loses nothing and keeps each side’s own order, whatever the messages claim to have seen', () => {
    const side = fc.array(fc.nat({ max: 9 }), { maxLength: 6 })
    fc.assert(
      fc.property(side, side, (theirs, ours) => {
        const items = {
          reporter: theirs.map((after, index) => item('reporter', index + 1, { body: `r${index}`, after })),
          staff: ours.map((after, index) => item('grace', index + 1, { body: `s${index}`, after })),
        }
        const thread = assemble(items)
        expect(thread.filter(({ from }) => from === 'reporter').map(({ body }) => body)).toEqual(theirs.map((_, index) => `r${index}`))
        expect(thread.filter(({ from }) => from === 'staff').map(({ body }) => body)).toEqual(ours.map((_, index) => `s${index}`))
      }),
      { numRuns: 60 },
    )
  })

  test('puts messages that crossed by the day they were written', () => {
    const early = item('grace', 1, { body: 'ours', after: 0 }, '2026-11-23')
    const late = item('reporter', 1, { body: 'theirs', after: 0 }, '2026-11-24')
    expect(assemble({ reporter: [late], staff: [early] }).map(({ body }) => body)).toEqual(['ours', 'theirs'])
    const earlier = item('reporter', 1, { body: 'theirs', after: 0 }, '2026-11-22')
    expect(assemble({ reporter: [earlier], staff: [early] }).map(({ body }) => body)).toEqual(['theirs', 'ours'])
  })

  test('shows what was not written by the person it names as not genuine, in its place, without text', () => {
    const stranger = createKeys()
    const staff = [
      item('grace', 1, { body: 'Honest.', after: 0 }),
      item('grace', 2, { body: 'Withdraw it.', after: 1 }, '2026-11-24', 'message', stranger),
      item('nobody', 3, { body: 'Me too.', after: 1 }, '2026-11-24', 'message', stranger),
      item('grace', 4, { words: 'No message at all.' }),
      item('grace', 5, { body: 'Honest again.', after: 1 }),
    ]
    const thread = assemble({ reporter: [item('reporter', 1, { body: 'Hello.', after: 1 })], staff })
    expect(thread.map(({ body, genuine, author }) => [body, genuine, author])).toEqual([
      ['Honest.', true, 'Grace Okafor'],
      ['Hello.', true, null],
      [null, false, 'Grace Okafor'],
      [null, false, null],
      [null, false, 'Grace Okafor'],
      ['Honest again.', true, 'Grace Okafor'],
    ])
  })

  test('holds messages of this compartment and nothing else', () => {
    const other = createCompartment(systemRandom, concernId, 'internal')
    const elsewhere = { ...item('grace', 2, { body: 'A note.', after: 0 }), compartmentId: other.id }
    const staff = [item('grace', 1, { body: 'For the team.' }, '2026-11-24', 'note'), elsewhere]
    expect(assemble({ reporter: [], staff })).toEqual([])
  })

  test('tells the person how long an investigation will take, in words', () => {
    const content = { body: 'Somebody will look into it.', after: 0, expectedEnd: '2027-01-05' }
    expect(assemble({ reporter: [], staff: [item('grace', 1, content)] })[0]?.body).toBe(
      'Somebody will look into it.\n\nWe expect to finish looking into this by 5 January 2027.',
    )
  })
})
