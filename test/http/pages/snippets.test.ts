import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, HttpClient } from '../../support/http-client.ts'
import { openSettingsStage, type SettingsStage } from './settings-stage.ts'
import { inboxOf, pressOn, triaged, type RaisedCase } from './staff-stage.ts'

let stage: SettingsStage
let grace: HttpClient
let raised: RaisedCase
beforeAll(async () => {
  stage = await openSettingsStage()
  grace = await stage.staff('guardian')
  raised = await stage.raise('01')
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const path = '/settings/snippets'
const phrase = { title: 'Rest', text: 'Please rest. We go on.', uses: ['acknowledgement', 'message'] }
const valueOf = (answer: Answer, name: string) => answer.page.forms.at(-1)?.fields.find(([field]) => field === name)?.[1]
const codeOf = async (title: string) => {
  const { items } = (await stage.app.service.settings.refresh()).values.snippets
  return items.find((each) => each.title === title)!.code
}

describe('stock phrases, for administrators', () => {
  test('are listed with their reading grade, added, changed and taken off, each change kept with both states', async () => {
    const list = await stage.sam.get(path)
    expect(list.page.words).toMatch(/Thank you, and what comes next[\s\S]*Offered for first answers\.[\s\S]*grade/i)
    expect((await stage.save(`${path}/new`, phrase)).location).toBe(`${path}?done=added`)
    const own = `${path}/${await codeOf('Rest')}`
    await stage.save(own, { text: 'Please take a rest. We go on.' })
    const changes = (await stage.sam.get('/settings/changes')).page.words
    expect(changes).toMatch(/Stock phrases[\s\S]*Words: Please rest\. We go on\.[\s\S]*Words: Please take a rest\. We go on\./)
    const entries = (await stage.entries('settings_changed')).filter(({ fields }) => fields['setting'] === 'snippets')
    expect([entries.length, entries.some(({ text }) => text.includes('rest'))]).toEqual([2, false])
    await stage.save(own, { keep: 'no' })
    expect((await stage.sam.get(own)).status).toBe(404)
  })

  test('show how a text reads before it is saved, and refuse what could not be used', async () => {
    const form = await stage.sam.get(`${path}/new`)
    const hard = 'Organisational considerations necessitate additional deliberation.'
    const shown = await pressOn(stage.sam, form, { ...phrase, text: hard, check: 'yes' }, `${path}/new`)
    expect([shown.status, valueOf(shown, 'text')]).toEqual([200, hard])
    expect(shown.page.words).toMatch(/grade/i)
    for (const [fields, said] of [
      [{ ...phrase, title: '' }, 'Give it a title.'],
      [{ ...phrase, text: ' ' }, 'Write the text.'],
      [{ ...phrase, text: 'See <b>this</b>' }, 'Write plain text'],
      [{ ...phrase, uses: [] }, 'Choose where it is offered'],
      [{ ...phrase, title: 'SUPPORT for you' }, 'There is one with this title'],
    ] as const) {
      const answer = await stage.save(`${path}/new`, fields)
      expect([answer.status, answer.page.faults.join(' ')]).toEqual([422, expect.stringContaining(said)])
    }
  })

  test('are nobody else’s to see here', async () => {
    expect([(await grace.get(path)).status, (await stage.stranger().get(path)).status]).toEqual([403, 401])
  })
})

describe('a stock phrase, for whoever writes to the person', () => {
  test('goes below the letter that is begun, loses nothing, and sends nothing', async () => {
    const at = `${raised.path}/actions/acknowledge`
    const form = await grace.get(at)
    expect(form.page.words).toContain('Support for you')
    expect(form.page.words).not.toContain('We need more time')
    const put = await pressOn(grace, form, { message: 'Dear all, ', firstContact: ['thanked'], phrase: 's-support', insert: 'yes' }, at)
    expect(put.status).toBe(200)
    expect(valueOf(put, 'message')).toMatch(/^Dear all,\n\nThis can be hard\./)
    expect(put.text).toMatch(/value="thanked"[^>]* checked/)
    const again = await pressOn(grace, put, { phrase: 's-known', insert: 'yes' }, at)
    expect(valueOf(again, 'message')).toMatch(/^Dear all,\n\nThis can be hard\.[^\n]*\n\nYou choose who may know/)
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toEqual([])
    await pressOn(grace, again, {}, at)
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages.at(-1).body).toMatch(
      /^Dear all,\n\nThis can be hard[\s\S]*You choose who/,
    )
  })

  test('goes into what was agreed in a short talk, which the person can read with their code, and records nothing yet', async () => {
    const at = '/concerns/new/concluded'
    const form = await grace.get(at)
    expect(form.page.words).not.toContain('We need more time')
    const raisedNow = async () => (await stage.app.database.asSuperuser.query('select 1 from concern')).rowCount
    const before = await raisedNow()
    const typed = { title: 'A talk', text: 'She asked about rotas.', message: 'We agreed to wait.', settled: ['lowRisk'] }
    const put = await pressOn(grace, form, { ...typed, phrase: 's-support', insert: 'yes' }, at)
    expect([put.status, put.page.faults, valueOf(put, 'title'), valueOf(put, 'text')]).toEqual([
      200,
      [],
      'A talk',
      'She asked about rotas.',
    ])
    expect(valueOf(put, 'message')).toMatch(/^We agreed to wait\.\n\nThis can be hard\./)
    expect(put.text).toMatch(/value="lowRisk"[^>]* checked/)
    const none = await pressOn(grace, put, { phrase: '', insert: 'yes' }, at)
    expect([none.status, none.page.faults, valueOf(none, 'message')]).toEqual([
      422,
      ['Choose a stock phrase first'],
      valueOf(put, 'message'),
    ])
    expect(await raisedNow()).toBe(before)
  })

  test('has to be chosen first, and one that is not offered here counts as none', async () => {
    const at = `${raised.path}/actions/triage`
    await pressOn(grace, await grace.get(at), { ...triaged, decision: 'investigate' }, at)
    const { investigators } = await stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), raised.id)
    const end = { 'expectedEnd-day': '18', 'expectedEnd-month': '12', 'expectedEnd-year': '2026' }
    const starting = `${raised.path}/actions/start_investigation`
    const begun = { investigatorId: investigators[0]!.id, terms: 'Find out.', ...end, message: 'We look into it.' }
    await pressOn(grace, await grace.get(starting), begun, starting)
    const pausing = `${raised.path}/actions/pause_clock`
    const form = await grace.get(pausing)
    for (const chosen of ['', 's-thanks', 's-nobody']) {
      const answer = await pressOn(grace, form, { reason: 'As typed', phrase: chosen, insert: 'yes' }, pausing)
      expect([answer.status, answer.page.faults, valueOf(answer, 'reason')]).toEqual([422, ['Choose a stock phrase first'], 'As typed'])
    }
    const put = await pressOn(grace, form, { reason: '', phrase: 's-more-time', insert: 'yes' }, pausing)
    expect(valueOf(put, 'reason')).toMatch(/^We need more time/)
  })

  test('is put into a message by a redirect, so that Back asks nothing', async () => {
    const at = `${raised.path}/messages`
    const form = await grace.get(at)
    const sent = await pressOn(grace, form, { body: 'Hello.', question: 'yes', phrase: 's-no-news', insert: 'yes' }, `${at}/preview`)
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/\/messages\?draft=[\w-]+#body$/)])
    const shown = await grace.get(sent.location!.split('#')[0]!)
    expect(valueOf(shown, 'body')).toMatch(/^Hello\.\n\nThere is no news yet\./)
    expect(shown.text).toMatch(/name="question"[^>]* checked/)
    const none = await pressOn(grace, shown, { phrase: '', insert: 'yes' }, `${at}/preview`)
    const told = await grace.get(none.location!)
    expect([told.status, told.page.faults, valueOf(told, 'body')]).toEqual([422, ['Choose a stock phrase first'], valueOf(shown, 'body')])
  })

  test('is no longer offered once it is taken off', async () => {
    const off = (await stage.app.service.settings.refresh()).values.snippets.items.filter(({ uses }) => uses.includes('wait'))
    for (const { code } of off) await stage.save(`${path}/${code}`, { keep: 'no' })
    expect((await grace.get(`${raised.path}/actions/pause_clock`)).text).not.toContain('name="phrase"')
  })
})

describe('stock phrases through the API', () => {
  test('are set by administrators and read by whoever handles concerns', async () => {
    const { app } = stage
    const sam = { bearer: await app.signIn('administrator') }
    interface Listed {
      seen: string
      items: { code: string; title: string; text: string; uses: string[]; grade: number; hard: boolean }[]
    }
    const before = (await grace.api('get', '/api/v1/settings/snippets', undefined, sam)).json<Listed>()
    const kept = before.items.slice(0, 2).map(({ code, title, text, uses }) => ({ code, title, text, uses }))
    const put = async (items: object[]) => {
      app.clock.advance({ seconds: 30 })
      const { seen } = (await grace.api('get', '/api/v1/settings/snippets', undefined, sam)).json<Listed>()
      return grace.api('put', '/api/v1/settings/snippets', { items, seen, reason: 'Agreed', otp: app.codeOf('administrator') }, sam)
    }
    expect((await put([...kept, phrase])).status).toBe(200)
    const guardian = { bearer: await app.signIn('guardian') }
    const offered = (await grace.api('get', '/api/v1/snippets?use=message', undefined, guardian)).json<Listed>()
    expect(offered.items.find(({ title }) => title === 'Rest')).toMatchObject({ text: phrase.text, hard: false })
    expect((await grace.api('get', '/api/v1/snippets', undefined, sam)).status).toBe(403)
    const faults = async (items: object[]) => (await put(items)).json<{ errors: { pointer: string; code: string }[] }>().errors[0]
    expect(await faults([{ ...phrase, code: 's-nobody' }])).toMatchObject({ pointer: '/items/0/code', code: 'not_an_option' })
    expect(await faults([kept[0]!, { ...kept[0]!, title: 'Another' }])).toMatchObject({ pointer: '/items/1/code', code: 'not_an_option' })
  })
})
