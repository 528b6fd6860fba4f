import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReporterContext } from '../../../src/concerns/index.ts'
import { openStaffStage, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
beforeAll(async () => {
  stage = await openStaffStage()
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const back = (token: string): Promise<ReporterContext> =>
  stage.app.service.concerns.openByToken({ requestId: 'test', now: stage.app.clock.now() }, token)

test('a lead to whom it was sent on finds it on their list and reads it, with no page that handlers keep', async () => {
  const raised: RaisedCase = await stage.raise('07')
  stage.app.clock.advance({ hours: 24 * 7 })
  await stage.app.service.concerns.sendOn(await back(raised.token), { reason: 'late', comment: 'Nobody answers me.' }, null)
  const helen = await stage.staff('executive')
  const { page } = await helen.get('/escalated')
  expect(page.links.map(({ href }) => href)).toContain(raised.path)
  const overview = await helen.get(raised.path)
  expect(overview.status).toBe(200)
  const links = overview.page.links.map(({ href }) => href).filter((href) => href.startsWith(`${raised.path}/`))
  expect(new Set(links)).toEqual(new Set(['messages', 'history', 'actions/declare_conflict'].map((page) => `${raised.path}/${page}`)))
  // A lead takes no step in it; the page says whom to ask, since the person was told that the lead can
  expect(overview.page.words).toMatch(
    /Ask (Grace Okafor and Daniel Reid|Daniel Reid and Grace Okafor) why it is late and what they will do\./,
  )
  const messages = await helen.get(`${raised.path}/messages`)
  expect([messages.status, messages.page.words.includes('Nobody answers me.')]).toEqual([200, true])
  expect((await helen.get(`${raised.path}/history`)).status).toBe(200)
  for (const kept of ['contacts', 'assessment', 'detriment'])
    expect([kept, (await helen.get(`${raised.path}/${kept}`)).status]).toEqual([kept, 403])
})

test('handlers see in the history and in the thread that it was sent on, and read the checks after the outcome', async () => {
  const raised = await stage.raise('08')
  stage.app.clock.advance({ hours: 24 * 7 })
  await stage.app.service.concerns.sendOn(await back(raised.token), { reason: 'late' }, null)
  const grace = await stage.staff('guardian')
  expect((await grace.get(`${raised.path}/history`)).page.words).toContain('Sent the concern on to a lead')
  expect((await grace.get(`${raised.path}/messages`)).page.words).toContain('You are late, so I have sent my concern on to Helen Marsh.')
  expect((await grace.get(`${raised.path}/detriment`)).page.words).not.toContain('How they are treated since the outcome')
})
