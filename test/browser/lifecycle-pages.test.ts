import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActionInput } from '../../src/concerns/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, signInAs, type Stage } from './staff-stage.ts'

// The pages by which a concern ends, begins again or changes hands: both widths, axe, sideways scroll, and a picture of each.

let stage: Stage
let visit: Visit
let page: Page

const look = (name: string) => lookAt(page, `lifecycle-${name}`, { fingers: false })

describe.skipIf(findBrowser() === null)('the pages of the concern’s whole life', () => {
  beforeAll(async () => {
    stage = await openStage()
    visit = await stage.person()
    page = visit.page
  })
  afterAll(async () => {
    expect([visit.strayRequests, stage.service.unexpected]).toEqual([[], []])
    await visit.close()
    await stage.close()
  })

  test('close, reopen, withdraw, declare a conflict, hand over', { timeout: 180_000 }, async () => {
    const app = stage.service
    const { concerns } = app.service
    const [first, second, third] = [await raise(app, '01'), await raise(app, '02'), await raise(app, '04', { about: ['Daniel Reid'] })]
    const ctx = await app.contextOf('guardian')
    const act = async <A extends 'acknowledge' | 'triage' | 'refer' | 'record_findings' | 'resolve' | 'assign'>(
      id: typeof first.id,
      action: A,
      input: Omit<ActionInput<A>, 'expectedVersion'>,
    ) => {
      const { version } = await concerns.viewConcern(ctx, id)
      await concerns.act(ctx, id, action, { ...input, expectedVersion: version } as ActionInput<A>)
    }
    await act(first.id, 'acknowledge', { message: 'Thank you.' })
    await act(first.id, 'triage', {
      riskGrade: 'low',
      elements: [],
      decision: 'refer',
      consent: 'not_applicable',
      conflict: 'none',
      title: 'Staffing at night',
    } as never)
    await act(first.id, 'refer', { to: 'hr', recipient: 'HR', shareIdentity: false, reason: 'A grievance.', message: 'Passed on.' })
    await act(first.id, 'record_findings', {
      findings: [{ allegation: 'Shifts were short.', finding: 'substantiated' }],
      learning: 'Plan earlier.',
      actions: [{ description: 'Review the rota', owner: 'Ward manager', dueOn: '2027-01-15' as never }],
    })
    const resolve = {
      outcome: 'referred_and_concluded_elsewhere',
      feedbackShared: 'summary',
      learning: 'Plan earlier.',
      message: 'The end.',
    } as const
    await act(first.id, 'resolve', resolve)
    for (const { id } of [second, third]) await act(id, 'assign', { userId: ctx.person.userId })
    const reporter = await concerns.openByToken({ requestId: 'test', now: app.clock.now() }, second.token)
    await concerns.askToWithdraw(reporter, { reason: 'My manager knows.' }, null)

    await signInAs(page, app, 'guardian')
    await page.goto(`/concerns/${first.id}/actions/close`)
    await look('close')
    await press(page, 'Close the concern')
    await look('close-faults')
    await page.getByLabel('The checks are done').check()
    await page.getByLabel('They go on in a plan that is tracked').check()
    await page.getByLabel('Which plan do they go on in?').fill('Rota plan 2027')
    await press(page, 'Close the concern')
    await look('closed')
    await page.goto(`/concerns/${first.id}/actions/reopen`)
    await look('reopen')
    await page.getByLabel('Why is it reopened?').fill('It has happened again.')
    await press(page, 'Continue')
    await look('reopen-confirm')
    await press(page, 'Yes, reopen it')
    await look('reopened')
    await page.goto(`/concerns/${second.id}`)
    await look('withdrawal-asked')
    await page.goto(`/concerns/${second.id}/actions/withdraw`)
    await look('withdraw')
    await page.getByLabel('Yes, it must go on').check()
    await page.getByLabel('What did you check, and why do you decide so?').fill('Patients are at risk.')
    await press(page, 'Continue')
    await look('withdraw-letter')
    await press(page, 'Continue')
    await look('withdraw-confirm')
    await page.goto('/handover')
    await look('handover')
    await page.getByLabel('Daniel Reid, guardian').check()
    await page.getByLabel('Note for the colleague').fill('Away until Monday.')
    await press(page, 'Hand over')
    await look('handover-result')
    await page.goto(`/concerns/${third.id}/actions/declare_conflict`)
    await look('declare-conflict')
    await press(page, 'Yes, end my access')
    await look('declared')
    await page.goto(`/concerns/${third.id}`)
    await look('gone')
  })
})
