import { afterAll, beforeAll, expect, test } from 'vitest'
import { detrimentInput, keepAllClocks, keepTonightsClocks } from '../../../src/concerns/index.ts'
import { startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(() => world.close())

const clocks = async () =>
  (await world.database.asSuperuser.query('select * from concern_clock order by concern_id, code, cycle, of, round')).rows as object[]
const settle = async () => {
  await keepAllClocks(world.service)
  return clocks()
}

test('On most nights only clocks that can have changed are worked out, and stand as if all had been; on Sundays all are', async () => {
  // A Monday in November; three concerns that will be long over, the last told of bad treatment since
  world.clock.set('2026-11-23T10:00:00Z')
  const over = [await world.raise(), await world.raise(), await world.raise()]
  for (const { id } of over) await world.act('guardian', id, 'withdraw', { reason: 'They asked.', organisationMustAct: false })
  await settle()
  world.clock.set('2027-03-01T10:00:00Z')
  const young = await world.raise()
  world.clock.set('2027-03-02T00:05:00Z')
  expect(await keepTonightsClocks(world.service)).toBe(1)
  expect(await clocks()).toEqual(await settle())

  const { token } = over[2]!
  const back = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
  const told = detrimentInput.parse({ kinds: ['duties_changed'], description: 'My nights were taken away.' })
  const { id: report } = await world.concerns.reportDetriment(back, told, null)
  // Answered on the same day: nothing is open by the evening
  const { id } = over[2]!
  const plan = { report, plan: 'Back to her own rota.', reviewOn: ['2027-03-16'] }
  await world.concerns.actOnDetriment(
    world.as('guardian'),
    id,
    'assess_risk',
    { report, riskGrade: 'high', note: 'Alone there.' } as never,
    null,
  )
  await world.concerns.actOnDetriment(world.as('guardian'), id, 'set_plan', plan as never, null)
  world.clock.set('2027-03-03T00:05:00Z')
  expect(await keepTonightsClocks(world.service)).toBe(2)
  const kept = await clocks()
  expect(kept.filter((row) => (row as { code: string }).code === 'T10')).toHaveLength(1)
  expect(kept).toEqual(await settle())

  world.clock.set('2027-03-07T00:05:00Z')
  expect(await keepTonightsClocks(world.service)).toBe(4)
  expect((await clocks()).some((row) => (row as { concern_id: string }).concern_id === young.id)).toBe(true)
})
