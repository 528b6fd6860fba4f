import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { words as acknowledge } from '../../../src/web/pages/actions/acknowledge/words.en.ts'
import { showInbox } from '../../../src/web/pages/inbox/view.ts'
import { words as inboxWords } from '../../../src/web/pages/inbox/words.en.ts'
import { words as known } from '../../../src/web/pages/inbox-known/words.en.ts'
import { words as cards } from '../../../src/web/pages/token-cards/words.en.ts'
import { cardsView } from '../../../src/web/pages/token-cards/view.ts'
import { quietInbox, startFakeWeb, token, type FakeWeb } from './reporter-fake.ts'

const ended = { code: 'advice_given', feedbackShared: 'summary', on: '2026-11-24' as DateText } as const
const links = (outcome: typeof ended | null) => showInbox({ ...quietInbox, outcome }, inboxWords, 'en').actions.map(({ text }) => text)

let fake: FakeWeb

beforeAll(async () => {
  fake = await startFakeWeb()
})
afterAll(() => fake.web.close())

describe('no page promises a frightened person more than can be kept', () => {
  test('a name is kept back, save where the law or a risk of serious harm does not allow it, and both sides say so', () => {
    for (const said of [known.sure.confidential, acknowledge.suggestion('Grace', 'confidential', false)]) {
      expect(said).toMatch(/the law/i)
      expect(said).toContain('a risk of serious harm')
    }
  })

  test('how it went can be told once, so it is offered last until there is an end, and first from then on', () => {
    expect(links(null).at(-1)).toBe('Tell us how it went')
    expect(links(ended)[0]).toBe('Tell us how it went')
    expect(links(ended)).toHaveLength(links(null).length)
  })

  test('who asked to stop is told that they may think again', () => {
    const { withdrawal } = showInbox({ ...quietInbox, withdrawalAskedOn: '2026-11-24' as DateText }, inboxWords, 'en')
    expect(withdrawal).toContain('If you change your mind, write to us here.')
  })

  test('who tells how it went before the end is told that it is early, and afterwards is not', async () => {
    await fake.web.submit('/b', { code: token })
    fake.service.inbox = { ...quietInbox }
    const early = (await fake.web.get('/b/8')).text
    fake.service.inbox = { ...quietInbox, outcome: ended }
    const late = (await fake.web.get('/b/8')).text
    expect([early.includes('We are not done yet.'), late.includes('We are not done yet.')]).toEqual([true, false])
    expect(late).toContain('You can do this once.')
  })
})

describe('a code for somebody on the telephone', () => {
  test('is spelled out, group by group', () => {
    const answer = { token: '7WXA4T8M7WXA4T8M7WXA4T8M7WXA', joint: [], status: 'raised', acknowledgeBy: '2026-11-26' }
    const surroundings = { waiting: 0, publicOrigin: 'https://x.example', today: '2026-11-24' as DateText }
    const { cards: shown } = cardsView(answer as unknown as Parameters<typeof cardsView>[0], surroundings, cards, 'en')
    expect(shown[0]!.spelled).toHaveLength(7)
    expect(shown[0]!.spelled[1]).toEqual({ group: 'Group 2', text: '4, T for Tango, 8, M for Mike' })
  })
})

describe('the pages of law and pledge', () => {
  test.each(['/help/law', '/help/pledge'])('%s lists its parts first, and each link leads to its part', async (path) => {
    const { text } = await fake.web.get(path)
    const places = [...text.matchAll(/href="#((?:part-|helplines)[^"]*)"/g)].map(([, id]) => id)
    expect(places.length).toBeGreaterThan(4)
    for (const id of places) expect(text).toMatch(new RegExp(`<h2[^>]* id="${id}"`))
  })

  test('keep the source of each text behind a press, and never a doubt', async () => {
    const { text } = await fake.web.get('/help/law')
    const texts = text.split('<section class="app-text"').slice(1)
    const doubtful = texts.filter((one) => /did not check it|Check the words/.test(one))
    expect(doubtful.length).toBeGreaterThan(3)
    for (const one of texts) expect(one.indexOf('<details')).toBeLessThan(one.indexOf('class="app-source"'))
    for (const one of doubtful) expect(one.slice(0, one.indexOf('<details'))).toContain('Nobody here has checked these words yet.')
    for (const one of texts.filter((other) => !doubtful.includes(other))) expect(one).not.toContain('Nobody here has checked')
  })
})

describe('a telephone number', () => {
  test.each(['/', '/help'])('can be pressed where somebody may be in danger: %s', async (path) => {
    expect((await fake.web.get(path)).text).toContain('href="tel:999"')
  })
})
