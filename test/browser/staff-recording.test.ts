import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { desktop, screenshot, type Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page
const long = { timeout: 120_000 }

const look = (name: string) => lookAt(page, `staff-${name}`)

/** Keys pressed so far, beside what is typed. */
let presses = 0

async function pressKey(key: string): Promise<void> {
  presses += 1
  await page.keyboard.press(key)
}

/** Types as somebody without a mouse: Tab to the next stop, and what it takes. */
async function keys(...strokes: readonly string[]): Promise<void> {
  for (const stroke of strokes) {
    if (/^(Tab|Space|Enter|Arrow\w+)$/.test(stroke)) await pressKey(stroke)
    else await page.keyboard.type(stroke)
  }
}

/** Moves focus to a control by Tab alone, as far as it takes. */
async function tabTo(selector: string): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return
    await pressKey('Tab')
  }
  throw new Error(`no way to ${selector} by keyboard`)
}

describe.skipIf(findBrowser() === null)('recording for somebody, in a browser', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
    await signInAs(page, stage.service, 'guardian')
  })
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines, stage.service.unexpected]).toEqual([[], [], []])
    await visit.close()
    await stage.close()
  })

  test('the form, empty and refused', long, async () => {
    await page.goto('/concerns/new')
    await look('record')
    await press(page, 'Check before saving')
    await look('record-error')
  })

  test('the read-back of a long e-mail, with what was cut', long, async () => {
    await page.goto('/concerns/new')
    await page.getByLabel('E-mail', { exact: true }).check()
    await page
      .getByLabel('In their words')
      .fill(
        `From: Jane Doe <jane.doe@trust.example>\nSent: Monday\nSubject: ${'Averyveryverylongword'.repeat(8)}\n\n${'The lamp over the sluice is broken, and nobody comes. '.repeat(30)}\n\nשלום 🙂 <b>text</b>\n\nKind regards\nJane Doe`,
      )
    await page.getByLabel('Confidentially').check()
    await page.getByLabel('Name', { exact: true }).fill('Jane Doe')
    await press(page, 'Check before saving')
    await look('record-read-back')
    await press(page, 'Save')
  })

  test('the card, on screen and on paper: a sheet a person, and nothing of what it is for', long, async () => {
    await look('hand-over')
    await press(page, 'I have handed it over')
    await look('overview-not-yet-theirs')
    await page.goto('/concerns/new/cards')
    await look('hand-over-nothing')
    await page.goto('/concerns/new')
    await page.getByLabel('Phone').check()
    await page.getByLabel('How many people raise it together?').fill('3')
    await page.getByLabel('In their words').fill('The lamp over the sluice is broken.')
    await page.getByLabel('Anonymously').check()
    await press(page, 'Check before saving')
    await press(page, 'Save')
    await look('hand-over-several')
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    const folder = join(import.meta.dirname, '..', 'screenshots')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'staff-hand-over.pdf'), pdf)
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(3)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 })
    await screenshot(page, 'staff-hand-over-print')
    const printed = await page.locator('body').innerText()
    expect(printed).toContain('How to come back')
    expect(printed).not.toMatch(/concern|speak|guardian|Staff form|Grace|lamp|phone\b(?! if)/i)
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize(desktop)
    await press(page, 'I have handed them over')
    await page.goto(page.url().replace(/\?.*$/, '/links'))
    await look('links-joint')
    await press(page, 'Link it')
    await look('links-error')
  })

  test('three short talks by keyboard, each on one page and with few keys', long, async () => {
    await page.goto('/concerns/new/concluded')
    await look('light-path')
    await press(page, 'Save and conclude')
    await look('light-path-error')
    await raise(stage.service, '01')
    await page.goto('/concerns/new/concluded')
    const before = presses
    for (const number of [1, 2, 3]) {
      await tabTo('#title')
      await keys(`Lamp ${number}`, 'Tab', 'She asked whom to tell about the lamp.', 'Tab', 'I told her whom to ring.')
      await tabTo('input[name=settled]')
      await keys('Space', 'Tab', 'Space', 'Tab', 'Space')
      await tabTo('main button[type=submit]')
      await Promise.all([page.waitForEvent('domcontentloaded'), pressKey('Enter')])
      await page.waitForURL(/done=F-/)
      expect(await page.locator('main').innerText()).toMatch(/Recorded and concluded as F-/)
    }
    expect((presses - before) / 3).toBeLessThan(30)
    await look('light-path-done')
  })
})
