import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleCommitmentOf } from '../../../src/audit/index.ts'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { setStage, type Stage } from './stage.ts'

const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'
let stage: Stage
let signing: TestSigning
beforeAll(async () => {
  stage = await setStage()
  signing = startSigning(stage.test)
  for (let at = 0; at < 8; at += 1) await stage.raise()
  stage.test.clock.advance({ hours: 48 })
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
}, 60_000)
afterAll(async () => {
  await signing.close()
  await stage.close()
})

/** A new session each: the clock has moved on by days. */
const signedIn = async (person: 'auditor' | 'guardian' | 'executive') => ({ bearer: await stage.test.signIn(person) })

test('a program fixes and draws a sample, a handler’s unlocks one and refuses one, and the auditor’s reads', async () => {
  const [auditor, guardian] = [await signedIn('auditor'), await signedIn('guardian')]
  const { api } = stage
  const { items } = await api.ok<{ items: unknown[] }>(200, 'get', '/log/samples', undefined, auditor)
  expect(items).toEqual([])
  const today = londonDate(stage.test.clock.now())
  const asked = { from: addDays(today, -40), to: addDays(today, -1), commitment: sampleCommitmentOf(numbers), count: 2 }
  await api.refused('step_up_required', 'post', '/log/samples', asked, auditor)
  const faults = await api.refused('invalid_input', 'post', '/log/samples', { ...asked, count: 3, otp: '123456' }, auditor)
  expect(JSON.stringify(faults)).toContain('too_large_a_share')
  await api.refused('invalid_input', 'post', '/log/samples', { ...asked, commitment: numbers, otp: '123456' }, auditor)
  const { id } = await api.ok<{ id: string }>(201, 'post', '/log/samples', { ...asked, otp: stage.freshCode('auditor') }, auditor)
  const early = await api.refused('invalid_input', 'post', `/log/samples/${id}/numbers`, { numbers }, auditor)
  expect(JSON.stringify(early)).toContain('not_covered')
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
  const fixed = await api.ok(200, 'get', `/log/samples/${id}`, undefined, auditor)
  expect(fixed).toMatchObject({ state: 'covered', drawn: null, concerns: [], fixed: { commitment: asked.commitment } })
  const other = await api.refused('invalid_input', 'post', `/log/samples/${id}/numbers`, { numbers: `${numbers} 1` }, auditor)
  expect(JSON.stringify(other)).toContain('other_numbers')
  await api.ok(200, 'post', `/log/samples/${id}/numbers`, { numbers }, auditor)

  const waiting = await api.ok<{ items: { id: string }[] }>(200, 'get', '/samples', undefined, guardian)
  const [first, second] = waiting.items.map((each) => each.id)
  const prepared = await api.ok<{ from: string; numbers: string; fixedAt: string }>(200, 'get', `/samples/${first}`, undefined, guardian)
  expect(prepared).toMatchObject({ from: 'narrative', numbers, fixedAt: expect.any(String) })
  const text = { text: 'Ring 0161 496 0000.', showSite: false, showProfession: false, harmless: false }
  const left = await api.ok(200, 'post', `/samples/${first}/text`, { ...text, otp: stage.freshCode('guardian') }, guardian)
  expect(left).toEqual({ until: null, left: ['0161 496 0000'] })
  const unlocked = { ...text, text: 'The alarm is off.', otp: stage.freshCode('guardian') }
  expect(await api.ok(200, 'post', `/samples/${first}/text`, unlocked, guardian)).toEqual({ until: addDays(today, 30), left: [] })
  await api.refused('sample_answered', 'get', `/samples/${first}`, undefined, guardian)
  await api.ok(204, 'post', `/samples/${second}/refusal`, { reason: 'proceedings' }, guardian)

  const sample = await api.ok<{ concerns: { place: number; state: string; reason: string | null }[] }>(
    200,
    'get',
    `/log/samples/${id}`,
    undefined,
    auditor,
  )
  expect(sample.concerns.map(({ state }) => state).toSorted()).toEqual(['refused', 'unlocked'])
  const { place } = sample.concerns.find(({ state }) => state === 'unlocked')!
  const read = await api.ok(200, 'get', `/log/samples/${id}/texts/${place}`, undefined, auditor)
  expect(read).toMatchObject({ genuine: true, masked: { text: 'The alarm is off.', site: null } })
  await api.refused('not_found', 'get', `/log/samples/${id}/texts/${3 - place}`, undefined, auditor)
  await api.refused('not_found', 'get', `/samples/${first}`, undefined, await signedIn('executive'))
  await api.refused('permission_denied', 'get', `/log/samples/${id}`, undefined, guardian)
})
