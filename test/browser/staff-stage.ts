import type { Page } from 'playwright-core'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import { readCases, type Case } from '../../src/demonstration/index.ts'
import type { ConcernId } from '../../src/kernel/index.ts'
import { people, type PersonName, type TestApp } from '../support/app.ts'
import type { Visit, VisitOptions } from '../support/browser.ts'
import type { Stage } from './reporter-stage.ts'

export { openStage, type Stage } from './reporter-stage.ts'

const password = demonstrationPeople[0]!.password

/** The case of `src/demonstration/cases` whose name starts with this number. */
export function caseNumber(number: string): Case {
  const found = readCases().find(({ name }) => name.startsWith(number))
  if (found === undefined) throw new Error(`no case ${number}`)
  return found
}

/** Raises a case as a person without an account does; its id, and the code to come back with. */
export async function raise(
  { service, clock }: TestApp,
  number: string,
  changes: object = {},
): Promise<{ readonly id: ConcernId; readonly token: string }> {
  const ctx = { requestId: 'test', now: clock.now() }
  const { token } = await service.concerns.raise(ctx, { ...caseNumber(number).input, ...changes }, null)
  const { concernId } = await service.concerns.openByToken(ctx, token)
  return { id: concernId, token }
}

/** Signs in through the page, as a person does. A code works once, so the clock moves on by half a minute first. */
export async function signInAs(page: Page, app: TestApp, person: PersonName): Promise<void> {
  app.clock.advance({ seconds: 30 })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(people[person])
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Six-digit code').fill(app.codeOf(person))
  await press(page, 'Sign in')
}

/** A member of staff at a browser of their own, signed in. */
export async function staffAt(stage: Stage, person: PersonName, options?: VisitOptions): Promise<Visit> {
  const visit = await stage.person(options)
  await signInAs(visit.page, stage.service, person)
  return visit
}

/** Presses a button of the main part, or a link that looks like one, and waits for the page that comes. */
export async function press(page: Page, name: string): Promise<void> {
  const control = page.locator('main').getByRole('button', { name, exact: true })
  await Promise.all([page.waitForEvent('domcontentloaded'), control.click()])
}
