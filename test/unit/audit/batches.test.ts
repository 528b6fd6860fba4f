import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { choose, shuffleBatch, type Placeable, type Waiting } from '../../../src/audit/integrate/order.ts'
import { demonstrationPace, isLate, lastBatchTime, realPace, sizeOfBatch } from '../../../src/audit/integrate/pace.ts'
import { systemRandom } from '../../../src/kernel/index.ts'

describe('how much a batch adds', () => {
  it('is the same whether nothing waits, or anything up to a whole day of it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_024 + 256 }), (waiting) => sizeOfBatch(realPace, waiting) === 256))
  })

  it('is, beyond that, the smallest multiple that leaves no more than a day waiting', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_281, max: 1_000_000 }), (waiting) => {
        const added = sizeOfBatch(realPace, waiting)
        expect(added % 256).toBe(0)
        expect(waiting - added).toBeLessThanOrEqual(1_024)
        expect(waiting - (added - 256)).toBeGreaterThan(1_024)
      }),
    )
  })

  it('is all that waits in a demonstration, rounded up', () => {
    expect([1, 16, 17, 300].map((waiting) => sizeOfBatch(demonstrationPace, waiting))).toEqual([16, 16, 32, 304])
  })
})

describe('when a batch is due', () => {
  test.each([
    ['2026-11-24T09:00:00Z', '2026-11-24T06:20:00Z'],
    ['2026-11-24T06:20:00Z', '2026-11-24T06:20:00Z'],
    ['2026-11-24T06:19:59Z', '2026-11-24T00:20:00Z'],
    ['2026-11-24T00:19:00Z', '2026-11-23T18:20:00Z'],
    // Summer: 06:20 in London is 05:20 UTC
    ['2026-07-01T05:20:00Z', '2026-07-01T05:20:00Z'],
    ['2026-07-01T05:19:00Z', '2026-06-30T23:20:00Z'],
    // The night the clocks go back, and the one they go forward
    ['2026-10-25T05:00:00Z', '2026-10-24T23:20:00Z'],
    ['2026-10-25T06:20:00Z', '2026-10-25T06:20:00Z'],
    ['2026-03-29T05:20:00Z', '2026-03-29T05:20:00Z'],
  ])('at %s the last one was to be made at %s', (now, due) => {
    expect(lastBatchTime(Temporal.Instant.from(now)).toString()).toBe(due)
  })

  it('it counts as late three quarters of an hour afterwards, and never in a demonstration', () => {
    const at = (text: string) => Temporal.Instant.from(text)
    const published = at('2026-11-24T00:20:04Z')
    expect(isLate(realPace, published, at('2026-11-24T07:04:00Z'))).toBe(false)
    expect(isLate(realPace, published, at('2026-11-24T07:06:00Z'))).toBe(true)
    expect(isLate(realPace, null, at('2026-11-24T07:06:00Z'))).toBe(true)
    expect(isLate(demonstrationPace, null, at('2026-11-24T07:06:00Z'))).toBe(false)
  })
})

/** Concerns with so many reporter entries and so many staff entries each, and staff entries outside any. */
const someWork = fc
  .record({ concerns: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 12 }), others: fc.nat(12), covers: fc.nat(20) })
  .map(({ concerns, others, covers }) => {
    const numbered = (lane: 'reporter' | 'staff', concern: string, count: number): Waiting[] =>
      Array.from({ length: count }, (_, at) => ({ id: `${lane} ${concern} ${at + 1}`, lane, concern, number: at + 1 }))
    const reporters = concerns.flatMap(([count], at) => numbered('reporter', `c${at}`, count + 1))
    const staff = [
      ...concerns.flatMap(([, count], at) => numbered('staff', `c${at}`, count)),
      ...Array.from({ length: others }, (_, at) => ({ id: `other ${at}`, lane: 'staff' as const, concern: null, number: null })),
    ]
    const cover: Placeable[] = Array.from({ length: covers }, () => ({ lane: 'cover', concern: null, number: null }))
    return { reporters, staff, cover }
  })

function faultsIn(order: readonly (Placeable & { readonly id?: string })[], staff: readonly Waiting[]): string[] {
  const faults: string[] = []
  const last = new Map<string, number>()
  for (const { lane, concern, number } of order) {
    if (concern === null || number === null) continue
    const name = `${lane} ${concern}`
    if (number !== (last.get(name) ?? 0) + 1) faults.push(`${name} ${number} out of order`)
    if (lane === 'staff' && !last.has(`reporter ${concern}`)) faults.push(`${name} ${number} before the concern was raised`)
    last.set(name, number)
  }
  const placed = order.flatMap(({ lane, id }) => (lane === 'staff' ? [id] : []))
  const expected = staff.filter(({ id }) => placed.includes(id)).map(({ id }) => id)
  if (expected.join() !== placed.join()) faults.push('staff out of their order')
  return faults
}

describe('the order within a batch', () => {
  it('keeps every lane whole and in order, whatever waits and however little is taken', () => {
    fc.assert(
      fc.property(someWork, fc.nat(80), ({ reporters, staff, cover }, count) => {
        const chosen = choose(systemRandom, reporters, staff, count)
        expect(chosen.length).toBeLessThanOrEqual(count)
        expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length)
        if (count >= reporters.length + staff.length) expect(chosen.length).toBe(reporters.length + staff.length)
        const order = shuffleBatch<Placeable & { readonly id?: string }>(systemRandom, [...chosen, ...cover])
        expect(order.length).toBe(chosen.length + cover.length)
        expect(new Set(order).size).toBe(order.length)
        expect(faultsIn(order, staff)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('takes reporters before staff', () => {
    const reporters: Waiting[] = [1, 2, 3].map((each) => ({ id: `r${each}`, lane: 'reporter', concern: `c${each}`, number: 1 }))
    const staff: Waiting[] = [1, 2].map((each) => ({ id: `s${each}`, lane: 'staff', concern: null, number: null }))
    expect(choose(systemRandom, reporters, staff, 3).map(({ lane }) => lane)).toEqual(['reporter', 'reporter', 'reporter'])
    expect(choose(systemRandom, reporters, staff, 4).at(-1)?.id).toBe('s1')
  })

  it('puts one reporter’s entry anywhere among the rest alike', () => {
    const batch: Placeable[] = [
      { lane: 'reporter', concern: 'c', number: 1 },
      ...Array.from({ length: 9 }, (): Placeable => ({ lane: 'cover', concern: null, number: null })),
    ]
    const places = Array.from({ length: 10 }, () => 0)
    for (let round = 0; round < 5_000; round += 1)
      places[shuffleBatch(systemRandom, batch).findIndex(({ lane }) => lane === 'reporter')]! += 1
    // 500 each; five standard deviations are 106
    for (const count of places) expect(Math.abs(count - 500)).toBeLessThan(110)
  })
})
