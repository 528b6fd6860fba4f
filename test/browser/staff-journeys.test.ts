import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Case } from '../../src/demonstration/index.ts'
import { labels } from '../../src/workflow/index.ts'
import type { PersonName } from '../support/app.ts'
import { findBrowser } from '../support/browser-path.ts'
import { phone, type VisitOptions } from '../support/browser.ts'
import { codeOn, goOn } from './reporter-stage.ts'
import { caseNumber, openStage, press, raise, signInAs, staffAt, type Stage } from './staff-stage.ts'

let stage: Stage

const wordsOf = (page: Page): Promise<string> => page.locator('main').innerText()

async function staff(person: PersonName, options: VisitOptions = {}) {
  const visit = await staffAt(stage, person, options)
  onTestFinished(() => visit.close())
  return visit
}

async function stranger(options: VisitOptions = {}) {
  const visit = await stage.person(options)
  onTestFinished(() => visit.close())
  return visit
}

/** Raises the case through the reporter's pages; the code. */
async function raiseByPages(page: Page, { input }: Case): Promise<string> {
  await page.goto('/')
  await goOn(page, 'Raise a concern')
  await goOn(page, 'Continue')
  await page.goto('/s/3')
  for (const element of input.elements) await page.getByLabel(labels.elements[element], { exact: true }).check()
  await goOn(page, 'Continue')
  await page.getByLabel('What happened?').fill(input.narrative)
  await goOn(page, 'Continue')
  await page.goto('/s/8')
  await page.getByLabel('Is it about anyone else?').fill(input.about.join('\n'))
  await goOn(page, 'Continue')
  await page.goto('/s/13')
  await goOn(page, 'Send my concern')
  const code = await codeOn(page)
  await goOn(page, 'I have written it down')
  return code
}

/** What the person finds when they come back with their code. */
async function inboxOf(code: string): Promise<string> {
  const { page } = await stranger({ scripts: false })
  await page.goto('/b')
  await page.getByLabel('Enter your code').fill(code)
  await goOn(page, 'Continue')
  return wordsOf(page)
}

/** Opens the first case of the queue. */
async function openFirst(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('.app-queue a').first().click()])
}

async function acknowledge(page: Page): Promise<void> {
  await press(page, 'Acknowledge')
  await press(page, 'Send and acknowledge')
  expect(await wordsOf(page)).toContain('Acknowledged. The person can now read your answer.')
}

async function triage(page: Page, title: string, risk: string, decision: string): Promise<void> {
  await press(page, 'Triage')
  await page.getByLabel('A title for colleagues').fill(title)
  await page.getByRole('group', { name: 'How great is the risk?' }).getByLabel(risk, { exact: true }).check()
  await page.getByRole('group', { name: 'What should happen?' }).getByLabel(decision, { exact: true }).check()
  await page.getByRole('group', { name: 'What has the person agreed to?' }).getByLabel('Not applicable').check()
  await page.getByRole('group', { name: 'Is there a conflict of interest?' }).getByLabel('No conflict of interest').check()
  await press(page, 'Save triage')
  expect(await page.locator('h1').innerText()).toBe(title)
}

async function resolve(page: Page, outcome: string): Promise<void> {
  await press(page, 'Resolve')
  await page.getByLabel(outcome, { exact: true }).check()
  await page.getByLabel('A summary', { exact: true }).check()
  await page.getByLabel('What was learned?').fill('People did not know whom to tell.')
  await page.getByLabel('What you tell the person').fill('Thank you. This is how it ended.')
  await press(page, 'Send and resolve')
  expect(await wordsOf(page)).toContain('Resolved. The person can read how it ended.')
}

describe.skipIf(findBrowser() === null)('staff at a browser', () => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  test('a concern about waiting times is raised, investigated and resolved by pages, with scripts off', { timeout: 120_000 }, async () => {
    const reporter = await stranger({ scripts: false, viewport: phone })
    const code = await raiseByPages(reporter.page, caseNumber('01'))
    const grace = await staff('guardian', { scripts: false })
    await openFirst(grace.page)
    expect(await wordsOf(grace.page)).toContain('emergency department')
    await acknowledge(grace.page)
    await triage(grace.page, 'Waiting times', 'High', 'Investigate')
    await press(grace.page, 'Start an investigation')
    await grace.page.getByLabel('Priya Nair, investigator').check()
    await grace.page.getByLabel('Terms of reference').fill('Look at the records of the night shifts.')
    for (const [box, text] of [
      ['Day', '18'],
      ['Month', '12'],
      ['Year', '2026'],
    ] as const)
      await grace.page.getByLabel(box).fill(text)
    await grace.page.getByLabel('What you tell the person').fill('Somebody from another team looks into this.')
    await press(grace.page, 'Send and start the investigation')
    expect(await inboxOf(code)).toContain('18 December 2026')

    const priya = await staff('investigator', { scripts: false, viewport: phone })
    await openFirst(priya.page)
    await press(priya.page, 'Record findings')
    await priya.page.getByLabel('What was alleged?').fill('Times were changed.')
    await priya.page.getByLabel('What was found?').selectOption('substantiated')
    await press(priya.page, 'Add another allegation')
    await priya.page.getByLabel('What was alleged?').nth(1).fill('Staff were threatened.')
    await priya.page.getByLabel('What was found?').nth(1).selectOption('partly_substantiated')
    await priya.page.getByLabel('What was learned?').fill('Nobody checked the times.')
    await press(priya.page, 'Record the findings')
    expect(await wordsOf(priya.page)).toContain('The findings are recorded.')

    await grace.page.reload()
    await resolve(grace.page, 'Investigated, action taken')
    expect(await inboxOf(code)).toContain('This is how it ended.')
    await press(grace.page, 'Close')
    await grace.page.getByLabel('The checks are done').check()
    await press(grace.page, 'Close the concern')
    expect(await wordsOf(grace.page)).toContain('Nothing is left to do here.')
    for (const { strayRequests, consoleLines } of [reporter, grace, priya]) expect([strayRequests, consoleLines]).toEqual([[], []])
  })

  test('dark car park lights are put right without an investigation, by pages on a phone', { timeout: 120_000 }, async () => {
    const code = await raiseByPages((await stranger({ scripts: false, viewport: phone })).page, caseNumber('10'))
    const { page } = await staff('guardian', { scripts: false, viewport: phone })
    await openFirst(page)
    await acknowledge(page)
    await triage(page, 'Car park lights', 'Low', 'Resolve without an investigation')
    await press(page, 'Resolve without an investigation')
    await page.getByLabel('It can be put right now').check()
    await page.getByLabel('The reason in your words').fill('The lamps are broken and new ones are ordered.')
    await page.getByRole('group', { name: 'Who decided this?' }).getByLabel('Grace Okafor, guardian').check()
    await page.getByLabel('What you tell the person').fill('You were right. The lights are mended on Friday.')
    await press(page, 'Continue')
    await press(page, 'Yes, resolve without an investigation')
    await resolve(page, 'Resolved informally')
    const inbox = await inboxOf(code)
    expect(inbox).toContain('The lights are mended on Friday.')
    expect(inbox).toContain('This is how it ended.')
  })

  test('false overtime goes to counter fraud and still comes back to the person', { timeout: 120_000 }, async () => {
    const code = await raiseByPages((await stranger({ scripts: false })).page, caseNumber('08'))
    const { page } = await staff('deputy', { scripts: false })
    await openFirst(page)
    await acknowledge(page)
    await triage(page, 'Overtime', 'Medium', 'Refer to another process')
    await press(page, 'Refer to another process')
    await page.getByLabel('Counter fraud', { exact: true }).check()
    await page.getByLabel('Who receives it?').fill('Local counter fraud specialist')
    await page.getByLabel('Why is it referred?').fill('It may be a crime.')
    await page.getByLabel('What you tell the person').fill('Counter fraud looks into it. I stay your contact.')
    await press(page, 'Continue')
    expect(await inboxOf(code)).toContain('I stay your contact.')
    await resolve(page, 'Referred and concluded elsewhere')
    expect(await inboxOf(code)).toContain('This is how it ended.')
  })

  test('two guardians at one form: the second keeps every word and sees who was first', { timeout: 90_000 }, async () => {
    const { id } = await raise(stage.service, '03')
    const [grace, daniel] = [await staff('guardian', { scripts: false }), await staff('deputy', { scripts: false })]
    const written = 'Words that took an hour.\nAnd a second line.'
    await grace.page.goto(`/concerns/${id}/actions/acknowledge`)
    await daniel.page.goto(`/concerns/${id}/actions/acknowledge`)
    await grace.page.getByLabel('Your answer').fill(written)
    await press(daniel.page, 'Send and acknowledge')
    await press(grace.page, 'Send and acknowledge')
    const words = await wordsOf(grace.page)
    expect(words).toContain('Daniel Reid, guardian')
    expect(words).toContain('Words that took an hour.\nAnd a second line.')
    const focused = await grace.page.evaluate('document.activeElement?.className')
    expect(focused).toContain('nhsuk-error-summary')
  })

  test('after an error focus is on the summary with scripts off, and its links land in the boxes', { timeout: 60_000 }, async () => {
    const { id } = await raise(stage.service, '01')
    const { page } = await staff('guardian', { scripts: false, viewport: phone })
    await page.goto(`/concerns/${id}/actions/acknowledge`)
    await page.getByLabel('Your answer').fill('')
    await press(page, 'Send and acknowledge')
    expect(await page.title()).toMatch(/^Error: /)
    expect(await page.evaluate('document.activeElement?.className')).toContain('nhsuk-error-summary')
    await page.getByRole('link', { name: 'Write your answer to the person' }).click()
    expect(await page.evaluate('document.activeElement?.id')).toBe('message')
  })

  test('with a keyboard alone somebody signs in, opens the first case and answers it', { timeout: 90_000 }, async () => {
    await raise(stage.service, '09', { immediateDanger: 'yes' })
    const { page } = await stranger()
    stage.service.clock.advance({ seconds: 30 })
    await page.goto('/sign-in')
    await tabTo(page, '#email')
    await page.keyboard.type('guardian@demo.test')
    await page.keyboard.press('Tab')
    await page.keyboard.type('demonstration only 2026')
    await page.keyboard.press('Tab')
    await page.keyboard.type(stage.service.codeOf('guardian'))
    await enter(page)
    await tabTo(page, '.app-queue a')
    await enter(page)
    // Where somebody says that there is danger the first step is a look at the risk; the answer is the next
    await tabTo(page, '.app-do-next a[href$="/acknowledge"]')
    await enter(page)
    await tabTo(page, '#message')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Thank you. I have read this.')
    // The one that puts a stock phrase in comes before it
    await tabTo(page, 'form:not(.app-header__sign-out) button[type=submit]:not([name])')
    await enter(page)
    expect(await wordsOf(page)).toContain('Acknowledged. The person can now read your answer.')
    expect(await page.evaluate('document.activeElement?.className')).toContain('nhsuk-notification-banner')
  })

  test('Back and Forward after sending show pages, never a question to send again', { timeout: 60_000 }, async () => {
    const { id } = await raise(stage.service, '02')
    const { page } = await staff('guardian', { scripts: false })
    await page.goto(`/concerns/${id}/notes`)
    await page.getByLabel('Your note').fill('Once')
    await press(page, 'Save team note')
    await page.goBack()
    expect(await page.locator('h2').first().innerText()).toBe('Team notes')
    await page.goForward()
    expect(await page.getByText('Once', { exact: true }).count()).toBe(1)
  })

  test('a session that ended while somebody wrote gives the text back after signing in', { timeout: 60_000 }, async () => {
    const { id } = await raise(stage.service, '05')
    const { page } = await staff('guardian', { scripts: false, viewport: phone })
    await page.goto(`/concerns/${id}/actions/acknowledge`)
    await page.getByLabel('Your answer').fill('An hour of work\nin two lines')
    stage.service.clock.advance({ minutes: 30 })
    await press(page, 'Send and acknowledge')
    expect(await wordsOf(page)).toContain('We kept it')
    await signInAs(page, stage.service, 'guardian')
    await press(page, 'Put it back into the form')
    expect(await page.getByLabel('Your answer').inputValue()).toBe('An hour of work\nin two lines')
    await press(page, 'Send and acknowledge')
    expect(await wordsOf(page)).toContain('Acknowledged. The person can now read your answer.')
  })
})

/** Tabs until the control has focus, and sees that it can be seen. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(
      `(() => { const e = document.activeElement; const b = e.getBoundingClientRect(); return e.matches(${JSON.stringify(selector)}) && b.bottom > 0 && b.top < innerHeight })()`,
    )
    if (found === true) return
  }
  throw new Error(`no way to ${selector} by keyboard`)
}

async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
}
