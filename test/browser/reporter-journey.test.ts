import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { phone, type VisitOptions } from '../support/browser.ts'
import { answerAll, codeOn, goOn, openStage, pathOf, questions, send, story, writeShortly, type Stage } from './reporter-stage.ts'

let stage: Stage

const neutralSite = 'https://www.bbc.co.uk/weather'

async function person(options: VisitOptions = {}) {
  const visit = await stage.person(options)
  onTestFinished(() => visit.close())
  return visit
}

const wordsOf = (page: Page): Promise<string> => page.locator('main').innerText()

describe.skipIf(findBrowser() === null)('a reporter at a browser', () => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  test(
    'with scripts off at 320 px gets from the first page to a code and back in, and nobody else hears of it',
    { timeout: 90_000 },
    async () => {
      const { page, strayRequests, consoleLines } = await person({ scripts: false, viewport: phone })
      const code = await send(page)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
      await goOn(page, 'I have written it down')
      await page.getByLabel('Group 2').fill(code.slice(4, 8))
      await page.getByLabel('Group 5').fill(code.slice(16, 20))
      await goOn(page, 'Check')
      expect(await wordsOf(page)).toContain('What happens next')
      await page.goto('/b')
      await page.getByLabel('Enter your code').fill(code.replaceAll(/(.{4})/g, '$1\n'))
      await goOn(page, 'Continue')
      await page.getByText('What you sent').click()
      expect(await wordsOf(page)).toContain(story.split('\n')[1])
      expect([strayRequests, consoleLines]).toEqual([[], []])
    },
  )

  test('with a keyboard alone does the same, and nothing with focus is ever hidden', { timeout: 90_000 }, async () => {
    const { page } = await person({ viewport: phone })
    await page.goto('/')
    await pressOn(page, 'Raise a concern')
    await pressOn(page, 'Continue')
    await pickByKey(page, 'No')
    await pressOn(page, 'Continue')
    await pickByKey(page, 'I am not sure')
    await pressOn(page, 'Continue')
    await tabTo(page, 'narrative')
    await page.keyboard.type('Typed with keys.')
    await pressOn(page, 'Continue')
    for (let pages = 0; pages < 6; pages += 1) await pressOn(page, 'Continue')
    await pickByKey(page, 'You can use my name')
    await pressOn(page, 'Continue')
    await tabTo(page, 'name')
    await page.keyboard.type('Jo')
    await pressOn(page, 'Continue')
    expect(await wordsOf(page)).toContain('Get a note when we write')
    await pressOn(page, 'Continue')
    expect(await wordsOf(page)).toContain('Typed with keys.')
    // Backwards it comes from above, where the leave bar is
    await tabUntil(page, `(at) => at.textContent.includes('Send my concern')`)
    await tabUntil(page, `(at) => at.classList.contains('nhsuk-back-link')`, 'Shift+Tab')
    await pressOn(page, 'Send my concern')
    expect(await codeOn(page)).toHaveLength(28)
    await pressOn(page, 'I have written it down')
    await pressOn(page, 'Skip this')
    expect(pathOf(page)).toBe('/s/16')
  })

  test('goes Back and Forward over every step and finds every answer', { timeout: 90_000 }, async () => {
    const { page, consoleLines } = await person()
    await answerAll(page)
    expect(pathOf(page)).toBe('/s/13')
    for (const step of questions.toReversed()) {
      await page.goBack()
      expect([pathOf(page), await step.answered(page)]).toEqual([step.path, true])
    }
    for (const step of questions.slice(1)) {
      await page.goForward()
      expect([pathOf(page), await step.answered(page)]).toEqual([step.path, true])
    }
    await page.goForward()
    expect(await wordsOf(page)).toContain('Check what you will send')
    expect(consoleLines).toEqual([])
  })

  test('finds the answers by the Back link too', { timeout: 90_000 }, async () => {
    const { page } = await person()
    await answerAll(page)
    for (const step of questions.toReversed()) {
      await Promise.all([page.waitForEvent('domcontentloaded'), page.getByRole('link', { name: 'Back', exact: true }).click()])
      expect([pathOf(page), await step.answered(page)]).toEqual([step.path, true])
    }
  })

  test('presses Send twice, reloads, goes Back and sends again: one concern, one code', { timeout: 60_000 }, async () => {
    const { page } = await person()
    await writeShortly(page)
    const before = await concerns()
    await page.getByRole('button', { name: 'Send my concern' }).dblclick()
    await page.waitForURL('**/s/14')
    const code = await codeOn(page)
    await page.reload()
    expect(await codeOn(page)).toBe(code)
    await page.goBack()
    await page.waitForURL('**/s/14')
    expect([await codeOn(page), (await concerns()) - before]).toEqual([code, 1])
    await goOn(page, 'I have written it down')
    await page.goBack()
    expect([pathOf(page), (await wordsOf(page)).includes(code.slice(0, 4))]).toEqual(['/s/15', false])
  })

  test('is cut off right after Send: a reload gives the same receipt', { timeout: 60_000 }, async () => {
    const { page } = await person()
    await writeShortly(page)
    const before = await concerns()
    await page.route('**/s/13', async (route) => {
      if (route.request().method() === 'POST') await route.fetch({ maxRedirects: 0 })
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: 'Send my concern' }).click()
    await page.waitForURL('chrome-error://**').catch(() => {})
    await page.unroute('**/s/13')
    await page.goto('/s/13')
    const code = await codeOn(page)
    await page.reload()
    expect([code.length, await codeOn(page), (await concerns()) - before]).toEqual([28, code, 1])
  })

  test('leaves from any page: another site, no referrer, and Back shows nothing typed', { timeout: 120_000 }, async () => {
    const { page, context } = await person()
    const referrers: (string | undefined)[] = []
    await context.route(`${neutralSite}**`, async (route) => {
      referrers.push(route.request().headers()['referer'])
      await route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
    })
    const places = ['/s/3', '/s/4', '/s/5', '/s/8', '/s/11', '/s/13', '/s/14']
    for (const at of places) {
      await writeShortly(page)
      if (at === '/s/14') await goOn(page, 'Send my concern')
      else await page.goto(at)
      await page.getByRole('link', { name: 'Leave this site' }).click()
      await page.waitForURL(neutralSite)
      await page.goBack()
      const shown = await page.content()
      for (const secret of ['Two people fell', 'app-code']) expect(shown).not.toContain(secret)
      expect((await context.cookies()).map(({ name }) => name)).toEqual([])
    }
    expect(referrers).toEqual(places.map(() => undefined))
  })

  test('leaves the story empty: title, focus and link lead to the box, which is not under the bar', async () => {
    const { page } = await person({ scripts: false, viewport: phone })
    await page.goto('/s/1')
    await goOn(page, 'Continue')
    await page.goto('/s/4')
    await goOn(page, 'Continue')
    expect(await page.title()).toMatch(/^Error: What happened\?/)
    expect(await page.evaluate(`document.activeElement.className`)).toContain('nhsuk-error-summary')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const [id, top, bar] = await page.evaluate<[string, number, number]>(
      `[document.activeElement.id, document.activeElement.getBoundingClientRect().top, document.querySelector('.app-leave').getBoundingClientRect().bottom]`,
    )
    expect([id, top >= bar]).toEqual(['narrative', true])
    const texts = await page.locator('.nhsuk-error-summary a, .nhsuk-error-message').allInnerTexts()
    expect(texts.map((text) => text.replace('Error:', '').trim())).toEqual(['Tell us what happened', 'Tell us what happened'])
  })

  test('goes Back past a page that found a fault: no question to send again, and every answer is there', async () => {
    const { page } = await person({ scripts: false })
    await page.goto('/s/1')
    await goOn(page, 'Continue')
    await page.goto('/s/4')
    await goOn(page, 'Continue')
    await page.getByLabel('What happened?').fill(story)
    await goOn(page, 'Continue')
    expect(new URL(page.url()).pathname).toBe('/s/5')
    for (let steps = 0; steps < 2; steps += 1) {
      await page.goBack()
      expect(await page.getByLabel('What happened?').inputValue()).toBe(story)
    }
    await page.goForward()
    await page.goForward()
    expect(new URL(page.url()).pathname).toBe('/s/5')
  })

  test('runs out of time while writing a reply: the text waits, the code is asked for, it is sent once', { timeout: 60_000 }, async () => {
    const { page } = await person({ scripts: false })
    const code = await send(page)
    await page.goto('/b')
    await page.getByLabel('Enter your code').fill(code)
    await goOn(page, 'Continue')
    await goOn(page, 'Write a message')
    await page.getByLabel('Write a message').fill(story)
    stage.service.clock.advance({ minutes: 16 })
    await goOn(page, 'Send message')
    expect(await page.getByLabel('Your message').inputValue()).toBe(story)
    await page.getByLabel('Your code').fill(code)
    await goOn(page, 'Send message')
    expect(await page.locator('.app-thread__item').count()).toBe(1)
    expect(await page.evaluate(`document.activeElement.className`)).toContain('nhsuk-notification-banner')
    await page.reload()
    expect(await page.locator('.app-thread__item').count()).toBe(1)
  })
})

async function concerns(): Promise<number> {
  const { rows } = await stage.service.database.asSuperuser.query('select count(*)::int as n from concern')
  return rows[0].n
}

/** Tab by Tab to the control that `found` picks out; at each stop what has focus is on the screen and not under the leave bar. */
async function tabUntil(page: Page, found: string, key = 'Tab'): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press(key)
    const [there, hidden, what] = await page.evaluate<[boolean, boolean, string]>(`(() => {
      const at = document.activeElement
      const box = at.getBoundingClientRect()
      const bar = document.querySelector('.app-leave')
      const under = !bar.contains(at) && at.closest('header') === null && box.top < bar.getBoundingClientRect().bottom && box.top > -1
      const off = box.height > 0 && (box.bottom <= 0 || box.top >= innerHeight)
      return [(${found})(at), at !== document.body && !at.classList.contains('nhsuk-skip-link') && (under || off), at.outerHTML.slice(0, 80)]
    })()`)
    expect([what, hidden]).toEqual([what, false])
    if (there) return
  }
  throw new Error(`no stop on ${page.url()} for ${found}`)
}

const tabTo = (page: Page, id: string): Promise<void> => tabUntil(page, `(at) => at.id === '${id}'`)

/** To a button, or a link that looks like one, and Enter. */
async function pressOn(page: Page, words: string): Promise<void> {
  await tabUntil(page, `(at) => at.classList.contains('nhsuk-button') && at.textContent.trim() === '${words}'`)
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
}

/** To a box or button of a group: Tab reaches the group, arrows move within it, Space picks. */
async function pickByKey(page: Page, label: string): Promise<void> {
  const id = (await page.getByLabel(label, { exact: true }).getAttribute('id')) ?? ''
  const radio = (await page.getByLabel(label, { exact: true }).getAttribute('type')) === 'radio'
  if (!radio) await tabTo(page, id)
  else {
    await tabUntil(page, `(at) => at.type === 'radio'`)
    for (let moves = 0; moves < 12 && (await page.evaluate(`document.activeElement.id`)) !== id; moves += 1)
      await page.keyboard.press('ArrowDown')
  }
  if (!(await page.getByLabel(label, { exact: true }).isChecked())) await page.keyboard.press('Space')
  expect(await page.getByLabel(label, { exact: true }).isChecked()).toBe(true)
}
