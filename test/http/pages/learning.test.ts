import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { openStaffStage, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  await stage.raise('03')
  grace = await stage.staff('guardian')
}, 120_000)
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const looks = async () => (await stage.app.database.asSuperuser.query(`select 1 from staff_entry where text like '%raising_gap%'`)).rowCount

test('a guardian chooses a year, and nothing is opened before', async () => {
  const page = await grace.get('/learning')
  expect([page.status, page.page.heading, await looks()]).toEqual([200, 'When people first knew', 0])
  expect(page.page.words).toContain('never a fault')
  expect(page.text).not.toContain('<table')
})

test('the figures stand with the rule that hides small ones, and each look is one entry', async () => {
  const page = await grace.get('/learning?year=2026')
  expect(page.page.words).toContain('April 2026 to March 2027')
  expect(page.page.words).toContain('1 to 7 as *')
  // One concern, known for more than a year: it and the row beside it are hidden, and so is the whole
  expect(page.page.words).toContain('In the month before 0 2 or 3 months before 0 4 to 6 months before 0')
  expect(page.page.words).toContain('7 to 12 months before * More than 12 months before *')
  expect(page.page.words).toContain('All that were counted *')
  expect(await looks()).toBe(1)
})

test.each(['2041', 'x', '1999'])('a year that is not there (%s) is told, and opens nothing', async (year) => {
  const before = await looks()
  const page = await grace.get(`/learning?year=${year}`)
  expect([page.status, page.page.faults]).toEqual([422, ['Choose a year from the list']])
  expect(await looks()).toBe(before)
})

test('nobody but a guardian is let in, or sees it in the menu', async () => {
  const auditor = await stage.staff('auditor')
  expect((await auditor.get('/learning?year=2026')).status).toBe(403)
  expect((await auditor.get('/log')).text).not.toContain('href="/learning"')
  expect((await grace.get('/learning')).text).toContain('href="/learning"')
})
