import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, signInAs, type Stage } from './staff-stage.ts'

// Days away, as a guardian and an administrator enter them: both widths, axe, sideways scroll, and a picture of each.

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `absence-${name}`)

async function days(from: readonly [string, string, string], to: readonly [string, string, string]): Promise<void> {
  for (const [name, [day, month, year]] of Object.entries({ from, to })) {
    await page.locator(`#${name}-day`).fill(day)
    await page.locator(`#${name}-month`).fill(month)
    await page.locator(`#${name}-year`).fill(year)
  }
}

describe.skipIf(findBrowser() === null)('days away', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
  })
  afterAll(async () => {
    expect([visit.strayRequests, stage.service.unexpected]).toEqual([[], []])
    await visit.close()
    await stage.close()
  })

  test('are entered by the guardian, and taken back by an administrator', { timeout: 120_000 }, async () => {
    await signInAs(page, stage.service, 'guardian')
    await page.goto('/account')
    await page.getByRole('link', { name: 'Say when somebody is away' }).click()
    await days(['4', '12', '2026'], ['2', '12', '2026'])
    await press(page, 'Enter')
    await look('faults')
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain('The last day cannot be before the first')
    await days(['2', '12', '2026'], ['4', '12', '2026'])
    await press(page, 'Enter')
    await look('own')
    expect(await page.locator('main').textContent()).toContain('Grace Okafor')
    expect(await page.getByRole('radio').count()).toBe(0)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await signInAs(page, stage.service, 'administrator')
    await page.goto('/account/absence')
    await look('everybody')
    expect(await page.getByRole('radio').count()).toBe(2)
    await press(page, 'Take back')
    expect(await page.locator('main').textContent()).toContain('No days away are entered')
  })

  test('a person is asked whether the non-executive lead may step in, and no is what stands there', { timeout: 60_000 }, async () => {
    await page.context().clearCookies()
    await page.goto('/s/1')
    await press(page, 'Continue')
    await page.goto('/s/9')
    expect(await page.getByText('If nobody answers in time, may the non-executive lead read it?').count()).toBe(1)
    expect(await page.locator('input[name="standby"][value="no"]').isChecked()).toBe(true)
    await look('standby-question')
  })
})
