import type { Browser, Page } from 'playwright-core'
import { startTestApp, type TestApp } from '../support/app.ts'
import { openBrowser, visit, type Visit, type VisitOptions } from '../support/browser.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'

/** The whole service and a browser before it. */
export interface Stage {
  readonly service: TestApp
  readonly origin: string
  /** A new person at a new browser. */
  person(options?: VisitOptions): Promise<Visit>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const service = await startTestApp()
  const http: HttpClient = await createHttpClient(service.app)
  const browser: Browser = await openBrowser()
  return {
    service,
    origin: http.origin,
    person: (options) => visit(browser, http.origin, options),
    close: async () => {
      await http.close()
      await service.close()
    },
  }
}

export interface Step {
  readonly path: string
  readonly name: string
  /** What the person gives; `answered` is true where the page shows it again. */
  readonly fill: (page: Page) => Promise<void>
  readonly answered: (page: Page) => Promise<boolean>
  /** The words of the button or link that leads on. */
  readonly go: string
}

const choose = (label: string) => ({
  fill: (page: Page) => page.getByLabel(label, { exact: true }).check(),
  answered: (page: Page) => page.getByLabel(label, { exact: true }).isChecked(),
})

const write = (label: string, text: string) => ({
  fill: (page: Page) => page.getByLabel(label, { exact: true }).fill(text),
  answered: async (page: Page) => (await page.getByLabel(label, { exact: true }).inputValue()) === text,
})

const nothing = { fill: async () => {}, answered: async () => true }

export const story = 'Two people fell at night.\nI told <b>my</b> manager 🙂 "twice" and שלום nobody came.'

/** The journey to the check page, every question answered, with the pages as an anonymous person meets them. */
export const questions: readonly Step[] = [
  { path: '/s/1', name: 'r01-staying-safe', ...nothing, go: 'Continue' },
  { path: '/s/2', name: 'r02-danger', ...choose('Yes'), go: 'Continue' },
  { path: '/s/2a', name: 'r02a-danger-now', ...nothing, go: 'Carry on with the form' },
  { path: '/s/3', name: 'r03-elements', ...choose('I am not sure'), go: 'Continue' },
  { path: '/s/4', name: 'r04-what-happened', ...write('What happened?', story), go: 'Continue' },
  { path: '/s/5', name: 'r05-where-when', ...write('When was this?', 'Last winter'), go: 'Continue' },
  { path: '/s/6', name: 'r05-work', ...choose('Estates and ancillary'), go: 'Continue' },
  { path: '/s/7', name: 'r06-treatment', ...choose('No, but I am worried they will'), go: 'Continue' },
  { path: '/s/8', name: 'r07b-about', ...choose('Daniel Reid, deputy guardian'), go: 'Continue' },
  { path: '/s/9', name: 'r07b-door', ...choose('The guardians'), go: 'Continue' },
  { path: '/s/10', name: 'r07b-readers', ...nothing, go: 'Continue' },
  { path: '/s/11', name: 'r08-known', ...choose('Only the guardian knows me'), go: 'Continue' },
  { path: '/s/12', name: 'r08b-identity', ...write('Your name', 'Jo'), go: 'Continue' },
  { path: '/s/12a', name: 'r08c-notes', ...choose('No, do not send me notes'), go: 'Continue' },
]

/** Presses the button or link that leads on, and waits for the next page. */
export async function goOn(page: Page, words: string): Promise<void> {
  const control = page.locator('main').getByRole('button', { name: words, exact: true })
  await Promise.all([page.waitForEvent('domcontentloaded'), control.first().click()])
}

/** From the first page to the check page. */
export async function answerAll(page: Page, each: (step: Step) => Promise<void> = async () => {}): Promise<void> {
  await page.goto('/')
  await goOn(page, 'Raise a concern')
  for (const step of questions) {
    await step.fill(page)
    await each(step)
    await goOn(page, step.go)
  }
}

/** The shortest way to the check page: only what happened. */
export async function writeShortly(page: Page): Promise<void> {
  await page.goto('/s/1')
  await goOn(page, 'Continue')
  await page.goto('/s/4')
  await page.getByLabel('What happened?').fill(story)
  await goOn(page, 'Continue')
  await page.goto('/s/13')
}

export const pathOf = (page: Page): string => new URL(page.url()).pathname

/** The code as it stands on the page, 28 symbols. */
export async function codeOn(page: Page): Promise<string> {
  return (await page.locator('.app-code li').allTextContents()).join('').replaceAll(/\s/g, '')
}

/** A person who has sent: the page with their code is open. */
export async function send(page: Page): Promise<string> {
  await writeShortly(page)
  await goOn(page, 'Send my concern')
  return codeOn(page)
}
