import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueItem } from '../../../src/concerns/index.ts'
import type { Answer, Fields, HttpClient } from '../../support/http-client.ts'
import { inboxOf, openStaffStage, pressOn, triaged, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient
let daniel: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
  daniel = await stage.staff('deputy')
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const act = (client: HttpClient, { path }: RaisedCase, action: string, fields: Fields) => client.submit(`${path}/actions/${action}`, fields)
const refer = { to: 'hr', recipient: 'HR', reason: 'A grievance.', message: 'Passed on.' }

const resolve = {
  outcome: 'referred_and_concluded_elsewhere',
  feedbackShared: 'summary',
  learning: 'None',
  message: 'This is how it ended.',
}

async function resolvedCase(withActions = false): Promise<RaisedCase> {
  const raised = await stage.raise('01')
  await act(grace, raised, 'acknowledge', { message: 'Thank you. I have read it.' })
  await act(grace, raised, 'triage', triaged)
  await confirmed(await act(grace, raised, 'refer', refer))
  if (withActions) {
    const guardian = await stage.app.contextOf('guardian')
    const { version } = await stage.app.service.concerns.viewConcern(guardian, raised.id)
    const actions = [{ description: 'Mend it', owner: 'Estates', dueOn: '2027-01-15' as never }]
    const findings = [{ allegation: 'It was so.', finding: 'substantiated' as const }]
    await stage.app.service.concerns.act(guardian, raised.id, 'record_findings', {
      expectedVersion: version,
      findings,
      learning: 'None',
      actions,
    })
  }
  await act(grace, raised, 'resolve', resolve)
  return raised
}

const confirmed = (answer: Answer): Promise<Answer> | Answer =>
  answer.text.includes('name="confirmed"') ? pressOn(grace, answer, { confirmed: 'yes' }) : answer

describe('resolving', () => {
  test('offers no outcome that would be refused', async () => {
    const raised = await stage.raise('01')
    await act(grace, raised, 'acknowledge', { message: 'Thank you.' })
    await act(grace, raised, 'triage', triaged)
    await confirmed(await act(grace, raised, 'refer', refer))
    const { text } = await grace.get(`${raised.path}/actions/resolve`)
    expect([...text.matchAll(/name="outcome"[^>]*value="([^"]+)"/g)].map(([, code]) => code)).toEqual([
      'referred_and_concluded_elsewhere',
      'unable_to_progress',
    ])
  })
})

describe('closing', () => {
  test('is the step to take after the outcome, a checklist that asks only for what there is', async () => {
    const raised = await resolvedCase()
    const overview = await grace.get(raised.path)
    expect(overview.text).toMatch(new RegExp(`class="nhsuk-button"[^>]*href="${raised.path}/actions/close"`))
    const form = await grace.get(`${raised.path}/actions/close`)
    expect(form.page.words).toContain('No report of bad treatment is open')
    expect(form.page.words).toContain('No action or task is open')
    expect(form.text).not.toContain('name="actions"')
    expect(form.page.words).toMatch(/Closing does not end these dates: .*after three months \d+ \w+ 2027.*after six months \d+ \w+ 2027/)
    expect((await act(grace, raised, 'close', { note: '' })).page.faults).toEqual(['Say whether the checks are done'])
    const done = await grace.follow(await act(grace, raised, 'close', { followUp: 'done', note: 'All quiet.' }))
    expect(done.page.words).toContain('Closed. It can be reopened.')
    expect(await inboxOf(stage.app, raised.token)).toContain('"status":"closed"')
  })

  test('asks what became of actions, and for the plan where they go on', async () => {
    const raised = await resolvedCase(true)
    expect((await act(grace, raised, 'close', { followUp: 'done' })).page.faults).toEqual([
      'Tasks are still open. Say of each that it is done, or pass them on',
    ])
    expect((await act(grace, raised, 'close', { followUp: 'done', actions: 'tracked_plan' })).page.faults).toEqual([
      'Say which plan the actions go on in',
    ])
    const answer = await act(grace, raised, 'close', { followUp: 'declined', actions: 'tracked_plan', plan: 'Estates 2027' })
    expect(answer.status).toBe(303)
    expect((await grace.get(`${raised.path}/records`)).page.words).toContain('Estates 2027')
  })
})

describe('reopening', () => {
  test('asks once more, then shows the concern in its second time round', async () => {
    const raised = await resolvedCase()
    expect((await act(grace, raised, 'reopen', { reason: '' })).page.faults).toEqual(['Say why it is reopened'])
    const question = await act(grace, raised, 'reopen', { reason: 'It happened again.' })
    expect(question.page.words).toContain('They see that it is open again the next time they come back.')
    expect([question.status, question.page.words]).toEqual([200, expect.stringContaining('It goes back to triaged')])
    expect(await inboxOf(stage.app, raised.token)).toContain('"status":"resolved"')
    const done = await grace.follow(await pressOn(grace, question, { confirmed: 'yes' }))
    expect(done.page.words).toContain('Reopened. It goes on from triage.')
    expect(done.page.words).toMatch(/Time round\s*2/)
    expect((await grace.get(`${raised.path}/history`)).page.words).toContain('Reopened the concern')
  })
})

describe('withdrawing', () => {
  test('is the step to take once the person asks, and says what will happen before it does', async () => {
    const raised = await stage.raise('01')
    const { concerns } = stage.app.service
    const visitor = { requestId: 'test', now: stage.app.clock.now() }
    await concerns.askToWithdraw(await concerns.openByToken(visitor, raised.token), { reason: 'I am afraid.' }, null)
    const overview = await grace.get(raised.path)
    expect(overview.page.words).toContain('The person asked to withdraw on')
    expect(overview.text).toMatch(new RegExp(`class="nhsuk-button"[^>]*href="${raised.path}/actions/withdraw"`))
    expect((await act(grace, raised, 'withdraw', { reason: '' })).page.faults).toEqual([
      'Say whether the organisation must still act',
      'Say what you checked and why',
    ])
    const silent = await act(grace, raised, 'withdraw', { organisationMustAct: 'yes', reason: 'Patients are at risk.' })
    expect(silent.page.words).toContain('We have begun a letter')
    const [letter] = silent.page.forms.flatMap(({ fields }) => fields.filter(([name]) => name === 'message').map(([, text]) => text))
    expect(letter).toContain('The work goes on without you.')
    const back = await pressOn(grace, silent, { organisationMustAct: 'no', message: letter! })
    expect([back.page.words, back.text]).toEqual([
      expect.not.stringContaining('begun a letter'),
      expect.not.stringContaining('The work goes on without'),
    ])
    expect((await pressOn(grace, silent, { organisationMustAct: 'yes', message: '' })).page.words).toContain(
      'The person is not written to.',
    )
    const question = await pressOn(grace, silent, { organisationMustAct: 'yes', message: letter! })
    expect(question.page.words).toContain('not passed on from now')
    const done = await grace.follow(await pressOn(grace, question, { confirmed: 'yes' }))
    expect(done.page.words).toContain('Their name goes no further')
    expect(await inboxOf(stage.app, raised.token)).toContain('The work goes on without you.')
    expect(done.text).not.toContain('/actions/withdraw')
    expect((await grace.get(`${raised.path}/actions/withdraw`)).page.words).toContain('It is recorded already')
    const end = await act(grace, raised, 'withdraw', { organisationMustAct: 'no', reason: 'The risk is over.' })
    expect(end.page.words).toContain('this cannot be taken back')
    await pressOn(grace, end, { confirmed: 'yes' })
    expect(await inboxOf(stage.app, raised.token)).toContain('"status":"withdrawn"')
  })
})

describe('a person who took no code', () => {
  test('is said to read nothing that they can not read, when their concern is reopened or withdrawn', async () => {
    const { concerns } = stage.app.service
    const guardian = await stage.app.contextOf('guardian')
    const told = { channel: 'phone', text: 'The lamp is broken.', openness: 'confidential', wantsCode: 'no' }
    const saved = await grace.follow(await pressOn(grace, await grace.submit('/concerns/new', told), {}, '/concerns/new/save'))
    const caseOf = (item: QueueItem | undefined): RaisedCase => ({ id: item!.id, token: '', path: `/concerns/${item!.id}` })
    expect(saved.status).toBe(200)
    const recorded = caseOf((await concerns.viewQueue(guardian, { limit: 100 })).items.find(({ status }) => status === 'raised'))
    const form = await grace.get(`${recorded.path}/actions/withdraw`)
    expect([form.page.words, form.text]).toEqual([
      expect.stringContaining('The person took no code, so nothing you write here reaches them'),
      expect.not.stringContaining('name="message"'),
    ])
    const asks = await act(grace, recorded, 'withdraw', { organisationMustAct: 'yes', reason: 'A fire risk.' })
    expect(asks.page.words).toContain('Nothing here tells the person')
    expect(asks.page.words).not.toContain('next time they come back')
    const talk = {
      title: 'Broken lamp',
      text: 'She asked whom to tell.',
      settled: ['lowRisk', 'notTreatedBadly', 'agreed'],
      wantsCode: 'no',
    }
    await grace.submit('/concerns/new/concluded', { ...talk, message: 'I told her whom to ring.' })
    const ended = (await concerns.viewQueue(guardian, { limit: 100, status: 'resolved' })).items
    const concluded = caseOf(ended.find(({ title }) => title === talk.title))
    const again = await act(grace, concluded, 'reopen', { reason: 'It broke again.' })
    expect(again.page.words).toContain('Nothing here tells the person')
    expect(again.page.words).not.toContain('see that it is open again')
  })
})

describe('declaring a conflict', () => {
  test('opens nothing, ends the access on one press, and leaves a page like that of a concern that never was', async () => {
    const raised = await stage.raise('01')
    const page = await grace.get(`${raised.path}/actions/declare_conflict`)
    const [narrative] = [...(await daniel.get(raised.path)).text.matchAll(/app-said">\s*<[^>]+>([^<]{20})/g)].map(([, said]) => said)
    expect(narrative).toBeTruthy()
    expect(page.text).not.toContain(narrative)
    const done = await pressOn(grace, page, { expectedVersion: '1' })
    expect(done.location).toBe('/concerns?done=declare_conflict')
    const queue = await grace.follow(done)
    expect(queue.page.words).toContain('Your access has ended')
    expect(queue.text).not.toContain(raised.id)
    const gone = await grace.get(raised.path)
    const never = await grace.get('/concerns/00000000-0000-4000-8000-000000000000')
    const blot = (answer: Answer) => answer.text.replaceAll(/(request:|reference )[\w-]{16}/gi, '$1')
    expect([gone.status, blot(gone)]).toEqual([404, blot(never)])
    expect((await daniel.get(`${raised.path}/history`)).page.words).toContain('Declared a conflict of interest')
  })
})

describe('handing over', () => {
  test('lists one’s own concerns ticked, and says after the press what became of each', async () => {
    const mine = [await stage.raise('01'), await stage.raise('02', { about: ['Daniel Reid'] })]
    const ctx = await stage.app.contextOf('guardian')
    for (const { id } of mine) {
      await stage.app.service.concerns.act(ctx, id, 'assign', { expectedVersion: 1, userId: ctx.person.userId })
    }
    const page = await grace.get('/handover')
    expect(page.page.words).toContain('Daniel Reid, guardian')
    for (const { id } of mine) expect(page.text).toMatch(new RegExp(`value="${id}"[^>]*checked`))
    const to = (await stage.app.contextOf('deputy')).person.userId
    const none = await grace.submit('/handover', { concerns: [], to: '', note: '' })
    expect([none.status, none.page.faults]).toEqual([
      422,
      ['Choose at least one concern', 'Choose a colleague', 'Write what your colleague should know'],
    ])
    const result = await grace.submit('/handover', { concerns: mine.map(({ id }) => id), to, note: 'Away until Monday.' })
    expect(result.page.words).toContain('1 of 2 were handed over')
    expect(result.page.words).toContain('Kept: the colleague may not handle this one')
    expect((await daniel.get(`${mine[0]!.path}/records`)).page.words).toContain('Away until Monday.')
    expect((await daniel.get(mine[1]!.path)).status).toBe(404)
  })

  test('is for guardians', async () => {
    expect((await (await stage.staff('auditor')).get('/handover')).status).toBe(403)
  })
})

describe('after the outcome', () => {
  const back = async ({ token }: RaisedCase) =>
    stage.app.service.concerns.openByToken({ requestId: 'test', now: stage.app.clock.now() }, token)

  test('an answer to how the person is treated stands on the first page a handler sees, and no old message passes for new', async () => {
    const raised = await stage.raise('01')
    await stage.app.service.concerns.writeFromInbox(await back(raised), { body: 'One more thing.' }, null)
    await act(grace, raised, 'acknowledge', { message: 'Thank you.' })
    await act(grace, raised, 'triage', triaged)
    await confirmed(await act(grace, raised, 'refer', refer))
    await act(grace, raised, 'resolve', resolve)
    stage.app.clock.advance({ hours: 24 * 92 })
    grace = await stage.staff('guardian')
    await stage.app.service.concerns.answerFollowUp(await back(raised), { months: 3, answer: 'worse' }, null)
    const shown = await grace.get(raised.path)
    expect(shown.page.words).toContain('They answered how they are treated since the outcome.')
    expect(shown.text).toContain(`href="${raised.path}/detriment"`)
    expect(shown.page.words.split('New from the person who raised this')[1]).not.toContain('One more thing.')
    expect((await grace.get(raised.path)).page.words).not.toContain('New from the person who raised this')
  })

  test('an open report of bad treatment comes before closing, which it would refuse', async () => {
    const raised = await resolvedCase()
    const nextStep = async () => (await grace.get(raised.path)).page.words.split('Do next')[1]!.slice(0, 60)
    expect(await nextStep()).toContain('After the checks')
    await stage.app.service.concerns.reportDetriment(await back(raised), { kinds: ['moved'], description: 'I was moved.', about: [] }, null)
    expect(await nextStep()).toContain('Somebody is treated badly')
  })
})
