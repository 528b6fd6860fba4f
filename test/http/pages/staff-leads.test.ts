import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { inboxOf, openStaffStage, pressOn, triaged, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient
let helen: HttpClient
let owen: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
  helen = await stage.staff('executive')
  owen = await stage.staff('nonExecutive')
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const reason = 'The facts are agreed.\n<b>Nobody</b> disputes them.'

/** A grave concern whose decision not to investigate waits for Helen Marsh. */
async function askHelen(): Promise<RaisedCase> {
  const raised = await stage.raise('07')
  await grace.submit(`${raised.path}/actions/acknowledge`, { message: 'Thank you.' })
  await grace.submit(`${raised.path}/actions/triage`, { ...triaged, riskGrade: 'high', decision: 'resolve_without_investigation' })
  const { deciders, approvers } = await stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), raised.id)
  const idOf = (people: typeof deciders, name: string) => people.find((person) => person.name === name)!.id
  const fields = { reasonCode: 'facts_agreed', reason, decidedBy: idOf(deciders, 'Daniel Reid'), approver: idOf(approvers, 'Helen Marsh') }
  const asked = await grace.submit(`${raised.path}/actions/resolve_without_investigation`, { ...fields, message: 'It is put right.' })
  const done = await pressOn(grace, asked, { confirmed: 'yes' })
  expect(done.location).toBe(`${raised.path}?done=approval_asked`)
  return raised
}

async function approvalOf(client: HttpClient, { path }: RaisedCase): Promise<string> {
  const reference = /Concern (F-\S+)/.exec((await grace.get(path)).page.words)![1]!
  return (await client.get('/approvals')).page.links.find(({ text }) => text.includes(reference))!.href
}

const freshCode = (person: 'executive' | 'guardian'): string => {
  stage.app.clock.advance({ seconds: 30 })
  return stage.app.codeOf(person)
}

describe('an approval', () => {
  test('waits for the one person asked, and says on the concern’s page for whom', async () => {
    const raised = await askHelen()
    const page = (await grace.get(raised.path)).page
    expect(page.words).toContain('Waits for Helen Marsh to approve the decision not to investigate.')
    expect(page.links.map(({ href }) => href)).not.toContain(`${raised.path}/actions/resolve_without_investigation`)
    expect((await owen.get('/approvals')).page.words).toContain('Nothing waits for your approval.')
    expect((await owen.get(await approvalOf(helen, raised))).status).toBe(404)
  })

  test('is decided on a summary, not on the concern', async () => {
    const raised = await askHelen()
    const { page, text } = await helen.get(await approvalOf(helen, raised))
    for (const said of ['Grace Okafor', 'The facts are known and agreed', 'The facts are agreed.', 'Daniel Reid', 'High'])
      expect(page.words).toContain(said)
    expect(text).not.toContain('<b>Nobody')
    expect(text).not.toContain('isolation rooms')
    expect((await helen.get(raised.path)).status).toBe(403)
  })

  test('given in one’s own session with a fresh code moves the concern, and the person reads the message that waited', async () => {
    const raised = await askHelen()
    const href = await approvalOf(helen, raised)
    expect(await inboxOf(stage.app, raised.token)).not.toContain('It is put right.')
    const done = await helen.submit(href, { decision: 'approve', note: 'Agreed', otp: freshCode('executive') })
    expect(done.location).toBe('/approvals?done=approve')
    expect((await helen.follow(done)).page.words).toContain('Your decision is signed and recorded.')
    expect(await inboxOf(stage.app, raised.token)).toContain('It is put right.')
    const { words } = (await grace.get(`${raised.path}/history`)).page
    expect(words).toContain('Helen Marsh, executive lead')
    expect(words).toContain('Status: Being resolved without investigation')
  })

  test('refused leaves it triaged, with the note for those who handle it, and the person hears nothing', async () => {
    const raised = await askHelen()
    await helen.submit(await approvalOf(helen, raised), {
      decision: 'refuse',
      note: 'Who has seen the water tests?',
      otp: freshCode('executive'),
    })
    const { words } = (await grace.get(`${raised.path}/records`)).page
    expect(words).toContain('Who has seen the water tests?')
    expect((await grace.get(raised.path)).page.words).toContain('Triaged')
    expect(await inboxOf(stage.app, raised.token)).not.toContain('It is put right.')
  })

  test('is not given without a choice and a code, and what was written stays', async () => {
    const raised = await askHelen()
    const href = await approvalOf(helen, raised)
    const empty = await helen.submit(href, { note: 'My <i>note</i>', otp: '' })
    expect([empty.status, empty.page.faults]).toEqual([422, ['Choose whether you approve it', 'Give the six-digit code']])
    expect(empty.page.forms.at(-1)!.fields.find(([name]) => name === 'note')?.[1]).toBe('My <i>note</i>')
    const wrong = await helen.submit(href, { decision: 'approve', otp: '000000' })
    expect(wrong.page.faults).toEqual(['This code is not right. Type the one your app shows now'])
    expect(wrong.page.forms.at(-1)!.fields.find(([name]) => name === 'decision')?.[1]).toBe('approve')
  })

  test('pressed twice is given once, and the second press says so', async () => {
    const raised = await askHelen()
    const href = await approvalOf(helen, raised)
    const form = await helen.get(href)
    await pressOn(helen, form, { decision: 'approve', otp: freshCode('executive') })
    const twice = await pressOn(helen, form, { decision: 'approve', otp: freshCode('executive') })
    expect([twice.status, twice.page.heading]).toEqual([404, 'This request is no longer waiting'])
  })
})

describe('a concern escalated to a lead', () => {
  async function escalate(shareContent: 'yes' | 'no'): Promise<RaisedCase> {
    const raised = await stage.raise('01')
    const asked = await grace.submit(`${raised.path}/actions/escalate`, { to: 'executive_lead', reason: 'It is late.', shareContent })
    await pressOn(grace, asked, { confirmed: 'yes' })
    return raised
  }

  test('shows its timing at once, and what was said only where it was shared', async () => {
    const [shared, kept] = [await escalate('yes'), await escalate('no')]
    const { page, text } = await helen.get('/escalated')
    expect(page.words).toContain('1 working day left')
    expect(page.words).toContain('Not shared with you')
    const open = page.links.filter(({ text: words }) => words.startsWith('Open')).map(({ href }) => href)
    expect(open).toEqual([shared.path])
    expect(text).not.toContain(kept.id)
    expect((await helen.get(shared.path)).page.words).toContain('emergency department')
    expect((await helen.get(kept.path)).status).toBe(403)
    expect((await owen.get('/escalated')).page.words).toContain('Nothing has been escalated to you.')
  })

  test('may be read there, but not answered', async () => {
    const raised = await escalate('yes')
    const { page } = await helen.get(`${raised.path}/messages`)
    expect(page.words).toContain('You cannot write to the person from here.')
    expect((await helen.post(`${raised.path}/messages`, { body: 'x', key: '' })).status).toBe(403)
  })

  test('never reaches a lead it is about', async () => {
    const raised = await stage.raise('06', { about: ['Helen Marsh'] })
    const asked = await grace.submit(`${raised.path}/actions/escalate`, { to: 'executive_lead', reason: 'Late', shareContent: 'yes' })
    const refused = await pressOn(grace, asked, { confirmed: 'yes' })
    expect(refused.page.faults).toEqual(['The concern is about them: escalate to another.'])
    expect((await helen.get('/escalated')).text).not.toContain(raised.id)
  })
})
