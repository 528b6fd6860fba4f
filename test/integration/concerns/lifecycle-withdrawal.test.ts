import { afterAll, describe, expect, test } from 'vitest'
import { londonDate } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, inbox } = world
afterAll(() => world.close())

const visitor = () => ({ requestId: 'test', now: world.clock.now() })
const ask = async (token: string, reason?: string, secret: string | null = null) =>
  concerns.askToWithdraw(await concerns.openByToken(visitor(), token), reason === undefined ? {} : { reason }, secret)
const sql = async <Row extends object>(text: string, values: readonly unknown[]) =>
  (await world.database.asSuperuser.query<Row>(text, [...values])).rows

describe('a person who wants their concern back', () => {
  test('asks, and staff see it as a fact, in the queue and among the messages', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'acknowledged')
    await concerns.viewContent(as('guardian'), concern)
    expect((await inbox(token)).allowedActions).toContain('withdraw')
    await ask(token, 'My manager sat beside me.')
    const today = londonDate(world.clock.now())
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({
      status: 'acknowledged',
      unread: true,
      withdrawalAskedOn: today,
    })
    const said = { from: 'reporter', body: 'I ask you to stop work on my concern.\n\nMy manager sat beside me.', genuine: true }
    expect((await concerns.viewContent(as('guardian'), concern)).messages.at(-1)).toMatchObject(said)
    const seen = await inbox(token)
    expect(seen).toMatchObject({ withdrawalAskedOn: today, organisationLed: false })
    expect(seen.messages.at(-1)).toMatchObject(said)
    expect(seen.allowedActions).not.toContain('withdraw')
  })

  test('need not say why, and is told what was decided', async () => {
    const { id: concern, token } = await raise()
    await ask(token)
    expect((await inbox(token)).messages.at(-1)).toMatchObject({ body: 'I ask you to stop work on my concern.' })
    await act('guardian', concern, 'withdraw', { reason: 'Others are at risk.', organisationMustAct: true, message: 'We have to go on.' })
    const seen = await inbox(token)
    expect(seen).toMatchObject({ status: 'raised', withdrawalAskedOn: null, organisationLed: true })
    expect(seen.messages.at(-1)).toMatchObject({ body: 'We have to go on.' })
    // And may ask again
    await ask(token)
    await act('guardian', concern, 'withdraw', { reason: 'The risk is over.', organisationMustAct: false })
    expect(await inbox(token)).toMatchObject({ status: 'withdrawn', withdrawalAskedOn: null, organisationLed: false })
  })

  test('leaves a date and no time, and not a word outside the seal', async () => {
    const { id: concern, token } = await raise()
    const [before] = await sql<{ staff: number }>('select staff_log_count as staff from concern where id = $1', [concern])
    await ask(token, 'Unmistakable words.')
    const rows = await sql<{ kind: string; text: string }>('select kind, text from reporter_entry where concern_id = $1 order by number', [
      concern,
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['concern_raised', 'withdrawal_asked'])
    expect(rows[1]?.text).not.toMatch(/Unmistakable|T\d\d:/)
    expect(await sql('select staff_log_count as staff from concern where id = $1', [concern])).toEqual([before])
  })

  test('pressed twice, asked once; with nothing stored where there is nothing to ask', async () => {
    const { id: concern, token } = await raise()
    const secret = 'a-secret-of-22-symbols'
    const [first, second] = [await ask(token, 'Stop.', secret), await ask(token, 'Stop.', secret)]
    expect(second).toEqual(first)
    expect(await refusalOf(ask(token, 'Stop.'))).toBe('transition_not_allowed')
    await bring(concern, 'resolved')
    expect(await refusalOf(ask(token))).toBe('transition_not_allowed')
    expect(await sql('select 1 from reporter_entry where concern_id = $1', [concern])).toHaveLength(2)
    expect((await inbox(token)).messages.filter(({ from }) => from === 'reporter')).toHaveLength(1)
  })

  test('whose asking somebody took out of the database sees that it is gone', async () => {
    const { token } = await raise()
    const { id } = await ask(token)
    await world.tamper('delete from reporter_item where id = $1', [id])
    expect((await inbox(token)).messages).toMatchObject([{ id, from: 'reporter', genuine: false, body: null }])
  })
})
