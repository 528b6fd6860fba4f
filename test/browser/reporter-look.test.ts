import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { axeFaults, desktop, phone, screenshot, scrollsSideways, type VisitOptions } from '../support/browser.ts'
import { answerAll, codeOn, goOn, openStage, questions, type Stage } from './reporter-stage.ts'

let stage: Stage

/** WCAG 2.2 SC 1.4.12, set by script, since our own policy lets no page style itself. */
const wideSpacing = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet]
})()`
const ownSpacing = 'document.adoptedStyleSheets = []'

/** Links on the page that lead nowhere, what is cut off in its own box, and everything to press that is smaller than 24 by 24 px, links inside a sentence aside. */
const clippedAndSmall = `[
  ...[...document.querySelectorAll('a[href^="#"]')]
    .filter((link) => document.getElementById(link.hash.slice(1)) === null)
    .map((link) => ['leads nowhere', link.hash]),
  ...[...document.querySelectorAll('main *, .app-leave *')]
    .filter((element) => getComputedStyle(element).overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'TEXTAREA')
    .filter((element) => !element.classList.contains('nhsuk-u-visually-hidden'))
    .map((element) => ['clipped', element.outerHTML.slice(0, 80)]),
  ...[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => element.checkVisibility() && !element.classList.contains('nhsuk-skip-link'))
    .filter((element) => element.closest('p') === null || element.closest('p').textContent.trim() === element.textContent.trim())
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24)
    .map(({ element, box }) => ['small', element.outerHTML.slice(0, 80), box.width, box.height]),
]`

describe.skipIf(findBrowser() === null).each([
  ['desktop', desktop],
  ['phone', phone],
])('every page of a reporter on a %s', (device, viewport) => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  async function person(options: VisitOptions = {}) {
    const visit = await stage.person({ viewport, ...options })
    onTestFinished(() => {
      expect([visit.strayRequests, visit.consoleLines]).toEqual([[], []])
      return visit.close()
    })
    return visit.page
  }

  /** Holds the page to axe, reflow, text spacing and target size, opened out, and keeps its picture to be looked at. */
  async function hold(page: Page, name: string): Promise<void> {
    await page.evaluate(`scrollTo(0, 0)`)
    await screenshot(page, `reporter-${name}-${device}`)
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`)
    const faults = await axeFaults(page)
    const sideways = await scrollsSideways(page)
    const small = await page.evaluate(clippedAndSmall)
    await page.evaluate(wideSpacing)
    const spaced = [await scrollsSideways(page), await page.evaluate(clippedAndSmall)]
    await page.evaluate(ownSpacing)
    expect({ name, faults, sideways, small, spaced }).toEqual({ name, faults: [], sideways: false, small: [], spaced: [false, []] })
  }

  const open = async (page: Page, path: string, name: string): Promise<void> => {
    await page.goto(path)
    await hold(page, name)
  }

  test('that anybody may open', { timeout: 90_000 }, async () => {
    const page = await person()
    for (const [path, name] of [
      ['/', 'start'],
      ['/talk', 'talk-to-a-person'],
      ['/help', 'help'],
      ['/how-we-protect-you', 'how-we-protect-you'],
      ['/help/promises', 'promises'],
      ['/s/4', 'answers-gone'],
      ['/s/14', 'receipt-gone'],
      ['/s/1a', 'no-cookie'],
      ['/s/16', 'next-without-receipt'],
      ['/b', 'inbox-code'],
      ['/b/1', 'inbox-closed'],
    ] as const)
      await open(page, path, name)
  })

  test('with a question, empty and answered', { timeout: 180_000 }, async () => {
    const page = await person()
    await page.goto('/s/1')
    await goOn(page, 'Continue')
    for (const { path, name } of questions.filter(({ path: at }) => !at.startsWith('/s/12'))) await open(page, path, `${name}-empty`)
    await answerAll(page, ({ name }) => hold(page, name))
    await hold(page, 'r09-check')
  })

  test('with an error, and with a very long text', { timeout: 180_000 }, async () => {
    const page = await person()
    await page.goto('/s/1')
    await goOn(page, 'Continue')
    for (const [path, name] of [
      ['/s/2', 'r02-danger-error'],
      ['/s/4', 'r04-what-happened-error'],
    ] as const) {
      await page.goto(path)
      await goOn(page, 'Continue')
      await hold(page, name)
    }
    await page.goto('/s/5')
    await page.getByLabel('Day').fill('4')
    await goOn(page, 'Continue')
    await hold(page, 'r05-where-when-error')
    await page.goto('/s/8')
    await page.getByLabel('Is it about anyone else?').fill('x'.repeat(201))
    await goOn(page, 'Continue')
    await hold(page, 'r07b-about-error')
    await page.goto('/s/8')
    await page.getByLabel('Is it about anyone else?').fill('Okafor\nReid\nMarsh\nPrice')
    await goOn(page, 'Continue')
    await hold(page, 'r07b-nobody-left')
    await page.goto('/s/8')
    await page.getByLabel('Is it about anyone else?').fill('')
    await goOn(page, 'Continue')
    await page.goto('/s/4')
    await page
      .getByLabel('What happened?')
      .fill(`My name is Jo Bloggs, 07700 900123. ${'Averylongwordwithoutanyblank'.repeat(40)}\n${'word '.repeat(500)}`)
    await goOn(page, 'Continue')
    await open(page, '/s/13', 'r09-check-long')
  })

  test('after Send, and with the code again', { timeout: 180_000 }, async () => {
    const page = await person()
    await answerAll(page)
    await goOn(page, 'Send my concern')
    await hold(page, 'r10-code')
    const code = await codeOn(page)
    await goOn(page, 'I have written it down')
    await hold(page, 'r11-check-code')
    await page.getByLabel('Group 2').fill(code.slice(4, 8))
    await goOn(page, 'Check')
    await hold(page, 'r11-mismatch')
    await goOn(page, 'Skip this')
    await hold(page, 'r12-next')

    const enter = async (typed: string): Promise<void> => {
      await page.goto('/b')
      await page.getByLabel('Enter your code').fill(typed)
      await goOn(page, 'Continue')
    }
    await enter(code.slice(0, 27) + (code.endsWith('0') ? '1' : '0'))
    await hold(page, 'inbox-code-mistyped')
    await enter(code)
    await hold(page, 'inbox-empty')
    await goOn(page, 'Write a message')
    await hold(page, 'inbox-reply')
    await goOn(page, 'Send message')
    await hold(page, 'inbox-reply-error')
    await page.getByLabel('Write a message').fill(`More.\n${'Averylongwordwithoutanyblank'.repeat(20)}`)
    await goOn(page, 'Send message')
    await hold(page, 'inbox-sent')
    await page.goto('/b/2')
    await page.getByLabel('Write a message').fill('Written slowly.')
    stage.service.clock.advance({ hours: 24 * 7 })
    await goOn(page, 'Send message')
    await hold(page, 'inbox-code-again')
    await enter(code)
    await hold(page, 'inbox-late')
  })
})
