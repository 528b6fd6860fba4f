import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCommitmentOf } from '../../src/audit/index.ts'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { startSigning, type TestSigning } from '../support/log.ts'
import { lookAt } from '../support/look.ts'
import { openStage, press, raise, staffAt, type Stage } from './staff-stage.ts'

let stage: Stage
let signing: TestSigning
let auditor: Visit
let guardian: Visit

const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'
const long = { timeout: 180_000 }

const look = (page: Page, name: string, path?: string) => lookAt(page, `samples-${name}`, { path, fingers: false })

const code = (person: 'auditor' | 'guardian') => {
  stage.service.clock.advance({ seconds: 30 })
  return stage.service.codeOf(person)
}

describe.skipIf(findBrowser() === null)('the pages of a sample stand at 1280 and 320 px, and for axe', () => {
  beforeAll(async () => {
    stage = await openStage()
    const { service } = stage
    signing = startSigning(service)
    for (let at = 0; at < 8; at += 1) await raise(service, '07', { openness: 'confidential', identity: { name: 'A. Nurse' }, about: [] })
    service.clock.advance({ hours: 48 })
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
    auditor = await staffAt(stage, 'auditor')
    guardian = await staffAt(stage, 'guardian')
  }, 120_000)
  afterAll(async () => {
    for (const visit of [auditor, guardian]) {
      expect([visit.strayRequests, visit.consoleLines.filter((line) => !line.includes('422')), stage.service.unexpected]).toEqual([
        [],
        [],
        [],
      ])
      await visit.close()
    }
    await signing.close()
    await stage.close()
  })

  test('fixed, drawn, unlocked and read', long, async () => {
    const [theirs, ours] = [auditor.page, guardian.page]
    await look(theirs, 'fix', '/log/samples')
    await press(theirs, 'Fix the draw')
    await look(theirs, 'fix-error')
    const today = londonDate(stage.service.clock.now())
    await theirs.getByLabel('Raised from').fill(addDays(today, -40))
    await theirs.getByLabel('Raised until').fill(addDays(today, -1))
    await theirs.getByLabel('How many concerns').fill('2')
    await theirs.getByLabel('Commitment').fill(sampleCommitmentOf(numbers))
    await theirs.getByLabel('Six-digit code').fill(code('auditor'))
    await press(theirs, 'Fix the draw')
    const sample = theirs.url()
    await look(theirs, 'fixed')
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
    await look(theirs, 'covered', sample)
    await theirs.getByLabel('Numbers').fill(`${numbers} 1`)
    await press(theirs, 'Draw the sample')
    await look(theirs, 'other-numbers')
    await theirs.getByLabel('Numbers').fill(numbers)
    await press(theirs, 'Draw the sample')
    await look(theirs, 'sample-waiting')

    await look(ours, 'asked', '/samples')
    await ours.locator('main a').first().click()
    await look(ours, 'answer')
    await ours.getByLabel('What the auditor may read').fill('Ring me on 0161 496 0000 about the alarm.')
    await ours.getByLabel('Six-digit code').fill(code('guardian'))
    await press(ours, 'Unlock this text for the auditor')
    await look(ours, 'answer-left')
    await ours.getByLabel('What the auditor may read').fill('The alarm on the ward is off.\n\nThe book says that it was checked.')
    await ours.locator('input[name="show"]').first().check()
    await ours.getByLabel('Six-digit code').fill(code('guardian'))
    await press(ours, 'Unlock this text for the auditor')
    await look(ours, 'asked-done')
    await ours.locator('main a').first().click()
    await ours.getByLabel('Proceedings forbid it for now').check()
    await press(ours, 'Do not show it')
    await look(ours, 'asked-empty', '/samples')

    await look(theirs, 'sample', sample)
    await theirs.getByRole('link', { name: 'Read the masked text' }).click()
    await look(theirs, 'text')
    await look(theirs, 'list', '/log/samples')
  })
})
