import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setStage, type Concern, type Stage } from './stage.ts'

let stage: Stage
let guardian: { readonly bearer: string }

beforeAll(async () => {
  stage = await setStage()
  guardian = await stage.bearerOf('guardian')
})
afterAll(async () => {
  await stage.close()
})

async function resolved(): Promise<{ readonly token: string; readonly id: string }> {
  const { token, concern } = await stage.triaged({ decision: 'refer' })
  await stage.act(concern.id, 'refer', { to: 'hr', recipient: 'HR', shareIdentity: false, reason: 'A grievance.', message: 'Passed on.' })
  const end = { outcome: 'referred_and_concluded_elsewhere', feedbackShared: 'summary', learning: 'None', message: 'The end.' }
  await stage.act(concern.id, 'resolve', end)
  return { token, id: concern.id }
}

describe('the whole life of a concern over the API', () => {
  test('closes and reopens into the same concern', async () => {
    const { id } = await resolved()
    expect(await stage.act(id, 'close', { followUp: 'done', note: 'All quiet.' })).toMatchObject({
      id,
      status: 'closed',
      stage: 'resolved',
    })
    const again = await stage.act(id, 'reopen', { reason: 'It happened again.' })
    expect(again).toMatchObject({ id, status: 'triaged', stage: 'acknowledged', cycle: 2 })
    expect(again.history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['concern_closed', 'concern_reopened']))
  })

  test('refuses an outcome that only a withdrawal has', async () => {
    const { concern } = await stage.triaged({ decision: 'refer' })
    await stage.act(concern.id, 'refer', { to: 'hr', recipient: 'HR', shareIdentity: false, reason: 'A grievance.', message: 'Passed on.' })
    const { version } = await stage.api.ok<Concern>(200, 'get', `/concerns/${concern.id}`, undefined, guardian)
    const end = { outcome: 'withdrawn_by_person', feedbackShared: 'summary', learning: 'None', message: 'The end.' }
    const path = `/concerns/${concern.id}/actions/resolve`
    await stage.api.refused('invalid_input', 'post', path, { ...end, expectedVersion: version }, guardian)
  })

  test('takes a person’s asking by their code alone, once, and staff’s decision on it', async () => {
    const { id, token } = await stage.raise()
    await stage.api.ok(200, 'post', '/inbox/withdrawal', { token, reason: 'I am afraid.' })
    await stage.api.refused('transition_not_allowed', 'post', '/inbox/withdrawal', { token })
    await stage.api.refused('permission_denied', 'post', '/inbox/withdrawal', { token }, guardian)
    const seen = await stage.api.ok<Concern & { withdrawalAskedOn: string | null }>(200, 'get', `/concerns/${id}`, undefined, guardian)
    expect(seen.withdrawalAskedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    const after = await stage.act(id, 'withdraw', { reason: 'Nobody else is at risk.', organisationMustAct: false })
    expect(after).toMatchObject({ status: 'withdrawn', stage: 'resolved', withdrawalAskedOn: null })
    expect(await stage.api.ok(200, 'post', '/inbox', { token })).toMatchObject({
      status: 'withdrawn',
      allowedActions: expect.not.arrayContaining(['withdraw']),
    })
  })

  test('a declared conflict is answered with nothing, and then there is no such concern', async () => {
    const { id } = await stage.raise()
    await stage.api.ok(204, 'post', `/concerns/${id}/actions/declare_conflict`, { expectedVersion: 1 }, guardian)
    for (const path of [`/concerns/${id}`, `/concerns/${id}/content`])
      await stage.api.refused('not_found', 'get', path, undefined, guardian)
    await stage.api.refused('not_found', 'post', `/concerns/${id}/actions/declare_conflict`, { expectedVersion: 1 }, guardian)
    const deputy = await stage.bearerOf('deputy')
    const seen = await stage.api.ok<Concern>(200, 'get', `/concerns/${id}`, undefined, deputy)
    expect(seen.history.map(({ kind }) => kind)).toContain('conflict_declared')
  })
})
