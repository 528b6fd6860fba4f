import { describe, expect, it } from 'vitest'
import { createRaisingGaps, gapParts, type GapPart } from '../../../src/reporting/raising-gap.ts'
import type { ReportReader } from '../../../src/reporting/dependencies.ts'

const none = Object.fromEntries(gapParts.map((part) => [part, 0])) as Record<GapPart, number>
const opener = { readsWhole: async () => true, count: async () => none }
const audited = (async (work: (tx: never) => Promise<{ value: unknown }>) => (await work(null as never)).value) as never
const gaps = (demonstration: boolean) => createRaisingGaps<ReportReader>({ audited }, opener, { demonstration })
const at = (now: string) =>
  ({
    requestId: 'test',
    now: Temporal.Instant.from(now),
    steppedUp: false,
    person: { userId: 'u', alias: 'a', roles: ['guardian'] },
  }) as unknown as ReportReader
const newest = async (now: string, demonstration = false) => (await gaps(demonstration).offer(at(now))).years[0]!.year

describe('a year of figures', () => {
  it.each([
    ['2026-11-24T10:00:00Z', 2025],
    ['2026-03-31T10:00:00Z', 2024],
    ['2026-04-30T22:59:59Z', 2024],
    ['2026-04-30T23:00:00Z', 2025],
    ['2026-12-31T23:59:59Z', 2025],
    ['2027-01-01T00:00:00Z', 2025],
  ])('on %s the newest is the one that began in %i: over for a month, in London', async (now, year) => {
    expect(await newest(now)).toBe(year)
    expect((await gaps(false).view(at(now), year)).total).toBe(0)
    await expect(gaps(false).view(at(now), year + 1)).rejects.toMatchObject({ faults: [{ code: 'not_over' }] })
  })

  it('of a demonstration may be the running one, since none of its concerns is real', async () => {
    expect(await newest('2026-11-24T10:00:00Z', true)).toBe(2026)
    expect(await newest('2027-02-24T10:00:00Z', true)).toBe(2026)
  })

  it('never holds another: no sum of some of them leaves a part of one', async () => {
    const { years } = await gaps(false).offer(at('2026-11-24T10:00:00Z'))
    for (const [index, { from, to }] of years.entries()) {
      expect(from < to).toBe(true)
      if (index > 0) expect(to < years[index - 1]!.from).toBe(true)
    }
  })
})
