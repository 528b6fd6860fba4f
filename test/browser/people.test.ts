import { Secret } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../src/accounts/second-factor.ts'
import { findBrowser } from '../support/browser-path.ts'
import { screenshot, type Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `people-${name}`)

const long = { timeout: 180_000 }

describe.skipIf(findBrowser() === null)('the pages about people stand at 1280 and 320 px, for axe and fingers', () => {
  let link = ''

  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
  })
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines, stage.service.unexpected]).toEqual([[], [], []])
    await visit.close()
    await stage.close()
  })

  const as = async (person: Parameters<typeof signInAs>[2]) => {
    await visit.context.clearCookies()
    await signInAs(page, stage.service, person)
  }
  const freshCode = (person: Parameters<typeof signInAs>[2]) => {
    stage.service.clock.advance({ seconds: 30 })
    return stage.service.codeOf(person)
  }

  test('inviting: the list, the form with its faults, the link', long, async () => {
    await as('administrator')
    await page.goto('/administration')
    await look('administration')
    await page.goto('/people')
    await look('list')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await look('invite')
    await press(page, 'Make the link')
    await look('invite-faults')
    await page.getByLabel('Name', { exact: true }).fill('Mary Ann Featherstonehaugh-Cholmondeley')
    await page.getByLabel('E-mail address').fill('mary.ann.featherstonehaugh-cholmondeley@a-rather-long-name-of-a-trust.test')
    await page.getByLabel('Guardian', { exact: true }).check()
    for (const group of await page.getByRole('group', { name: 'Intake groups' }).getByRole('checkbox').all()) await group.check()
    await page.getByLabel('Six-digit code').fill(freshCode('administrator'))
    await press(page, 'Make the link')
    await look('link')
    link = (await page.locator('.app-link-once').textContent())!.trim()
    await page.goto('/people')
    await look('list-invited')
    await page.getByRole('link', { name: /Mary Ann/ }).click()
    await look('person-invited')
  })

  test('enrolling: each page as the newcomer sees it', long, async () => {
    await visit.context.clearCookies()
    await page.goto('/enrol')
    await look('enrol-landing')
    const address = new URL(link)
    await page.goto(address.pathname)
    expect(new URL(page.url()).pathname).toBe('/enrol/password')
    await look('enrol-start')
    await press(page, 'Continue')
    await look('enrol-start-fault')
    await page.getByLabel('Choose a password').fill('seven purple kettles wander')
    await page.getByLabel('The password again').fill('seven purple kettles wander')
    await press(page, 'Continue')
    await look('enrol-second-factor')
    const key = (await page.locator('p.app-reference').textContent())!.replaceAll(' ', '')
    const seed = Secret.fromBase32(key).bytes
    await page.getByLabel('Six-digit code').fill('000000')
    await press(page, 'Continue')
    await look('enrol-second-factor-fault')
    await page.getByLabel('Six-digit code').fill(codeAt(seed, stage.service.clock.now()))
    await press(page, 'Continue')
    await look('enrol-recovery-code')
    const groups = await page.locator('.app-code li').allTextContents()
    await page.getByLabel('Group 3 of your code').fill(groups[1]!)
    await press(page, 'I have it on paper')
    await look('enrol-recovery-code-fault')
    await page.getByLabel('Group 3 of your code').fill(groups[2]!)
    await page.getByLabel('Group 7 of your code').fill(groups[6]!)
    await press(page, 'I have it on paper')
    await look('enrol-done')
    await page.goto(address.pathname)
    await look('enrol-used')
  })

  test('countersigning, a new second factor, sending away', long, async () => {
    await as('guardian')
    await page.goto('/countersign')
    await look('countersign')
    await press(page, 'Sign the list')
    await look('countersign-fault')
    await page.getByLabel('I have compared each fingerprint').check()
    await page.getByLabel('Six-digit code').fill(freshCode('guardian'))
    await press(page, 'Sign the list')
    await look('countersign-signed')
    await as('deputy')
    await page.goto('/countersign')
    await page.getByLabel('I have compared each fingerprint').check()
    await page.getByLabel('Six-digit code').fill(freshCode('deputy'))
    await press(page, 'Sign the list')
    await look('countersign-in-force')

    await as('administrator')
    await page.goto('/people')
    await page
      .getByRole('main')
      .getByRole('link', { name: /Daniel Reid/ })
      .click()
    await look('person')
    await page.getByRole('link', { name: 'Change roles and intake groups' }).click()
    await look('rights')
    await page.goBack()
    await page.getByRole('link', { name: /Their phone is lost/ }).click()
    await look('second-factor-ask')
    await page.getByLabel('Six-digit code').fill(freshCode('administrator'))
    await press(page, 'Ask for it')
    await look('second-factor-asked')
    await page.getByRole('link', { name: 'Password and recovery code are both lost' }).click()
    await look('re-invite')
    await page.goBack()
    await page.getByRole('link', { name: 'Take their access away' }).click()
    await look('deactivate')

    await as('guardian')
    await page.goto('/countersign')
    await look('countersign-reset')
    await page.getByRole('link', { name: 'Daniel Reid' }).click()
    await look('reset')
    await press(page, 'Send my decision')
    await look('reset-fault')

    await as('administrator')
    await page.goto('/people')
    await page
      .getByRole('main')
      .getByRole('link', { name: /Daniel Reid/ })
      .click()
    await page.getByRole('link', { name: 'Take their access away' }).click()
    await page.getByLabel('Six-digit code').fill(freshCode('administrator'))
    await press(page, 'Take their access away')
    await look('person-leaving')
    await page.goto('/countersign')
    await look('countersign-administrator')
    await as('guardian')
    await page.goto('/countersign')
    await look('countersign-leaving')
  })

  test('one’s own account, and the way back in', long, async () => {
    await as('auditor')
    await page.getByRole('link', { name: /Signed in as/ }).click()
    await look('account')
    await page.goto('/account/password')
    await look('password')
    await press(page, 'Change my password')
    await look('password-fault')
    await page.goto('/account/recovery-code')
    await look('recovery-code')
    await page.getByLabel('Six-digit code').fill(freshCode('auditor'))
    await press(page, 'Show me the code')
    await look('recovery-code-print')
    await page.emulateMedia({ media: 'print' })
    await screenshot(page, 'people-recovery-code-paper')
    await page.emulateMedia({ media: null })
    const groups = await page.locator('.app-code li').allTextContents()
    await page.getByLabel('Group 3 of your code').fill(groups[2]!)
    await page.getByLabel('Group 7 of your code').fill(groups[6]!)
    await press(page, 'I have it on paper')
    await look('account-code')
    await visit.context.clearCookies()
    await page.goto('/sign-in')
    await look('sign-in')
    await page.getByRole('link', { name: 'I have lost my password' }).click()
    await look('recover')
    await press(page, 'Set the new password')
    await look('recover-faults')
  })
})
