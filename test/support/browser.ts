/**
 * A real Chromium for the browser tests. Every context records requests to other hosts and console lines, and every test asserts that
 * both lists are empty: see `strayRequests` and `consoleLines`.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findBrowser } from './browser-path.ts'

/** The address bar's own pages, which nobody sees here: a process and a second of work for every window. */
const unseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']
/** What Playwright switches off. Only the last list that Chromium is given counts, so they come along. */
const unwanted = [
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...unseen, ...unwanted].join(',')}`,
]

export const desktop = { width: 1280, height: 900 }
/** WCAG 2.2 SC 1.4.10: what 400 % zoom leaves of a desktop, and the narrowest phone. */
export const phone = { width: 320, height: 640 }

let opened: Promise<Browser> | null = null

/**
 * One Chromium for all files of a worker, which goes with it; what a person has at a browser is in a context of their own. Throws where
 * none is found: browser test files skip themselves with `describe.skipIf(findBrowser() === null)`.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chromium found: set CHROMIUM_PATH')
  const running = await opened
  if (running?.isConnected()) return running
  opened = chromium.launch({ executablePath, args: flags, timeout: 30_000 })
  return opened
}

export interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number }
  /** False switches scripts off, as Tor Browser does at its safest. Default true. */
  readonly scripts?: boolean
  readonly forcedColours?: boolean
}

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Addresses of requests that were not for our own origin. */
  readonly strayRequests: readonly string[]
  /** What the browser printed, without the one line that it prints for every 422 (and our other expected refusals). */
  readonly consoleLines: readonly string[]
  close(): Promise<void>
}

/** A fresh person with no cookies. `origin` is where the app listens; relative addresses in `page.goto` are resolved against it. */
export async function visit(browser: Browser, origin: string, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: options.viewport ?? desktop,
    javaScriptEnabled: options.scripts ?? true,
    forcedColors: options.forcedColours === true ? 'active' : 'none',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(15_000)
  const strayRequests: string[] = []
  const consoleLines: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) strayRequests.push(request.url())
  })
  context.on('console', (message) => {
    if (!isExpectedStatus(message.text())) consoleLines.push(message.text())
  })
  const page = await context.newPage()
  return { context, page, strayRequests, consoleLines, close: () => context.close() }
}

/** Chromium prints this line for any page whose status is an error; the pages that have one are meant to. */
function isExpectedStatus(line: string): boolean {
  return /^Failed to load resource: the server responded with a status of (401|403|404|409|410|422)\b/.test(line)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const axeRules = {
  everything: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  /** All that axe measures rather than reads: the same page at another width has no other faults, where it shows the same elements. */
  'sizes and colours': ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'],
}

interface AxeNode {
  readonly target: readonly unknown[]
  readonly failureSummary?: string
}
interface AxeViolation {
  readonly id: string
  readonly nodes: readonly AxeNode[]
}

/**
 * What axe finds, one line per rule and element; `[]` is good. Its source is evaluated through the browser's protocol, which a strict CSP
 * does not stop. Needs a context with scripts on: with scripts off it would never answer, so this throws.
 */
export async function axeFaults(page: Page, rules: keyof typeof axeRules = 'everything'): Promise<readonly string[]> {
  // A page that was held to it before still has it
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource)
  const run = page.evaluate(
    `(async () => (await axe.run(document, { runOnly: ${JSON.stringify(axeRules[rules])}, resultTypes: ['violations'] })).violations)()`,
  )
  const violations = (await withTimeout(run, 20_000, 'axe did not answer: are scripts off?')) as readonly AxeViolation[]
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** True where the page can be scrolled sideways, which no page may at 320 px. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')) as boolean
}

const screenshots = join(import.meta.dirname, '..', 'screenshots')

/**
 * With `SCREENSHOTS=1`, writes `test/screenshots/<name>.png`, the whole page, for people to look at; the folder is not under version
 * control. No test reads one, and they take as long as all the rest.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] !== '1') return
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true, timeout: 20_000 })
}
