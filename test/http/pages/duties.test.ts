import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDutySweep } from '../../../src/duties/index.ts'
import type { HttpClient } from '../../support/http-client.ts'
import { openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient
beforeAll(async () => {
  stage = await openStaffStage()
  stage.app.clock.set('2026-11-23T10:00:00Z')
  grace = await stage.staff('guardian')
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const on = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-')
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}
const begin = async (fields: Readonly<Record<string, string>>) => pressOn(grace, await grace.get('/duties/new'), fields, '/duties/new')
const idIn = (text: string, heading: string) => new RegExp(`${heading}[\\s\\S]*?href="/duties/([0-9a-f-]{36})"`).exec(text)![1]!

test('a request is begun, stopped, goes on, is extended and done, each as its page says', async () => {
  expect((await begin({ code: 'T17', ...on('on', '2026-11-16') })).location).toBe('/duties?done=begun')
  const list = await grace.get('/duties?done=begun')
  expect(list.text).toMatch(
    /Begun\.[\s\S]*T17 Answer a subject access request[\s\S]*17 working days left[\s\S]*The law[\s\S]*UK GDPR, articles 12 and 15/,
  )
  const path = `/duties/${idIn(list.text, 'T17')}`
  const press = async (act: string, fields: Readonly<Record<string, string>>) =>
    pressOn(grace, await grace.get(path), fields, `${path}/${act}`)
  const wrong = await grace.post(`${path}/pause`, { ...csrfIn(await grace.get(path)) })
  expect([wrong.status, wrong.text.includes('Choose the reason')]).toEqual([422, true])
  expect((await press('pause', { reasonCode: 'identity_awaited' })).location).toBe('/duties?done=pause')
  expect((await grace.get('/duties')).text).toContain('Paused until')
  expect((await grace.post(`${path}/resume`, csrfIn(await grace.get(path)))).location).toBe('/duties?done=resume')
  const late = await press('extend', { ...on('until', '2027-06-01'), reasonCode: 'complex' })
  expect([late.status, late.text.includes('two further months at most')]).toEqual([422, true])
  expect((await press('extend', { ...on('until', '2027-02-01'), reasonCode: 'complex' })).location).toBe('/duties?done=extend')
  expect((await grace.get(path)).text).toContain('It was due on 16 December 2026 at first.')
  expect((await press('done', on('on', '2026-11-23'))).location).toBe('/duties?done=done')
  expect((await grace.get('/duties')).text).toMatch(/What is done[\s\S]*Done in time/)
})

test('a breach has an hour of the day, in London', async () => {
  const wrong = await begin({ code: 'T19', ...on('on', '2026-11-22'), time: 'noon' })
  expect([wrong.status, wrong.text.includes('Write the time like 09:30') || wrong.text.includes('Give the day and the time')]).toEqual([
    422,
    true,
  ])
  expect((await begin({ code: 'T19', ...on('on', '2026-11-22'), time: '9.30' })).location).toBe('/duties?done=begun')
  expect((await grace.get('/duties')).text).toMatch(/T19[\s\S]*47 hours left[\s\S]*Due on 25 November 2026 at 09:30/)
})

test('a report says what is wrong beside its box, and begins anew when it is done', async () => {
  const wrong = await begin({ ...on('on', '2026-02-31') })
  expect([wrong.status, wrong.text.includes('Choose which one'), wrong.text.includes('Write a real date')]).toEqual([422, true, true])
  await begin({ code: 'T15', ...on('on', '2026-05-29') })
  const list = await grace.get('/duties')
  const path = `/duties/${idIn(list.text, 'T15')}`
  expect((await grace.get(path)).text).toContain('The next one begins by itself')
  await pressOn(grace, await grace.get(path), on('on', '2026-11-20'), `${path}/done`)
  expect((await grace.get('/duties')).text).toMatch(/T15 Report to the board[\s\S]*Began on 20 November 2026/)
})

test('an auditor sees the list, and nothing to press', async () => {
  const auditor = await stage.staff('auditor')
  const { status, text } = await auditor.get('/duties')
  expect([status, text.includes('/duties/new'), text.includes('T19')]).toEqual([200, false, true])
  expect((await auditor.get('/duties/new')).status).toBe(403)
})

test('what is late or near stands on the first page of whoever may see duties, and on the auditor’s; the list says whom the clock told', async () => {
  const { service } = stage.app
  await begin({ code: 'T18', ...on('on', '2026-10-01') })
  await begin({ code: 'T18', ...on('on', '2026-10-26') })
  await createDutySweep({ ...service, directory: service.accounts.directory })()
  const line = '1 duty of the organisation is late. 1 duty of the organisation is near its date.'
  for (const [person, path] of [
    ['guardian', '/concerns'],
    ['executive', '/escalated'],
    ['nonExecutive', '/escalated'],
    ['administrator', '/administration'],
    ['auditor', '/log'],
    ['auditor', '/log/exceptions'],
  ] as const)
    expect([path, (await (await stage.staff(person)).get(path)).text]).toEqual([
      path,
      expect.stringContaining(`<a class="app-big-link" href="/duties">${line}</a>`),
    ])
  expect((await (await stage.staff('investigator')).get('/concerns')).text).not.toContain('duty of the organisation')
  expect((await grace.get('/duties')).text).toMatch(
    /Due on 31 October 2026\. The clock warned of it on 23 October 2026\. The clock passed it up to the executive lead on 2 November 2026\./,
  )
})

function csrfIn({ page }: { readonly page: { readonly forms: readonly { readonly fields: readonly (readonly [string, string])[] }[] } }) {
  return { _csrf: page.forms.flatMap(({ fields }) => fields).find(([name]) => name === '_csrf')![1] }
}
