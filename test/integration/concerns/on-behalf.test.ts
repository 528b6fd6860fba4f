import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { concludedInput, onBehalfInput, type RecordedAnswer } from '../../../src/concerns/index.ts'
import { newId, systemRandom, type ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

const today = '2026-11-24'
const told = (over: object = {}) =>
  onBehalfInput.parse({
    narrative: 'The lamp over the sluice is broken.',
    openness: 'confidential',
    channel: 'phone',
    receivedOn: today,
    ...over,
  })
const concluded = (over: object = {}) =>
  concludedInput.parse({
    narrative: 'She asked whom to tell about the lamp.',
    channel: 'in_person',
    receivedOn: today,
    treatedBadly: 'no',
    title: 'Broken lamp',
    riskGrade: 'low',
    elements: ['worker_safety_wellbeing'],
    agreed: true,
    outcome: 'resolved_informally',
    learning: 'None.',
    message: 'I rang Estates while she was here. It is repaired on Friday.',
    ...over,
  })

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})
beforeEach(() => world.clock.set(ordinaryMorning))

const count = async (table: string) =>
  Number((await world.database.asSuperuser.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]!.n)
const rowCounts = async () => {
  const tables = ['concern', 'reporter_key', 'key_grant', 'reporter_item', 'staff_item', 'reporter_entry', 'staff_entry', 'receipt']
  return Promise.all(tables.map(count))
}
const entriesOf = async (id: ConcernId) => (await world.entries(id)).filter(({ kind }) => !kind.endsWith('_viewed'))
const idOf = ({ concern }: Pick<RecordedAnswer, 'concern'>): ConcernId => concern!.id
const record = (over: object = {}, secret: string | null = null) => world.concerns.onBehalf.record(world.as('guardian'), told(over), secret)

describe('a guardian who records what somebody said', () => {
  it('gets a code to hand over, and the person finds every word under it', async () => {
    const answer = await record({ identity: { name: 'T. Nurse' }, elements: ['worker_safety_wellbeing'], site: 'Ward 7' })
    expect(answer).toMatchObject({ stage: 'raised', raisedOn: today, acknowledgeBy: '2026-11-26', joint: [] })
    expect(answer.readers.map(({ name }) => name)).toEqual(['Grace Okafor', 'Daniel Reid'])
    expect(await world.inbox(answer.token!)).toMatchObject({ narrative: 'The lamp over the sluice is broken.', status: 'raised' })
    const view = await world.concerns.viewConcern(world.as('guardian'), idOf(answer))
    expect(view).toMatchObject({ channel: 'phone', openness: 'confidential', codeIsShared: true, mayOpenIdentity: true, status: 'raised' })
    const content = await world.concerns.viewContent(world.as('guardian'), idOf(answer))
    expect(content).toMatchObject({ genuine: true, narrative: 'The lamp over the sluice is broken.', site: 'Ward 7', identity: null })
    expect(content.records).toMatchObject([
      {
        kind: 'recording',
        author: 'Grace Okafor',
        content: { channel: 'phone', receivedOn: today, backDatedReason: null, returnChannel: true },
      },
    ])
  })

  it('stands in the log with the channel and the day of receipt, beside an entry of the reporter’s own that has a date only', async () => {
    const answer = await record()
    expect(await entriesOf(idOf(answer))).toMatchObject([
      {
        kind: 'concern_recorded',
        actor: { role: 'guardian' },
        fields: { channel: 'phone', receivedOn: today, backDatedDays: 0, returnChannel: true, people: 1 },
      },
    ])
    const { rows } = await world.database.asSuperuser.query<{ text: string }>('select text from reporter_entry where concern_id = $1', [
      idOf(answer),
    ])
    const [raised] = rows.map(({ text }) => JSON.parse(text) as { kind: string; on: string; at?: string; fields: Record<string, unknown> })
    expect(raised).toMatchObject({ kind: 'concern_raised', on: today, fields: { channel: 'phone', acknowledgeBy: '2026-11-26' } })
    expect(raised).not.toHaveProperty('at')
  })

  it('counts the first limit from the day it was received, and shows how late it was written down', async () => {
    const answer = await record({ channel: 'letter', receivedOn: '2026-11-18', backDatedReason: 'The letter lay in the post room.' })
    expect(answer).toMatchObject({ raisedOn: '2026-11-18', acknowledgeBy: '2026-11-20' })
    const view = await world.concerns.viewConcern(world.as('guardian'), idOf(answer))
    expect(view.clocks[0]).toMatchObject({ code: 'T1', dueOn: '2026-11-20', state: 'overdue' })
    expect((await entriesOf(idOf(answer)))[0]!.fields).toMatchObject({ receivedOn: '2026-11-18', backDatedDays: 6 })
    expect((await entriesOf(idOf(answer)))[0]!.text).not.toContain('post room')
  })

  it.each([
    ['a day in the future', { receivedOn: '2026-11-25' }, '/receivedOn received_in_the_future'],
    ['an earlier day without a reason', { receivedOn: '2026-11-23' }, '/backDatedReason back_dating_reason_missing'],
    ['a day before any limit', { receivedOn: '1996-11-24', backDatedReason: 'Found in a drawer.' }, '/receivedOn received_too_long_ago'],
    [
      'an e-mail of nothing but headers',
      { narrative: undefined, channel: 'email', email: 'From: a\nSent: b\nSubject: c' },
      '/email nothing_left',
    ],
    ['an e-mail too long without them', { narrative: undefined, email: `From: a\nTo: b\n\n${'word '.repeat(5_000)}` }, '/email too_long'],
  ])('is told what is wrong with %s, and nothing is kept', async (_what, over, fault) => {
    const before = await rowCounts()
    expect(await refusalOf(record(over))).toEqual({ invalid_input: [fault] })
    expect(await rowCounts()).toEqual(before)
  })

  it('knows the London day at the edge of a day', async () => {
    world.clock.set('2026-06-30T23:30:00Z')
    expect(await record({ receivedOn: '2026-07-01' })).toMatchObject({ raisedOn: '2026-07-01' })
    expect(await refusalOf(record({ receivedOn: '2026-07-02' }))).toEqual({ invalid_input: ['/receivedOn received_in_the_future'] })
  })

  it('may not be whom it is about, and leaves an entry for trying', async () => {
    const before = await count('concern')
    expect(await refusalOf(record({ about: ['Grace Okafor'] }))).toEqual({ conflict_of_interest: ['/about about_the_recorder'] })
    expect(await refusalOf(record({ about: ['the guardians'] }))).toEqual({ conflict_of_interest: ['/about about_the_recorder'] })
    expect(await count('concern')).toBe(before)
    const refused = (await world.entries()).filter(
      ({ kind, fields }) => kind === 'attempt_refused' && fields['attempt'] === 'record_concern',
    )
    expect(refused.map(({ fields }) => fields['code'])).toEqual(['conflict_of_interest', 'conflict_of_interest'])
  })

  it('gives no key to a colleague it is about', async () => {
    const answer = await record({ about: ['Daniel Reid'] })
    expect(answer.readers.map(({ name }) => name)).toEqual(['Grace Okafor'])
    expect(await refusalOf(world.concerns.viewConcern(world.as('deputy'), idOf(answer)))).toBe('not_found')
  })

  it('is told no name of the concern where another door was chosen and she is none of its readers', async () => {
    const answer = await record({ recipient: 'non_executive_lead' })
    expect(answer).toMatchObject({ concern: null, readers: [{ name: 'Owen Price' }] })
    expect(answer.token).not.toBeNull()
  })

  it.each(['investigator', 'executive', 'nonExecutive', 'auditor', 'administrator'] as const)(
    'is a guardian: no %s records',
    async (person) => {
      expect(await refusalOf(world.concerns.onBehalf.record(world.as(person), told(), null))).toBe('permission_denied')
      expect(await refusalOf(world.concerns.onBehalf.recordConcluded(world.as(person), concluded(), null))).toBe('permission_denied')
      expect(await refusalOf(world.concerns.onBehalf.readBack(world.as(person), told()))).toBe('permission_denied')
    },
  )

  it('records once however often she presses, and gets the same code each time', async () => {
    const before = await count('concern')
    const key = newId(systemRandom)
    const answers = await Promise.all(Array.from({ length: 5 }, () => record({}, key)))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    expect(await count('concern')).toBe(before + 1)
    expect(await refusalOf(record({ narrative: 'Something else.' }, key))).toBe('idempotency_key_reused')
  })

  it('can show the codes again until they are handed over; a colleague with the same key cannot', async () => {
    const key = newId(systemRandom)
    const answer = await record({}, key)
    const { onBehalf } = world.concerns
    expect(await onBehalf.recallCodes(world.as('guardian'), key)).toEqual(answer)
    expect(await onBehalf.recallCodes(world.as('deputy'), key)).toBeNull()
    await onBehalf.forgetCodes(world.as('deputy'), key)
    expect(await onBehalf.recallCodes(world.as('guardian'), key)).toEqual(answer)
    await onBehalf.forgetCodes(world.as('guardian'), key)
    expect(await onBehalf.recallCodes(world.as('guardian'), key)).toBeNull()
    const before = await count('concern')
    expect(await record({}, key)).toEqual({ ...answer, token: null, receipt: null })
    expect(await count('concern')).toBe(before)
  })

  it('keeps nothing of what was cut from an e-mail, and reads back just what is kept', async () => {
    const email = 'From: Jane Canary <jane@mail.example>\nSent: Monday\nSubject: Lamps\n\nThe lamp is broken.\n\nKind regards\nJane Canary'
    const input = told({ narrative: undefined, channel: 'email', email, openness: 'anonymous' })
    const readBack = await world.concerns.onBehalf.readBack(world.as('guardian'), input)
    expect(readBack).toMatchObject({ narrative: 'The lamp is broken.', acknowledgeBy: '2026-11-26', backDatedDays: 0 })
    expect(readBack.cut.map(({ kind }) => kind)).toEqual(['headers', 'signature'])
    const answer = await world.concerns.onBehalf.record(world.as('guardian'), input, null)
    expect((await world.inbox(answer.token!)).narrative).toBe('The lamp is broken.')
    expect(JSON.stringify(await world.concerns.viewContent(world.as('guardian'), idOf(answer)))).not.toMatch(/canary|Monday|mail\.example/i)
  })
})

describe('a person who wants no code', () => {
  it('gets none, and only then may it be said that nobody can be reached', async () => {
    const end = { outcome: 'advice_given', feedbackShared: 'no_return_channel', learning: 'None.', message: 'As we said.' } as const
    const answers = [await record({ wantsCode: false }), await record()]
    expect(answers.map(({ token, receipt }) => [token === null, receipt === null])).toEqual([
      [true, true],
      [false, false],
    ])
    for (const answer of answers) await world.bring(idOf(answer), 'resolving')
    expect(await world.act('guardian', idOf(answers[0]!), 'resolve', end)).toMatchObject({ status: 'resolved', codeIsShared: false })
    expect(await refusalOf(world.act('guardian', idOf(answers[1]!), 'resolve', end))).toEqual({
      invalid_input: ['/feedbackShared return_channel_open'],
    })
  })
})

describe('the light path', () => {
  const conclude = (over: object = {}, secret: string | null = null) =>
    world.concerns.onBehalf.recordConcluded(world.as('guardian'), concluded(over), secret)

  it('leaves the entries that the single steps leave, all at once', async () => {
    const answer = await conclude()
    expect(answer).toMatchObject({ stage: 'resolved', status: 'resolved' })
    expect((await entriesOf(idOf(answer))).map(({ kind, fields }) => [kind, fields['from'], fields['to']])).toEqual([
      ['concern_recorded', undefined, undefined],
      ['concern_acknowledged', 'raised', 'acknowledged'],
      ['concern_triaged', 'acknowledged', 'triaged'],
      ['resolving_without_investigation', 'triaged', 'resolving'],
      ['concern_resolved', 'resolving', 'resolved'],
    ])
    const view = await world.concerns.viewConcern(world.as('guardian'), idOf(answer))
    expect(view).toMatchObject({ status: 'resolved', title: 'Broken lamp', riskGrade: 'low', version: 5 })
    expect(view.clocks[0]).toMatchObject({ code: 'T1', state: 'met' })
    const inbox = await world.inbox(answer.token!)
    expect(inbox.messages.at(-1)).toMatchObject({ body: 'I rang Estates while she was here. It is repaired on Friday.', genuine: true })
  })

  it('can be undone by reopening', async () => {
    const answer = await conclude({ outcome: 'advice_given' })
    expect(await world.act('guardian', idOf(answer), 'reopen', { reason: 'The lamp is still broken.' })).toMatchObject({
      status: 'triaged',
    })
  })

  it('hands over no code where none is wanted, and says so in the outcome', async () => {
    const answer = await conclude({ wantsCode: false })
    expect(answer.token).toBeNull()
    expect((await entriesOf(idOf(answer))).at(-1)!.fields).toMatchObject({ feedbackShared: 'no_return_channel' })
  })

  it.each([
    ['a higher risk', { riskGrade: 'medium' }, '/riskGrade not_low_risk'],
    ['patient safety', { elements: ['patient_safety_quality'] }, '/elements patient_safety'],
    ['somebody treated badly', { treatedBadly: 'yes' }, '/treatedBadly treated_badly'],
    ['somebody who fears it', { treatedBadly: 'worried' }, '/treatedBadly treated_badly'],
    ['danger', { immediateDanger: 'not_sure' }, '/immediateDanger in_danger'],
    ['a person who did not agree', { agreed: false }, '/agreed not_agreed'],
    ['a day in the future', { receivedOn: '2026-11-25' }, '/receivedOn received_in_the_future'],
  ])('is closed to %s, and nothing is kept', async (_what, over, fault) => {
    const before = await rowCounts()
    expect(await refusalOf(conclude(over))).toEqual({ invalid_input: [fault] })
    expect(await rowCounts()).toEqual(before)
  })

  it('is closed to patient safety under a name of the organisation’s own too', async () => {
    await world.tamper(
      `insert into category (id, code, label, hint, element, source, valid_from)
       values (gen_random_uuid(), 'c-falls1', 'Falls', '', 'patient_safety_quality', 'Ours', '2020-01-01')`,
    )
    world.clock.advance({ seconds: 10 })
    const before = await count('concern')
    expect(await refusalOf(conclude({ elements: [], categories: ['c-falls1'] }))).toEqual({ invalid_input: ['/elements patient_safety'] })
    expect(await refusalOf(conclude({ categories: ['c-nobody'] }))).toEqual({ invalid_input: ['/categories not_an_option'] })
    expect(await count('concern')).toBe(before)
  })

  it('names every reason at once', async () => {
    expect(await refusalOf(conclude({ riskGrade: 'high', agreed: false }))).toEqual({
      invalid_input: ['/riskGrade not_low_risk', '/agreed not_agreed'],
    })
  })

  it('concludes once however often she presses', async () => {
    const key = newId(systemRandom)
    const before = await count('concern')
    const answers = await Promise.all(Array.from({ length: 4 }, () => conclude({}, key)))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    expect(await count('concern')).toBe(before + 1)
  })
})

describe('people who come together', () => {
  it('each get a concern and a code of their own, linked to all the others', async () => {
    const answer = await record({ people: 5 })
    const all = [answer, ...answer.joint]
    expect(new Set(all.map(({ token }) => token)).size).toBe(5)
    for (const one of all) {
      expect((await world.inbox(one.token!)).narrative).toBe('The lamp over the sluice is broken.')
      const links = await world.concerns.linking.view(world.as('guardian'), idOf(one))
      expect(links.map(({ relation, other }) => [relation, other.reference]).toSorted()).toEqual(
        all.flatMap(({ concern }) => (concern!.id === idOf(one) ? [] : [['joint', concern!.reference]])).toSorted(),
      )
      expect((await entriesOf(idOf(one))).map(({ kind }) => kind)).toEqual(['concern_recorded', 'concern_linked'])
    }
  })

  it('are all there or none of them, wherever it breaks', async () => {
    const deps = { draws: 0, breaksAt: Infinity }
    const { service } = world
    const ended = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 130 }), async (people, percent) => {
        const before = await rowCounts()
        deps.draws = 0
        // Every concern draws some sixty times: half of it is past the end, and nothing breaks.
        deps.breaksAt = Math.ceil((percent / 100) * people * 120)
        const original = service.random.bytes
        Object.assign(service.random, {
          bytes: (size: number) => {
            deps.draws += 1
            if (deps.draws === deps.breaksAt) throw new Error('the machine stopped')
            return original(size)
          },
        })
        let answer: RecordedAnswer | null = null
        try {
          answer = await record({ people }, newId(systemRandom))
        } catch (error) {
          expect(String(error)).toContain('the machine stopped')
        } finally {
          Object.assign(service.random, { bytes: original })
        }
        const after = await rowCounts()
        ended.add(answer === null ? 'broken' : 'whole')
        if (answer === null) expect(after).toEqual(before)
        else {
          const [concerns, keys, , , , , , receipts] = after.map((n, at) => n - before[at]!)
          expect([concerns, keys, receipts]).toEqual([people, people, 1])
          for (const one of [answer, ...answer.joint]) {
            const links = await world.concerns.linking.view(world.as('guardian'), idOf(one))
            expect(links).toHaveLength(people - 1)
          }
        }
      }),
      // One that breaks and one that does not, whatever chance brings besides
      {
        numRuns: 20,
        examples: [
          [3, 20],
          [3, 130],
        ],
      },
    )
    expect([...ended].toSorted()).toEqual(['broken', 'whole'])
  }, 60_000)
})
