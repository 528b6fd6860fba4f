import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findBrowser } from '../support/browser-path.ts'
import { phone, type VisitOptions } from '../support/browser.ts'
import { lookAt } from '../support/look.ts'
import { answerAll, codeOn, goOn, openStage, questions, type Stage } from './reporter-stage.ts'

let stage: Stage

describe.skipIf(findBrowser() === null)(
  'every page of a reporter stands at 1280 and 320 px, for axe and fingers, with its text spaced widely',
  () => {
    beforeAll(async () => {
      stage = await openStage()
    })
    afterAll(async () => {
      expect(stage.service.unexpected).toEqual([])
      await stage.close()
    })

    async function person(options: VisitOptions = {}) {
      const visit = await stage.person({ viewport: phone, ...options })
      onTestFinished(() => {
        expect([visit.strayRequests, visit.consoleLines]).toEqual([[], []])
        return visit.close()
      })
      return visit.page
    }

    const hold = (page: Page, name: string) => lookAt(page, `reporter-${name}`)
    const open = (page: Page, path: string, name: string) => lookAt(page, `reporter-${name}`, { path })

    test('that anybody may open', { timeout: 90_000 }, async () => {
      const page = await person()
      for (const [path, name] of [
        ['/', 'start'],
        ['/talk', 'talk-to-a-person'],
        ['/help', 'help'],
        ['/how-we-protect-you', 'how-we-protect-you'],
        ['/help/promises', 'promises'],
        ['/s/4', 'answers-gone'],
        ['/s/14', 'receipt-gone'],
        ['/s/1a', 'no-cookie'],
        ['/s/16', 'next-without-receipt'],
        ['/b', 'inbox-code'],
        ['/b/1', 'inbox-closed'],
      ] as const)
        await open(page, path, name)
    })

    test('with a question, empty and answered', { timeout: 180_000 }, async () => {
      const page = await person()
      await page.goto('/s/1')
      await goOn(page, 'Continue')
      for (const { path, name } of questions.filter(({ path: at }) => !at.startsWith('/s/12'))) await open(page, path, `${name}-empty`)
      await answerAll(page, ({ name }) => hold(page, name))
      await hold(page, 'r09-check')
    })

    test('with an error, and with a very long text', { timeout: 180_000 }, async () => {
      const page = await person()
      await page.goto('/s/1')
      await goOn(page, 'Continue')
      for (const [path, name] of [
        ['/s/2', 'r02-danger-error'],
        ['/s/4', 'r04-what-happened-error'],
      ] as const) {
        await page.goto(path)
        await goOn(page, 'Continue')
        await hold(page, name)
      }
      await page.goto('/s/5')
      await page.getByLabel('Day').fill('4')
      await goOn(page, 'Continue')
      await hold(page, 'r05-where-when-error')
      await page.goto('/s/8')
      await page.getByLabel('Is it about anyone else?').fill('x'.repeat(201))
      await goOn(page, 'Continue')
      await hold(page, 'r07b-about-error')
      await page.goto('/s/8')
      await page.getByLabel('Is it about anyone else?').fill('Okafor\nReid\nMarsh\nPrice')
      await goOn(page, 'Continue')
      await hold(page, 'r07b-nobody-left')
      await page.goto('/s/8')
      await page.getByLabel('Is it about anyone else?').fill('')
      await goOn(page, 'Continue')
      await page.goto('/s/4')
      await page
        .getByLabel('What happened?')
        .fill(`My name is Jo Bloggs, 07700 900123. ${'Averylongwordwithoutanyblank'.repeat(40)}\n${'word '.repeat(500)}`)
      await goOn(page, 'Continue')
      await open(page, '/s/13', 'r09-check-long')
    })

    test('after Send, and with the code again', { timeout: 180_000 }, async () => {
      const page = await person()
      await answerAll(page)
      await goOn(page, 'Send my concern')
      await hold(page, 'r10-code')
      const code = await codeOn(page)
      await goOn(page, 'I have written it down')
      await hold(page, 'r11-check-code')
      await page.getByLabel('Group 2').fill(code.slice(4, 8))
      await goOn(page, 'Check')
      await hold(page, 'r11-mismatch')
      await goOn(page, 'Skip this')
      await hold(page, 'r12-next')

      const enter = async (typed: string): Promise<void> => {
        await page.goto('/b')
        await page.getByLabel('Enter your code').fill(typed)
        await goOn(page, 'Continue')
      }
      await enter(code.slice(0, 27) + (code.endsWith('0') ? '1' : '0'))
      await hold(page, 'inbox-code-mistyped')
      await enter(code)
      await hold(page, 'inbox-empty')
      await goOn(page, 'Write a message')
      await hold(page, 'inbox-reply')
      await goOn(page, 'Send message')
      await hold(page, 'inbox-reply-error')
      await page.getByLabel('Write a message').fill(`More.\n${'Averylongwordwithoutanyblank'.repeat(20)}`)
      await goOn(page, 'Send message')
      await hold(page, 'inbox-sent')
      await page.goto('/b/2')
      await page.getByLabel('Write a message').fill('Written slowly.')
      stage.service.clock.advance({ hours: 24 * 7 })
      await goOn(page, 'Send message')
      await hold(page, 'inbox-code-again')
      await enter(code)
      await hold(page, 'inbox-late')
    })
  },
)
