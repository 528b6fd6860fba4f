import { afterAll, describe, expect, test } from 'vitest'
import { createKeepText, createPurgeSessions, createSignOut, createTakeKeptText } from '../../../src/accounts/index.ts'
import { answerOf, createWorld } from './world.ts'

const world = await createWorld()
const { deps, fresh } = world
afterAll(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const keep = createKeepText(deps)
const take = createTakeKeptText(deps)
const text = { place: '/concerns/1/messages', fields: { body: 'Canary: thank you for telling us.\nWe will look into it. ☂' } }

test('text that was being written when the session timed out is there after signing in, once, and opened only by its owner', async () => {
  const token = await world.signIn(grace)
  world.wait({ minutes: 16 })
  expect(await answerOf(world.open(token))).toBe('session_expired')
  expect(await keep(token, text)).toBe(true)
  expect(await take(await world.as(daniel))).toEqual([])
  const again = await world.as(grace)
  expect(await take(again)).toEqual([{ ...text, keptAt: expect.any(Temporal.Instant) }])
  expect(await take(again)).toEqual([])
})

test('nothing of it is readable in the database, not even how long it is', async () => {
  const token = await world.signIn(grace)
  await keep(token, text)
  await keep(token, { ...text, fields: { body: 'x' } })
  const { rows } = await fresh.asSuperuser.query<{ sealed: Buffer }>('select sealed from kept_text')
  expect(rows).toHaveLength(2)
  expect(rows[0]!.sealed.length).toBe(rows[1]!.sealed.length)
  expect(rows.some(({ sealed }) => sealed.includes('Canary'))).toBe(false)
  await take(await world.as(grace))
})

test('a text after the eight hours is kept as well', async () => {
  const token = await world.signIn(grace)
  for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
    world.wait({ minutes: 10 })
    await world.open(token)
  }
  world.wait({ hours: 1 })
  expect(await keep(token, text)).toBe(true)
  expect(await take(await world.as(grace))).toHaveLength(1)
})

test('the newest five are kept, newest first', async () => {
  const token = await world.signIn(grace)
  for (let at = 1; at <= 7; at += 1) {
    world.wait({ seconds: 1 })
    await keep(token, { ...text, place: `/${at}` })
  }
  expect((await take(await world.as(grace))).map(({ place }) => place)).toEqual(['/7', '/6', '/5', '/4', '/3'])
})

describe('nothing is kept', () => {
  test('for a session that was signed out, or ended more than half a day ago', async () => {
    const token = await world.signIn(grace)
    await createSignOut(deps)(await world.open(token))
    expect(await keep(token, text)).toBe(false)
    const old = await world.signIn(grace)
    world.wait({ hours: 12, seconds: 1 })
    expect(await keep(old, text)).toBe(false)
  })

  test('for a token that is none, forged or of another session', async () => {
    const token = await world.signIn(grace)
    for (const bad of ['', 'a.b.c', `${token.slice(0, -6)}AAAAAA`]) expect(await keep(bad, text)).toBe(false)
    expect(await keep(token, { place: '/', fields: { body: 'x'.repeat(600_001) } })).toBe(false)
    expect((await fresh.asSuperuser.query('select count(*) from kept_text')).rows[0]['count']).toBe('0')
  })
})

test('words that somebody else put in a person’s rows are not shown to them as their own', async () => {
  const own = await world.signIn(grace)
  await keep(own, text)
  const other = await world.signIn(daniel)
  await keep(other, { ...text, fields: { body: 'I resign.' } })
  const id = (email: string) => `(select id from person where email = '${email}')`
  await world.tamper(`update kept_text set person_id = ${id(grace)} where person_id = ${id(daniel)}`)
  await world.tamper(
    `insert into kept_text select gen_random_uuid(), person_id, sealed, kept_at from kept_text where person_id = ${id(grace)}`,
  )
  await world.tamper(
    `insert into kept_text values (gen_random_uuid(), ${id(grace)}, '\\x', now()), (gen_random_uuid(), ${id(grace)}, '\\x5141', now())`,
  )
  expect(await take(await world.as(grace))).toEqual([{ ...text, keptAt: expect.any(Temporal.Instant) }])
})

test('a text that nobody came back for is gone after a month', async () => {
  await keep(await world.signIn(grace), text)
  world.wait({ hours: 24 * 31 })
  await createPurgeSessions(deps)()
  expect((await fresh.asSuperuser.query('select count(*) from kept_text')).rows[0]['count']).toBe('1')
  world.wait({ minutes: 1 })
  await createPurgeSessions(deps)()
  expect((await fresh.asSuperuser.query('select count(*) from kept_text')).rows[0]['count']).toBe('0')
})
