import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import type { ApiMethod } from './contract.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
let sam: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  sam = await stage.bearerOf('administrator')
}, 60_000)
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

const reason = 'Agreed'
const otp = () => stage.freshCode('administrator')
const seenOf = async (path: string) => (await stage.api.ok<{ seen: string }>(200, 'get', `/settings/${path}`, undefined, sam)).seen
const today = () => londonDate(stage.test.clock.now())

/** Sends a change as it would be sent from the state there is. */
async function change(method: ApiMethod, path: string, body: object, from = path.split('/')[0]!) {
  return stage.api.send(method, `/settings/${path}`, { ...body, seen: await seenOf(from), reason, otp: otp() }, sam)
}

describe('settings through the API', () => {
  test('do all that the pages do', async () => {
    const site = await change('post', 'sites', { name: 'Chapel Lane clinic' })
    expect(site.status).toBe(201)
    const { id } = site.json<{ id: string }>()
    expect((await change('patch', `sites/${id}`, { name: 'Chapel Road clinic', inUse: false })).status).toBe(200)
    const { items } = await stage.api.ok<{ items: { id: string; name: string; retiredOn: string | null }[] }>(
      200,
      'get',
      '/settings/sites',
      undefined,
      sam,
    )
    expect(items.find((one) => one.id === id)).toEqual({ id, name: 'Chapel Road clinic', retiredOn: today() })

    const group = await change('post', 'intake-groups', { name: 'Community' })
    expect((await change('patch', `intake-groups/${group.json<{ id: string }>().id}`, { name: 'Community services' })).status).toBe(200)

    const category = await change('post', 'categories', {
      label: 'Medicines',
      element: 'patient_safety_quality',
      source: 'Local',
      validFrom: today(),
    })
    expect(category.status).toBe(201)
    expect((await change('patch', `categories/${category.json<{ id: string }>().id}`, { validTo: addDays(today(), 30) })).status).toBe(200)

    expect((await change('put', 'service', { leaveTo: 'https://example.org/', open: true, notice: 'Hello' })).status).toBe(200)
    expect(
      (await change('put', 'organisation', { name: 'A trust', odsCode: 'RX1', countingUnit: 'per_matter', countingUnitSource: 'Board' }))
        .status,
    ).toBe(200)
    expect((await change('put', 'cover', { silentDays: 4, source: 'Guardians' })).status).toBe(200)
    expect((await change('put', 'cover', { silentDays: 1, source: 'Guardians' })).status).toBe(422)
    const brand = { serviceName: 'Form', headerColour: '#005EB8', headerTextColour: '#ffffff', nhsLook: true }
    expect((await change('put', 'brand', brand)).status).toBe(200)
    expect(
      (await change('put', 'contacts', { items: [{ name: 'Protect', way: '020 3117 2520', source: 'protect-advice.org.uk' }] })).json(),
    ).toEqual({ count: 1 })

    const reader = { role: 'Internal auditor', name: 'Ama Boateng', address: 'Ama@audit.example' }
    const added = await change('post', 'checkpoint-readers', reader)
    expect(added.status).toBe(201)
    const readers = () => stage.api.ok<{ items: object[] }>(200, 'get', '/settings/checkpoint-readers', undefined, sam)
    expect(await readers()).toMatchObject({
      mail: { setUp: false, waiting: 0, failed: 0, fault: null, lastSentAt: null },
      items: [{ ...added.json<{ id: string }>(), ...reader, address: 'ama@audit.example' }],
    })
    for (const [pointer, wrong] of [
      ['/address', { address: 'ama@audit.example' }],
      ['/address', { address: 'b@c.example\r\nBcc: d@e.example' }],
      ['/address', { address: 'b@c.example, d@e.example' }],
      ['/name', { name: 'Ama\r\nBcc: d@e.example', address: 'b@c.example' }],
      ['/role', { role: '', address: 'b@c.example' }],
    ] as const)
      expect((await change('post', 'checkpoint-readers', { ...reader, ...wrong })).json()).toMatchObject({
        status: 422,
        errors: [{ pointer }],
      })
    const { id: readerId } = added.json<{ id: string }>()
    expect((await change('post', `checkpoint-readers/${readerId}/removal`, {})).status).toBe(200)
    expect((await readers()).items).toEqual([])
    expect((await change('post', `checkpoint-readers/${readerId}/removal`, {})).status).toBe(404)

    const { items: changes } = await stage.api.ok<{ items: { setting: string; who: string; reason: string }[] }>(
      200,
      'get',
      '/settings/changes',
      undefined,
      sam,
    )
    expect(new Set(changes.map(({ setting }) => setting))).toEqual(
      new Set([
        'cover',
        'sites',
        'intake_groups',
        'categories',
        'service',
        'organisation',
        'brand',
        'speak_up_contacts',
        'checkpoint_readers',
      ]),
    )
    expect(changes[0]).toMatchObject({ who: 'Sam Whitlock', reason })
  })

  test('a text is given its next version, and refused without a source', async () => {
    const texts = async () =>
      (
        await stage.api.ok<{ items: { key: string; seen: string; versions: { version: number; digest: string }[] }[] }>(
          200,
          'get',
          '/settings/texts',
          undefined,
          sam,
        )
      ).items
    const block = (await texts()).find(({ key }) => key === 'law.gagging')!
    const body = {
      key: 'law.gagging',
      kind: 'right',
      heading: 'Deals',
      body: 'No deal can stop you.',
      source: 'Employment Rights Act 1996, section 43J',
      sourceDate: '1996',
      readOn: today(),
      mark: 'V',
      checked: true,
      validFrom: today(),
      seen: block.seen,
      reason,
    }
    const refused = await stage.api.send('post', '/settings/texts', { ...body, source: '', otp: otp() }, sam)
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '/source', code: 'required' }] })
    const saved = await stage.api.send('post', '/settings/texts', { ...body, otp: otp() }, sam)
    expect(saved.json()).toMatchObject({ version: block.versions.length + 1 })
    const after = (await texts()).find(({ key }) => key === 'law.gagging')!
    expect(after.versions.at(-1)!.digest).toBe(saved.json<{ digest: string }>().digest)
    expect(after.versions.slice(0, -1)).toEqual(block.versions)
    expect((await stage.api.send('post', '/settings/texts', { ...body, otp: otp() }, sam)).json()).toMatchObject({
      status: 409,
      code: 'setting_changed',
    })
  })

  test('a limit and the calendar say what they would move, then move it', async () => {
    await stage.raise()
    const { earliest } = await stage.api.ok<{ earliest: string }>(200, 'get', '/settings/time-limits', undefined, sam)
    const limit = { code: 'T1', limit: 5, unit: 'working_days', force: 'LOCAL', source: 'Board', validFrom: earliest, warnBefore: 2 }
    const preview = await stage.api.ok<object>(200, 'post', '/settings/time-limits/preview', { change: limit }, sam)
    // What came today is not counted: two looks would date it
    expect(preview).toEqual({ moved: [], keeping: 0, noticeUntil: earliest, told: 0 })
    const { json } = await change('post', 'time-limits', { change: limit })
    expect(json()).toEqual({ version: 2, moved: [], noticeUntil: earliest, told: 0 })
    const soon = { ...limit, validFrom: today() }
    expect((await change('post', 'time-limits', { change: soon })).json()).toMatchObject({
      errors: [{ pointer: '/change/validFrom', code: 'notice_too_short' }, { code: 'overlapping_validity' }, { code: 'nothing_changed' }],
    })
    expect((await change('post', 'time-limits/withdrawals', { code: 'T1', version: 2 })).json()).toEqual({ version: 2, told: 0 })
    expect((await change('post', 'time-limits/withdrawals', { code: 'T1', version: 1 })).json()).toMatchObject({
      errors: [{ pointer: '/version', code: 'in_force_already' }],
    })
    const day = { change: 'add', date: addDays(today(), 1), title: 'A day', source: 'Proclaimed' }
    const { moved } = await stage.api.ok<{ moved: object[] }>(200, 'post', '/settings/calendar/preview', { day }, sam)
    expect((await change('post', 'calendar', { day })).json()).toEqual({ moved })
    expect((await change('post', 'calendar', { day })).json()).toMatchObject({ errors: [{ pointer: '/day/date', code: 'there_already' }] })
    expect((await change('post', 'calendar', { day: { change: 'remove', date: addDays(today(), 2) } })).json()).toMatchObject({
      errors: [{ code: 'not_there' }],
    })
  })

  test('no change is made without a fresh code, with a wrong one, or from a state that is gone', async () => {
    const seen = await seenOf('sites')
    const body = { name: 'North wing', seen, reason }
    stage.test.clock.advance({ minutes: 6 })
    expect((await stage.api.send('post', '/settings/sites', body, sam)).json()).toMatchObject({ status: 403, code: 'step_up_required' })
    expect((await stage.api.send('post', '/settings/sites', { ...body, otp: '000000' }, sam)).json()).toMatchObject({
      status: 401,
      code: 'sign_in_failed',
    })
    expect((await stage.api.send('post', '/settings/sites', { ...body, seen: 'a'.repeat(64), otp: otp() }, sam)).json()).toMatchObject({
      status: 409,
    })
    expect((await stage.api.send('post', '/settings/sites', { name: 'x', seen, otp: otp() }, sam)).json()).toMatchObject({
      errors: [{ pointer: '/reason' }],
    })
    expect(await seenOf('sites')).toBe(seen)
  })

  test('two who decide from one state at the same moment: one is saved, and nothing of the other', async () => {
    const seen = await seenOf('sites')
    const ctx = { ...(await stage.test.contextOf('administrator')), steppedUp: true }
    const add = (name: string) => stage.test.service.settingsAdministration.addSite(ctx, { name, seen, reason })
    const outcomes = await Promise.allSettled(['One', 'Two', 'Three'].map(add))
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'setting_changed' })
  })

  test('a concern is raised under a category by its code, through the API as on pages', async () => {
    const { items } = await stage.api.ok<{ items: { code: string; label: string }[] }>(200, 'get', '/settings/categories', undefined, sam)
    const offered = await stage.api.ok<{ code: string }[]>(200, 'get', '/categories')
    expect(offered.map(({ code }) => code).toSorted()).toEqual(items.map(({ code }) => code).toSorted())
    const medicines = items.find(({ label }) => label === 'Medicines')!
    const { id } = await stage.raise({ categories: [medicines.code] })
    const content = await stage.api.ok<{ elements: string[]; categories: object[] }>(
      200,
      'get',
      `/concerns/${id}/content`,
      undefined,
      await stage.bearerOf('guardian'),
    )
    expect(content).toMatchObject({ elements: ['patient_safety_quality'], categories: [{ code: medicines.code, label: 'Medicines' }] })
  })
})
