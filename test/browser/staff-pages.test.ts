import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { screenshot, scrollsSideways, type Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, staffAt, type Stage } from './staff-stage.ts'

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `staff-${name}`)

const long = { timeout: 180_000 }

describe.skipIf(findBrowser() === null)('every page of staff stands at 1280 and 320 px, for axe, fingers and wide text', () => {
  const ids: Record<string, string> = {}
  const concern = (number: string, rest = '') => `/concerns/${ids[number]}${rest}`

  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
  })
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('429')), stage.service.unexpected]).toEqual([
      [],
      [],
      [],
    ])
    await visit.close()
    await stage.close()
  })

  const as = async (person: Parameters<typeof signInAs>[2]) => {
    await visit.context.clearCookies()
    await signInAs(page, stage.service, person)
  }
  const freshCode = (person: 'guardian' | 'executive') => {
    stage.service.clock.advance({ seconds: 30 })
    return stage.service.codeOf(person)
  }

  test('sign-in: as it opens, empty, refused, signed out', long, async () => {
    await page.goto('/sign-in')
    await look('sign-in')
    await press(page, 'Sign in')
    await look('sign-in-empty')
    await page.getByLabel('E-mail address').fill('somebody@demo.test')
    await page.getByLabel('Password').fill('wrong')
    await page.getByLabel('Six-digit code').fill('000000')
    await press(page, 'Sign in')
    await look('sign-in-refused')
    await as('guardian')
    await look('queue-empty')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.getByRole('button', { name: 'Sign out' }).click()])
    await look('signed-out')
    await page.goto('/concerns')
    await look('no-session')
  })

  test('the queue: late, due, danger, new, filtered, no match', long, async () => {
    stage.service.clock.set('2026-11-19T09:00:00Z')
    ids['10'] = (await raise(stage.service, '10')).id
    stage.service.clock.set('2026-11-20T09:00:00Z')
    ids['08'] = (await raise(stage.service, '08')).id
    // Later than the codes that were used before: the clock never goes back over one
    stage.service.clock.set('2026-11-24T10:00:00Z')
    for (const number of ['01', '03', '04', '07']) ids[number] = (await raise(stage.service, number)).id
    const unread = await raise(stage.service, '02')
    ids['02'] = unread.id
    const reporter = await stage.service.service.concerns.openByToken({ requestId: 'test', now: stage.service.clock.now() }, unread.token)
    await stage.service.service.concerns.writeFromInbox(reporter, { body: 'It happened again.\n\nPlease hurry.' }, null)
    await as('guardian')
    await look('queue')
    // A tablet, or a screen at 200 %
    const desk = page.viewportSize()!
    for (const width of [770, 900, 1024]) {
      await page.setViewportSize({ width, height: 900 })
      expect([width, await scrollsSideways(page)]).toEqual([width, false])
    }
    await page.setViewportSize(desk)
    await page.goto('/concerns?status=raised&due=overdue&owner=none')
    await look('queue-filtered')
    await page.goto('/concerns?status=resolved&danger=yes')
    await look('queue-no-match')
  })

  test('a concern: overview, messages, notes, records, history', long, async () => {
    await page.goto(concern('02'))
    await look('overview-new-message')
    await page.goto(concern('03'))
    await look('overview-open-identity')
    await page.goto(concern('01'))
    await look('overview')
    for (const sub of ['messages', 'notes', 'records', 'history']) {
      await page.goto(concern('01', `/${sub}`))
      await look(`${sub}-first`)
    }
    await page.goto(concern('01', '/messages'))
    await press(page, 'Check the message')
    await look('messages-error')
    await page.getByLabel('Your message').fill('Dear colleague\n\nPlease ring 0113 496 0000 or write to a@nhs.example.')
    await press(page, 'Check the message')
    await look('messages-preview')
    await press(page, 'Send to the person who raised this')
    await look('messages-sent')
    await page.goto(concern('01', '/notes'))
    await press(page, 'Save team note')
    await look('notes-error')
    await page.getByLabel('Your note').fill('Spoke to Daniel.\nHe looks at the rota.')
    await press(page, 'Save team note')
    await look('notes-saved')
    await page.goto('/concerns/none')
    await look('missing')
  })

  test('the name of a person who raised something confidentially', long, async () => {
    await page.goto(concern('04', '/identity'))
    await look('identity')
    await press(page, 'Record my reason and open the name')
    await look('identity-error')
    await page.getByLabel('Why do you need the name?').fill('To arrange a meeting')
    await page.getByLabel('Six-digit code').fill(freshCode('guardian'))
    await press(page, 'Record my reason and open the name')
    await look('identity-shown')
  })

  test('acknowledging and triage', long, async () => {
    await page.goto(concern('01', '/actions/acknowledge'))
    await look('acknowledge')
    await page.getByText('What was said', { exact: true }).click()
    await look('acknowledge-said')
    await page.getByLabel('Your answer').fill('')
    await press(page, 'Send and acknowledge')
    await look('acknowledge-error')
    for (const number of ['01', '04', '07']) {
      await page.goto(concern(number, '/actions/acknowledge'))
      await press(page, 'Send and acknowledge')
    }
    await look('acknowledged')
    await page.goto(concern('01', '/actions/triage'))
    await look('triage')
    await press(page, 'Save triage')
    await look('triage-error')
    for (const [number, decision, consent] of [
      ['01', 'Investigate', 'Not applicable'],
      ['04', 'Refer to another process', 'Share who they are, as agreed with them'],
      ['07', 'Resolve without an investigation', 'Not applicable'],
    ] as const) {
      await page.goto(concern(number, '/actions/triage'))
      await page.getByLabel('A title for colleagues').fill(`A title for case ${number}, long enough to need a second line on a telephone`)
      for (const label of ['High', decision, consent, 'No conflict of interest']) await page.getByLabel(label, { exact: true }).check()
      await press(page, 'Save triage')
    }
    await look('triaged')
  })

  test('assigning, escalating, referring', long, async () => {
    await page.goto(concern('01', '/actions/assign'))
    await look('assign')
    await press(page, 'Assign')
    await look('assign-error')
    await page.goto(concern('01', '/actions/escalate'))
    await look('escalate')
    await page.getByLabel('The executive lead').check()
    await page.getByLabel('Why?').fill('Nobody outside the unit knows of it.')
    await page.getByLabel('Yes', { exact: true }).check()
    await press(page, 'Continue')
    await look('escalate-confirm')
    await press(page, 'Yes, escalate it')
    await page.goto(concern('04', '/actions/escalate'))
    await page.getByLabel('The executive lead').check()
    await page.getByLabel('Why?').fill('For its timing alone.')
    await page.getByLabel('No', { exact: true }).check()
    await press(page, 'Continue')
    await press(page, 'Yes, escalate it')
    await page.goto(concern('04', '/actions/refer'))
    await look('refer')
    await press(page, 'Continue')
    await look('refer-error')
    await page.getByLabel('Safeguarding').check()
    await page.getByLabel('Who receives it?').fill('Safeguarding lead')
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('Why is it referred?').fill('Adults at risk.')
    await page.getByLabel('What you tell the person').fill('The safeguarding lead looks into it.')
    await press(page, 'Continue')
    await look('refer-confirm')
  })

  test('not to investigate, and the second person', long, async () => {
    await page.goto(concern('07', '/actions/resolve_without_investigation'))
    await look('not-investigated')
    await press(page, 'Continue')
    await look('not-investigated-error')
    await page.getByLabel('The facts are known and agreed').check()
    await page.getByLabel('The reason in your words').fill('The results are not disputed.\nThe repair is ordered.')
    await page.getByRole('group', { name: 'Who decided this?' }).getByLabel('Daniel Reid, guardian').check()
    await page.getByRole('group', { name: 'Which second person has to approve it?' }).getByLabel('Helen Marsh, executive lead').check()
    await page.getByLabel('What you tell the person').fill('You were right. It is put right.')
    await press(page, 'Continue')
    await look('not-investigated-confirm')
    await press(page, 'Yes, ask the second person')
    await look('waits-for-approval')
    await page.goto('/approvals')
    await look('approvals-empty')
    await as('executive')
    await look('escalated')
    await page.goto('/approvals')
    await look('approvals')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('.app-cards a').click()])
    await look('approval')
    const address = page.url()
    await press(page, 'Send my decision')
    await look('approval-error')
    await page.getByLabel('Approve: no investigation is needed').check()
    await page.getByLabel('Six-digit code').fill(freshCode('executive'))
    await press(page, 'Send my decision')
    await look('approved')
    await page.goto(address)
    await look('approval-gone')
  })

  test('investigating and resolving, and a step that came too late', long, async () => {
    await as('guardian')
    await page.goto(concern('01', '/actions/start_investigation'))
    await look('start')
    await press(page, 'Send and start the investigation')
    await look('start-error')
    await page.getByLabel('Priya Nair, investigator').check()
    await page.getByLabel('Terms of reference').fill('Look at the records of the night shifts.')
    for (const [box, text] of [
      ['Day', '18'],
      ['Month', '12'],
      ['Year', '2026'],
    ] as const)
      await page.getByLabel(box).fill(text)
    await page.getByLabel('What you tell the person').fill('Somebody from another team looks into this.')
    const daniel = await staffAt(stage, 'deputy')
    await daniel.page.goto(concern('01', '/actions/assign'))
    await daniel.page.getByLabel('Daniel Reid, guardian').check()
    await press(daniel.page, 'Assign')
    await daniel.close()
    await press(page, 'Send and start the investigation')
    await look('changed-meanwhile')
    await press(page, 'Send and start the investigation')
    await page.goto(concern('01', '/actions/record_findings'))
    await look('findings')
    await press(page, 'Add another allegation')
    await press(page, 'Add another action')
    await look('findings-added')
    await page.getByLabel('What was alleged?').nth(1).fill('Staff were threatened.')
    await press(page, 'Record the findings')
    await look('findings-error')
    await page.getByLabel('What was found?').nth(1).selectOption('substantiated')
    await page.getByLabel('What was learned?').fill('Nobody checked the times.')
    await press(page, 'Record the findings')
    await page.goto(concern('01', '/actions/resolve'))
    await look('resolve')
    await press(page, 'Send and resolve')
    await look('resolve-error')
    await page.goto(concern('01', '/actions/triage'))
    await look('not-open')
    for (const sub of ['', '/messages', '/records', '/history']) {
      await page.goto(concern('01', sub))
      await look(`late${sub.replace('/', '-')}`)
    }
    await page.emulateMedia({ media: 'print' })
    await page.goto(concern('01'))
    await screenshot(page, 'staff-print-overview')
    await page.goto(concern('01', '/records'))
    await screenshot(page, 'staff-print-records')
    await page.goto('/concerns')
    await screenshot(page, 'staff-print-queue')
    await page.emulateMedia({ media: 'screen' })
  })

  test('the investigator, the leads, the auditor and the administrator', long, async () => {
    await as('investigator')
    await look('investigator-queue')
    for (const sub of ['', '/messages', '/notes', '/records', '/history']) {
      await page.goto(concern('01', sub))
      await look(`investigator${sub.replace('/', '-')}`)
    }
    await as('executive')
    await page.goto(concern('01'))
    await look('lead-overview')
    await page.goto(concern('04'))
    await look('lead-refused')
    await as('nonExecutive')
    await look('escalated-empty')
    await as('auditor')
    await look('log')
    await as('administrator')
    await look('administration')
  })

  test('what was being written when a session ended', long, async () => {
    await as('guardian')
    await page.goto(concern('02', '/actions/acknowledge'))
    await page.getByLabel('Your answer').fill('An hour of work,\nin two lines.')
    stage.service.clock.advance({ minutes: 30 })
    await press(page, 'Send and acknowledge')
    await look('sign-in-kept')
    await signInAs(page, stage.service, 'guardian')
    await look('kept')
  })

  test('with forced colours the two spaces differ in line, heading and button', { timeout: 60_000 }, async () => {
    const forced = await staffAt(stage, 'guardian', { forcedColours: true })
    const bordersOf = async (sub: string) => {
      await forced.page.goto(concern('02', sub))
      await screenshot(forced.page, `staff-forced${sub.replace('/', '-')}`)
      return forced.page.evaluate(`getComputedStyle(document.querySelector('.app-space')).borderTopStyle`)
    }
    expect([await bordersOf('/messages'), await bordersOf('/notes')]).toEqual(['solid', 'dashed'])
    await forced.page.goto('/concerns')
    await screenshot(forced.page, 'staff-forced-queue')
    await forced.close()
  })
})
