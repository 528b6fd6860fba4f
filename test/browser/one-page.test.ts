import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { desktop, phone, type VisitOptions } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { codeOn, goOn, openStage, story, type Stage } from './reporter-stage.ts'

let stage: Stage

describe.skipIf(findBrowser() === null)('everything on one page', () => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  /** A browser that ends with no cookie, whatever was done. */
  async function person(options: VisitOptions): Promise<Page> {
    const visit = await stage.person(options)
    onTestFinished(async () => {
      expect([await visit.context.cookies(), visit.strayRequests, visit.consoleLines]).toEqual([[], [], []])
      await visit.close()
    })
    return visit.page
  }

  const concerns = async () => (await stage.service.database.asSuperuser.query('select id from concern')).rows.length

  async function write(page: Page, narrative = story): Promise<void> {
    await page.goto('/f')
    await page.getByLabel('What happened?').fill(narrative)
  }

  test(
    'from the form to a code and back to read and answer, with scripts off, 320 px wide, without a cookie',
    { timeout: 120_000 },
    async () => {
      const page = await person({ scripts: false, viewport: phone })
      const before = await concerns()
      await page.goto('/help')
      await Promise.all([page.waitForURL('**/f'), page.getByRole('link', { name: 'Use the form on one page' }).click()])
      await goOn(page, 'Send my concern')
      expect(await page.title()).toMatch(/^Error: /)
      expect(await page.evaluate('document.activeElement.className')).toContain('nhsuk-error-summary')
      await page.getByLabel('What happened?').fill(story)
      await page.getByLabel('I am not sure').first().check()
      await goOn(page, 'Send my concern')
      const code = await codeOn(page)
      expect([code.length, await concerns()]).toEqual([28, before + 1])
      await page.getByLabel('Group 2').fill(code.slice(4, 8))
      await page.getByLabel('Group 5').fill('AAAA')
      await goOn(page, 'Check')
      expect(await page.locator('.nhsuk-error-summary').innerText()).toContain('Group 5 does not match')
      expect(await codeOn(page)).toBe(code)
      await page.getByLabel('Group 5').fill(code.slice(16, 20))
      await goOn(page, 'Check')
      expect(await page.locator('h1').innerText()).toBe('What happens next')
      await page.goto('/f/2')
      await page.getByLabel('Your code').fill(code)
      await page.getByLabel('Your message').fill('One more thing.')
      await goOn(page, 'Read, or send my message')
      expect(await page.locator('.app-thread').innerText()).toContain('One more thing.')
      expect(await page.content()).not.toContain(code.slice(0, 8))
      expect(page.url()).toMatch(/\/f\/2$/)
    },
  )

  test('a second press, a reload and Send again give one concern and the same code', { timeout: 90_000 }, async () => {
    const page = await person({ viewport: desktop })
    const before = await concerns()
    await write(page)
    const control = page.getByRole('button', { name: 'Send my concern' })
    await Promise.all([page.waitForEvent('domcontentloaded'), control.dblclick()])
    await page.waitForLoadState()
    await page.locator('.app-code').waitFor()
    const code = await codeOn(page)
    await page.reload()
    expect([await codeOn(page), await concerns()]).toEqual([code, before + 1])
  })

  test('stands at both widths for axe and fingers, in every state', { timeout: 240_000 }, async () => {
    const page = await person({ viewport: phone })
    const hold = (name: string) => lookAt(page, `reporter-${name}`)
    for (const [path, name] of [
      ['/help', 'help'],
      ['/help/law', 'law'],
      ['/help/pledge', 'pledge'],
      ['/help/which-way', 'which-way'],
      ['/f', 'one-page'],
      ['/f/2', 'one-page-inbox'],
    ] as const) {
      await page.goto(path)
      await hold(name)
    }
    await page.goto('/f')
    await page.getByLabel('Day').fill('4')
    await goOn(page, 'Send my concern')
    await hold('one-page-errors')
    await write(page, `My name is Jo Bloggs, 07700 900123. ${'Averylongwordwithoutanyblank'.repeat(30)}\n${'word '.repeat(300)}`)
    await page.getByLabel('Daniel Reid, deputy guardian').check()
    await goOn(page, 'Send my concern')
    await hold('one-page-look')
    await goOn(page, 'Send my concern')
    await hold('one-page-code')
    const code = await codeOn(page)
    await page.getByLabel('Group 2').fill('AAAA')
    await goOn(page, 'Check')
    await hold('one-page-mismatch')
    await goOn(page, 'Skip this')
    await hold('one-page-next')
    await page.goto('/f/2')
    await page.getByLabel('Your code').fill(code.slice(0, 20))
    await page.getByLabel('Your message').fill('Kept.')
    await goOn(page, 'Read, or send my message')
    await hold('one-page-inbox-wrong')
    await page.getByLabel('Your code').fill(code)
    await goOn(page, 'Read, or send my message')
    await hold('one-page-inbox-read')
  })
})
