import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepAllClocks } from '../../../src/concerns/index.ts'
import { createDutySweep, dutyBeginning } from '../../../src/duties/index.ts'
import type { HttpClient } from '../../support/http-client.ts'
import { integrateAll } from '../../support/verified-log.ts'
import { openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let auditor: HttpClient
/** Words of a page; the kit repeats a table's headings for phones. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<span[^>]*nhsuk-table__heading[^>]*>[^<]*<\/span>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  stage = await openStaffStage()
  const first = await stage.raise('07')
  await stage.raise('02')
  const grace = await stage.staff('guardian')
  await grace.get(first.path)
  await grace.submit(`${first.path}/actions/acknowledge`, { message: 'Thank you for telling us.' })
  stage.app.clock.advance({ hours: 24 * 7 })
  await keepAllClocks(stage.app.service)
  auditor = await stage.staff('auditor')
}, 120_000)
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

test('the auditor sees how each limit was kept, what the words mean, and follows a number to the clocks behind it', async () => {
  const { status, text } = await auditor.get('/log/timeliness')
  const said = wordsOf(text)
  expect(status).toBe(200)
  expect(said).toMatch(/T1 Acknowledge 2 working days, local 2 1 0 1 0 0 50% 1 0/)
  expect(said).toContain('The numbers agree')
  expect(said).toContain('What the words mean')
  expect(text).toMatch(/<svg class="app-chart app-chart--narrow"/)
  const overdue = /href="([^"]*code=T1&amp;outcome=overdue[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&')
  const rows = /id="rows"[\s\S]*?<\/section>/.exec((await auditor.get(overdue)).text)![0]
  expect(rows.match(/href="\/log\?concern=[0-9a-f-]{36}"/g)).toHaveLength(1)
  expect(wordsOf(rows)).toContain('T1, version 1')
})

test('duties of the organisation stand beside, with who was told and the entries that prove it; leads see their figures alone', async () => {
  const { app } = stage
  const { duties, accounts } = app.service
  const { id } = await duties.begin(await app.contextOf('guardian'), dutyBeginning.parse({ code: 'T18', startedOn: '2026-10-01' }))
  await createDutySweep({ ...app.service, directory: accounts.directory })()
  await integrateAll(app)
  const said = wordsOf((await auditor.get('/log/timeliness')).text)
  expect(said).toContain('Duties of the organisation as a whole')
  expect(said).toMatch(/T18 Acknowledge a data protection complaint 30 days, law 1 0 0 1 0 0 0% 0 \d+/)
  expect(said).toMatch(new RegExp(`${id.slice(0, 8)} T18, version 1, law`))
  expect(said).toMatch(/written down .* entry \d+ , by a guardian/)
  expect(said).toMatch(/Told .*: executive lead entry \d+ , by the clock/)
  const lead = wordsOf((await (await stage.staff('executive')).get('/log/timeliness')).text)
  expect(lead).toContain('T18 Acknowledge a data protection complaint')
  expect(lead).not.toContain(id.slice(0, 8))
  const page = await auditor.get('/log/timeliness')
  const file = await pressOn(auditor, page, { file: 'duties' }, '/log/timeliness/export')
  expect([file.status, file.text.split('\r\n')[1]?.split(',').slice(0, 2)]).toEqual([200, [id, 'T18']])
})

test('chart and table under it say the same', async () => {
  const { text } = await auditor.get('/log/timeliness?code=T1')
  const chart = /<svg class="app-chart app-chart--wide"[\s\S]*?<\/svg>/.exec(text)![0]
  expect([...chart.matchAll(/app-chart__text--on-(?:in-time|late|open)"[^>]*>(\d+)</g)].map(([, number]) => number)).toEqual(['1', '1'])
  expect(wordsOf(text)).toContain('November 2026 1 1 0 0')
})

test('a fault in the days is said beside the box, and other limits can be asked for', async () => {
  const faulty = await auditor.get('/log/timeliness?from=x&to=2026-12-01')
  expect([faulty.status, wordsOf(faulty.text).includes('Enter a real first day')]).toEqual([422, true])
  expect((await auditor.get('/log/timeliness?from=2026-12-02&to=2026-12-01')).status).toBe(422)
  expect((await auditor.get('/log/timeliness?cursor=x')).status).toBe(422)
})

test('leads get figures without single clocks; others are refused', async () => {
  const lead = await (await stage.staff('executive')).get('/log/timeliness')
  expect(lead.status).toBe(200)
  expect(lead.text).not.toContain('/log?concern=')
  expect(wordsOf(lead.text)).toContain('whole months')
  expect(wordsOf(lead.text)).toContain('rounded to the nearest 5')
  for (const exact of ['How long it took', 'Longest, in working days']) expect(wordsOf(lead.text)).not.toContain(exact)
  for (const person of ['guardian', 'investigator', 'administrator'] as const)
    expect((await (await stage.staff(person)).get('/log/timeliness')).status).toBe(403)
})

test('the spreadsheet is asked for with a fresh code and comes as a file, recorded', async () => {
  stage.app.clock.advance({ minutes: 6 })
  const page = await auditor.get('/log/timeliness?from=2026-11-01')
  const asked = await pressOn(auditor, page, { file: 'ods' }, '/log/timeliness/export')
  expect(wordsOf((await auditor.follow(asked)).text)).toContain('Give the six-digit code')
  stage.app.clock.advance({ seconds: 30 })
  const taken = await pressOn(auditor, page, { file: 'ods', otp: stage.app.codeOf('auditor') }, '/log/timeliness/export')
  expect([taken.status, taken.headers.get('content-type')]).toEqual([200, 'application/vnd.oasis.opendocument.spreadsheet'])
  expect(taken.headers.get('content-disposition')).toMatch(/forthright-timeliness-2026-11-01-\d{4}-\d\d-\d\d\.ods/)
  expect((await auditor.get('/log?kind=report_exported')).text).toContain('Took a report away')
})

test('a limit that is only supposed is judged on a page that can be printed, and the limit in force stays', async () => {
  const admin = await stage.staff('administrator')
  expect(wordsOf((await admin.get('/simulator')).text)).toContain('What if a limit were another?')
  const judged = await auditor.get('/simulator?code=T1&limit=10&unit=working_days')
  expect(wordsOf(judged.text)).toContain('T1 Acknowledge: what if it were 10 working days?')
  expect((await auditor.get('/simulator?code=T1&limit=3')).page.faults).toEqual(['Choose what it is counted in'])
  expect((await auditor.get('/simulator?code=T1&limit=0&unit=working_days')).status).toBe(422)
  expect((await auditor.get('/simulator?code=T1&unit=working_days')).status).toBe(422)
  expect((await auditor.get('/simulator?code=T13&limit=3&unit=working_days')).status).toBe(422)
  expect((await (await stage.staff('guardian')).get('/simulator')).status).toBe(403)
  expect((await stage.app.service.settings.current()).rules.filter(({ code }) => code === 'T1')).toMatchObject([{ limit: 2 }])
})
