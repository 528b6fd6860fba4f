import { afterAll, describe, expect, test } from 'vitest'
import { startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, id, inbox } = world
afterAll(() => world.close())

describe('a concern goes its whole way', () => {
  test('raised, acknowledged, triaged, investigated and resolved, each step seen by everybody it is for', async () => {
    const { id: concern, token } = await raise()
    let view = await act('guardian', concern, 'acknowledge', words.acknowledge)
    expect(view).toMatchObject({ stage: 'acknowledged', status: 'acknowledged', version: 2 })
    expect(view.clocks).toMatchObject([{ code: 'T1', state: 'met' }])
    view = await act('guardian', concern, 'triage', { ...words.triage, elements: [...words.triage.elements] })
    expect(view).toMatchObject({ status: 'triaged', riskGrade: 'medium', title: 'Night staffing', elements: ['worker_safety_wellbeing'] })
    view = await act('guardian', concern, 'start_investigation', {
      investigatorId: id('investigator'),
      terms: 'Look at the rota.',
      expectedEnd: '2027-01-05' as never,
      message: 'Somebody will look into it.',
    })
    expect(view.status).toBe('investigating')
    view = await act('investigator', concern, 'record_findings', {
      ...words.findings,
      findings: [...words.findings.findings],
      actions: [...words.findings.actions],
    })
    expect(view).toMatchObject({ status: 'findings_ready', stage: 'investigated', title: null })
    view = await act('guardian', concern, 'resolve', words.resolve)
    expect(view).toMatchObject({ status: 'resolved', stage: 'resolved' })

    const seen = await inbox(token)
    expect(seen.messages.map(({ body, author, genuine }) => ({ body, author, genuine }))).toEqual([
      { body: 'Thank you. I have read it.', author: 'Grace Okafor', genuine: true },
      {
        body: 'Somebody will look into it.\n\nWe expect to finish looking into this by 5 January 2027.',
        author: 'Grace Okafor',
        genuine: true,
      },
      { body: 'This is what we found.', author: 'Grace Okafor', genuine: true },
    ])
    const content = await concerns.viewContent(as('deputy'), concern)
    expect(content.narrative).toBe('Two of us for thirty beds, every night.')
    expect(content.records.map(({ kind, genuine }) => [kind, genuine])).toEqual([
      ['triage', true],
      ['terms', true],
      ['findings', true],
      ['outcome', true],
    ])
    expect(world.unexpected).toEqual([])
  })
})
