import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSettingsStage, ofEveryChange, type SettingsStage } from './settings-stage.ts'
import { pressOn } from './staff-stage.ts'

let stage: SettingsStage
beforeAll(async () => {
  stage = await openSettingsStage()
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

/** Fills in, looks at what it would do, then saves. */
async function inTwoSteps(path: string, fields: Readonly<Record<string, string>>) {
  const { sam, app } = stage
  const preview = await pressOn(sam, await sam.get(path), fields, path)
  expect([preview.status, preview.text.includes('What this would change')]).toEqual([200, true])
  return { preview, saved: await pressOn(sam, preview, ofEveryChange(app, preview), path) }
}

/** What anybody can read of the first promise: on the page and as data. */
async function promised() {
  stage.app.clock.advance({ seconds: 6 })
  const stranger = stage.stranger()
  const { on, items } = (await stranger.api('get', '/api/v1/limits')).json<{ on: string; items: readonly { code: string }[] }>()
  return { on, page: (await stranger.get('/help/promises')).text, api: items.find(({ code }) => code === 'T1') }
}

describe('a time limit', () => {
  test('is announced with a day, shown beside the one in force, and taken back', async () => {
    const path = '/settings/time-limits/T1'
    const form = await stage.sam.get(path)
    expect(form.text).not.toContain('name="pauseCap"')
    const { preview, saved } = await inTwoSteps(path, { limit: '3', source: 'Board, 20 November 2026', warnBefore: '' })
    expect(preview.text).toContain('Nobody of staff side gets a letter')
    expect(saved.location).toBe('/settings/time-limits?done=limit')
    const list = await stage.sam.get('/settings/time-limits')
    expect(list.page.words).toContain('Version 1, from the first day of this service.')
    expect(list.page.words).not.toContain('1 Jan 2018')
    expect(list.page.words).toContain('The date that each one names (60 working days where it names none)')
    expect(list.text).toMatch(/T1 Acknowledge: 2 working days[\s\S]*Announced: version 2, from [\s\S]*: 3 working days/)
    const [announced] = await stage.entries('limit_announced')
    expect(announced!.fields).toMatchObject({ code: 'T1', version: 2, people: 0 })
    const told = await promised()
    expect(told.page).toMatch(
      /We write to you[\s\S]*Within 2 working days[\s\S]*This will change on [\s\S]*Within 3 working days[\s\S]*We said so on/,
    )
    expect(told.api).toMatchObject({
      inForce: { version: 1, limit: 2 },
      announced: [{ version: 2, limit: 3, source: 'Board, 20 November 2026' }],
    })
    const back = await stage.save('/settings/time-limits/T1/withdraw/2', {})
    expect(back.location).toBe('/settings/time-limits?done=withdrawn')
    const after = await promised()
    expect(after.page).toMatch(/How it was before[\s\S]*Within 3 working days, to begin on [\s\S]*We took this back on/)
    expect(after.api).toMatchObject({ inForce: { version: 1 }, announced: [], earlier: [{ version: 2, withdrawnOn: told.on }] })
    expect((await stage.sam.get('/settings/time-limits')).text).toMatch(/Version 2, from [\s\S]*Taken back on/)
    expect((await stage.sam.get('/settings/time-limits/T1/withdraw/2')).status).toBe(404)
  })

  test('says beside the box what can not be', async () => {
    const path = '/settings/time-limits/T6'
    const form = await stage.sam.get(path)
    expect(form.text).toContain('name="pauseCap"')
    const soon = { 'validFrom-day': '1', 'validFrom-month': '1', 'validFrom-year': '2020' }
    for (const [fields, said] of [
      [{ limit: '0' }, 'Give a whole number, 1 or more.'],
      [{ unit: 'hours' }, 'has a time of day'],
      [{ force: 'STATUTORY' }, 'The source is still the one of the old figure.'],
      [{ limit: '9', ...soon }, 'a date that was missed stays missed'],
      [{ limit: '9' }, 'The source is still the one of the old figure.'],
      [{ limit: '9', source: 'Forum', 'validFrom-year': '2206' }, 'Choose a day within 2 years.'],
      [{ limit: '9', 'validFrom-day': '31', 'validFrom-month': '2' }, 'Write a real date, like 18 12 2026'],
    ] as const) {
      const answer = await pressOn(stage.sam, form, fields, path)
      // No box for a code is there yet, so none is asked for
      expect([answer.status, answer.text.includes(said), answer.text.includes('six-digit code')]).toEqual([422, true, false])
    }
  })

  test('is announced as long before as the notice period says, which is no shorter until the longer is over', async () => {
    expect((await stage.save('/settings/notice-period', { workingDays: '10', source: 'Partnership forum' })).location).toBe(
      '/settings/notice-period?done=changed',
    )
    expect((await stage.sam.get('/settings/notice-period')).text).toContain('the longer notice of 20 working days still holds')
    expect((await stage.save('/settings/notice-period', { workingDays: '4', source: 'x' })).status).toBe(422)
  })
})

describe('the file of bank holidays', () => {
  const path = '/settings/calendar/file'
  const event = (date: string, title: string) => ({ title, date, notes: '', bunting: true })
  const file = (...events: object[]) =>
    JSON.stringify(
      { 'england-and-wales': { division: 'england-and-wales', events }, scotland: { division: 'scotland', events: [] } },
      null,
      2,
    )

  test('is shown for what it would do, then taken in, and changes nothing that is there', async () => {
    const before = (await stage.sam.get('/settings/calendar')).text
    const { preview, saved } = await inTwoSteps(path, {
      file: file(event('2026-12-25', 'Christmas Day'), event('2027-06-07', 'A “royal” <day>')),
    })
    expect(preview.text).toContain('1 day is new: A “royal” &lt;day&gt;, 7 Jun 2027.')
    expect(preview.text).toContain('1 day to come is published already and stays.')
    expect(saved.location).toBe('/settings/calendar?done=imported')
    expect(before).not.toContain('royal')
    expect((await stage.sam.get('/settings/calendar')).text).toMatch(/royal[\s\S]*GOV\.UK bank holidays, England and Wales, file of/)
    const again = await pressOn(stage.sam, await stage.sam.get(path), { file: file(event('2027-06-07', 'x')) }, path)
    expect(again.text).toContain('There is nothing new in this file.')
  })

  test('is refused where it is none, and nothing of it is repeated', async () => {
    const form = await stage.sam.get(path)
    for (const [text, said] of [
      ['', 'Choose the file'],
      ['{"england-and-wales": <script>canary', 'it can not be read'],
      ['{"scotland":{"division":"scotland","events":[]}}', 'England and Wales is not in this file'],
      [file(event('2027-02-30', 'canary')), 'no real date'],
    ] as const) {
      const answer = await pressOn(stage.sam, form, { file: text }, path)
      expect([answer.status, answer.text.includes(said), answer.text.includes('canary')]).toEqual([422, true, false])
    }
    expect((await pressOn(stage.sam, form, { file: 'x'.repeat(600_000) }, path)).status).toBe(413)
  })
})
