import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createDutySweep, dutyBeginning } from '../../src/duties/index.ts'
import { limitChange } from '../../src/settings/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `duties-${name}`)

describe.skipIf(findBrowser() === null)('the duties, an announced limit and the file of bank holidays stand at 1280 and 320 px', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
    const { service, clock, contextOf } = stage.service
    clock.set('2026-11-23T10:00:00Z')
    const guardian = await contextOf('guardian')
    const begin = (input: object) => service.duties.begin(guardian, dutyBeginning.parse(input))
    await begin({ code: 'T17', startedOn: '2026-10-01' })
    await begin({ code: 'T18', startedOn: '2026-11-16' })
    await begin({ code: 'T19', startedAt: '2026-11-22T09:30:00Z' })
    await createDutySweep({ ...service, directory: service.accounts.directory })()
    const ctx = { ...(await contextOf('administrator')), steppedUp: true }
    const { seen, earliest } = await service.settingsAdministration.viewLimits(ctx)
    const said = { code: 'T1', limit: 3, unit: 'working_days', force: 'LOCAL', source: 'Board, 20 November 2026', validFrom: earliest }
    await service.settingsAdministration.changeLimit(ctx, { change: limitChange.parse(said), seen, reason: 'Agreed' })
    await signInAs(page, stage.service, 'administrator')
  })
  afterAll(async () => {
    await visit.close()
    await stage.close()
  })

  test('each of them', { timeout: 180_000 }, async () => {
    for (const [name, path] of [
      ['home', '/administration'],
      ['list', '/duties'],
      ['new', '/duties/new'],
      ['limits', '/settings/time-limits'],
      ['limit', '/settings/time-limits/T6'],
      ['limit-in-hours', '/settings/time-limits/T19'],
      ['withdraw', '/settings/time-limits/T1/withdraw/2'],
      ['notice', '/settings/notice-period'],
      ['file', '/settings/calendar/file'],
    ] as const) {
      await page.goto(path)
      await look(name)
    }
    await page.goto('/duties')
    await page.getByRole('link', { name: 'Answer a subject access request' }).click()
    await look('one')
  })
})
