import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { newId, systemRandom, type IntakeGroupId, type UserId } from '../../src/kernel/index.ts'
import { createTexts, firstValues } from '../../src/settings/index.ts'
import { brandOf, createRenderer } from '../../src/web/layout/index.ts'
import type { PaperDeps } from '../../src/web/pages/print/paper.ts'
import { printRoutes } from '../../src/web/pages/print/routes.ts'
import { createAssets } from '../../src/web/static/assets.ts'
import { findBrowser } from '../support/browser-path.ts'
import { openBrowser, visit, type VisitOptions } from '../support/browser.ts'
import { createTestClock } from '../support/clock.ts'
import { createHttpClient } from '../support/http-client.ts'
import { lookAt } from '../support/look.ts'
import { smallApp } from '../unit/http/small-app.ts'
import { openStage, staffAt, type Stage } from './staff-stage.ts'

const papers = ['poster', 'cards', 'leaflet'] as const
const pictures = join(import.meta.dirname, '..', 'screenshots')

let stage: Stage

/** A large trust: more guardians and contacts than fit, with long names, and a long address. */
async function fullHouse(nhsLook: boolean) {
  const brand = brandOf({
    ...firstValues.brand,
    organisationName: 'South and North Example University Hospitals NHS Foundation Trust',
    nhsLook,
  })
  const assets = createAssets(brand)
  const pages = createRenderer({ brand: () => brand, assets: () => assets.paths, demonstration: false })
  const readers = Array.from({ length: 9 }, (_, at) => ({
    id: newId<UserId>(systemRandom),
    role: 'guardian' as const,
    name: `Oluwaseun Featherstonehaugh-Montgomery ${at}`,
    deputy: at > 0,
  }))
  const contact = {
    name: 'Confidential care line of the employee assistance programme',
    detail: 'Somebody to talk to',
    way: 'Call 0800 000 0000 at any hour of any day, or write to care@example.nhs.uk, or come to the second floor',
    source: 'A page',
  }
  const deps = {
    concerns: { listReaders: async () => readers },
    settings: {
      current: async () => ({
        contacts: Array.from({ length: 14 }, () => contact),
        intakeGroups: [{ id: newId<IntakeGroupId>(systemRandom), name: 'All' }],
      }),
    },
    texts: createTexts(),
    clock: createTestClock(),
    publicOrigin: 'https://staff-form.south-and-north-example-university-hospitals.nhs.uk',
  } as unknown as PaperDeps
  return createHttpClient(smallApp({ routes: [...assets.routes, ...printRoutes(pages, deps)] }).app)
}

describe.skipIf(findBrowser() === null)('what is printed from the settings', () => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  async function guardian(options: VisitOptions = {}): Promise<Page> {
    const visit = await staffAt(stage, 'guardian', options)
    onTestFinished(() => {
      expect([visit.strayRequests, visit.consoleLines]).toEqual([[], []])
      return visit.close()
    })
    return visit.page
  }

  /** Pages of the PDF that Chromium makes of it on A4, with its own page size; its picture is kept to be looked at where poppler is there. */
  async function pagesOnPaper(page: Page, name: string): Promise<number> {
    const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' })
    mkdirSync(pictures, { recursive: true })
    const file = join(pictures, `paper-${name}.pdf`)
    writeFileSync(file, pdf)
    try {
      execFileSync('pdftoppm', ['-r', '60', '-png', file, join(pictures, `paper-${name}`)])
    } catch {
      // No poppler here: the PDF stands for itself
    }
    return [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b(?!s)/g)].length
  }

  /** Boxes of the paper whose content is wider or higher than they are: it would be cut. */
  const cut = `[...document.querySelectorAll('.app-paper, .app-paper *')]
    .filter((element) => getComputedStyle(element).overflow !== 'visible' && element.tagName !== 'svg')
    .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    .map((element) => element.outerHTML.slice(0, 80))`

  /** 186 by 273 mm, what the margins leave of A4, at 96 px an inch. */
  async function holdToPaper(page: Page, name: string): Promise<void> {
    const sheets = await pagesOnPaper(page, name)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 703, height: 1031 })
    expect({ name, sheets, cut: await page.evaluate(cut) }).toEqual({ name, sheets: 1, cut: [] })
    expect(await page.evaluate(`document.querySelector('.app-header').checkVisibility()`)).toBe(false)
  }

  test.each(papers)('%s is one A4 page with nothing cut', { timeout: 60_000 }, async (name) => {
    const page = await guardian()
    await page.goto(`/print/${name}`)
    await holdToPaper(page, name)
  })

  test('pocket cards stand in the middle of the sheet', { timeout: 60_000 }, async () => {
    const page = await guardian()
    await page.goto('/print/cards')
    await holdToPaper(page, 'cards')
    const [left, right] = await page.evaluate<[number, number]>(`(() => {
      const boxes = [...document.querySelectorAll('.app-card')].map((card) => card.getBoundingClientRect())
      const sheet = document.documentElement.clientWidth
      return [Math.min(...boxes.map((box) => box.left)), sheet - Math.max(...boxes.map((box) => box.right))]
    })()`)
    expect(left).toBeGreaterThan(0)
    expect(Math.abs(left - right)).toBeLessThanOrEqual(1)
  })

  test.each([
    ['neutral', false],
    ['NHS', true],
  ] as const)('is still one page each with many long names and numbers, in the %s look', { timeout: 60_000 }, async (look, nhsLook) => {
    const { origin, close } = await fullHouse(nhsLook)
    const person = await visit(await openBrowser(), origin)
    try {
      const { page } = person
      for (const name of papers) {
        await page.goto(`/print/${name}`)
        await holdToPaper(page, `${name}-full-${look}`)
      }
    } finally {
      await person.close()
      await close()
    }
  })

  test('shows itself on a desktop and on a phone as it is', { timeout: 90_000 }, async () => {
    const page = await guardian()
    for (const name of ['', ...papers])
      await lookAt(page, `staff-print-${name === '' ? 'all' : name}`, { path: name === '' ? '/print' : `/print/${name}` })
  })
})
