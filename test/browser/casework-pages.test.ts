import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { screenshot, type Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page
let path: string

const look = (name: string) => lookAt(page, `casework-${name}`, { fingers: false })

const long = { timeout: 180_000 }

describe.skipIf(findBrowser() === null)('the handlers’ tools stand at 1280 and 320 px, for axe and on paper', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
    stage.service.clock.set('2026-11-24T10:00:00Z')
    const raised = await raise(stage.service, '03', { openness: 'open', identity: { name: 'Amara Nwosu', contact: '0113 496 0000' } })
    path = `/concerns/${raised.id}`
    await signInAs(page, stage.service, 'guardian')
  }, 120_000)
  afterAll(async () => {
    expect([visit.strayRequests, stage.service.unexpected]).toEqual([[], []])
    await visit.close()
    await stage.close()
  })

  test('my note', long, async () => {
    await page.goto(`${path}/my-note`)
    await press(page, 'Save my note')
    await look('my-note-error')
    await page.getByLabel('For you alone').fill('Ask about the rota.\nShe sounded tired.')
    await press(page, 'Save my note')
    await look('my-note')
  })

  test('contacts and time', long, async () => {
    await page.goto(`${path}/contacts`)
    await press(page, 'Log this contact')
    await look('contacts-error')
    await page.getByLabel('Phone call').check()
    for (const [box, text] of [
      ['Day', '24'],
      ['Month', '11'],
      ['Year', '2026'],
      ['How many minutes?', '75'],
      ['Note (optional)', 'She rang back and said that the night shift of Sunday was short again.'],
    ] as const)
      await page.getByLabel(box).fill(text)
    await press(page, 'Log this contact')
    await look('contacts')
    await page.goto('/time')
    await look('time')
  })

  test('an assessment, and Back through its pages', long, async () => {
    await page.goto(`${path}/assessment`)
    await look('assessment-none')
    await press(page, 'Assess it')
    await page.getByLabel('Yes', { exact: true }).check()
    await press(page, 'Continue')
    await look('assessment-information-error')
    await page.getByLabel('Reason').fill('She gave dates and names of shifts.')
    await press(page, 'Continue')
    await page.getByLabel('Danger to the health or safety of any individual').selectOption('yes')
    await look('assessment-kinds')
    await press(page, 'Continue')
    await press(page, 'Continue')
    await page.goBack()
    await page.goBack()
    expect(await page.getByLabel('Danger to the health or safety of any individual').inputValue()).toBe('yes')
    for (let pages = 0; pages < 5; pages += 1) await press(page, 'Continue')
    await page.getByLabel('May qualify').check()
    await look('assessment-result')
    await press(page, 'Save this version')
    await press(page, 'Assess it again')
    for (let pages = 0; pages < 6; pages += 1) await press(page, 'Continue')
    await page.getByLabel('Treat as protected').check()
    await press(page, 'Save this version')
    await look('assessment')
  })

  test('views', long, async () => {
    await page.goto('/concerns?due=soon&detriment=yes')
    await look('queue-filtered')
    await page.goto('/concerns')
    await look('queue')
    await page.goto('/views/new?owner=me&due=soon')
    await look('view-new')
    await page.getByLabel('Name of the view').fill('Mine, due within three working days')
    await page.getByLabel('Share it with the guardians of my groups').check()
    await press(page, 'Save this view')
    await look('views')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.getByRole('link', { name: 'Rename or delete' }).click()])
    await look('view-edit')
  })

  test('the check of a message, and Back from it', long, async () => {
    await page.goto(`${path}/messages`)
    await page.getByLabel('Your message').fill('Dear Amara, Priya Nair will ring you. NHS number 943 476 5919.')
    await page.getByLabel('Ask the person to answer this').check()
    await press(page, 'Check the message')
    await look('message-check')
    await press(page, 'Send to the person who raised this')
    await page.goBack()
    expect(await page.getByText('Confirm form resubmission').count()).toBe(0)
    expect(await page.locator('h1').count()).toBe(1)
  })

  test('a summary on paper and a download', long, async () => {
    await page.goto(`${path}/actions/acknowledge`)
    await press(page, 'Send and acknowledge')
    await page.goto(`${path}/summary`)
    await look('summary')
    await page.getByLabel('Who is it prepared for?').fill('Head of HR, meeting on 1 December')
    for (const part of ['What was said', 'What is known of the person', 'The messages']) await page.getByLabel(part).check()
    await press(page, 'Open the summary')
    await look('summary-paper')
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true })
    expect(pdf.length).toBeGreaterThan(10_000)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 })
    await screenshot(page, 'casework-summary-print')
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${path}/download`)
    await press(page, 'Download')
    await look('download-error')
  })
})
