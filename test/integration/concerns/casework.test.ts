import { afterAll, describe, expect, test } from 'vitest'
import { Refusal, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld } from './handling-world.ts'

const world = await startHandlingWorld()
const { as, raise, bring, act } = world
const { casework } = world.concerns
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const on = (date: string) => date as DateText
const contact = { channel: 'call' as const, on: on('2026-11-20'), minutes: 20, note: 'She rang.' }
const kindsOf = async (id: ConcernId) => (await world.entries(id)).map(({ kind }) => kind)
const forge = (table: string, change: string, id: ConcernId) => world.tamper(`update ${table} set ${change} where concern_id = $1`, [id])

describe('a note of one’s own', () => {
  test('is sealed to its writer: a row given to a colleague, or moved to another concern, opens for nobody', async () => {
    const [{ id }, other] = [await raise(), await raise()]
    await casework.writePrivateNote(as('guardian'), id, { body: 'Mine' }, null)
    expect((await casework.viewPrivateNotes(as('guardian'), id)).notes).toMatchObject([{ body: 'Mine', genuine: true }])
    expect((await casework.viewPrivateNotes(as('deputy'), id)).notes).toEqual([])
    await forge('private_note', `person_id = '${world.id('deputy')}'`, id)
    expect((await casework.viewPrivateNotes(as('deputy'), id)).notes).toMatchObject([{ body: null, genuine: false }])
    await forge('private_note', `person_id = '${world.id('guardian')}', concern_id = '${other.id}'`, id)
    expect((await casework.viewPrivateNotes(as('guardian'), other.id)).notes).toMatchObject([{ body: null, genuine: false }])
  })

  test('leaves an entry without a word of it, and none of it in a colleague’s history', async () => {
    const { id } = await raise()
    const before = (await world.concerns.viewConcern(as('deputy'), id)).history
    const version = await world.version(id)
    await casework.writePrivateNote(as('guardian'), id, { body: 'Kanari' }, null)
    expect((await world.entries(id)).find(({ kind }) => kind === 'private_note_written')?.text).not.toContain('Kanari')
    expect((await world.concerns.viewConcern(as('deputy'), id)).history).toEqual(before)
    expect((await world.concerns.viewConcern(as('guardian'), id)).history.at(-1)).toMatchObject({ kind: 'private_note_written' })
    expect(await world.version(id)).toBe(version)
  })

  test('is stored only with its entry: a row put in by itself is refused at the end of its transaction', async () => {
    const { id } = await raise()
    await casework.writePrivateNote(as('guardian'), id, { body: 'Mine' }, null)
    const copied = world.database.asSuperuser.query(
      `insert into private_note select gen_random_uuid(), concern_id, person_id, written_at, item_key, ciphertext, signature from private_note where concern_id = $1`,
      [id],
    )
    await expect(copied).rejects.toThrow('a part of a concern changed without an entry')
  })
})

describe('who may use the tools', () => {
  test('no investigator, though one is assigned; no lead who was told without content; nobody else', async () => {
    const { id } = await raise()
    await bring(id, 'investigating')
    await act('guardian', id, 'escalate', { to: 'executive_lead', reason: 'Timing.', shareContent: false })
    const tools = [
      (person: Parameters<typeof as>[0]) => casework.viewAssessments(as(person), id),
      (person: Parameters<typeof as>[0]) => casework.assess(as(person), id, { follows: 0, status: 'may_qualify' }, null),
      (person: Parameters<typeof as>[0]) => casework.viewContacts(as(person), id),
      (person: Parameters<typeof as>[0]) => casework.logContact(as(person), id, contact, null),
      (person: Parameters<typeof as>[0]) => casework.viewPrivateNotes(as(person), id),
      (person: Parameters<typeof as>[0]) => casework.writePrivateNote(as(person), id, { body: 'x' }, null),
      (person: Parameters<typeof as>[0]) => casework.previewMessage(as(person), id, { body: 'x' }),
      (person: Parameters<typeof as>[0]) => casework.printSummary(as(person), id, { preparedFor: 'x', include: [] }),
      (person: Parameters<typeof as>[0]) => casework.exportConcern(as(person), id, { otp: '' }),
    ]
    for (const tool of tools) {
      expect(await refusalOf(tool('investigator'))).toBe('permission_denied')
      expect(await refusalOf(tool('executive'))).toBe('permission_denied')
      expect(await refusalOf(tool('nonExecutive'))).toBe('not_found')
    }
  })

  test('a lead who was given content reads assessments and contacts, and writes none', async () => {
    const { id } = await raise()
    await casework.logContact(as('guardian'), id, contact, null)
    await act('guardian', id, 'escalate', { to: 'executive_lead', reason: 'Grave.', shareContent: true })
    expect((await casework.viewContacts(as('executive'), id)).contacts).toMatchObject([{ note: 'She rang.', genuine: true }])
    expect(await casework.viewAssessments(as('executive'), id)).toMatchObject({ mayWrite: false, versions: [] })
    expect(await refusalOf(casework.logContact(as('executive'), id, contact, null))).toBe('permission_denied')
  })
})

describe('an assessment', () => {
  test('is a version of its own, under the number the log gives, and moves nothing', async () => {
    const { id } = await raise()
    const version = await world.version(id)
    expect(await casework.assess(as('guardian'), id, { follows: 0, status: 'advice_sought', note: 'Kanari' }, null)).toEqual({ version: 1 })
    expect(await refusalOf(casework.assess(as('deputy'), id, { follows: 0, status: 'may_qualify' }, null))).toBe('concern_changed')
    expect(await refusalOf(casework.assess(as('deputy'), id, { follows: 2, status: 'may_qualify' }, null))).toBe('concern_changed')
    expect(await casework.assess(as('deputy'), id, { follows: 1, status: 'may_qualify' }, null)).toEqual({ version: 2 })
    const { versions } = await casework.viewAssessments(as('guardian'), id)
    expect(versions.map(({ version: each, author, content }) => [each, author, content?.status])).toEqual([
      [1, 'Grace Okafor', 'advice_sought'],
      [2, 'Daniel Reid', 'may_qualify'],
    ])
    expect(await world.version(id)).toBe(version)
    const logged = (await world.entries(id)).filter(({ kind }) => kind === 'assessment_recorded')
    expect(logged.map(({ fields }) => fields)).toEqual([{ version: 1 }, { version: 2 }])
  })

  test('by two at once gives one version, and the other is told', async () => {
    const { id } = await raise()
    const both = await Promise.all(
      (['guardian', 'deputy'] as const).map((person) =>
        refusalOf(casework.assess(as(person), id, { follows: 0, status: 'may_qualify' }, null)),
      ),
    )
    expect(both.toSorted((a) => (a === 'concern_changed' ? 1 : -1))).toEqual([{ accepted: { version: 1 } }, 'concern_changed'])
  })

  test('that was changed, or taken away, in the database is shown as not genuine and keeps its place', async () => {
    const { id } = await raise()
    await casework.assess(as('guardian'), id, { follows: 0, status: 'may_qualify' }, null)
    await casework.assess(as('guardian'), id, { follows: 1, status: 'unlikely_to_qualify' }, null)
    await world.tamper(`update staff_item set version = 3 - version where concern_id = $1 and kind = 'assessment'`, [id])
    const swapped = (await casework.viewAssessments(as('guardian'), id)).versions
    expect(swapped.map(({ genuine, content }) => [genuine, content])).toEqual([
      [false, null],
      [false, null],
    ])
    await world.tamper(`delete from staff_item where concern_id = $1 and kind = 'assessment'`, [id])
    expect((await casework.viewAssessments(as('guardian'), id)).versions.map(({ author, genuine }) => [author, genuine])).toEqual([
      [null, false],
      [null, false],
    ])
  })

  test('names no kind of failure that was not in the Act on the day the concern was raised', async () => {
    const { id } = await raise()
    await world.tamper(`update concern set raised_on = '2026-04-05' where id = $1`, [id])
    const answers = [{ kind: 'sexual_harassment' as const, answer: 'not_clear' as const }]
    const input = { follows: 0, status: 'may_qualify' as const, kinds: { answers } }
    expect(await refusalOf(casework.assess(as('guardian'), id, input, null))).toEqual({
      invalid_input: ['/kinds/answers/0 not_in_force'],
    })
    await world.tamper(`update concern set raised_on = '2026-04-06' where id = $1`, [id])
    expect(await casework.assess(as('guardian'), id, input, null)).toEqual({ version: 1 })
  })
})

describe('contacts', () => {
  test('keep their minutes by the log, whatever becomes of the row', async () => {
    const { id } = await raise()
    await casework.logContact(as('guardian'), id, contact, null)
    await world.tamper(`delete from staff_item where concern_id = $1 and kind = 'contact'`, [id])
    expect(await casework.viewContacts(as('guardian'), id)).toMatchObject({
      minutes: 20,
      contacts: [{ minutes: 20, genuine: false, note: null }],
    })
  })

  test('of a day to come are refused, by the London calendar, and leave nothing', async () => {
    const { id } = await raise()
    const tomorrow = { ...contact, on: on('2026-11-25') }
    expect(await refusalOf(casework.logContact(as('guardian'), id, tomorrow, null))).toEqual({ invalid_input: ['/on in_the_future'] })
    expect(await kindsOf(id)).not.toContain('contact_logged')
  })

  test('sum to one’s own hours over the concerns one holds now, and nobody else’s', async () => {
    const { id } = await raise()
    const before = await casework.viewTime(as('deputy'))
    await casework.logContact(as('guardian'), id, { ...contact, minutes: 600 }, null)
    expect(await casework.viewTime(as('deputy'))).toEqual(before)
    await casework.logContact(as('deputy'), id, { ...contact, channel: 'letter', on: on('2026-09-30') }, null)
    expect(await casework.viewTime(as('deputy'))).toContainEqual({ month: '2026-09', channel: 'letter', contacts: 1, minutes: 20 })
    await world.tamper(`delete from key_grant where concern_id = $1 and holder = $2`, [id, world.id('deputy')])
    expect(await casework.viewTime(as('deputy'))).toEqual(before)
    expect(await refusalOf(casework.viewTime(as('investigator')))).toBe('permission_denied')
  })
})

describe('a download', () => {
  test('takes a second factor, records itself first, and leaves a confidential name behind its own door', async () => {
    const { id, token } = await raise({ openness: 'confidential', identity: { name: 'Kanari Nurse' } })
    const said = { kinds: ['moved' as const], description: 'Moved off my ward.', about: [] }
    const visitor = { requestId: 'test', now: as('guardian').now }
    await world.concerns.reportDetriment(await world.concerns.openByToken(visitor, token), said, null)
    expect(await refusalOf(casework.exportConcern(as('guardian'), id, {}))).toBe('step_up_required')
    expect(await refusalOf(casework.exportConcern(as('guardian'), id, { otp: '000000' }))).toBe('sign_in_failed')
    expect(await kindsOf(id)).not.toContain('concern_exported')
    const otp = world.otp('guardian')
    const whole = await casework.exportConcern(as('guardian'), id, { otp })
    expect(whole.content.narrative).toContain('thirty beds')
    expect(whole.detriment.map(({ description, genuine }) => [description, genuine])).toEqual([['Moved off my ward.', true]])
    expect(JSON.stringify(whole)).not.toContain('Kanari')
    expect(await refusalOf(casework.exportConcern(as('guardian'), id, { otp }))).toBe('otp_replayed')
    const logged = (await world.entries(id)).filter(({ kind }) => kind === 'concern_exported')
    expect(logged.map(({ fields }) => fields)).toEqual([{ compartments: ['internal', 'private_note', 'shared'] }])
  })
})

describe('a saved view', () => {
  test('is opened only as it was sealed: a row under another id, or altered, is no view', async () => {
    const { id } = await casework.saveView(as('guardian'), { name: 'Late ones', team: true, filter: { due: 'overdue' } })
    expect(await casework.listViews(as('deputy'))).toMatchObject([{ id, name: 'Late ones', mine: false, owner: 'Grace Okafor' }])
    expect(await refusalOf(casework.saveView(as('guardian'), { name: 'Late ones', team: false, filter: {} }))).toEqual({
      invalid_input: ['/name taken'],
    })
    expect(await refusalOf(casework.renameView(as('deputy'), id, { name: 'Theirs' }))).toBe('not_found')
    expect(await refusalOf(casework.deleteView(as('deputy'), id))).toBe('not_found')
    await world.tamper(`update saved_view set id = gen_random_uuid() where id = $1`, [id])
    expect(await casework.listViews(as('guardian'))).toEqual([])
  })

  test('can be shared by guardians alone', async () => {
    const shared = casework.saveView(as('executive'), { name: 'Shared', team: true, filter: {} })
    expect(await refusalOf(shared)).toBe('permission_denied')
    await expect(shared).rejects.toThrow(Refusal)
  })
})

describe('what was typed and not sent', () => {
  test('opens for its writer, at its place, for half a day, and for nobody else', async () => {
    const { writtenDrafts } = casework
    const id = await writtenDrafts.keep(as('guardian'), 'note x', { body: ['Half a thought'] })
    expect(await writtenDrafts.open(as('guardian'), 'note x', id)).toEqual({ body: ['Half a thought'] })
    expect(await writtenDrafts.open(as('guardian'), 'note y', id)).toBeNull()
    expect(await writtenDrafts.open(as('deputy'), 'note x', id)).toBeNull()
    const theirs = await writtenDrafts.keep(as('deputy'), 'note x', { body: ['Theirs'] }, id)
    expect(theirs).not.toBe(id)
    expect(await writtenDrafts.keep(as('guardian'), 'note x', { body: ['Whole'] }, id)).toBe(id)
    world.clock.advance({ hours: 13 })
    expect(await writtenDrafts.open(as('guardian'), 'note x', id)).toBeNull()
  })

  test('is kept no longer than the newest twenty of one person', async () => {
    const first = await casework.writtenDrafts.keep(as('guardian'), 'a', { body: ['first'] })
    for (let count = 0; count < 20; count += 1) {
      world.clock.advance({ seconds: 1 })
      await casework.writtenDrafts.keep(as('guardian'), 'a', { body: [String(count)] })
    }
    expect(await casework.writtenDrafts.open(as('guardian'), 'a', first)).toBeNull()
  })
})
