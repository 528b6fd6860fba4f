import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `settings-${name}`)

const long = { timeout: 180_000 }

describe.skipIf(findBrowser() === null)('every page of an administrator’s settings stands at 1280 and 320 px, for axe and fingers', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
  })
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('422')), stage.service.unexpected]).toEqual([
      [],
      [],
      [],
    ])
    await visit.close()
    await stage.close()
  })

  const code = async () => {
    const box = page.getByLabel('Six-digit code')
    if ((await box.count()) === 0) return
    stage.service.clock.advance({ seconds: 30 })
    await box.fill(stage.service.codeOf('administrator'))
  }
  const save = async (button = 'Save') => {
    await page.getByLabel('Why do you change this?').fill('Agreed at the meeting of the speaking-up group')
    await code()
    await press(page, button)
  }

  test('the overview, and the lists', long, async () => {
    await signInAs(page, stage.service, 'administrator')
    await look('administration')
    for (const [name, path] of [
      ['overview', ''],
      ['intake-groups', '/intake-groups'],
      ['sites', '/sites'],
      ['categories', '/categories'],
      ['category-new', '/categories/new'],
      ['texts', '/texts'],
      ['text', '/texts/law.gagging'],
      ['text-local', '/texts/local.danger'],
      ['contacts', '/contacts'],
      ['contact', '/contacts/2'],
      ['service', '/service'],
      ['brand', '/brand'],
      ['organisation', '/organisation'],
      ['calendar', '/calendar'],
      ['calendar-day', '/calendar/day'],
      ['limits', '/time-limits'],
      ['limit', '/time-limits/T1'],
      ['readers-empty', '/checkpoint-readers'],
      ['names', '/names'],
      ['reader-new', '/checkpoint-readers/new'],
      ['mail', '/mail'],
      ['on-call-empty', '/on-call'],
      ['on-call-new', '/on-call/new'],
      ['on-call-rest', '/on-call/rest'],
      ['snippets', '/snippets'],
      ['snippet-new', '/snippets/new'],
      ['snippet', '/snippets/s-support'],
      ['cover', '/cover'],
      ['changes-empty', '/changes'],
    ] as const) {
      await page.goto(`/settings${path}`)
      await look(name)
    }
  })

  test('forms with faults', long, async () => {
    for (const [name, path] of [
      ['site-error', '/sites'],
      ['category-error', '/categories/new'],
      ['text-error', '/texts/local.start'],
      ['contact-error', '/contacts/new'],
      ['reader-error', '/checkpoint-readers/new'],
      ['on-call-error', '/on-call/new'],
      ['snippet-error', '/snippets/new'],
    ] as const) {
      await page.goto(`/settings${path}`)
      await press(page, 'Save')
      await look(name)
    }
    await page.goto('/settings/brand')
    await page.getByLabel('Colour of the header').fill('#888888')
    await press(page, 'See how it looks')
    await look('brand-sample')
    await press(page, 'Save')
    await look('brand-error')
  })

  test('what was saved, and what that did', long, async () => {
    await page.goto('/settings/sites')
    await page.getByLabel('Name of the site').fill('Chapel Lane clinic')
    await save()
    await look('site-added')
    await page.getByRole('link', { name: 'Change Chapel Lane clinic' }).click()
    await look('site')
    await page.goto('/settings/checkpoint-readers/new')
    await page.getByLabel('What are they?').fill('Board secretary')
    await page.getByLabel('Name', { exact: true }).fill('Priya Nair')
    await page.getByLabel('E-mail address').fill('priya.nair-board-secretary-and-company-secretary@northfieldteachinghospitals.example')
    await save()
    await look('readers')
    await page.getByRole('link', { name: 'Take off Priya Nair' }).click()
    await look('reader-remove')
    await page.goto('/settings/service')
    await page.getByLabel('No, it is closed').check()
    await page.getByLabel('Notice on the first page (you can leave this out)').fill('Our office moves.\n\nWe open again on Monday.')
    await save()
    await look('service-saved')
    await page.goto('/')
    await look('start-closed')
    await page.goto('/settings/texts/local.danger')
    await page.getByLabel('Heading', { exact: true }).fill('In this trust')
    await page.getByLabel('Text', { exact: true }).fill('On a ward, call 2222. Say where you are.')
    await press(page, 'See how it reads')
    await look('text-reading')
  })

  test('a change of the calendar, looked at before it is saved', long, async () => {
    stage.service.clock.set('2026-12-23T10:00:00Z')
    await page.context().clearCookies()
    await signInAs(page, stage.service, 'administrator')
    await page.goto('/settings/service')
    await page.getByLabel('Yes, it is open').check()
    await save()
    for (const number of ['01', '02', '03']) await raise(stage.service, number)
    await page.goto('/settings/calendar/day')
    await press(page, 'See what would change')
    await look('calendar-error')
    await page.getByLabel('It becomes a bank holiday').check()
    for (const [box, text] of [
      ['Day', '29'],
      ['Month', '12'],
      ['Year', '2026'],
    ] as const)
      await page.getByLabel(box, { exact: true }).fill(text)
    await page.getByLabel('What is it called?').fill('Day of mourning')
    await page.getByLabel('Where was it announced?').fill('gov.uk, 23 December 2026')
    await press(page, 'See what would change')
    await look('calendar-preview')
    await save()
    await look('calendar-saved')
    await page.goto('/settings/changes')
    await look('changes')
  })

  test('the NHS look', long, async () => {
    await page.goto('/settings/organisation')
    await page.getByLabel('ODS code (you can leave this out)').fill('RX1')
    await save()
    await page.goto('/settings/brand')
    await page.getByLabel('Yes, the NHS look').check()
    await page.getByLabel('Name of the organisation on pages (you can leave this out)').fill('Ashdown and Weald NHS Foundation Trust')
    await save()
    await look('nhs-look')
    await page.context().clearCookies()
    await page.goto('/')
    await look('nhs-look-start')
  })
})
