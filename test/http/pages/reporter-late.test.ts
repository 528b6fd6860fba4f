import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import { createHttpClient, type HttpClient } from '../../support/http-client.ts'
import { startHandlingWorld, type HandlingWorld } from '../../integration/concerns/handling-world.ts'
import { answerAndGoOn } from './reporter-stage.ts'

let world: HandlingWorld
let web: HttpClient
beforeAll(async () => {
  world = await startHandlingWorld()
  web = await createHttpClient(world.app)
}, 60_000)
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await web.close()
  await world.close()
})

const inDays = (days: number) => addDays(londonDate(world.clock.now()), days)
const raised = async () => {
  world.clock.set('2026-11-24T09:00:00Z')
  return world.raise({ openness: 'anonymous' })
}

/** What the person reads on a day: everything, the notices that stand out, and the same page where no cookie is kept. */
async function readsOn(instant: string, code: string) {
  world.clock.set(instant)
  const person = web.someoneElse()
  await answerAndGoOn(person, '/b', { code, minutes: '180' })
  const { text, page } = await person.get('/b/1')
  const plain = (html: string) =>
    html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  const notices = [...text.matchAll(/<div class="nhsuk-inset-text app-notice">([\s\S]*?)<\/div>/g)].map(([, html]) => plain(html!))
  const withoutCookie = (await web.someoneElse().submit('/f/2', { code })).page.words
  return { words: page.words, withoutCookie, late: notices.filter((each) => each.includes('We are late')) }
}
const times = (words: string, said: string) => words.split(said).length - 1

describe('the line that says we are late', () => {
  test('is not there as long as every promise is kept, on its last day too', async () => {
    const { token } = await raised()
    const { words, late, withoutCookie } = await readsOn('2026-11-26T23:30:00Z', token)
    expect([late, times(words, 'We are late'), times(withoutCookie, 'We are late'), times(words, 'sorry')]).toEqual([[], 0, 0, 0])
    expect(words).toContain('No reply yet. We will write by 26 November 2026.')
  })

  test('stands once for one broken promise, from the first minute after its day', async () => {
    const { token } = await raised()
    const { words, late, withoutCookie } = await readsOn('2026-11-27T00:01:00Z', token)
    expect(late).toEqual(['We said we would write to you by 26 November 2026. We are late. We are sorry.'])
    expect([times(words, 'We are late'), times(withoutCookie, 'We are late. We are sorry.')]).toEqual([1, 1])
    expect(words).not.toContain('No reply yet')
  })

  test('stands for each of several broken promises, the oldest first', async () => {
    const { token, id } = await raised()
    await world.bring(id, 'investigating')
    const { late, withoutCookie } = await readsOn('2027-04-30T09:00:00Z', token)
    expect(late).toEqual([
      'We said we would write to you again by 22 December 2026. We are late. We are sorry.',
      expect.stringMatching(/^We said we would finish looking into it by .* 2027\. We are late\. We are sorry\.$/),
    ])
    expect(times(withoutCookie, 'We are late. We are sorry.')).toBe(2)
  })

  test('becomes “We were late” once it is done, and is not taken back; the next promise stands beside it', async () => {
    const { token, id } = await raised()
    world.clock.set('2026-12-01T09:00:00Z')
    await world.bring(id, 'acknowledged')
    const { words, late, withoutCookie } = await readsOn('2026-12-01T09:00:00Z', token)
    expect(late).toEqual([])
    for (const page of [words, withoutCookie]) {
      expect(page).toContain('We said we would write to you by 26 November 2026. We were late. We are sorry.')
      expect(times(page, 'We are late')).toBe(0)
      expect(page).toContain('We will decide what to do, and tell you by 15 December 2026.')
    }
    const other = await raised()
    world.clock.set('2026-12-01T09:00:00Z')
    await world.bring(other.id, 'resolved')
    // However well the rest went
    expect((await readsOn('2026-12-02T09:00:00Z', other.token)).words).toContain('by 26 November 2026. We were late. We are sorry.')
  })

  test('is not said of what stands still, with its reason; of what runs beside it, it is', async () => {
    const { token, id } = await raised()
    await world.bring(id, 'investigating')
    world.clock.set('2026-12-21T09:00:00Z')
    const pause = { clock: 'T7', until: inDays(11), reasonCode: 'police_hold', reason: 'The police asked us.' } as const
    await world.act('guardian', id, 'pause_clock', pause)
    const paused = await readsOn('2026-12-22T09:00:00Z', token)
    expect(paused.late).toEqual([])
    expect(paused.words).toMatch(/We wait until 1 January 2027\. Then we will finish looking into it by .* 2027\./)
    expect(paused.words).toContain('The police or another body asked us to wait.')
    const late = await readsOn('2026-12-30T09:00:00Z', token)
    expect(late.late.map((each) => each.includes('finish'))).toEqual([false])
    expect(late.words).toContain('We wait until 1 January 2027.')
  })

  test('comes after a pause like after any other time: with the moved date, and with the first', async () => {
    const { token, id } = await raised()
    await world.bring(id, 'investigating')
    world.clock.set('2026-12-21T09:00:00Z')
    await world.act('guardian', id, 'pause_clock', { clock: 'T7', until: inDays(11), reasonCode: 'police_hold', reason: 'They asked.' })
    const { late } = await readsOn('2027-04-30T09:00:00Z', token)
    const own = late.find((each) => each.includes('finish looking into it'))
    expect(own).toMatch(
      /We are late\. We are sorry\. We paused this on 21 December 2026, until 1 January 2027\. .* The first date was .* 2027\.$/,
    )
  })
})
