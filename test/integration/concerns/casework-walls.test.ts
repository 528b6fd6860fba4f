import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { preparePerson } from '../../../src/accounts/index.ts'
import { insertPerson } from '../../../src/accounts/person-store.ts'
import { onBehalfInput, type RecordedAnswer } from '../../../src/concerns/index.ts'
import type { ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { unlessItWaits } from '../../support/waiting.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

// What hostile hands tried on the casework: every way round a wall that was found once stays shut.

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})
beforeEach(() => world.clock.set(ordinaryMorning))

let keys = 0
/** As strong as an Idempotency-Key has to be. */
const newKey = () => `k9Zq-Wm4Rt_Lx7Pv2Hs8Nb${(keys += 1)}`
const referenceOf = async (id: ConcernId) =>
  (await world.database.asSuperuser.query<{ reference: string }>('select reference from concern where id = $1', [id])).rows[0]!.reference
const leave = async (id: ConcernId) => world.concerns.declareConflict(world.as('deputy'), id, { expectedVersion: await world.version(id) })

describe('who declared a conflict', () => {
  test.each(['writeNote', 'sendMessage'] as const)('gets no answer to a %s sent again that was taken before', async (use) => {
    const { id } = await world.raise()
    const key = newKey()
    const again = () => world.concerns[use](world.as('deputy'), id, { body: 'The rota was changed.' }, key)
    expect(await again()).toEqual(await again())
    await leave(id)
    expect(await refusalOf(again())).toBe('not_found')
  })

  const told = onBehalfInput.parse({
    narrative: 'The lamp over the sluice is broken.',
    openness: 'anonymous',
    channel: 'phone',
    receivedOn: '2026-11-24',
    people: 2,
  })
  const codesIn = (answer: RecordedAnswer | null) => [answer, ...(answer?.joint ?? [])].flatMap((each) => each?.token ?? [])

  test('is shown no more codes of what they recorded: with one they would read on as the person', async () => {
    const key = newKey()
    const { record, recallCodes } = world.concerns.onBehalf
    const answer = await record(world.as('deputy'), told, key)
    expect(codesIn(await recallCodes(world.as('deputy'), key))).toHaveLength(2)
    expect(codesIn(await record(world.as('deputy'), told, key))).toEqual(codesIn(answer))
    await leave(answer.joint[0]!.concern!.id)
    expect(codesIn(await recallCodes(world.as('deputy'), key))).toEqual([answer.token])
    const again = await record(world.as('deputy'), told, key)
    expect([codesIn(again), again.joint[0]!.concern]).toEqual([[answer.token], null])
    await leave(answer.concern!.id)
    expect(await recallCodes(world.as('deputy'), key)).toBeNull()
    expect(codesIn(await record(world.as('deputy'), told, key))).toEqual([])
  })
})

describe('the key of codes that wait to be handed over', () => {
  test('opens them for nobody but who recorded them, by whatever page it is brought', async () => {
    const key = newKey()
    await world.concerns.onBehalf.record(
      world.as('guardian'),
      onBehalfInput.parse({ narrative: 'Noise.', openness: 'anonymous', channel: 'phone', receivedOn: '2026-11-24' }),
      key,
    )
    const visitor = { requestId: 'test', now: world.clock.now() }
    expect(await world.concerns.inboxSessions.recallToken(visitor, key)).toBeNull()
    expect(await world.concerns.drafts.open(visitor, key)).toBeNull()
    expect(await world.concerns.onBehalf.recallCodes(world.as('deputy'), key)).toBeNull()
  })
})

describe('how many came together', () => {
  test('is nothing that a history tells: who may see one need not know of the others', async () => {
    const { record } = world.concerns.onBehalf
    const said = (people: number) =>
      onBehalfInput.parse({ narrative: 'Noise.', openness: 'anonymous', channel: 'phone', receivedOn: '2026-11-24', people })
    const historyOf = async (people: number) => {
      const { concern } = await record(world.as('guardian'), said(people), null)
      const { history } = await world.concerns.viewConcern(world.as('deputy'), concern!.id)
      return history.map(({ kind, fields }) => [kind, Object.keys(fields), fields['people']])
    }
    expect(await historyOf(3)).toEqual(await historyOf(1))
  })
})

describe('a reference that somebody feels their way with', () => {
  test('is answered at once, though another holds the row behind it', async () => {
    const { id: near } = await world.raise()
    const { id: hidden } = await world.raise({ about: ['Daniel Reid'] })
    const other = await referenceOf(hidden)
    const client = world.database.asSuperuser
    await client.query('begin')
    await client.query('select 1 from concern where id = $1 for update', [hidden])
    try {
      const tried = refusalOf(world.concerns.linking.add(world.as('deputy'), near, { other }))
      expect(await unlessItWaits(client, tried)).toEqual({ invalid_input: ['/other not_yours'] })
    } finally {
      await client.query('rollback')
    }
  })
})

describe('bad treatment', () => {
  test('is no news for a lead who came later and whom the concern is about', async () => {
    const { id, token } = await world.raise({ about: ['Dr Nova Stern', 'her brother'] })
    const { id: other, token: otherToken } = await world.raise()
    const nova = await addLead('Nova Stern')
    const report = async (code: string) => {
      const ctx = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, code)
      await world.concerns.reportDetriment(ctx, { kinds: ['threatened'], description: 'She shouted at me.', about: [] }, null)
    }
    await report(token)
    await report(otherToken)
    const { rows } = await world.database.asSuperuser.query<{ concern_id: string }>(
      'select concern_id from detriment_notice where person_id = $1',
      [nova],
    )
    expect(rows.map((row) => row.concern_id)).toEqual([other])
    expect(rows.map((row) => row.concern_id)).not.toContain(id)
  })
})

/** An executive lead who joins today, countersigned by both guardians. */
async function addLead(name: string): Promise<string> {
  const { accountsDeps, people } = world.service
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@demo.test`
  const { person } = await preparePerson(accountsDeps, {
    ...{ name, email, roles: ['executive_lead'], deputy: false, intakeGroupIds: [], password: 'seven quiet herons on ice' },
  })
  await accountsDeps.audited(async (tx) => {
    await insertPerson(tx, person)
    const fields = { person: person.alias, roles: ['executive_lead'], fingerprint: 'none' }
    return { value: null, entries: [{ kind: 'person_added', actor: { role: 'system' }, at: world.clock.now(), fields }] }
  })
  world.clock.advance({ minutes: 10 })
  for (const guardian of ['guardian', 'deputy'] as const) {
    const otp = world.otp(guardian)
    const { digest } = (await people.proposeRecipientSet(world.as(guardian)))!
    await people.signRecipientSet(world.as(guardian), { digest, otp })
  }
  return person.id
}
