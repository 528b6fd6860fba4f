import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawSample, mostDrawn, requireSamplePeriod, requireSampleSize, sampleBounds, sampleSeedOf } from '../../../src/audit/index.ts'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import { refusalOf } from '../../integration/concerns/handling-world.ts'

const day = (text: string) => text as DateText
const aliases = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 })
const seeds = fc.record({
  size: fc.integer({ min: 1, max: 2 ** 40 }),
  root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  numbers: fc.array(fc.nat(99), { minLength: 6, maxLength: 12 }).map((list) => list.join(' ')),
  period: fc.constant({ from: day('2026-08-01'), to: day('2026-10-31') }),
  fixed: fc.uuid(),
})

/** What `printf '%s\n' … | sha256sum` prints: shares nothing with the product's own way. */
const fixed = '00000000-0000-4000-8000-00000000000f'

const sumOf = (...lines: readonly (string | number)[]) => {
  const sum = createHash('sha256')
  for (const line of lines) sum.update(String(line)).update(Buffer.of(10))
  return sum.digest('hex')
}

describe('a sample', () => {
  test('is what sha256sum and sort give', () => {
    fc.assert(
      fc.property(aliases, seeds, fc.integer({ min: 1, max: 20 }), (population, given, count) => {
        const seed = sumOf('forthright-sample/2', given.size, given.root, given.period.from, given.period.to, given.fixed, given.numbers)
        const byHand = population
          .map((alias) => `${sumOf(seed, alias)} ${alias}`)
          .toSorted()
          .slice(0, count)
          .map((line) => line.split(' ')[1])
        expect(drawSample(sampleSeedOf(given), population, count)).toEqual(byHand)
      }),
    )
  })

  test('has a known answer, so that nobody changes the draw by accident', () => {
    const period = { from: day('2026-08-01'), to: day('2026-10-31') }
    const seed = sampleSeedOf({ size: 256, root: Buffer.alloc(32).toString('base64'), period, fixed, numbers: '3 1 4' })
    expect(seed).toBe(sumOf('forthright-sample/2', 256, `${'A'.repeat(43)}=`, '2026-08-01', '2026-10-31', fixed, '3 1 4'))
  })

  test('does not depend on the order in which the concerns are given, nor on one given twice', () => {
    fc.assert(
      fc.property(aliases, seeds, fc.nat(20), fc.infiniteStream(fc.nat()), (population, given, count, chance) => {
        const seed = sampleSeedOf(given)
        const order = population.map((alias) => ({ alias, by: chance.next().value })).toSorted((a, b) => a.by - b.by)
        const shuffled = [...order, ...order].map(({ alias }) => alias)
        expect(drawSample(seed, shuffled, count)).toEqual(drawSample(seed, population, count))
      }),
    )
  })

  test('names so many concerns of the population, each once, and a larger one begins with the smaller', () => {
    fc.assert(
      fc.property(aliases, seeds, fc.nat(20), (population, given, count) => {
        const seed = sampleSeedOf(given)
        const drawn = drawSample(seed, population, count)
        expect(new Set(drawn).size).toBe(Math.min(count, population.length))
        expect(drawn.every((alias) => population.includes(alias))).toBe(true)
        expect(drawSample(seed, population, count + 1).slice(0, drawn.length)).toEqual(drawn)
      }),
    )
  })

  test('is another with any other number, size, root, day or fixing entry', () => {
    const given = { size: 512, root: 'r', period: { from: day('2026-08-01'), to: day('2026-10-31') }, fixed, numbers: '1 2 3' }
    const all = [
      given,
      { ...given, size: 513 },
      { ...given, root: 's' },
      { ...given, numbers: '1 23' },
      { ...given, fixed: given.fixed.replace('f', 'e') },
      { ...given, period: { ...given.period, from: day('2026-08-02') } },
      { ...given, period: { ...given.period, to: day('2026-11-01') } },
    ]
    expect(new Set(all.map(sampleSeedOf)).size).toBe(all.length)
  })

  test('favours no concern: over many seeds each is drawn about as often', () => {
    const population = Array.from({ length: 10 }, (_, at) => `00000000-0000-4000-8000-00000000000${at}`)
    const drawn = new Map<string, number>()
    for (let size = 0; size < 2000; size += 1) {
      const seed = sampleSeedOf({ size, root: 'r', period: { from: day('2026-08-01'), to: day('2026-10-31') }, fixed, numbers: '1' })
      for (const alias of drawSample(seed, population, 2)) drawn.set(alias, (drawn.get(alias) ?? 0) + 1)
    }
    // 400 expected, standard deviation 18
    for (const alias of population) expect(Math.abs((drawn.get(alias) ?? 0) - 400)).toBeLessThan(100)
  })
})

describe('a sample stays a sample', () => {
  const today = day('2026-11-22')
  const period = (from: string, to: string) => refusalOf((async () => requireSamplePeriod({ from: day(from), to: day(to) }, today))())
  const sized = (count: number, population: number) => refusalOf((async () => requireSampleSize(count, population))())

  test('of four weeks or more, all of them over', async () => {
    const from = addDays(day('2026-11-21'), 1 - sampleBounds.days)
    expect(await period(from, '2026-11-21')).toEqual({ accepted: undefined })
    expect(await period(addDays(from, 1), '2026-11-21')).toEqual({ invalid_input: ['/from period_too_short'] })
    expect(await period('2026-08-01', '2026-11-22')).toEqual({ invalid_input: ['/to day_not_over'] })
    expect(await period('2026-10-31', '2026-08-01')).toEqual({ invalid_input: ['/from period_too_short'] })
  })

  test('of eight concerns or more, one in four of them, and never over twenty', async () => {
    expect([7, 8, 11, 12, 80, 1000].map(mostDrawn)).toEqual([0, 2, 2, 3, 20, 20])
    expect(await sized(1, 7)).toEqual({ invalid_input: ['/from too_few_concerns'] })
    expect(await sized(2, 8)).toEqual({ accepted: undefined })
    expect(await sized(3, 8)).toEqual({ invalid_input: ['/count too_large_a_share'] })
    expect(await sized(21, 1000)).toEqual({ invalid_input: ['/count too_large_a_share'] })
  })
})
