import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const rowOf = async (path: string): Promise<string> => {
  const { text } = await grace.get('/concerns')
  return text.split('<tr').find((row) => row.includes(path)) ?? ''
}

describe('a guardian with forty open concerns', () => {
  test('takes on what nobody owns with one press, and is not asked again', async () => {
    const { path } = await stage.raise('01')
    const before = await grace.get(path)
    expect(before.page.words).toContain('Nobody owns it yet.')
    const taken = await pressOn(grace, before, {
      userId: String(before.page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'userId')?.[1]),
    })
    expect([taken.status, taken.location]).toEqual([303, `${path}?done=assign`])
    const after = await grace.get(path)
    expect(after.page.words).not.toContain('Nobody owns it yet.')
    expect(await rowOf(path)).toContain('Grace Okafor')
  })

  test('is not asked to take on what has ended', async () => {
    const { path } = await stage.raise('01')
    const asked = await pressOn(grace, await grace.get(`${path}/actions/withdraw`), { organisationMustAct: 'no', reason: 'Checked.' })
    await pressOn(grace, asked, { confirmed: 'yes' })
    const { page } = await grace.get(path)
    expect(page.words).toContain('Withdrawn')
    expect(page.words).not.toContain('Nobody owns it yet.')
  })

  test('tells concerns without a title apart by their place, and sees bad treatment whatever the reason of the row', async () => {
    const { sites } = await stage.app.service.settings.current()
    const { path, token } = await stage.raise('02', { site: sites[1]!.name, immediateDanger: 'yes' })
    expect(await rowOf(path)).toContain(sites[1]!.name)
    expect(await rowOf(path)).not.toContain('Bad treatment')
    const { service, clock } = stage.app
    const reporter = await service.concerns.openByToken({ requestId: 'test', now: clock.now() }, token)
    await service.concerns.reportDetriment(reporter, { kinds: ['moved'], description: 'I was moved.', about: [] }, null)
    const row = await rowOf(path)
    expect(row).toContain('Bad treatment')
    expect(row).toContain('Someone may be in danger and nobody has answered yet')
  })

  test('finds today in the date of a contact, and writes another day over it', async () => {
    const { path } = await stage.raise('03')
    const page = await grace.get(`${path}/contacts`)
    const [year, month, day] = stage.app.clock.now().toZonedDateTimeISO('Europe/London').toPlainDate().toString().split('-')
    const fields = Object.fromEntries(page.page.forms.flatMap((form) => form.fields))
    expect([fields['on-day'], fields['on-month'], fields['on-year']]).toEqual([String(Number(day)), String(Number(month)), year])
    const wrong = await grace.submit(`${path}/contacts`, { channel: 'phone', 'on-day': '31', 'on-month': '2', minutes: '10' })
    const again = Object.fromEntries((await grace.follow(wrong)).page.forms.flatMap((form) => form.fields))
    expect(again['on-day']).toBe('31')
  })

  test('need not say what an anonymous person agreed to', async () => {
    const checked = async (openness: string) => {
      const { path } = await stage.raise('05', { openness, ...(openness === 'anonymous' && { identity: undefined }) })
      await grace.submit(`${path}/actions/acknowledge`, { message: 'Thank you.' })
      const { page } = await grace.get(`${path}/actions/triage`)
      return page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'consent')?.[1]
    }
    expect(await checked('anonymous')).toBe('not_applicable')
    expect(await checked('confidential')).toBeUndefined()
  })

  test('reads what the check of a message can not know, whatever it found', async () => {
    const { path } = await stage.raise('04', { openness: 'anonymous', identity: undefined })
    const look = async (body: string) => grace.follow(await grace.submit(`${path}/messages`, { body }))
    const [clean, found] = [await look('Dr Patel says no.'), await look('Write to jo@example.org.')].map(({ page }) => page.words)
    expect([clean!.includes('The check found nothing.'), found!.includes('The check found nothing.')]).toEqual([true, false])
    for (const words of [clean, found]) expect(words).toContain('It knows no other names')
  })

  test('finds her own hours from her account; an auditor, who has none, does not', async () => {
    expect((await grace.get('/account')).page.links.map(({ href }) => href)).toContain('/time')
    const auditor = await stage.staff('auditor')
    expect((await auditor.get('/account')).page.links.map(({ href }) => href)).not.toContain('/time')
  })
})
