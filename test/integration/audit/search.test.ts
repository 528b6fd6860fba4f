import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPace, findEntries, type LogSearch } from '../../../src/audit/index.ts'
import type { Alias, DateText } from '../../../src/kernel/index.ts'
import { addConcerns, addStaffEntries, startLogStage, type AddedConcern, type LogStage } from '../../support/log.ts'

const day = (text: string) => text as DateText
const at = (date: string) => Temporal.Instant.from(`${date}T10:00:00Z`)

describe('entries in their places', () => {
  let stage: LogStage
  let concerns: AddedConcern[]
  beforeAll(async () => {
    stage = await startLogStage()
    const integrator = stage.integrator(demonstrationPace)
    concerns = await addConcerns(stage.app, 3, { raised: at('2026-11-02'), later: 1, staff: 2 })
    await integrator.integrate(at('2026-11-02'))
    await addStaffEntries(stage.app, 30, at('2026-11-10'))
    await integrator.integrate(at('2026-11-10'))
    await addConcerns(stage.app, 1, { raised: at('2026-11-12'), staff: 1 })
    await integrator.integrate(at('2026-11-12'))
  })
  afterAll(() => stage.close())

  const nothing: LogSearch = { days: null, kinds: [], actor: null, concern: null, before: null, limit: 100 }
  const find = (search: Partial<LogSearch>) => stage.database.database.read((tx) => findEntries(tx, { ...nothing, ...search }))

  it('come newest first, without cover entries, each with its text', async () => {
    const { items, next } = await find({})
    // 3 × 4, 30 and 2, and the organisation's and the key's own
    expect(items).toHaveLength(46)
    expect(next).toBeNull()
    expect(items.map(({ index }) => index)).toEqual(items.map(({ index }) => index).toSorted((a, b) => b - a))
    for (const { kind, lane, text } of items) expect(JSON.parse(text)).toMatchObject({ kind, lane })
  })

  it('are found by period, both days included', async () => {
    const period = async (from: string, to: string) => (await find({ days: { from: day(from), to: day(to) } })).items.length
    expect(await period('2026-11-10', '2026-11-10')).toBe(30)
    expect(await period('2026-11-02', '2026-11-10')).toBe(42)
    expect(await period('2026-11-11', '2026-12-31')).toBe(4)
    expect(await period('1990-01-01', '2099-12-31')).toBe(46)
    expect(await period('2026-11-03', '2026-11-09')).toBe(0)
    expect(await period('2027-01-01', '2026-01-01')).toBe(0)
  })

  it('are found by kind, by person, by concern, and by all together', async () => {
    expect((await find({ kinds: ['concern_raised', 'token_replaced'] })).items).toHaveLength(7)
    const { items } = await find({ concern: concerns[0]!.alias })
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['concern_raised', 'concern_viewed', 'concern_viewed', 'token_replaced'])
    const actor = items.find(({ lane }) => lane === 'staff')!.actor as Alias
    expect((await find({ actor })).items).toHaveLength(37)
    const days = { from: day('2026-11-02'), to: day('2026-11-02') }
    expect((await find({ actor, days, kinds: ['concern_viewed'], concern: concerns[0]!.alias })).items).toHaveLength(2)
    expect((await find({ actor: concerns[0]!.alias })).items).toEqual([])
  })

  it('come in pages that stay what they are while the log grows', async () => {
    const whole = (await find({})).items
    const seen: number[] = []
    for (let before: number | null = null, first = true; first || before !== null; first = false) {
      const page = await find({ before, limit: 7 })
      seen.push(...page.items.map(({ index }) => index))
      before = page.next
      if (first) {
        await addStaffEntries(stage.app, 5, at('2026-11-20'))
        await stage.integrator(demonstrationPace).integrate(at('2026-11-20'))
      }
    }
    expect(seen).toEqual(whole.map(({ index }) => index))
  })
})
