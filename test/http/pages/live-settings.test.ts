import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffContext } from '../../../src/accounts/index.ts'
import { londonDate } from '../../../src/kernel/index.ts'
import { firstTexts, textInput } from '../../../src/settings/index.ts'
import { openStaffStage, type StaffStage } from './staff-stage.ts'

/** What pages and paper say changes with the settings, and with nothing else. */
describe('pages and paper made from the settings', () => {
  let stage: StaffStage
  let administrator: StaffContext
  beforeAll(async () => {
    stage = await openStaffStage()
    administrator = await stage.app.contextOf('administrator')
  })
  afterAll(async () => {
    expect(stage.app.unexpected).toEqual([])
    await stage.close()
  })

  const settings = () => stage.app.service.settingsAdministration
  /** A fresh second factor for each change, and time for the next page to read anew. */
  async function asked(seen: string) {
    stage.app.clock.advance({ seconds: 30 })
    return { seen, reason: 'The numbers changed.', otp: stage.app.codeOf('administrator') }
  }

  it('are for guardians and administrators to print, and for nobody else', async () => {
    const statuses: [string, number[]][] = []
    for (const person of ['guardian', 'administrator', 'investigator', 'auditor', 'executive'] as const) {
      const client = await stage.staff(person)
      const answers = await Promise.all(['/print', '/print/poster', '/print/cards', '/print/leaflet'].map((path) => client.get(path)))
      statuses.push([person, answers.map(({ status }) => status)])
    }
    expect(Object.fromEntries(statuses)).toEqual({
      guardian: [200, 200, 200, 200],
      administrator: [200, 200, 200, 200],
      investigator: [403, 403, 403, 403],
      auditor: [403, 403, 403, 403],
      executive: [403, 403, 403, 403],
    })
    expect((await stage.stranger().get('/print/poster')).status).toBe(401)
  })

  it('name the same guardians as the person sees before sending, and the address of the form', async () => {
    const guardian = await stage.staff('guardian')
    for (const path of ['/print/poster', '/print/cards', '/print/leaflet']) {
      const { text } = await guardian.get(path)
      expect([path, text.includes('Grace Okafor'), text.includes('Daniel Reid'), text.includes('127.0.0.1:3000')]).toEqual([
        path,
        true,
        true,
        true,
      ])
      expect(text.match(/<svg class="app-paper__code"/g)).toHaveLength(path.endsWith('cards') ? 10 : 1)
      expect(text).not.toMatch(/\sstyle=|<style|<script/)
    }
  })

  it('show one list of people to talk to: in danger, in the help, on the law page and on paper', async () => {
    const { seen } = await settings().viewContacts(administrator)
    const items = [{ name: 'Quiet line', detail: 'At any hour', way: 'Call 0800 000 0000', source: 'Our own' }]
    await settings().replaceContacts(await freshAdministrator(), { items, ...(await asked(seen)) })
    stage.app.clock.advance({ seconds: 10 })
    const guardian = await stage.staff('guardian')
    const person = stage.stranger()
    await person.follow(await person.submit('/s/1', {}))
    for (const [client, path] of [
      [guardian, '/print/poster'],
      [guardian, '/print/leaflet'],
      [person, '/talk'],
      [person, '/help'],
      [person, '/help/law'],
      [person, '/s/2a'],
      [stage.stranger(), '/s/4'],
    ] as const) {
      const { words } = (await client.get(path)).page
      expect([path, words.includes('Quiet line'), words.includes('Call 0800 000 0000')]).toEqual([path, true, true])
      expect([path, words.includes('020 3117 2520')]).toEqual([path, false])
    }
  })

  it('say a new version of a text from its day on, with its source and version, and the old one for the days before', async () => {
    const today = londonDate(stage.app.clock.now())
    const gagging = firstTexts.find(({ key }) => key === 'law.gagging')!
    const block = (await settings().viewTexts(administrator)).find(({ key }) => key === gagging.key)!
    const { key, kind, heading, source } = gagging
    const input = textInput.parse({
      ...{ key, kind, heading, source, sourceDate: '2026', mark: 'V', checked: true, readOn: today, validFrom: today },
      body: 'No paper can keep you quiet.',
      ...(await asked(block.seen)),
    })
    await settings().publishText(await freshAdministrator(), input)
    stage.app.clock.advance({ seconds: 10 })
    const person = stage.stranger()
    const law = await person.get('/help/law')
    expect(law.text).toContain('No paper can keep you quiet.')
    expect(law.text).toContain('Version 2, in use from')
    const before = await person.get('/help/law?on=2026-11-01')
    expect(before.text).toContain(gagging.body)
    expect(before.text).not.toContain('No paper can keep you quiet.')
    const mark = (text: string) => /Its mark: ([0-9a-f]{32})/.exec(text)?.[1]
    expect(mark(before.text)).not.toBe(mark(law.text))
    expect((await (await stage.staff('guardian')).get('/print/leaflet')).text).toContain('No paper can keep you quiet.')
    expect((await person.get('/help')).text).toContain('No paper can keep you quiet.')
  })

  it.each(['2030-01-01', 'tomorrow', '2026-02-30', "'; drop table", ''])(
    'show today’s texts for a day that is none or is still to come: %s',
    async (on) => {
      const person = stage.stranger()
      const [asked, today] = await Promise.all([person.get(`/help/law?on=${encodeURIComponent(on)}`), person.get('/help/law')])
      const main = (text: string) => /<main[\s\S]*<\/main>/.exec(text)?.[0]
      expect(main(today.text)).toContain('Time limits')
      expect([asked.status, main(asked.text)]).toEqual([200, main(today.text)])
    },
  )

  it('take nothing in on one page, nor say that they do on paper, while the form is closed; the start page shows whom to talk to', async () => {
    const { seen, value } = await settings().viewService(administrator)
    await settings().changeService(await freshAdministrator(), { ...value, open: false, ...(await asked(seen)) })
    stage.app.clock.advance({ seconds: 10 })
    const start = await stage.stranger().get('/')
    expect([start.text.includes('This form is closed for now'), start.text.includes('Quiet line')]).toEqual([true, true])
    expect((await stage.stranger().get('/f')).status).toBe(503)
    const poster = await (await stage.staff('guardian')).get('/print/poster')
    expect([poster.status, poster.text.includes('Do not put this up yet'), poster.text.includes('Grace Okafor, guardian')]).toEqual([
      200,
      true,
      false,
    ])
    const closed = await settings().viewService(administrator)
    await settings().changeService(await freshAdministrator(), { ...value, open: true, ...(await asked(closed.seen)) })
    stage.app.clock.advance({ seconds: 10 })
  })

  it('show handlers what the person could read, and lead to the pages of that day with the same mark', async () => {
    const { path } = await stage.raise('01')
    const guardian = await stage.staff('guardian')
    const overview = await guardian.get(path)
    const links = [...overview.text.matchAll(/href="(\/help\/[a-z-]+\?on=[0-9-]+)"[\s\S]*?Mark: ([0-9a-f]{32})/g)].map(
      ([, href = '', mark]) => ({ href, mark }),
    )
    expect(links.map(({ href }) => href.split('?')[0])).toEqual(['/help/law', '/help/pledge', '/help/which-way'])
    for (const { href, mark } of links) expect((await guardian.get(href)).text).toContain(`Its mark: ${mark}`)
  })

  /** The second factor of a session that has just signed in. */
  async function freshAdministrator(): Promise<StaffContext> {
    administrator = { ...administrator, now: stage.app.clock.now() }
    return administrator
  }
})
