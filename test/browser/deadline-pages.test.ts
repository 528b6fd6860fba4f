import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, type Stage } from './staff-stage.ts'

// Clocks and tasks as a guardian meets them, and the one page of somebody with a link: both widths, axe, sideways scroll, and a picture of each.

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string, at: Page = page) => lookAt(at, `deadlines-${name}`)

async function date(name: string, day: string, month: string, year: string): Promise<void> {
  for (const [part, value] of Object.entries({ day, month, year })) await page.locator(`#${name}-${part}`).fill(value)
}

describe.skipIf(findBrowser() === null)('the pages of time limits and tasks', () => {
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

  test('risk first, the first contact, a pause, a later date, a task and its link', { timeout: 240_000 }, async () => {
    const { app, concerns } = { app: stage.service, concerns: stage.service.service.concerns }
    const { id } = await raise(app, '01', { immediateDanger: 'yes' })
    const ctx = await app.contextOf('guardian')
    await signInAs(page, app, 'guardian')
    await page.goto(`/concerns/${id}`)
    expect(await page.locator('.app-do-next a.nhsuk-button').textContent()).toContain('Look for immediate risk')
    await look('danger-first')
    await press(page, 'Look for immediate risk')
    await look('screen-risk')
    await press(page, 'Save the grade')
    await look('screen-risk-faults')
    await page.getByLabel('High', { exact: true }).check()
    await press(page, 'Save the grade')
    await page.goto(`/concerns/${id}/actions/acknowledge`)
    await page.getByLabel('Thanked the person').check()
    await look('acknowledge')
    await press(page, 'Send and acknowledge')
    await page.goto(`/concerns/${id}/actions/record_first_contact`)
    await look('first-contact')

    const act = async (action: 'triage' | 'start_investigation', input: object) =>
      concerns.act(ctx, id, action, { ...input, expectedVersion: (await concerns.viewConcern(ctx, id)).version } as never)
    const { investigators } = await concerns.listChoices(ctx, id)
    await act('triage', {
      ...{ riskGrade: 'high', elements: [], decision: 'investigate', consent: 'not_applicable', conflict: 'none', title: 'Night staffing' },
    })
    const end = { terms: 'Look at the rota.', expectedEnd: '2027-01-05', message: 'Priya looks into it.' }
    await act('start_investigation', { investigatorId: investigators[0]!.id, ...end })

    await page.goto(`/concerns/${id}/deadlines`)
    await look('page')
    await page.goto(`/concerns/${id}/actions/pause_clock?clock=T7`)
    await look('pause')
    await press(page, 'Pause and tell the person')
    await look('pause-faults')
    await date('until', '1', '12', '2026')
    await page.getByLabel('The police or another authority asked us to wait').check()
    await page.getByLabel('In your own words').fill('They asked us in writing. I will tell you as soon as we can go on.')
    await press(page, 'Pause and tell the person')
    await look('paused')
    await page.goto(`/concerns/${id}/actions/resume_clock?clock=T7`)
    await look('resume')
    await press(page, 'Let it go on')
    for (const [day, title] of [
      ['20', 'once'],
      ['27', 'twice'],
    ] as const) {
      await page.goto(`/concerns/${id}/actions/extend_clock?clock=T7`)
      await look(`extend-${title}`)
      await date('until', day, '1', '2027')
      await page.getByLabel('People we have to speak to are away').check()
      await page.getByLabel('In your own words').fill('Two people are away until then.')
      await press(page, 'Save the new date')
      if (title === 'twice') {
        await look('extend-confirm')
        await press(page, 'Yes, a later date')
      }
    }

    await press(page, 'Set this task')
    await look('task-faults')
    await page.getByLabel('What is to be done?').fill('Mend the lock of the store room')
    await page.getByLabel('Somebody without an account').fill('Head of estates')
    await date('dueOn', '15', '1', '2027')
    await press(page, 'Set this task')
    await look('task-set')
    await page.getByRole('link', { name: /^One-time link/ }).click()
    await page.getByLabel('What shall they read?').fill('Please mend the lock on Ward 12 for Sister Jones.')
    await press(page, 'Make the link')
    await look('link-warned')
    await page.getByLabel('What shall they read?').fill('Please mend the lock of the store room.')
    await press(page, 'Make the link')
    const address = (await page.locator('.app-link-once').textContent())!.trim()
    await look('link-made')
    await page.goto(`/concerns/${id}/deadlines`)
    await look('link-stands')

    const outside = await stage.person()
    const path = new URL(address).pathname
    await outside.page.goto(path)
    await look('link-page', outside.page)
    for (const word of ['Speak Up', 'concern', 'Night staffing', 'Forthright', 'guardian'])
      expect([word, (await outside.page.content()).toLowerCase().includes(word.toLowerCase())]).toEqual([word, false])
    await outside.page.getByRole('button', { name: 'It is done' }).click()
    await look('link-page-faults', outside.page)
    await outside.page.getByLabel('What was done?').fill('New lock since Monday.')
    await outside.page.getByRole('button', { name: 'It is done' }).click()
    await look('link-page-thanks', outside.page)
    await outside.page.goto(path)
    await look('link-page-gone', outside.page)
    await outside.close()

    await page.goto(`/concerns/${id}/deadlines`)
    expect(await page.content()).toContain('New lock since Monday.')
    await look('task-done')
    await page.goto(`/concerns/${id}/deadlines/pass-on`)
    await look('pass-on')
  })
})
