import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createRenderer, neutralBrand } from '../../src/web/layout/index.ts'
import { accessibilityRoutes } from '../../src/web/pages/accessibility/routes.ts'
import { createAssets } from '../../src/web/static/assets.ts'
import { axeFaults, desktop, openBrowser, phone, screenshot, scrollsSideways, visit, type VisitOptions } from '../support/browser.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import { smallApp } from '../unit/http/small-app.ts'

let browser: Browser
let service: HttpClient

beforeAll(async () => {
  const assets = createAssets(neutralBrand)
  const pages = createRenderer({ brand: neutralBrand, assets: assets.paths, demonstration: true })
  service = await createHttpClient(smallApp({ routes: [...assets.routes, ...accessibilityRoutes(pages)] }).app)
  browser = await openBrowser()
})

afterAll(() => service?.close())

async function open(options: VisitOptions = {}, path = '/accessibility') {
  const person = await visit(browser, service.origin, options)
  onTestFinished(() => person.close())
  await person.page.goto(path)
  return person
}

/** Height and width of everything that can be pressed, links inside a sentence aside (WCAG 2.2 SC 2.5.8). */
async function smallTargets(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => element.closest('p') === null && !element.classList.contains('nhsuk-skip-link'))
    .map((element) => ({ text: element.textContent.trim(), box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24)
    .map(({ text, box }) => [text, box.width, box.height])`)
}

describe.each([
  ['a desktop', desktop],
  ['a phone of 320 px', phone],
])('the frame on %s', (name, viewport) => {
  test('has nothing that axe finds, asks no other host, prints no line, and does not scroll sideways', async () => {
    const { page, strayRequests, consoleLines } = await open({ viewport })
    expect(await axeFaults(page)).toEqual([])
    expect([strayRequests, consoleLines, await scrollsSideways(page)]).toEqual([[], [], false])
    await screenshot(page, `accessibility-${name.includes('phone') ? 'phone' : 'desktop'}`)
  })

  test('has targets of 24 px or more', async () => {
    const { page } = await open({ viewport })
    expect(await smallTargets(page)).toEqual([])
  })
})

describe('the frame', () => {
  test('is drawn in a plain sans serif without fetching a font', async () => {
    const { page } = await open()
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toMatch(/arial, sans-serif$/i)
    expect(await page.evaluate('[...document.fonts].length')).toBe(0)
  })

  test('works with scripts off: first Tab goes past the header, the way out stays in sight, and nothing with focus is under it', async () => {
    const { page, consoleLines } = await open({ scripts: false, viewport: phone })
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to main content')
    const seen: string[] = []
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press('Tab')
      const [text, top, barBottom, inBar] = (await page.evaluate(`(() => {
        const bar = document.querySelector('.app-leave')
        const at = document.activeElement
        return [at.textContent.trim(), at.getBoundingClientRect().top, bar.getBoundingClientRect().bottom, bar.contains(at) || at.closest('header') !== null]
      })()`)) as [string, number, number, boolean]
      if (await page.evaluate('document.activeElement === document.body')) break
      seen.push(text)
      if (!inBar) expect([text, top >= barBottom]).toEqual([text, true])
    }
    expect(seen).toEqual(expect.arrayContaining(['Staff form', 'Leave this site', 'Back', 'Get help', 'Accessibility']))
    await page.evaluate('window.scrollTo(0, 10_000)')
    expect(await page.evaluate("document.querySelector('.app-leave').getBoundingClientRect().top")).toBe(0)
    expect(consoleLines).toEqual([])
  })

  test('keeps its edges and its focus where the reader forces colours', async () => {
    const { page } = await open({ forcedColours: true })
    expect(await page.evaluate("getComputedStyle(document.querySelector('.app-header__bar')).borderBlockEndWidth")).toBe('1px')
    await page.focus('.app-leave__link')
    expect(await page.evaluate("getComputedStyle(document.querySelector('.app-leave__link')).outlineStyle")).toBe('solid')
    await screenshot(page, 'accessibility-forced-colours')
  })

  test('is not printed: paper does not say which service it came from', async () => {
    const { page } = await open()
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('main h1')).toBe(true)
    for (const part of ['.app-header', '.app-leave', '.app-footer', '.app-back']) expect(await page.isVisible(part)).toBe(false)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await screenshot(page, 'accessibility-print')
  })

  test('does not scroll sideways with text of double size or wide spacing', async () => {
    const { page } = await open({ viewport: phone })
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(await scrollsSideways(page)).toBe(false)
    await page.evaluate(
      "document.documentElement.style.fontSize = ''; for (const e of document.querySelectorAll('*')) Object.assign(e.style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' })",
    )
    expect(await scrollsSideways(page)).toBe(false)
  })

  test('has an error page in the same frame', async () => {
    const { page, strayRequests, consoleLines } = await open({ viewport: phone }, '/nowhere')
    expect(await page.title()).toBe('Page not found')
    expect([strayRequests, consoleLines]).toEqual([[], []])
  })
})
