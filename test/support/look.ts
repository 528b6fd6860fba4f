/** What every page owes to the eyes and fingers of whoever opens it: all pages are held to it in one way. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFaults, desktop, phone, screenshot, scrollsSideways } from './browser.ts'

export interface LookOptions {
  /** Where to go first; without it the page is looked at as it stands. */
  readonly path?: string | undefined
  /** False for dense tables: there axe's own rule for targets has to do, which counts the room around them. Default true. */
  readonly fingers?: boolean
}

/**
 * Holds a page at 1280 and at 320 px to axe, reflow, targets of 24 px and text that is not cut off, and on the phone to text spaced widely,
 * with everything opened that opens. Its pictures are `<name>-desktop` and `<name>-phone`. The window has the size it had afterwards.
 */
export async function lookAt(page: Page, name: string, { path, fingers = true }: LookOptions = {}): Promise<void> {
  if (path !== undefined) await page.goto(path)
  const before = page.viewportSize() ?? desktop
  const faults: string[] = []
  const shown: string[] = []
  await page.evaluate('scrollTo(0, 0)')
  for (const [size, viewport] of [
    ['desktop', desktop],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(viewport)
    await screenshot(page, `${name}-${size}`)
    shown.push(await page.evaluate<string>(`${openDetails}; ${whatIsShown}`))
    const found = [
      ...(await axeFaults(page, shown[0] === shown[1] ? 'sizes and colours' : 'everything')),
      ...(await page.evaluate<string[]>(`[...${nowhere}, ...${cut}, ...${fingers ? small : '[]'}]`)),
    ]
    if (await scrollsSideways(page)) found.push('scrolls sideways')
    if (size === 'phone') found.push(...(await page.evaluate<string[]>(withWideText)))
    await page.evaluate(closeDetails)
    faults.push(...found.map((fault) => `${size}: ${fault}`))
  }
  await page.setViewportSize(before)
  expect([name, faults]).toEqual([name, []])
}

const openDetails = `for (const each of document.querySelectorAll('details:not([open])')) each.open = each.dataset.opened = true`
const closeDetails = `for (const each of document.querySelectorAll('details[data-opened]')) { each.open = false; delete each.dataset.opened }`

/** Which elements are there to be seen or heard, one digit each: what is hidden from the ear is measured whatever it says. */
const whatIsShown = `[...document.querySelectorAll('*')]
  .map((e) => (e.closest('[aria-hidden=true]') === null ? Number(e.checkVisibility({ visibilityProperty: true })) : 2)).join('')`

/** What is cut off in its own box. */
const cut = `[...document.querySelectorAll('main *, .app-leave *')]
  .filter((e) => getComputedStyle(e).overflow !== 'visible' && e.scrollWidth > e.clientWidth + 1)
  // What is hidden from sight alone is a pixel wide; what is typed into a box moves in it
  .filter((e) => e.clientWidth > 1 && e.tagName !== 'TEXTAREA' && e.tagName !== 'INPUT')
  .map((e) => 'cut off: ' + e.outerHTML.slice(0, 120))`

/** Links on the page that lead nowhere. */
const nowhere = `[...document.querySelectorAll('a[href^="#"]')]
  .filter((link) => document.getElementById(link.hash.slice(1)) === null)
  .map((link) => 'leads nowhere: ' + link.hash)`

/** WCAG 2.2 SC 2.5.8 without the room around: 24 by 24 px, links in a sentence aside. */
const small = `(() => {
  const inSentence = (e) => e.tagName === 'A' &&
    ([...e.parentElement.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '') ||
      (e.closest('p') !== null && e.closest('p').textContent.trim() !== e.textContent.trim()))
  return [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea')]
    .filter((e) => e.checkVisibility() && !e.classList.contains('nhsuk-skip-link') && !inSentence(e))
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24))
    .map(([e, { width, height }]) => 'small target: ' + e.outerHTML.slice(0, 120) + ' ' + width + 'x' + height)
})()`

/** WCAG 2.2 SC 1.4.12, set by script, since our own policy lets no page style itself. */
const withWideText = `(() => {
  const wide = new CSSStyleSheet()
  wide.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [wide]
  const faults = ${cut}
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
    const wider = [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    faults.push('scrolls sideways', ...wider.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)))
  }
  document.adoptedStyleSheets = []
  return faults.map((fault) => 'with wide text: ' + fault)
})()`
