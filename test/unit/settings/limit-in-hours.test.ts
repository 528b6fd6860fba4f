import { expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { limitChange, newVersion } from '../../../src/settings/limits/limit-change.ts'
import { firstRules } from '../../../src/timeliness/index.ts'

const versions = firstRules.map((rule) => ({ ...rule, announcedOn: null, noticeUntil: null, withdrawnOn: null }))
const day = '2027-01-04' as DateText
const changed = (parts: object) =>
  newVersion(
    versions,
    limitChange.parse({ code: 'T19', limit: 48, unit: 'hours', force: 'LOCAL', source: 'Board, 4 January', validFrom: day, ...parts }),
    day,
    day,
  ).rule

test('a limit in hours keeps its warning in hours, and one that changes to days warns of nothing until somebody says when', () => {
  expect(changed({}).warnBefore).toBe(24)
  expect(changed({ unit: 'calendar_days', limit: 3 }).warnBefore).toBeNull()
  expect(changed({ unit: 'working_days', limit: 3, warnBefore: 1 }).warnBefore).toBe(1)
})
