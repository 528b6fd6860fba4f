import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../support/app.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { startSigning, type TestSigning } from '../support/log.ts'
import { lookAt } from '../support/look.ts'
import { openStage, raise, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let signing: TestSigning
let visit: Visit
let page: Page

const long = { timeout: 180_000 }

const look = (name: string, path?: string) => lookAt(page, `log-${name}`, { path, fingers: false })

describe.skipIf(findBrowser() === null)('the auditor’s pages stand at 1280 and 320 px, and for axe', () => {
  beforeAll(async () => {
    stage = await openStage()
    const { service } = stage
    signing = startSigning(service)
    const { id } = await raise(service, '07', { openness: 'confidential', identity: { name: 'A. Nurse' } })
    const grace = await service.contextOf('guardian')
    await service.service.concerns.viewContent(grace, id)
    await service.service.concerns.act(grace, id, 'acknowledge', { expectedVersion: 1, message: 'Thank you.' })
    await service.service.concerns.viewContent(await service.contextOf('deputy'), id)
    for (let time = 0; time < 3; time += 1) {
      service.clock.advance({ seconds: 600 })
      const wrong = { email: people.nonExecutive, password: 'wrong', otp: '123456' }
      await service.service.accounts.signIn({ requestId: 'test' }, wrong).catch(() => null)
    }
    await service.service.recordRefusal(grace, 'get /log', 'permission_denied')
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
    visit = await stage.person()
    page = visit.page
    await signInAs(page, service, 'auditor')
  }, 120_000)
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('422')), stage.service.unexpected]).toEqual([
      [],
      [],
      [],
    ])
    await visit.close()
    await signing.close()
    await stage.close()
  })

  test('search, one entry and its check', long, async () => {
    await look('search', '/log')
    await look('search-filtered', '/log?kind=steps')
    await look('search-error', '/log?actor=x')
    await look('search-empty', '/log?to=2026-01-01')
    await page.goto('/log?kind=concern_acknowledged')
    await page.locator('.app-log a').first().click()
    await look('entry')
    await page.getByRole('button', { name: 'Check this entry' }).click()
    await look('entry-checked')
  })

  test('the check of the whole log, good and bad', long, async () => {
    await look('check-never', '/log/check')
    await page.getByRole('button', { name: 'Check the whole log now' }).click()
    await stage.service.service.auditing.checks.settled()
    await look('check-whole', '/log/check')
    const { note } = await stage.service.service.publishedLog.readCheckpoint()
    await page.getByLabel('The checkpoint, whole').fill(note)
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await look('check-compared')
    await page.goto('/log/check')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await look('check-error')
    stage.service.clock.advance({ seconds: 60 })
    const { asSuperuser } = stage.service.database
    await asSuperuser.query('alter table staff_entry disable trigger user')
    await asSuperuser.query(`update staff_entry set text = replace(text, '"at":"2026', '"at":"2025') where kind = 'concern_acknowledged'`)
    await asSuperuser.query('alter table staff_entry enable trigger user')
    await page.goto('/log/check')
    await page.getByRole('button', { name: 'Check the whole log now' }).click()
    await stage.service.service.auditing.checks.settled()
    await look('check-tampered', '/log/check')
    await page.getByRole('link', { name: /^Look at entry/ }).click()
    await page.getByRole('button', { name: 'Check this entry' }).click()
    await look('entry-tampered')
  })

  test('who opened what, roles on a day, and exceptions', long, async () => {
    await look('access', '/log/access')
    await look('people', '/log/people')
    await look('people-empty', '/log/people?on=2026-01-01')
    await look('exceptions', '/log/exceptions')
    await look('exceptions-one', '/log/exceptions?kind=failed_sign_ins')
    await look('exceptions-error', '/log/exceptions?from=x')
  })
})
