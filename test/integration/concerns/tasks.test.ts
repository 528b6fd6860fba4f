import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { taskInputs } from '../../../src/concerns/index.ts'
import { addDays, londonDate, type ConcernId } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const inDays = (days: number) => addDays(londonDate(world.clock.now()), days)
const given = (said: object = {}) =>
  taskInputs.set.parse({ title: 'Mend the lock of the drug room', ownerName: 'Head of estates', dueOn: inDays(20), ...said })
const set = (id: ConcernId, said: object = {}, secret: string | null = null) =>
  world.concerns.tasks.set(world.as('guardian'), id, given(said), secret)
const tasksOf = async (id: ConcernId) => (await world.concerns.tasks.view(world.as('guardian'), id)).tasks
const close = (id: ConcernId, said: object) => world.act('guardian', id, 'close', { followUp: 'done', ...said } as never)

describe('a task', () => {
  test('has its words under the seal, and its date as a clock that every screen shows', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id, {}, 'a secret that two requests share')
    expect(await set(id, {}, 'a secret that two requests share')).toEqual({ id: task })
    expect(await tasksOf(id)).toMatchObject([
      {
        id: task,
        title: 'Mend the lock of the drug room',
        owner: 'Head of estates',
        dueOn: inDays(20),
        state: 'open',
        withFindings: false,
      },
    ])
    const entry = (await world.entries(id)).find(({ kind }) => kind === 'task_set')
    expect(entry!.fields).toEqual({ task, dueOn: inDays(20), item: expect.any(String) })
    const { rows } = await world.database.asSuperuser.query<{ due: string }>(
      `select due_on::text as due from concern_clock where concern_id = $1 and code = 'T13' and of = $2`,
      [id, task],
    )
    expect(rows).toEqual([{ due: inDays(20) }])
  })

  test('is done with what shows it, once', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id)
    const done = () => world.concerns.tasks.done(world.as('guardian'), id, { task, evidence: 'I tried the lock myself.' }, null)
    await done()
    expect(await tasksOf(id)).toMatchObject([{ state: 'done', note: 'I tried the lock myself.', clock: { state: 'met' } }])
    expect(await refusalOf(done())).toBe('transition_not_allowed')
  })

  test('that goes on elsewhere counts neither as kept nor as missed', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id, { ownerName: undefined, ownerId: world.id('deputy') })
    await world.concerns.tasks.passOn(world.as('guardian'), id, { task, reason: 'Estates plan 2027, Mr Hill.' }, null)
    expect(await tasksOf(id)).toMatchObject([{ state: 'passed_on', owner: 'Daniel Reid', clock: { state: 'not_applicable' } }])
  })

  test('gets a later date without a word to the person, and without counting as news to them', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'investigating')
    const { id: of } = await set(id)
    const before = { messages: (await world.inbox(token)).messages.length, clocks: (await world.inbox(token)).clocks }
    world.clock.advance({ hours: 24 })
    const later = { clock: 'T13', of, until: inDays(40), reasonCode: 'waiting_for_records', reason: 'The part is on order.' } as const
    await world.act('guardian', id, 'extend_clock', later)
    expect(await tasksOf(id)).toMatchObject([{ dueOn: inDays(40), firstDueOn: inDays(19) }])
    const inbox = await world.inbox(token)
    expect(inbox.messages).toHaveLength(before.messages)
    expect(inbox.clocks.find(({ code }) => code === 'T6')?.dueOn).toBe(before.clocks.find(({ code }) => code === 'T6')?.dueOn)
    const { changes } = await world.concerns.tasks.view(world.as('guardian'), id)
    expect(changes).toMatchObject([{ change: 'extended', clock: 'T13', of, until: inDays(40), by: 'Grace Okafor' }])
  })

  test('is refused with a clear fault where something is wrong with it', async () => {
    const { id } = await world.raise()
    expect(await refusalOf(set(id, { dueOn: inDays(-1) }))).toEqual({ invalid_input: ['/dueOn in_the_past'] })
    expect(await refusalOf(set(id, { dueOn: '9999-12-31' }))).toEqual({ invalid_input: ['/dueOn too_far'] })
    expect(await refusalOf(set(id, { ownerName: undefined }))).toEqual({ invalid_input: ['/ownerId required'] })
    expect(await refusalOf(set(id, { ownerId: world.id('deputy') }))).toEqual({ invalid_input: ['/ownerName one_owner'] })
    const nobody = { task: '00000000-0000-4000-8000-000000000000', evidence: 'None' }
    expect(await refusalOf(world.concerns.tasks.done(world.as('guardian'), id, nobody, null))).toEqual({
      invalid_input: ['/task not_an_option'],
    })
  })

  test('is nothing to those who do not handle the concern', async () => {
    const { id } = await world.raise({ about: ['Daniel Reid'] })
    for (const person of ['deputy', 'executive', 'auditor'] as const) {
      expect(await refusalOf(world.concerns.tasks.set(world.as(person), id, given(), null))).toBe('not_found')
      expect(await refusalOf(world.concerns.tasks.view(world.as(person), id))).toBe('not_found')
    }
    expect(await refusalOf(set(id, { ownerName: undefined, ownerId: world.id('deputy') }))).toBe('conflict_of_interest')
  })
})

describe('what was agreed with the findings', () => {
  test('becomes a task each, with the words that lie with the findings', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'findings_ready')
    expect(await tasksOf(id)).toMatchObject([
      { title: 'Review the rota', owner: 'Ward manager', dueOn: '2027-01-15', state: 'open', withFindings: true },
    ])
  })

  test('keeps the concern from being closed until it is done or passed on', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'resolved')
    expect(await refusalOf(close(id, { actions: 'complete' }))).toEqual({ invalid_input: ['/actions tasks_open'] })
    expect(await refusalOf(close(id, {}))).toEqual({ invalid_input: ['/actions tasks_open'] })
    const [task] = await tasksOf(id)
    await world.concerns.tasks.done(world.as('guardian'), id, { task: task!.id, evidence: 'The new rota hangs there.' }, null)
    await close(id, {})
    expect((await world.entries(id)).find(({ kind }) => kind === 'concern_closed')!.fields['actionEnd']).toBe('complete')
  })

  test('is passed on as a whole to the plan that the closing names', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'resolved')
    await close(id, { actions: 'tracked_plan', plan: 'Rota plan 2027' })
    expect(await tasksOf(id)).toMatchObject([{ state: 'passed_on', note: 'Rota plan 2027' }])
    expect(await refusalOf(set(id))).toBe('transition_not_allowed')
  })
})

describe('a one-time link for somebody without an account', () => {
  const make = (id: ConcernId, task: string, wording = 'Please mend the lock of the store room.') =>
    world.concerns.tasks.makeLink(world.as('guardian'), id, { task, wording }, null)
  const gone = 'task_link_not_recognised'
  const tries = async () =>
    (await world.entries()).filter(({ kind, fields }) => kind === 'attempt_refused' && fields['attempt'] === 'open_task_link').length
  const { openLink, answerLink } = {
    openLink: (secret: string) => refusalOf(world.concerns.tasks.openLink(secret)),
    answerLink: (secret: string) => refusalOf(world.concerns.tasks.answerLink(secret, { note: 'Done on Monday.' })),
  }

  test('shows its own words and the day, takes one answer, and stops the clock with it', async () => {
    const { id } = await world.raise({ narrative: 'The drugs are taken at night.' })
    const { id: task } = await set(id)
    const { secret } = await make(id, task)
    expect(await world.concerns.tasks.openLink(secret)).toEqual({ wording: 'Please mend the lock of the store room.', dueOn: inDays(20) })
    await world.concerns.tasks.answerLink(secret, { note: 'Done on Monday.' })
    expect(await tasksOf(id)).toMatchObject([
      { state: 'done', note: 'Done on Monday.', byLink: true, clock: { state: 'met' }, linkUntil: null },
    ])
    const said = (await world.entries(id)).findLast(({ kind }) => kind === 'task_done')
    expect(said).toMatchObject({ actor: { role: 'system' }, fields: { task } })
    expect([await openLink(secret), await answerLink(secret)]).toEqual([gone, gone])
    expect(await tries()).toBe(1)
  })

  test('that has ended can be tried as often as anybody likes: the log says so once a day and link, and whoever has a good one comes in', async () => {
    const { id } = await world.raise()
    const [{ id: first }, { id: second }, { id: third }] = [await set(id), await set(id), await set(id)]
    const [ended, other, good] = [await make(id, first), await make(id, second), await make(id, third)]
    await world.concerns.tasks.withdrawLink(world.as('guardian'), id, { task: first })
    await world.concerns.tasks.withdrawLink(world.as('guardian'), id, { task: second })
    const before = await tries()
    const flood = (secret: string) =>
      Promise.all(Array.from({ length: 15 }, (_, one) => (one % 2 === 0 ? openLink(secret) : answerLink(secret))))
    expect(new Set(await flood(ended.secret))).toEqual(new Set([gone]))
    expect(await tries()).toBe(before + 1)
    await flood(ended.secret)
    await flood(other.secret)
    expect(await tries()).toBe(before + 2)
    world.clock.advance({ hours: 24 })
    await flood(ended.secret)
    expect(await tries()).toBe(before + 3)
    // What nobody ever made is not written down at all
    await Promise.all(Array.from({ length: 15 }, (_, one) => openLink(String(one).padStart(43, 'x'))))
    expect(await tries()).toBe(before + 3)
    expect(await answerLink(good.secret)).toEqual({ accepted: undefined })
  })

  test('whose try could not be written down is written down the next time', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id)
    const { secret } = await make(id, task)
    await world.concerns.tasks.withdrawLink(world.as('guardian'), id, { task })
    const before = await tries()
    await world.database.asSuperuser.query('revoke insert on staff_entry from forthright_app')
    await expect(world.concerns.tasks.openLink(secret)).rejects.not.toMatchObject({ code: gone })
    await world.database.asSuperuser.query('grant insert on staff_entry to forthright_app')
    expect([await openLink(secret), await tries()]).toEqual([gone, before + 1])
  })

  test('keeps neither its secret nor a word of what it shows where the database can be read', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id)
    const { secret } = await make(id, task)
    await world.concerns.tasks.answerLink(secret, { note: 'Wiederholt geprüft' })
    const { rows } = await world.database.asSuperuser.query<{ row: string }>(
      `select l::text as row from task_link l union all select s::text from staff_item s union all select e.text from staff_entry e`,
    )
    const all = rows.map(({ row }) => row).join('\n')
    for (const words of [secret, 'store room', 'Wiederholt'])
      for (const form of [words, Buffer.from(words).toString('hex'), Buffer.from(words).toString('base64').replace(/=+$/, '')])
        expect(all).not.toContain(form)
  })

  test('ends with a newer one, when it is taken back, with its task and with its time, each answered alike', async () => {
    const { id } = await world.raise()
    const [{ id: first }, { id: second }] = [await set(id), await set(id)]
    const older = await make(id, first)
    const newer = await make(id, first)
    expect(await openLink(older.secret)).toBe(gone)
    await world.concerns.tasks.withdrawLink(world.as('guardian'), id, { task: first })
    expect(await openLink(newer.secret)).toBe(gone)
    expect(await refusalOf(world.concerns.tasks.withdrawLink(world.as('guardian'), id, { task: first }))).toBe('transition_not_allowed')
    const ended = await make(id, second)
    await world.concerns.tasks.done(world.as('guardian'), id, { task: second, evidence: 'Seen.' }, null)
    expect([await openLink(ended.secret), await answerLink(ended.secret)]).toEqual([gone, gone])
    expect(await refusalOf(make(id, second))).toBe('transition_not_allowed')
    const late = await make(id, first)
    world.clock.advance({ hours: 24 * 31 })
    expect(await openLink(late.secret)).toBe(gone)
    expect([await openLink('x'.repeat(43)), await openLink('short')]).toEqual([gone, gone])
  })

  test('opens no more once who made it has declared a conflict or left, and a colleague can make another', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id)
    const left = await world.concerns.tasks.makeLink(world.as('deputy'), id, { task, wording: 'Please mend it.' }, null)
    expect((await tasksOf(id))[0]!.linkUntil).toBe(left.expiresOn)
    await world.concerns.declareConflict(world.as('deputy'), id, { expectedVersion: await world.version(id) })
    expect([await openLink(left.secret), await answerLink(left.secret)]).toEqual([gone, gone])
    expect((await tasksOf(id))[0]).toMatchObject({ state: 'open', linkUntil: null })

    const other = await world.raise()
    const { id: second } = await set(other.id)
    const gave = await world.concerns.tasks.makeLink(world.as('deputy'), other.id, { task: second, wording: 'Please mend it.' }, null)
    const mine = await make(id, task)
    await world.service.people.deactivate({ ...world.as('administrator'), steppedUp: true }, world.id('deputy'), {})
    expect(await openLink(gave.secret)).toBe(gone)
    expect(await answerLink(mine.secret)).toEqual({ accepted: undefined })
  })

  test('and a handler who says at the same moment that it is done leave one answer', async () => {
    const { id } = await world.raise()
    for (let round = 0; round < 5; round += 1) {
      const { id: task } = await set(id)
      const { secret } = await make(id, task)
      const done = world.concerns.tasks.done(world.as('guardian'), id, { task, evidence: 'Seen.' }, null)
      await Promise.all([refusalOf(done), answerLink(secret)])
      const ends = (await world.entries(id)).filter(({ kind, fields }) => kind === 'task_done' && fields['task'] === task)
      expect(ends).toHaveLength(1)
    }
  })

  test('is answered once of two that come together, and an answer swapped in the database is shown as none', async () => {
    const { id } = await world.raise()
    const { id: task } = await set(id)
    const { secret } = await make(id, task)
    const both = await Promise.all([answerLink(secret), answerLink(secret)])
    expect(both.filter((each) => each === gone)).toHaveLength(1)
    await world.tamper(`update staff_item set signature = decode(repeat('00', 64), 'hex') where kind = 'task_answer' and concern_id = $1`, [
      id,
    ])
    expect(await tasksOf(id)).toMatchObject([{ state: 'done', note: null }])
  })
})
