import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { phone, screenshot, type Visit } from '../support/browser.ts'
import { startSigning } from '../support/log.ts'
import { lookAt } from '../support/look.ts'
import { codeOn, goOn, openStage, pathOf, send, type Stage } from './reporter-stage.ts'
import { raise, signInAs } from './staff-stage.ts'

let stage: Stage
const visits: Visit[] = []

const look = (page: Page, name: string) => lookAt(page, `inbox-${name}`)

const long = { timeout: 240_000 }

describe.skipIf(findBrowser() === null)('the inbox’s later pages, and what staff see of them', () => {
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(async () => {
    for (const visit of visits) {
      expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('429'))]).toEqual([[], []])
      await visit.close()
    }
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  const someone = async (options = {}): Promise<Page> => {
    const visit = await stage.person(options)
    visits.push(visit)
    return visit.page
  }

  async function enter(page: Page, code: string): Promise<void> {
    await page.goto('/b')
    await page.getByLabel('Enter your code').fill(code)
    await goOn(page, 'Continue')
  }

  test('stand at both widths, for axe and fingers, empty, wrong and done', long, async () => {
    const page = await someone()
    const code = await send(page)
    const { concerns } = stage.service.service
    const ctx = await concerns.openByToken({ requestId: 'test', now: stage.service.clock.now() }, code)
    const guardian = await stage.service.contextOf('guardian')
    await concerns.sendMessage(guardian, ctx.concernId, { body: 'Which ward was it on, and at what time of day?', question: true }, null)
    await enter(page, code)
    await look(page, 'question')
    await page.getByRole('link', { name: 'Answer this question' }).click()
    await look(page, 'answer')
    await goOn(page, 'Send answer')
    await look(page, 'answer-error')
    await page.getByLabel('Your answer').fill('The third, at night.')
    await goOn(page, 'Send answer')

    await page.goto('/b/6')
    await look(page, 'known')
    await goOn(page, 'Continue')
    await look(page, 'known-error')
    await page.getByLabel('Only the guardians know me').check()
    await page.getByLabel('Your name').fill('Jo Bloggs')
    await page.getByLabel('A safe way and time to reach you').fill(`After six.\n${'Averylongwordwithoutanyblank'.repeat(10)}`)
    await goOn(page, 'Continue')
    await look(page, 'known-sure')
    await goOn(page, 'Yes, I want to be known')
    await look(page, 'known-done')

    await page.goto('/b/18')
    await look(page, 'notes')
    await page.getByLabel('Yes, send me notes').check()
    await goOn(page, 'Save')
    await look(page, 'notes-error')

    await page.goto('/b/8')
    await look(page, 'feedback')
    await goOn(page, 'Send')
    await look(page, 'feedback-error')

    await page.goto('/b/9')
    await look(page, 'detriment')
    await goOn(page, 'Send')
    await look(page, 'detriment-error')
    await page.getByLabel('My duties or shifts were changed').check()
    await page.getByLabel('Tell us what has happened to you').fill('My nights were taken away.\nNobody says why.')
    await goOn(page, 'Send')
    await look(page, 'detriment-done')

    await page.goto('/b/10')
    await look(page, 'new-code')
    await goOn(page, 'Give me a new code')
    await look(page, 'new-code-shown')
    const fresh = await codeOn(page)
    await page.reload()
    expect(await codeOn(page)).toBe(fresh)
    await goOn(page, 'I have written it down')

    await page.goto('/b/9')
    await page.getByLabel('Something else').check()
    await page.getByLabel('Tell us what has happened to you').fill('Written slowly.')
    stage.service.clock.advance({ hours: 4 })
    await goOn(page, 'Send')
    await look(page, 'form-again')
    await page.getByLabel('Your code').fill(fresh)
    await goOn(page, 'Send')
    expect(pathOf(page)).toBe('/b/3')
  })

  test('work with scripts off, keyboard alone, from a code somebody else had first', long, async () => {
    const page = await someone({ scripts: false, viewport: phone })
    const code = await send(page)
    const { concerns } = stage.service.service
    const ctx = await concerns.openByToken({ requestId: 'test', now: stage.service.clock.now() }, code)
    const client = stage.service.database.asSuperuser
    await client.query('begin; set local session_replication_role = replica')
    await client.query(`update concern set channel = 'phone' where id = $1`, [ctx.concernId])
    await client.query('commit')
    await enter(page, code)
    expect(pathOf(page)).toBe('/b/10')
    await screenshot(page, 'inbox-new-code-first-320')
    await page.getByRole('button', { name: 'Give me a new code' }).focus()
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
    expect(pathOf(page)).toBe('/b/11')
    await page.getByRole('button', { name: 'I have written it down' }).focus()
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
    expect(await page.getByText('Your new code works now.').isVisible()).toBe(true)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Add this date to my calendar' }).first().click()
    expect((await download).suggestedFilename()).toBe('date.ics')
  })

  test('give a copy to keep, with a letter that prints on white paper with nothing of the screen on it', long, async () => {
    const page = await someone()
    const code = await send(page)
    await enter(page, code)
    await page.getByRole('link', { name: 'Keep proof that you spoke up' }).click()
    await look(page, 'copy-waiting')
    const signing = startSigning(stage.service)
    await signing.integrate()
    await signing.close()
    await page.reload()
    await look(page, 'copy')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /Save the file.*All that you wrote/ }).click()
    expect((await download).suggestedFilename()).toBe('copy.txt')
    await page.getByRole('link', { name: /Open the letter.*All that you wrote/ }).click()
    await look(page, 'letter')
    await page.emulateMedia({ media: 'print' })
    await screenshot(page, 'inbox-letter-print')
    for (const hidden of ['Close and leave', 'Back', 'Print it with your browser'])
      expect(await page.getByText(hidden).filter({ visible: true }).count()).toBe(0)
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('show how it ended, and staff the whole track of bad treatment', long, async () => {
    const page = await someone()
    const { service } = stage.service
    const { id, token } = await raise(stage.service, '07')
    const now = () => stage.service.clock.now()
    const reporter = () => service.concerns.openByToken({ requestId: 'test', now: now() }, token)
    const guardian = await stage.service.contextOf('guardian')
    const act = async (action: 'acknowledge' | 'triage' | 'resolve_without_investigation' | 'resolve', input: object) => {
      const { version } = await service.concerns.viewConcern(guardian, id)
      await service.concerns.act(guardian, id, action, { expectedVersion: version, ...input } as never)
    }
    await act('acknowledge', { message: 'Thank you. I have read it and will come back to you.' })
    await act('triage', {
      riskGrade: 'low',
      elements: ['worker_safety_wellbeing'],
      decision: 'resolve_without_investigation',
      consent: 'not_applicable',
      conflict: 'none',
      title: 'Water and air on the ward',
    })
    const decidedBy = guardian.person.userId
    await act('resolve_without_investigation', {
      reasonCode: 'facts_agreed',
      reason: 'Known.',
      decidedBy,
      message: 'It is being repaired.',
    })
    await act('resolve', {
      outcome: 'resolved_informally',
      feedbackShared: 'summary',
      learning: 'Check the filters.',
      message: 'The filters were changed and are checked each month.',
    })
    const said = { kinds: ['bullying' as const, 'moved' as const], about: [] }
    const { id: first } = await service.concerns.reportDetriment(
      await reporter(),
      { ...said, description: 'I was moved to another ward the week after.' },
      null,
    )
    await service.concerns.giveFeedback(
      await reporter(),
      { speakUpAgain: 'maybe', listened: 'partly', comment: 'It took a long time.' },
      null,
    )
    await enter(page, token)
    await look(page, 'outcome')

    await signInAs(page, stage.service, 'guardian')
    await page.goto('/concerns')
    expect(await page.getByText('Bad treatment reported and no plan made').first().isVisible()).toBe(true)
    await look(page, 'staff-queue')
    await page.goto(`/concerns/${id}/detriment`)
    await look(page, 'staff-detriment')
    const step = async (link: string, name: string, fill: () => Promise<void>, save: string) => {
      await page.locator('main').getByRole('button', { name: link, exact: true }).first().click()
      await look(page, `staff-${name}`)
      await goOn(page, save)
      await look(page, `staff-${name}-error`)
      await fill()
      await goOn(page, save)
    }
    await step(
      'Assess the risk',
      'risk',
      async () => {
        await page.getByLabel('High', { exact: true }).check()
        await page.getByLabel('What makes you think so').fill('She works nights alone with the people she wrote about.')
      },
      'Save the risk',
    )
    await step(
      'Set a plan',
      'plan',
      async () => {
        await page.getByLabel('The plan').fill('Back to her own ward by Monday. The matron calls her each week.')
        await page.getByLabel('Day').first().fill('4')
        await page.getByLabel('Month').first().fill('January')
        await page.getByLabel('Year').first().fill('2027')
      },
      'Save the plan',
    )
    await look(page, 'staff-detriment-plan-set')
    await step(
      'Record a review',
      'review',
      async () => {
        await page.getByLabel('4 January 2027').check()
        await page.getByLabel('It has stopped').check()
        await page.getByLabel('What you found').fill('She says it has stopped.')
      },
      'Save the review',
    )
    await service.concerns.reportDetriment(await reporter(), { ...said, description: 'It began again.' }, null)
    await page.goto(`/concerns/${id}/detriment`)
    await step(
      'Close this report',
      'closure',
      async () => {
        await page.getByLabel('Put right, and the person agrees').check()
        await page.getByLabel('Why it can be closed').fill('She agrees.')
      },
      'Close this report',
    )
    await look(page, 'staff-detriment-two')
    expect(
      (await service.concerns.viewDetriment(guardian, id)).reports.map(({ id: report, status }) => [report === first, status]),
    ).toEqual([
      [true, 'closed'],
      [false, 'reported'],
    ])
    await page.goto(`/concerns/${id}/records`)
    expect(await page.getByText('It took a long time.').isVisible()).toBe(true)
    await look(page, 'staff-feedback')
    await page.context().clearCookies()
    await signInAs(page, stage.service, 'executive')
    await page.goto('/escalated')
    await look(page, 'staff-leads')
    expect(await page.getByText('Bad treatment reported').isVisible()).toBe(true)
  })
})
