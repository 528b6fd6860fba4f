import { describe, expect, test } from 'vitest'
import { compareBundles, dueDay, kinds, londonDay, readDay, readInstant, readVerifierKey } from '../../../scripts/verify-log.mjs'
import { entryKinds } from '../../../src/audit/index.ts'
import { londonDate, type DateText } from '../../../src/kernel/index.ts'
import { createCalendar } from '../../../src/timeliness/index.ts'
import bankHolidays from '../../../src/settings/bank-holidays.json' with { type: 'json' }
import { filesOf, zipOf } from '../../support/honest-log/bundle.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { growHonestLog, type Shape } from '../../support/honest-log/grow.ts'
import { place, verdictOn } from './stage.ts'

/** Fifty logs, no two alike: sizes, batches, waiting, rotations and restores. */
const shapes: readonly Shape[] = Array.from({ length: 50 }, (_, seed) => {
  const chance = createChance(seed * 7919 + 1)
  return {
    seed,
    acts: chance.pick([10, 40, 120, 200, 300]),
    measure: chance.pick([0, 0, 1, 5, 16, 16, 40]),
    waits: !chance.oneIn(3),
    rotates: chance.oneIn(3),
    restores: seed % 3 === 0 ? 1 + chance.below(2) : 0,
    samples: seed % 5 !== 4,
  }
})

describe('an honest log raises no alarm', () => {
  test.each(shapes)(
    'of $acts acts in batches of $measure, waiting $waits, rotating $rotates, restored $restores times (seed $seed)',
    async (shape) => {
      const log = await growHonestLog(shape)
      const files = await filesOf(log)
      expect(verdictOn(files, log)).toMatchObject({ verdict: 'whole', exitCode: 0, findings: [], checked: log.texts.length })

      // Whoever kept checkpoints from before a restore is told of the restore, and never of tampering
      const kept = [...log.checkpoints.values()].slice(-3).concat(log.outside)
      const later = verdictOn(files, log, { kept })
      expect(later.exitCode).toBe(log.outside.length > 0 ? 4 : 0)
      expect(later.findings.filter(({ severity }) => severity !== 'restored')).toEqual([])
    },
  )

  test('at every size at which it was published, and each of those is the beginning of the next', async () => {
    const log = await growHonestLog({ seed: 99, acts: 120, measure: 0, waits: true, rotates: false, restores: 0 })
    const sizes = [...log.checkpoints.keys()]
    const bundles: string[] = []
    for (const size of sizes) {
      const files = await filesOf({
        texts: log.texts.slice(0, size),
        checkpoints: new Map([...log.checkpoints].filter(([each]) => each <= size)),
      })
      expect(verdictOn(files, log)).toMatchObject({ exitCode: 0, findings: [] })
      bundles.push(place(`at-${size}.zip`, zipOf(files)))
    }
    const [first, last] = [bundles[0]!, bundles.at(-1)!]
    const compared = compareBundles({ older: first, newer: last, keys: log.keys.map(readVerifierKey) })
    expect(compared).toMatchObject({ exitCode: 0, firstDifference: null, findings: [] })
    expect(Object.values(compared.added).reduce((sum, number) => sum + number, 0)).toBe(sizes.at(-1)! - sizes[0]!)
  })
})

describe('the verifier and the product, written apart,', () => {
  test('know the same kinds of entry, lanes and fields', () => {
    const product = Object.fromEntries(Object.entries(entryKinds).map(([kind, { lane, fields }]) => [kind, [lane, ...fields].join(' ')]))
    expect(kinds).toEqual(product)
  })

  test('agree on the London day around every change of clocks from 2018 to 2040', () => {
    for (let year = 2018; year <= 2040; year += 1) {
      for (const month of [2, 9]) {
        for (let hour = 0; hour < 24 * 10; hour += 1) {
          const seconds = Date.UTC(year, month, 23, hour, 59, 59) / 1000
          const product = londonDate(Temporal.Instant.fromEpochMilliseconds(seconds * 1000))
          expect(londonDay(seconds)).toBe(readDay(product))
        }
      }
    }
  })

  test('agree on working days, whatever day something begins', () => {
    const holidays = new Set(bankHolidays.map(({ date }) => readDay(date)))
    const calendar = createCalendar(bankHolidays)
    for (let day = readDay('2025-12-01'); day < readDay('2027-02-01'); day += 1) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10) as DateText
      for (const limit of [1, 2, 5, 10])
        expect(dueDay({ unit: 'working_days', limit }, day, holidays)).toBe(readDay(calendar.addWorkingDays(text, limit)))
      const months = Temporal.PlainDate.from(text).add({ months: 3 }).toString()
      expect(dueDay({ unit: 'calendar_months', limit: 3 }, day, holidays)).toBe(readDay(months))
    }
  })

  test.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01 '])('take no date that is none: %s', (text) => {
    expect(readDay(text)).toBeNaN()
    expect(readInstant(`${text}T10:00:00Z`)).toBeNaN()
  })
})
