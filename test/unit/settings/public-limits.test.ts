import { describe, expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { publicLimits, type RuleVersion } from '../../../src/settings/index.ts'
import { firstRules } from '../../../src/timeliness/index.ts'

const opened = '2026-11-02' as DateText
const today = '2026-12-10' as DateText
const notAnnounced = { announcedOn: null, noticeUntil: null, withdrawnOn: null }
const first: readonly RuleVersion[] = firstRules.map((rule) => ({ ...rule, ...notAnnounced }))
const later = (version: number, limit: number, from: string, withdrawnOn: string | null = null): RuleVersion => ({
  ...first.find(({ code }) => code === 'T1')!,
  version,
  limit,
  validFrom: from as DateText,
  announcedOn: '2026-11-03' as DateText,
  noticeUntil: from as DateText,
  withdrawnOn: withdrawnOn as DateText | null,
})
const of = (versions: readonly RuleVersion[], on = today) =>
  publicLimits(
    versions.toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }) || a.version - b.version),
    opened,
    on,
  )
const t1 = (versions: readonly RuleVersion[], on = today) => of([...first, ...versions], on).find(({ code }) => code === 'T1')!

describe('the promises that anybody may read', () => {
  test('are those the person sees in the inbox, and figures from elsewhere marked as such; staff’s own limits are not among them', () => {
    expect(of(first).map(({ code, comparator }) => [code, comparator])).toEqual([
      ['T1', false],
      ['T4', false],
      ['T6', false],
      ['T7', false],
      ['T8', false],
      ['T9', true],
      ['T11a', false],
      ['T11b', false],
    ])
  })

  test('began no sooner than the service did', () => {
    expect(t1([]).inForce.beginsOn).toBe('2026-11-02')
    expect(t1([later(2, 3, '2026-12-01')]).inForce).toMatchObject({ limit: 3, beginsOn: '2026-12-01', endedOn: null })
  })

  test('tell of a change before it begins, and of what was before, up to its last day', () => {
    const versions = [later(2, 3, '2026-12-01'), later(3, 1, '2027-01-04')]
    const { inForce, announced, earlier } = t1(versions)
    expect([inForce.version, announced.map(({ version, announcedOn }) => [version, announcedOn])]).toEqual([2, [[3, '2026-11-03']]])
    expect(earlier.map(({ version, beginsOn, endedOn }) => [version, beginsOn, endedOn])).toEqual([[1, '2026-11-02', '2026-11-30']])
    const after = t1(versions, '2027-01-04' as DateText)
    expect([after.inForce.version, after.announced, after.earlier.map(({ version, endedOn }) => [version, endedOn])]).toEqual([
      3,
      [],
      [
        [2, '2027-01-03'],
        [1, '2026-11-30'],
      ],
    ])
  })

  test('keep what was announced and taken back, which never ended anything', () => {
    const { inForce, announced, earlier } = t1([later(2, 9, '2026-12-01', '2026-11-20')])
    expect([inForce.version, inForce.endedOn, announced]).toEqual([1, null, []])
    expect(earlier).toMatchObject([{ version: 2, limit: 9, withdrawnOn: '2026-11-20', endedOn: null }])
  })
})
