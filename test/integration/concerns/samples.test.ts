import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purgeSampleTexts, sampleFixInput, sampleNumbersInput, sampleUnlockInput } from '../../../src/concerns/index.ts'
import { sampleCommitmentOf } from '../../../src/audit/index.ts'
import { addDays, londonDate, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { sealMasked } from '../../../src/concerns/sample/masked-seal.ts'
import { startSigning } from '../../support/log.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

const narrative = 'My name is Jo Archer. Call me on 0161 496 0000. Grace Okafor told us to sign for checks that Dr Bramwell never did.'
const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'

describe('a sample that an auditor draws', { timeout: 60_000 }, () => {
  let world: HandlingWorld
  let signing: ReturnType<typeof startSigning>
  let ids: ReadonlyMap<string, ConcernId>
  let raisedOn: DateText
  const samples = () => world.concerns.samples
  const today = () => londonDate(world.clock.now())

  beforeAll(async () => {
    world = await startHandlingWorld()
    signing = startSigning(world)
    const said = { narrative, openness: 'confidential', identity: { name: 'Jo Archer', contact: 'jo.archer@nhs.example' } }
    const more = { about: ['Dr Bramwell'], site: 'Main hospital', professionalGroup: 'registered_nurses_midwives' }
    for (let at = 0; at < 9; at += 1) await world.raise({ ...said, ...more })
    raisedOn = today()
    world.clock.advance({ hours: 24 * 40 })
    await signing.integrate()
    const { rows } = await world.database.asSuperuser.query<{ id: ConcernId; log_alias: string }>('select id, log_alias from concern')
    ids = new Map(rows.map(({ id, log_alias }) => [log_alias, id]))
  }, 60_000)
  afterAll(async () => {
    expect(world.unexpected).toEqual([])
    await signing.close()
    await world.close()
  })

  let throws = 0
  /** Numbers that stood behind no draw yet. */
  const thrown = () => `${numbers} ${(throws += 1)}`
  const asked = (more: object = {}) =>
    sampleFixInput.parse({
      ...{ from: addDays(raisedOn, -60), to: addDays(today(), -1), count: 2, commitment: sampleCommitmentOf(thrown()) },
      otp: world.otp('auditor'),
      ...more,
    })
  const fix = async (thrownNumbers: string, more: object = {}) =>
    (await samples().fix(world.as('auditor'), asked({ commitment: sampleCommitmentOf(thrownNumbers), ...more }))).id
  const reveal = (id: string, given: string) => samples().reveal(world.as('auditor'), id, sampleNumbersInput.parse({ numbers: given }))
  const drawn = async (more: object = {}) => {
    const given = thrown()
    const id = await fix(given, more)
    await signing.integrate()
    await reveal(id, given)
    return samples().view(world.as('auditor'), id)
  }
  /** The drawn concern as its handlers are asked for it. */
  const askedFor = async (id: string, place: number) => {
    const { rows } = await world.database.asSuperuser.query<{ id: string; log_alias: string }>(
      'select id, log_alias from sample_concern where draw_id = $1 and place = $2',
      [id, place],
    )
    return { id: rows[0]!.id, concernId: ids.get(rows[0]!.log_alias)!, alias: rows[0]!.log_alias }
  }
  const unlocking = (more: object = {}) =>
    sampleUnlockInput.parse({
      ...{ text: 'Checks are signed for that nobody did.', showSite: false, showProfession: false, harmless: false },
      otp: world.otp('guardian'),
      ...more,
    })
  /** Lets what a test drew fall out of the year, so that each test draws anew. */
  const forget = () => world.tamper("update sample_draw set asked_at = asked_at - interval '400 days'")

  test('is fixed before the checkpoint that it is drawn from, and both go into the log with all that it rests on', async () => {
    const given = thrown()
    const commitment = sampleCommitmentOf(given)
    const id = await fix(given)
    const waiting = await samples().view(world.as('auditor'), id)
    expect(waiting).toMatchObject({ state: 'waiting', mine: true, count: 2, concerns: [], drawn: null })
    expect(waiting.fixed).toMatchObject({ commitment, base: null, until: addDays(today(), 14) })
    const fixed = (await world.entries()).findLast(({ kind }) => kind === 'sample_fixed')!
    const { from, to } = waiting
    expect(fixed).toMatchObject({ actor: { role: 'auditor' }, fields: { sample: id, from, to, count: 2, commitment } })
    expect(JSON.stringify(await world.entries())).not.toContain(given)

    expect(await refusalOf(reveal(id, given))).toEqual({ invalid_input: ['/numbers not_covered'] })
    await signing.integrate()
    expect(await samples().view(world.as('auditor'), id)).toMatchObject({ state: 'covered' })
    expect(await refusalOf(reveal(id, thrown()))).toEqual({ invalid_input: ['/numbers other_numbers'] })
    expect((await samples().view(world.as('auditor'), id)).drawn).toBeNull()

    // Blanks are what paper has of them, no part of the numbers
    await reveal(id, given.replaceAll(' ', '\n'))
    const sample = await samples().view(world.as('auditor'), id)
    expect(sample.drawn).toMatchObject({ population: 9, answered: 0, numbers: given })
    expect(sample.concerns.map(({ place, state }) => ({ place, state }))).toEqual([
      { place: 1, state: 'waiting' },
      { place: 2, state: 'waiting' },
    ])
    const entry = (await world.entries()).findLast(({ kind }) => kind === 'sample_drawn')!
    expect(entry.actor.role).toBe('auditor')
    const { size, root } = sample.fixed!.base!
    const drawnThere = sample.concerns.map(({ alias }) => alias)
    const rests = { fixed: sample.fixed!.entry, size, root, from, to, numbers: given, count: 2, population: 9, drawn: drawnThere }
    expect(entry.fields).toEqual({ sample: id, ...rests })

    expect(await reveal(id, given)).toEqual({ id })
    expect(await refusalOf(reveal(id, thrown()))).toEqual({ invalid_input: ['/numbers other_numbers'] })
    expect((await world.entries()).filter(({ kind }) => kind === 'sample_drawn')).toHaveLength(1)
    await forget()
  })

  test('takes a fresh code, an auditor, days that are over, and a commitment that nobody gave before', async () => {
    const attempt = async (more: object, person: 'auditor' | 'guardian' = 'auditor') =>
      refusalOf(samples().fix(world.as(person), asked(more)))
    expect(await attempt({ otp: undefined })).toBe('step_up_required')
    expect(await attempt({ otp: '000000' })).toBe('sign_in_failed')
    expect(await attempt({}, 'guardian')).toBe('permission_denied')
    expect(await attempt({ to: today() })).toEqual({ invalid_input: ['/to day_not_over'] })
    expect(await attempt({ from: addDays(today(), -20) })).toEqual({ invalid_input: ['/from period_too_short'] })
    expect(await attempt({ from: addDays(today(), -30) })).toEqual({ invalid_input: ['/from too_few_concerns'] })
    expect(await attempt({ count: 3 })).toEqual({ invalid_input: ['/count too_large_a_share'] })
    expect(sampleFixInput.safeParse({ ...asked(), commitment: numbers }).success).toBe(false)
    expect(sampleNumbersInput.safeParse({ numbers: `ward 12 ${numbers}` }).success).toBe(false)
    expect(sampleNumbersInput.safeParse({ numbers: '1 2 3' }).success).toBe(false)
    expect(sampleNumbersInput.parse({ numbers: ` ${numbers.replaceAll(' ', ', ')}\n012 ` }).numbers).toBe(`${numbers} 012`)
  })

  test('waits alone: the same asked twice is one, and another waits until its numbers are given or it has lapsed', async () => {
    const given = thrown()
    const form = asked({ commitment: sampleCommitmentOf(given) })
    const { id } = await samples().fix(world.as('auditor'), form)
    expect(await samples().fix(world.as('auditor'), { ...form, otp: undefined })).toEqual({ id })
    expect(await refusalOf(samples().fix(world.as('auditor'), { ...form, count: 1 }))).toEqual({
      invalid_input: ['/commitment used_before'],
    })
    expect(await refusalOf(fix(thrown()))).toEqual({ invalid_input: ['/commitment one_waits'] })
    await signing.integrate()
    const state = async () => (await samples().view(world.as('auditor'), id)).state
    world.clock.advance({ hours: 24 * 14 })
    expect(await state()).toBe('covered')
    world.clock.advance({ hours: 24 })
    expect(await state()).toBe('lapsed')
    expect(await refusalOf(reveal(id, given))).toEqual({ invalid_input: ['/numbers lapsed'] })
    expect((await samples().list(world.as('auditor'))).find((each) => each.id === id)).toMatchObject({ state: 'lapsed', drawn: null })
    expect((await drawn()).state).toBe('drawn')
    await forget()
  })

  test('is drawn by who fixed it alone', async () => {
    const given = thrown()
    const id = await fix(given)
    await signing.integrate()
    const { person } = world.as('auditor')
    const another = { ...world.as('auditor'), person: { ...person, alias: '33333333-3333-4333-8333-333333333333' as typeof person.alias } }
    expect(await refusalOf(samples().reveal(another, id, { numbers: given }))).toBe('not_found')
    expect(await refusalOf(samples().reveal(world.as('guardian'), id, { numbers: given }))).toBe('permission_denied')
    expect(await refusalOf(reveal('44444444-4444-4444-8444-444444444444', given))).toBe('not_found')
    await reveal(id, given)
    await forget()
  })

  test('is no way to read everything: half of the same concerns in a year, and no more', async () => {
    let refused: unknown = null
    const seen = new Set<string>()
    for (let at = 0; at < 12 && refused === null; at += 1) {
      const attempt = await refusalOf(drawn())
      if (typeof attempt === 'object' && attempt !== null && 'accepted' in attempt)
        for (const { alias } of (attempt.accepted as { concerns: { alias: string }[] }).concerns) seen.add(alias)
      else refused = attempt
    }
    expect(refused).toEqual({ invalid_input: ['/count half_drawn'] })
    expect(seen.size).toBeLessThanOrEqual(4)
    await forget()
  })

  test('lapses when nobody answers it in sixty days', async () => {
    const { id } = await drawn()
    const { id: one } = await askedFor(id, 1)
    const waiting = async () => (await samples().listAsked(world.as('guardian'))).map((each) => each.id)
    world.clock.advance({ hours: 24 * 60 })
    expect(await waiting()).toContain(one)
    world.clock.advance({ hours: 24 })
    expect(await waiting()).not.toContain(one)
    expect(await refusalOf(samples().prepare(world.as('guardian'), one))).toBe('sample_lapsed')
    expect(await refusalOf(samples().unlock(world.as('guardian'), one, unlocking()))).toBe('sample_lapsed')
    expect(await refusalOf(samples().refuse(world.as('guardian'), one, 'proceedings'))).toBe('sample_lapsed')
    expect((await samples().view(world.as('auditor'), id)).concerns.map(({ state }) => state)).toEqual(['lapsed', 'lapsed'])
    await forget()
  })

  test('is prepared masked, without site or profession, unlocked with a fresh code, and read by who drew it alone', async () => {
    const { id } = await drawn()
    const { id: one, concernId } = await askedFor(id, 1)
    const waiting = await samples().listAsked(world.as('guardian'))
    expect(waiting.map((each) => each.id)).toContain(one)

    const prepared = await samples().prepare(world.as('guardian'), one)
    expect(prepared).toMatchObject({ from: 'narrative', site: 'Main hospital', fixedAt: expect.anything() })
    for (const word of ['Archer', '0161', 'Okafor', 'Bramwell']) expect(prepared.text).not.toContain(word)
    expect(prepared.text).toContain('told us to sign for checks')

    const attempt = (more: object) => refusalOf(samples().unlock(world.as('guardian'), one, unlocking(more)))
    expect(await attempt({ otp: undefined })).toBe('step_up_required')
    expect(await attempt({ text: 'Dr Bramwell did not check.' })).toEqual({ accepted: { until: null, left: ['bramwell'] } })
    expect(await attempt({ text: 'Ring 0161 496 0000.' })).toEqual({ accepted: { until: null, left: ['0161 496 0000'] } })
    expect(await attempt({ text: 'ARCHER saw it.', harmless: true })).toEqual({ invalid_input: ['/text names_the_person'] })
    expect((await world.entries(concernId)).at(-1)).toMatchObject({
      kind: 'attempt_refused',
      fields: { attempt: 'unlock_sample', code: 'names_remain' },
    })

    expect(await refusalOf(samples().open(world.as('auditor'), id, 1))).toBe('not_found')
    const { until } = await samples().unlock(world.as('guardian'), one, unlocking())
    expect(until).toBe(addDays(today(), 30))
    expect((await world.entries(concernId)).at(-1)).toMatchObject({ kind: 'sample_unlocked', fields: { sample: id, until } })
    expect(await attempt({})).toBe('sample_answered')
    expect((await samples().listAsked(world.as('guardian'))).map((each) => each.id)).not.toContain(one)

    const opened = await samples().open(world.as('auditor'), id, 1)
    const raisedIn = raisedOn.slice(0, 7)
    expect(opened.masked).toEqual({ text: 'Checks are signed for that nobody did.', raisedIn, steps: [], site: null, profession: null })
    expect((await world.entries(concernId)).at(-1)).toMatchObject({ kind: 'sample_viewed', actor: { role: 'auditor' } })
    // In the concern's own history a look is not told, the unlocking is
    const { history } = await world.concerns.viewConcern(world.as('guardian'), concernId)
    expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sample_unlocked']))
    expect(history.map(({ kind }) => kind)).not.toContain('sample_viewed')
    await forget()
  })

  test('shows what the handler leaves in, and the copy made for an investigator instead of the person’s own words', async () => {
    const { id, concerns } = await drawn()
    const { id: one, concernId } = await askedFor(id, 2)
    await world.bring(concernId, 'triaged')
    await world.act('guardian', concernId, 'start_investigation', {
      ...{ investigatorId: world.id('investigator'), terms: 'Look.', expectedEnd: addDays(today(), 30), message: 'We look into it.' },
      maskedCopy: 'Somebody signed for checks.',
    })
    expect(await samples().prepare(world.as('guardian'), one)).toMatchObject({ from: 'masked_copy', text: 'Somebody signed for checks.' })
    await samples().unlock(world.as('guardian'), one, unlocking({ showSite: true }))
    const { masked, alias } = await samples().open(world.as('auditor'), id, 2)
    expect(alias).toBe(concerns[1]!.alias)
    expect(masked).toMatchObject({ site: 'Main hospital', profession: null })
    expect(masked!.steps.map(({ to }) => to)).toEqual(['acknowledged', 'triaged', 'investigating'])
    await forget()
  })

  test('is refused for a reason that the auditor and the log are told', async () => {
    const { id } = await drawn()
    const { id: one, concernId } = await askedFor(id, 1)
    await samples().refuse(world.as('guardian'), one, 'would_identify')
    expect((await world.entries(concernId)).at(-1)).toMatchObject({ kind: 'sample_refused', fields: { reasonCode: 'would_identify' } })
    const { concerns, drawn: facts } = await samples().view(world.as('auditor'), id)
    expect(concerns[0]).toMatchObject({ state: 'refused', reason: 'would_identify' })
    expect(facts!.answered).toBe(1)
    expect(await refusalOf(samples().open(world.as('auditor'), id, 1))).toBe('not_found')
    expect(await refusalOf(samples().refuse(world.as('guardian'), one, 'proceedings'))).toBe('sample_answered')
    await forget()
  })

  test('is nothing to whoever may not know of the concern, nor to another auditor', async () => {
    const { id } = await drawn()
    const { id: one, concernId } = await askedFor(id, 1)
    await world.concerns.declareConflict(world.as('deputy'), concernId, { expectedVersion: await world.version(concernId) })
    expect((await samples().listAsked(world.as('deputy'))).map((each) => each.id)).not.toContain(one)
    for (const person of ['deputy', 'investigator', 'executive', 'nonExecutive', 'administrator', 'auditor'] as const) {
      const none = '11111111-1111-4111-8111-111111111111'
      for (const each of [one, none]) {
        expect([person, await refusalOf(samples().prepare(world.as(person), each))]).toEqual([person, 'not_found'])
        expect(await refusalOf(samples().unlock(world.as(person), each, unlocking()))).toBe('not_found')
        expect(await refusalOf(samples().refuse(world.as(person), each, 'proceedings'))).toBe('not_found')
      }
      if (person !== 'auditor') expect(await refusalOf(samples().view(world.as(person), id))).toBe('permission_denied')
    }
    // A concern that was not drawn cannot be asked for, whatever is known of it
    expect(await refusalOf(samples().prepare(world.as('guardian'), concernId))).toBe('not_found')

    await samples().unlock(world.as('guardian'), one, unlocking())
    const { person } = world.as('auditor')
    const alias = '33333333-3333-4333-8333-333333333333' as typeof person.alias
    const somebodyElse = { ...world.as('auditor'), person: { ...person, alias, userId: world.id('deputy') } }
    expect(await refusalOf(samples().open(somebodyElse, id, 1))).toBe('not_found')
    expect(await samples().view(somebodyElse, id)).toMatchObject({ mine: false })
    await forget()
  })

  test('is over after thirty days: nothing opens, and the nightly job takes the text away', async () => {
    const { id } = await drawn()
    const { id: one } = await askedFor(id, 1)
    await samples().unlock(world.as('guardian'), one, unlocking())
    world.clock.advance({ hours: 24 * 30 })
    expect(await refusalOf(samples().open(world.as('auditor'), id, 1))).toBe('not_found')
    expect((await samples().view(world.as('auditor'), id)).concerns[0]!.state).toBe('over')
    expect(await purgeSampleTexts(world.service.database, world.clock)).toBeGreaterThanOrEqual(1)
    const { rows } = await world.database.asSuperuser.query('select 1 from sample_text')
    expect(rows).toEqual([])
    await signing.integrate()
    await forget()
  })

  test('that somebody with the database alters or forges is shown as not genuine, or unlocks nothing', async () => {
    const { id } = await drawn()
    const [first, second] = [await askedFor(id, 1), await askedFor(id, 2)]
    for (const { id: one } of [first, second]) await samples().unlock(world.as('guardian'), one, unlocking())

    // Signed by another member of staff with keys of their own, and put in place of the guardian's
    const content = { text: 'All is well.', raisedIn: '2026-11', steps: [], site: null, profession: null }
    const boxKey = world.as('auditor').keys.publicKeys.box
    const forged = sealMasked(
      world.as('investigator'),
      { concernId: first.concernId, id: first.id, sample: id, author: world.id('investigator') },
      content,
      boxKey,
    )
    await world.tamper(
      `with text as (update sample_text set item_key = $2, ciphertext = $3, signature = $4 where sample_concern_id = $1)
       update sample_answer set author_id = $5 where sample_concern_id = $1`,
      [first.id, forged.itemKey, forged.ciphertext, forged.signature, world.id('investigator')],
    )
    expect((await samples().open(world.as('auditor'), id, 1)).masked).toBeNull()

    // Another text of the guardian's own
    const { rows } = await world.database.asSuperuser.query('select * from sample_text where sample_concern_id = $1', [second.id])
    await world.tamper('update sample_text set signature = $2 where sample_concern_id = $1', [second.id, forged.signature])
    expect((await samples().open(world.as('auditor'), id, 2)).masked).toBeNull()
    await world.tamper('update sample_text set signature = $2 where sample_concern_id = $1', [second.id, rows[0].signature])
    expect((await samples().open(world.as('auditor'), id, 2)).masked).not.toBeNull()
    await world.tamper('delete from sample_text where sample_concern_id = $1', [second.id])
    expect((await samples().open(world.as('auditor'), id, 2)).masked).toBeNull()

    // A row that asks for a concern, and no draw in the log
    const [other] = [...ids].find(([alias]) => alias !== first.alias && alias !== second.alias)!
    const row = '22222222-2222-4222-8222-222222222222'
    await world.tamper('insert into sample_concern (id, draw_id, place, log_alias) values ($1, $2, 9, $3)', [row, id, other])
    expect(await refusalOf(samples().unlock(world.as('guardian'), row, unlocking()))).toBe('record_not_genuine')
  })
})
