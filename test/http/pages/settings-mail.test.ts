import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSettingsStage, type SettingsStage } from './settings-stage.ts'

let stage: SettingsStage
beforeAll(async () => {
  stage = await openSettingsStage()
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

describe('the regular note', () => {
  test('has its times and days on a page, and says that no mail is set up', async () => {
    const page = await stage.sam.get('/settings/mail')
    expect(page.page.words).toContain('No mail is sent from here')
    expect(page.text).toContain('value="08:00, 14:00"')
    const saved = await stage.save('/settings/mail', { noteTimes: '9.15, 17:00 09:15', noteDays: 'every_day' })
    expect(saved.location).toBe('/settings/mail?done=changed')
    expect((await stage.sam.get('/settings/mail')).text).toContain('value="09:15, 17:00"')
    expect((await stage.entries('settings_changed')).at(-1)!.fields).toMatchObject({ setting: 'mail' })
  })

  test.each([
    [{ noteTimes: '' }, 'Give one time or more'],
    [{ noteTimes: '08:00, soon' }, 'Write a time of the day like 08:00 or 14:30'],
    [{ noteTimes: '1:00 2:00 3:00 4:00 5:00' }, 'Give four times or fewer'],
  ])('%o is told beside the box', async (fields, fault) => {
    const refused = await stage.save('/settings/mail', fields)
    expect(refused.status).toBe(422)
    expect(refused.page.faults.join()).toContain(fault)
  })

  test('is chosen on one’s own account, by who handles concerns', async () => {
    const executive = await stage.staff('executive')
    const answer = await executive.submit('/account', { regularNote: 'yes' })
    expect(answer.location).toBe('/account?done=mail')
    expect((await executive.get('/account')).text).toMatch(/value="yes"[^>]*checked/)
    expect((await stage.entries('note_choice_changed')).map(({ fields }) => fields)).toEqual([{ note: true }])
    expect((await stage.sam.get('/account')).text).not.toContain('regularNote')
    expect((await stage.sam.post('/account/mail', { regularNote: 'yes' })).status).toBe(403)
  })
})

describe('who is on call', () => {
  const anna = {
    name: 'Site manager',
    number: '020 7946 0000',
    email: 'site@oncall.example',
    days: 'every_day',
    from: '8:00',
    until: '20:00',
  }

  test('is listed in order, shown to whoever may be in danger, and taken off again', async () => {
    expect((await stage.sam.get('/settings/on-call')).page.words).toContain('Nobody is on the list')
    expect((await stage.save('/settings/on-call/new', anna)).location).toBe('/settings/on-call?done=added')
    expect((await stage.sam.get('/settings/on-call')).page.words).toMatch(
      /Hours without anybody.*Working days, from 00:00 to 08:00.*Weekends and bank holidays, from 20:00 to 24:00/s,
    )
    expect((await stage.sam.get('/settings')).page.words).toContain('There are hours at which nobody is called')
    const placed = await stage.save('/settings/on-call/new', { ...anna, name: 'Bleep holder', place: 'first' })
    expect([placed.status, placed.page.faults]).toEqual([422, ['Give a whole number: 1 comes first.']])
    await stage.save('/settings/on-call/new', {
      ...anna,
      name: 'Bleep holder',
      number: '2222',
      email: '',
      from: '20:00',
      until: '08:00',
      place: '1',
    })
    const listed = await stage.sam.get('/settings/on-call')
    expect(listed.page.words).toMatch(/1\. Bleep holder.*2\. Site manager/s)
    expect(listed.page.words).toContain('Every day, from 20:00 to 08:00')
    expect(listed.page.words).not.toContain('Hours without anybody')
    await stage.save('/settings/on-call/rest', { patience: '45', outside: 'Call the switchboard.' })
    expect((await stage.sam.get('/settings/on-call')).page.words).toContain('after 45 minutes')

    const person = stage.stranger()
    await person.follow(await person.submit('/s/1', {}))
    const shown = await person.follow(await person.submit('/s/2', { immediateDanger: 'yes' }))
    expect(shown.page.words).toMatch(/Who to call now.*Site manager.*Who to call at other times.*Bleep holder/s)
    // No mail is set up here, so nobody is promised that somebody is called
    expect(shown.page.words).not.toContain('They will know that something was sent')
    expect(shown.page.words).toContain('It may be days before someone sees it')
    expect(shown.text).toContain('href="tel:02079460000"')
    expect(shown.text).not.toContain('site@oncall.example')

    await stage.save('/settings/on-call/1', { keep: 'no' })
    expect((await stage.sam.get('/settings/on-call')).page.words).not.toContain('Bleep holder')
    expect((await stage.sam.get('/settings/on-call/2')).status).toBe(404)
  })

  test('is marked where no message can go to them, and their hours are hours without anybody', async () => {
    const withMail = await openSettingsStage({ mailFrom: 'forthright@trust.example' })
    await withMail.save('/settings/on-call/new', { ...anna, email: '', from: '0:00', until: '0:00' })
    const unreached = (await withMail.sam.get('/settings/on-call')).page.words
    expect(unreached).toContain('No message can go to them: there is no e-mail address.')
    expect(unreached).toContain('Hours without anybody')
    expect((await withMail.sam.get('/settings')).page.words).toContain('There are hours at which nobody is called')
    await withMail.save('/settings/on-call/1', { ...anna, from: '0:00', until: '0:00', keep: 'yes', place: '1' })
    const reached = (await withMail.sam.get('/settings/on-call')).page.words
    expect(reached).not.toContain('No message can go to them')
    expect(reached).not.toContain('Hours without anybody')
    expect((await withMail.sam.get('/settings')).page.words).not.toContain('There are hours at which nobody is called')
    await withMail.close()
  })

  test('needs a number and hours that there are', async () => {
    const refused = await stage.save('/settings/on-call/new', { ...anna, number: 'the desk', from: '25:00' })
    expect([refused.status, refused.page.faults]).toEqual([
      422,
      ['Write a telephone number, in digits.', 'Write a time of the day like 08:00 or 17:30.'],
    ])
    const late = await stage.save('/settings/on-call/rest', { patience: '20' })
    expect(late.status).toBe(422)
  })
})
