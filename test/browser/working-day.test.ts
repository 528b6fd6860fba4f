import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCases } from '../../src/demonstration/index.ts'
import type { ConcernId } from '../../src/kernel/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import type { Visit } from '../support/browser.ts'
import { openStage, staffAt, type Stage } from './staff-stage.ts'

const total = 40
/** The one that is closed at the end: nothing about patients, so no second person is asked. */
const door = 5

/**
 * A guardian's morning at the keyboard: no pointer is ever used, scripts are off. Every control is reached with Tab, as somebody who cannot use
 * a mouse reaches it.
 */
describe.skipIf(findBrowser() === null)(
  'a guardian’s working day with forty open concerns at three sites, by keyboard',
  { timeout: 240_000 },
  () => {
    let stage: Stage
    let grace: Visit
    let page: Page
    const raised: { readonly id: ConcernId; readonly token: string; readonly reference: string }[] = []

    beforeAll(async () => {
      stage = await openStage()
      const { service, clock, database } = stage.service
      const { sites } = await service.settings.current()
      expect(sites.length).toBeGreaterThanOrEqual(3)
      const cases = readCases()
      for (let number = 0; number < total; number += 1) {
        const ctx = { requestId: 'test', now: clock.now() }
        const { input } = cases[number % cases.length]!
        const site = sites[number % 3]!.name
        const { token } = await service.concerns.raise(
          ctx,
          { ...input, site, immediateDanger: 'no', ...(number === door && { elements: [] }) },
          null,
        )
        const { concernId } = await service.concerns.openByToken(ctx, token)
        const { rows } = await database.asSuperuser.query<{ reference: string }>('select reference from concern where id = $1', [concernId])
        raised.push({ id: concernId, token, reference: rows[0]!.reference })
      }
      grace = await staffAt(stage, 'guardian', { scripts: false })
      page = grace.page
    }, 120_000)
    afterAll(async () => {
      expect(stage.service.unexpected).toEqual([])
      expect(grace.consoleLines).toEqual([])
      expect(grace.strayRequests).toEqual([])
      expect(stage.service.unexpected).toEqual([])
      await grace.close()
      await stage.close()
    })

    const main = () => page.locator('main')
    const words = () => main().innerText()

    async function tabTo(control: Locator): Promise<void> {
      expect(await control.count()).toBe(1)
      for (let stops = 0; stops < 400; stops += 1) {
        if (await control.evaluate((element) => element === element.ownerDocument.activeElement)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`no way by Tab to ${control.toString()}`)
    }

    async function follow(control: Locator): Promise<void> {
      await tabTo(control)
      await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
    }

    const link = (name: string) => follow(page.getByRole('link', { name, exact: true }).first())
    const button = (name: string) => follow(main().getByRole('button', { name, exact: true }))

    async function write(label: string, text: string): Promise<void> {
      await tabTo(main().getByLabel(label, { exact: true }))
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(text)
    }

    async function tick(label: string): Promise<void> {
      const box = main().getByLabel(label, { exact: true })
      await tabTo(box)
      await page.keyboard.press('Space')
      expect(await box.isChecked()).toBe(true)
    }

    /** One stop of Tab leads into a group of radios; the arrows choose. */
    async function choose(legend: string, label: string): Promise<void> {
      const group = main().getByRole('group', { name: legend })
      const wanted = group.getByLabel(label, { exact: true })
      const radios = group.getByRole('radio')
      for (let stops = 0; !(await anyFocused(radios)); stops += 1) {
        if (stops > 400) throw new Error(`no way by Tab to ${legend}`)
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('Space')
      for (let steps = 0; !(await wanted.isChecked()); steps += 1) {
        if (steps > 20) throw new Error(`no way by arrows to ${label}`)
        await page.keyboard.press('ArrowDown')
      }
    }

    async function anyFocused(controls: Locator): Promise<boolean> {
      return controls.evaluateAll((elements) => elements.some((element) => element === element.ownerDocument.activeElement))
    }

    async function find({ reference }: { readonly reference: string }): Promise<void> {
      await page.goto('/concerns')
      await tabTo(main().getByLabel('Find by reference', { exact: true }))
      await page.keyboard.insertText(reference.toLowerCase().replaceAll('-', ' '))
      await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
      await link(reference)
    }

    test('the day begins with all of them, a page at a time', async () => {
      await page.goto('/concerns')
      expect(await words()).toContain(`Showing 1 to 25 of ${total}`)
      await link('Next page')
      expect(await words()).toContain(`Showing 26 to ${total} of ${total}`)
    })

    test('finds the one somebody called about, and answers it', async () => {
      const wanted = raised[17]!
      await find(wanted)
      await button('Acknowledge')
      await button('Send and acknowledge')
      expect(await words()).toContain('Acknowledged. The person can now read your answer.')
      await link('Messages')
      await write('Your message', 'We meet tomorrow at ten, if that suits you.')
      await button('Check the message')
      await button('Send to the person who raised this')
      expect(await words()).toContain('We meet tomorrow at ten')
      const { service, clock } = stage.service
      const ctx = { requestId: 'test', now: clock.now() }
      const { messages } = await service.concerns.readInbox(await service.concerns.openByToken(ctx, wanted.token))
      expect(messages.at(-1)?.body).toBe('We meet tomorrow at ten, if that suits you.')
    })

    test('hands three over to a colleague with one note', async () => {
      for (const concern of raised.slice(20, 23)) {
        await find(concern)
        await link('Assign')
        await choose('Who owns it from now on?', 'Grace Okafor, guardian')
        await button('Assign')
      }
      await link('Hand over')
      await choose('To whom?', 'Daniel Reid, guardian')
      await write('Note for the colleague', 'I am away until Monday.')
      await button('Hand over')
      expect(await words()).toContain('3 concerns were handed over.')
    })

    test('concludes three short talks, each on one page', async () => {
      for (const title of ['A broken lamp', 'Where to park a bicycle', 'How to ask about the rota']) {
        await link('Record a short talk')
        await write('A title for colleagues', title)
        await write('What they said', `${title}: they asked what to do.`)
        await write('What you advised or agreed', 'I told them whom to ask, and that they may come back.')
        await choose('How did it end?', 'Advice given')
        await tick('The risk is low')
        await tick('They are not treated badly for speaking up, and do not fear it')
        await tick('They agree that this settles it')
        await choose('How did it reach you?', 'In person')
        await choose('Do they want a code to come back with?', 'No')
        await button('Save and conclude')
        expect(await words()).toContain('Recorded and concluded as F-')
      }
    })

    test('closes one whose work is done', async () => {
      const wanted = raised[door]!
      await find(wanted)
      await button('Acknowledge')
      await button('Send and acknowledge')
      await button('Triage')
      await write('A title for colleagues', 'A door that sticks')
      await choose('How great is the risk?', 'Low')
      await choose('What should happen?', 'Resolve without an investigation')
      await choose('What has the person agreed to?', 'Not applicable')
      await choose('Is there a conflict of interest?', 'No conflict of interest')
      await button('Save triage')
      await button('Resolve without an investigation')
      await choose('Why is no investigation needed?', 'It can be put right now')
      await write('The reason in your words', 'The door is mended.')
      await choose('Who decided this?', 'Grace Okafor, guardian')
      await write('What you tell the person', 'The door was mended today. Thank you.')
      await button('Continue')
      await button('Yes, resolve without an investigation')
      await button('Resolve')
      await choose('How did it end?', 'Resolved informally')
      await choose('What is shared with the person?', 'A summary')
      await write('What was learned?', 'None.')
      await write('What you tell the person', 'The door was mended. Thank you for telling us.')
      await button('Send and resolve')
      await button('Close')
      await choose('Has somebody checked that the person is not treated badly for speaking up?', 'The checks are done')
      await button('Close the concern')
      expect(await words()).toContain('Closed')
    })
  },
)
