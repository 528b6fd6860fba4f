import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StaffContext } from '../../src/accounts/index.ts'
import type { ConcernId } from '../../src/kernel/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { findings, words } from '../integration/concerns/handling-world.ts'
import { goOn, openStage, send, type Stage } from './reporter-stage.ts'

let stage: Stage
let guardian: StaffContext
let investigator: StaffContext
const visits: Visit[] = []

const look = (page: Page, name: string) => lookAt(page, `promises-${name}`)

const long = { timeout: 240_000 }

describe.skipIf(findBrowser() === null)('what we promised, for the person who raised it', () => {
  beforeAll(async () => {
    stage = await openStage()
    guardian = await stage.service.contextOf('guardian')
    investigator = await stage.service.contextOf('investigator')
  })
  afterAll(async () => {
    for (const visit of visits) {
      expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('429'))]).toEqual([[], []])
      await visit.close()
    }
    expect(stage.service.unexpected).toEqual([])
    await stage.close()
  })

  const on = (day: string) => stage.service.clock.set(`${day}T09:00:00Z`)
  /** Signed in once, and acting at this moment of the clock. */
  const now = (ctx: StaffContext): StaffContext => ({ ...ctx, now: stage.service.clock.now() })
  const someone = async (): Promise<Page> => {
    const visit = await stage.person()
    visits.push(visit)
    return visit.page
  }
  async function enter(code: string): Promise<Page> {
    const page = await someone()
    await page.goto('/b')
    await page.getByLabel('Enter your code').fill(code)
    await goOn(page, 'Continue')
    return page
  }
  const raised = async (): Promise<{ code: string; id: ConcernId }> => {
    on('2026-11-24')
    const page = await someone()
    const code = await send(page)
    const ctx = await stage.service.service.concerns.openByToken({ requestId: 'test', now: stage.service.clock.now() }, code)
    return { code, id: ctx.concernId }
  }
  const act = async (id: ConcernId, action: string, input: object): Promise<void> => {
    const { concerns } = stage.service.service
    const { version } = await concerns.viewConcern(now(guardian), id)
    await concerns.act(now(guardian), id, action as never, { expectedVersion: version, ...input } as never)
  }
  const investigating = async (id: ConcernId): Promise<void> => {
    await act(id, 'acknowledge', words.acknowledge)
    await act(id, 'triage', { ...words.triage, elements: [...words.triage.elements] })
    const terms = { terms: 'Look at the rota.', expectedEnd: '2027-01-05', message: 'Somebody will look into it.' }
    await act(id, 'start_investigation', { investigatorId: investigator.person.userId, ...terms })
  }

  test('is said while it is kept, when it is late and when it is very late, and sent on with the keyboard alone', long, async () => {
    const { code } = await raised()
    await look(await enter(code), 'in-time')
    on('2026-12-01')
    await look(await enter(code), 'late')
    on('2026-12-16')
    const page = await enter(code)
    await look(page, 'very-late')
    await page.getByRole('button', { name: 'Send it on' }).press('Enter')
    await look(page, 'send-on')
    await page.getByLabel('Do you want to say more?').fill('Nobody answers me.')
    await page.getByRole('button', { name: /^Send it to / }).press('Enter')
    await look(page, 'sent-on')
    await goOn(page, 'Send it on')
    await page.getByRole('button', { name: /^Send it to / }).press('Enter')
    await look(page, 'nobody-left')

    const bare = await someone()
    await bare.goto('/f/2')
    await bare.getByLabel('Your code').fill((await raised()).code)
    on('2026-12-02')
    await goOn(bare, 'Read, or send my message')
    await look(bare, 'one-page')
  })

  test('is said with its reason when it is paused or moved, and what was kept is folded away', long, async () => {
    const { code, id } = await raised()
    await investigating(id)
    const clock = { clock: 'T7', reason: 'As the police asked.', message: 'We wait for the police.' }
    await act(id, 'pause_clock', { ...clock, until: '2026-12-08', reasonCode: 'police_hold' })
    await look(await enter(code), 'paused')
    await act(id, 'resume_clock', { clock: 'T7', message: 'We go on.' })
    await act(id, 'extend_clock', { ...clock, until: '2027-02-20', reasonCode: 'waiting_for_records' })
    const page = await enter(code)
    for (const summary of await page.locator('summary').all()) await summary.click()
    await look(page, 'extended')
  })

  test('is asked for three months after the outcome, and worse leads on to the report', long, async () => {
    const { code, id } = await raised()
    await investigating(id)
    const { concerns } = stage.service.service
    const { version } = await concerns.viewConcern(now(guardian), id)
    await concerns.act(now(investigator), id, 'record_findings', { expectedVersion: version, ...findings() })
    await act(id, 'resolve', words.resolve)
    on('2027-02-12')
    const page = await enter(code)
    await look(page, 'follow-up-asked')
    await goOn(page, 'Tell us how you are treated')
    await look(page, 'follow-up')
    await goOn(page, 'Send my answer')
    await look(page, 'follow-up-error')
    await page.getByLabel('Worse than before').check()
    await page.getByLabel('Do you want to say more?').fill('My shifts were cut.')
    await goOn(page, 'Send my answer')
    expect(new URL(page.url()).pathname).toBe('/b/9')
  })
})
