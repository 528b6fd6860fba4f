import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const hostile = 'Line one\n  indented <b>bold</b> & "quotes" \'single\' 🙂 ‮שלום‬ <script>alert(1)</script>'

const act = (client: HttpClient, { path }: RaisedCase, action: string, fields: Fields) => client.submit(`${path}/actions/${action}`, fields)
const valueOf = (answer: Answer, name: string) => answer.page.forms.at(-1)?.fields.find(([field]) => field === name)?.[1]
const peopleOf = async ({ id }: RaisedCase) => stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), id)

async function triagedCase(changes: object = {}, number = '01'): Promise<RaisedCase> {
  const raised = await stage.raise(number)
  await act(grace, raised, 'acknowledge', { message: 'Thank you. I have read it.' })
  await act(grace, raised, 'triage', { ...triaged, ...changes })
  return raised
}

async function investigatedCase(): Promise<RaisedCase> {
  const raised = await triagedCase()
  const { investigators } = await peopleOf(raised)
  const end = { 'expectedEnd-day': '18', 'expectedEnd-month': 'December', 'expectedEnd-year': '2026' }
  await act(grace, raised, 'start_investigation', {
    investigatorId: investigators[0]!.id,
    terms: 'Find out.',
    ...end,
    message: 'We look into it.',
  })
  return raised
}

describe('acknowledging', () => {
  test('begins with a letter that can be changed, and sends what was written in its place', async () => {
    const raised = await stage.raise('01')
    const form = await grace.get(`${raised.path}/actions/acknowledge`)
    const letter = valueOf(form, 'message')!
    expect(letter).toContain('Thank you for telling us')
    expect(letter).toContain('My name is Grace Okafor')
    expect(letter).toContain('treated badly')
    expect(letter).toContain('you do not have to')
    await pressOn(grace, form, { message: hostile })
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages.at(-1).body).toBe(hostile)
  })

  test('does not speak of ill treatment where the person said that there was none, and keeps a confidence where one was asked for', async () => {
    const raised = await stage.raise('08', { openness: 'confidential' })
    const letter = valueOf(await grace.get(`${raised.path}/actions/acknowledge`), 'message')!
    expect(letter).not.toContain('treated badly')
    expect(letter).toContain('only the guardian knows who you are')
  })

  test('is refused without words, and the clock goes on', async () => {
    const raised = await stage.raise('01')
    const answer = await act(grace, raised, 'acknowledge', { message: '   ' })
    expect([answer.status, answer.page.faults]).toEqual([422, ['Write your answer to the person']])
    expect(answer.page.title).toMatch(/^Error: F-/)
    expect((await grace.get(raised.path)).page.words).toContain('2 working days left')
  })
})

describe('what was typed', () => {
  test.each([
    ['triage', { title: 'Rota & <i>pay</i>', note: hostile, riskGrade: 'high' }, ['title', 'note', 'riskGrade']],
    ['assign', { note: hostile }, ['note']],
    ['escalate', { reason: hostile, to: 'executive_lead' }, ['reason', 'to']],
  ] as const)('is still there after a fault: %s', async (action, fields, names) => {
    const raised = await stage.raise('01')
    await act(grace, raised, 'acknowledge', { message: 'Thank you.' })
    const answer = await act(grace, raised, action, fields)
    expect(answer.status).toBe(422)
    expect(names.map((name) => valueOf(answer, name))).toEqual(names.map((name) => Reflect.get(fields, name)))
    expect(answer.text).not.toContain('<script>alert')
    expect(answer.text).not.toContain('<i>pay</i>')
  })

  test('is still there after a fault: starting an investigation, with half a date', async () => {
    const raised = await triagedCase()
    const answer = await act(grace, raised, 'start_investigation', {
      terms: hostile,
      'expectedEnd-day': '31',
      'expectedEnd-month': '2',
      'expectedEnd-year': '2027',
    })
    expect(answer.page.faults).toEqual(['Choose who investigates', 'Write a real date, like 18 12 2026', 'Write what you tell the person'])
    expect(['terms', 'expectedEnd-day', 'expectedEnd-month'].map((name) => valueOf(answer, name))).toEqual([hostile, '31', '2'])
  })

  test('every fault stands in the summary, in the order of the page, and again beside its box', async () => {
    const raised = await stage.raise('01', { openness: 'confidential' })
    await act(grace, raised, 'acknowledge', { message: 'Thank you.' })
    const answer = await act(grace, raised, 'triage', { title: '' })
    expect(answer.page.faults[0]).toBe('Give the concern a title')
    expect(answer.page.faults).toHaveLength(5)
    for (const fault of answer.page.faults) expect(answer.text.split(fault).length - 1).toBe(2)
  })

  test('a guard of the workflow speaks beside its box too: a conflict of interest stops triage', async () => {
    const raised = await stage.raise('01')
    await act(grace, raised, 'acknowledge', { message: 'Thank you.' })
    const answer = await act(grace, raised, 'triage', { ...triaged, conflict: 'found' })
    expect(answer.page.faults[0]).toMatch(/^Assign it to someone free of the conflict/)
    expect(answer.text).toContain('href="#conflict"')
  })
})

describe('two people at once', () => {
  test('the second sees what the first did and who did it, keeps their text, and can send it again', async () => {
    const raised = await triagedCase()
    const { owners } = await peopleOf(raised)
    const hers = await grace.get(`${raised.path}/actions/refer`)
    await act(daniel, raised, 'assign', { userId: owners.find(({ name }) => name === 'Daniel Reid')!.id, note: '' })

    const clash = await pressOn(grace, hers, { to: 'hr', recipient: 'HR', reason: hostile, message: 'They look into it.' })
    expect(clash.status).toBe(409)
    expect(clash.page.words).toContain('This concern changed while you were writing')
    expect(clash.page.words).toMatch(/Changed the owner 24 November 2026 at \d\d:\d\d , Daniel Reid, guardian/)
    expect((await daniel.get(`${raised.path}/history`)).page.words).toMatch(
      /Changed the owner .*?Daniel Reid, guardian New owner ?: Daniel Reid/,
    )
    expect(clash.page.words).not.toContain('Triaged the concern')
    expect(valueOf(clash, 'reason')).toBe(hostile)

    const again = await pressOn(grace, clash, {})
    expect(again.location).toBe(`${raised.path}?done=refer`)
    expect((await grace.get(`${raised.path}/records`)).page.words).toContain('bold')
  })

  test('where the step is closed by then, the text is there to copy and nothing is sent twice', async () => {
    const raised = await stage.raise('01')
    const hers = await grace.get(`${raised.path}/actions/acknowledge`)
    await act(daniel, raised, 'acknowledge', { message: 'From Daniel' })
    const late = await pressOn(grace, hers, { message: hostile })
    expect(late.status).toBe(409)
    expect(late.page.heading).toBe('This step is not open now')
    expect(late.page.words).toContain('Daniel Reid, guardian')
    expect(late.page.words).toContain('indented <b>bold</b>')
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(1)
  })

  test('a second press of one’s own is called that', async () => {
    const raised = await stage.raise('01')
    const form = await grace.get(`${raised.path}/actions/acknowledge`)
    await pressOn(grace, form, { message: 'Once' })
    const twice = await pressOn(grace, form, { message: 'Once' })
    expect(twice.page.words).toContain('You did this already')
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(1)
  })

  test('of ten who press together one wins', async () => {
    const raised = await stage.raise('01')
    const form = await grace.get(`${raised.path}/actions/acknowledge`)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, press) => pressOn(grace, form, { message: `Press ${press}` })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, ...Array.from({ length: 9 }, () => 409)])
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(1)
  })

  test('a mark changed by hand shows too much history and never breaks the page', async () => {
    const raised = await triagedCase()
    const form = await grace.get(`${raised.path}/actions/assign`)
    for (const seen of ['', '9999999.1', 'x', '-1.-1', '0.0']) {
      const answer = await pressOn(grace, form, { seen, expectedVersion: '1', userId: (await peopleOf(raised)).owners[0]!.id })
      expect(answer.status).toBe(409)
    }
  })
})

describe('an unusual act', () => {
  const reasoned = { reasonCode: 'facts_agreed', reason: hostile, message: 'We put it right.' }

  test('resolving without an investigation asks once more, says who decided, and carries every word along', async () => {
    const raised = await triagedCase({ elements: [] }, '10')
    const { deciders } = await peopleOf(raised)
    const decider = deciders.find(({ name }) => name === 'Helen Marsh')!
    const asked = await act(grace, raised, 'resolve_without_investigation', { ...reasoned, decidedBy: decider.id })
    expect([asked.status, asked.page.heading]).toEqual([200, 'Leave this concern without an investigation?'])
    expect(asked.page.words).toContain('Helen Marsh stands in the record as the one who decided.')
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(1)

    const changed = await pressOn(grace, asked, { change: 'yes' })
    expect([valueOf(changed, 'reason'), valueOf(changed, 'decidedBy')]).toEqual([hostile, decider.id])
    const done = await pressOn(grace, asked, { confirmed: 'yes' })
    expect(done.location).toBe(`${raised.path}?done=resolve_without_investigation`)
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages.at(-1).body).toBe('We put it right.')
  })

  test('a grave concern needs a second person, other than oneself and the one who decided', async () => {
    const raised = await triagedCase({ riskGrade: 'high' })
    const { deciders, approvers } = await peopleOf(raised)
    const decidedBy = deciders.find(({ name }) => name === 'Helen Marsh')!.id
    expect(approvers.map(({ name }) => name)).not.toContain('Grace Okafor')
    const without = await act(grace, raised, 'resolve_without_investigation', { ...reasoned, decidedBy })
    expect([without.status, without.page.faults]).toEqual([422, ['Choose the second person']])
    const same = await act(grace, raised, 'resolve_without_investigation', { ...reasoned, decidedBy, approver: decidedBy })
    const refused = await pressOn(grace, same, { confirmed: 'yes' })
    expect(refused.page.faults).toEqual(['Name somebody other than the person who decided.'])
    expect(valueOf(refused, 'reason')).toBe(hostile)
  })

  test('where no second person is needed nobody is asked to choose one', async () => {
    const raised = await triagedCase({ elements: [] }, '10')
    expect((await grace.get(`${raised.path}/actions/resolve_without_investigation`)).text).not.toContain('name="approver"')
  })

  test('a name goes with a referral only after a page that says that it cannot be taken back', async () => {
    const raised = await triagedCase({ consent: 'share_as_agreed' }, '04')
    const fields = { to: 'safeguarding', recipient: 'Safeguarding lead', shareIdentity: 'yes', reason: 'Risk', message: 'They know.' }
    const asked = await act(grace, raised, 'refer', fields)
    expect(asked.page.words).toContain('Safeguarding lead will know who raised this. It cannot be taken back.')
    expect((await pressOn(grace, asked, { confirmed: 'yes' })).location).toBe(`${raised.path}?done=refer`)
  })

  test('without agreement it needs a ground and a reason, and half of that is told as a fault', async () => {
    const raised = await triagedCase({ consent: 'do_not_share_identity' }, '04')
    const fields = { to: 'safeguarding', recipient: 'Safeguarding lead', shareIdentity: 'yes', reason: 'Risk', message: 'They know.' }
    const half = await act(grace, raised, 'refer', { ...fields, 'identityOverride-ground': 'serious_harm' })
    expect(half.page.faults).toEqual(['Say in what circumstances'])
    const none = await pressOn(grace, await act(grace, raised, 'refer', fields), { confirmed: 'yes' })
    expect(none.page.faults).toEqual(['The person has not agreed. Refer without it, or give the ground and the reason.'])
    const whole = await act(grace, raised, 'refer', {
      ...fields,
      'identityOverride-ground': 'serious_harm',
      'identityOverride-reason': 'A child',
    })
    expect(whole.page.words).toContain('Ground: Serious risk of harm')
  })

  test('a name is never asked for where nobody knows it', async () => {
    const raised = await triagedCase()
    const form = await grace.get(`${raised.path}/actions/refer`)
    expect(form.text).not.toContain('shareIdentity')
    const forced = await grace.post(`${raised.path}/actions/refer`, {
      ...Object.fromEntries(form.page.forms.at(-1)!.fields),
      ...{ to: 'hr', recipient: 'HR', reason: 'Pay', message: 'They look.', shareIdentity: 'yes' },
    })
    expect(forced.location).toBe(`${raised.path}?done=refer`)
    expect((await grace.get(`${raised.path}/records`)).page.words).toContain('Name passed on No')
  })

  test('whether a name goes along is answered by nobody but the person at the form', async () => {
    const raised = await triagedCase({ consent: 'share_as_agreed' }, '04')
    const answer = await act(grace, raised, 'refer', { to: 'hr', recipient: 'HR', reason: 'Pay', message: 'They look.' })
    expect(answer.page.faults).toEqual(['Say whether you pass on the name'])
  })

  test('whether a lead may read what was said is answered by nobody but the person at the form', async () => {
    const raised = await stage.raise('01')
    const answer = await act(grace, raised, 'escalate', { to: 'executive_lead', reason: 'Late' })
    expect(answer.page.faults).toEqual(['Say whether they may read what was said'])
  })

  test('escalating asks once more and says what the lead will see', async () => {
    const raised = await stage.raise('01')
    const asked = await act(grace, raised, 'escalate', { to: 'executive_lead', reason: 'Late', shareContent: 'no' })
    expect(asked.page.words).toContain('They see dates and deadlines, not what was said.')
    expect((await pressOn(grace, asked, { confirmed: 'yes' })).location).toBe(`${raised.path}?done=escalate`)
  })
})

describe('recording findings without a script', () => {
  test('rows are added and taken away, and every word stays', async () => {
    const raised = await investigatedCase()
    let form = await grace.get(`${raised.path}/actions/record_findings`)
    form = await pressOn(grace, form, {
      'findings-0-allegation': 'One',
      'findings-0-finding': 'substantiated',
      learning: hostile,
      add: 'findings',
    })
    expect(form.status).toBe(200)
    form = await pressOn(grace, form, { 'findings-1-allegation': hostile, 'findings-1-finding': 'not_substantiated', add: 'findings' })
    form = await pressOn(grace, form, { 'findings-2-allegation': 'Three', 'findings-2-finding': 'unable_to_determine', add: 'actions' })
    form = await pressOn(grace, form, {
      'actions-1-description': 'Train',
      'actions-1-owner': 'Ward manager',
      'actions-1-dueOn-day': '1',
      'actions-1-dueOn-month': 'mar',
      'actions-1-dueOn-year': '2027',
      remove: 'findings-0',
    })
    expect(['findings-0-allegation', 'findings-1-allegation', 'learning'].map((name) => valueOf(form, name))).toEqual([
      hostile,
      'Three',
      hostile,
    ])

    const done = await pressOn(grace, form, {})
    expect(done.location).toBe(`${raised.path}?done=record_findings`)
    const { words } = (await grace.get(`${raised.path}/records`)).page
    expect(words).toContain('Allegation 2 Three Finding Unable to determine')
    expect(words).toContain('Action 1 Train Who does it Ward manager By 1 March 2027')
  })

  test('the cursor is put into a new row', async () => {
    const raised = await investigatedCase()
    const form = await pressOn(grace, await grace.get(`${raised.path}/actions/record_findings`), { add: 'findings' })
    expect(/<textarea[^>]*id="findings-1-allegation"[^>]*autofocus/.test(form.text)).toBe(true)
    expect(form.text.match(/autofocus/g)).toHaveLength(1)
  })

  test('a fault points at the row as it stands, and rows left empty are no fault', async () => {
    const raised = await investigatedCase()
    let form = await grace.get(`${raised.path}/actions/record_findings`)
    form = await pressOn(grace, form, { add: 'findings' })
    form = await pressOn(grace, form, { add: 'findings' })
    const fields = {
      'findings-0-allegation': 'One',
      'findings-0-finding': 'substantiated',
      'findings-2-allegation': 'Third row',
      learning: 'None',
    }
    const answer = await pressOn(grace, form, fields)
    expect(answer.page.faults).toEqual(['Choose what was found'])
    expect(answer.text).toContain('href="#findings-2-finding"')
    const due = await pressOn(grace, answer, {
      'findings-2-finding': 'substantiated',
      'actions-0-description': 'Do',
      'actions-0-owner': 'Me',
      'actions-0-dueOn-day': '31',
      'actions-0-dueOn-month': '4',
      'actions-0-dueOn-year': '2027',
    })
    expect(due.page.faults).toEqual(['Write a real date, like 18 12 2026'])
    expect(due.text).toContain('href="#actions-0-dueOn-day"')
  })

  test('nothing at all is told as it is, in one go', async () => {
    const raised = await investigatedCase()
    const answer = await act(grace, raised, 'record_findings', { learning: '' })
    expect(answer.page.faults).toEqual(['Write what was alleged', 'Choose what was found', 'Say what was learned, or that nothing was'])
  })

  test('a count changed by hand stays within what a form can hold', async () => {
    const raised = await investigatedCase()
    const form = await grace.get(`${raised.path}/actions/record_findings`)
    for (const count of ['-1', '0', '1e9', '999999', 'x']) {
      const answer = await pressOn(grace, form, { 'findings-count': count, add: 'findings' })
      expect(answer.status).toBe(200)
      expect(answer.text.length).toBeLessThan(200_000)
    }
  })
})

describe('a step that is not open', () => {
  test.each(['triage', 'start_investigation', 'record_findings', 'resolve'])(
    'says so and leads back: %s of a concern nobody has answered',
    async (action) => {
      const raised = await stage.raise('01')
      const { status, page } = await grace.get(`${raised.path}/actions/${action}`)
      expect([status, page.heading]).toEqual([409, 'This step is not open now'])
      expect(page.links.map(({ href }) => href)).toContain(raised.path)
    },
  )

  test('is not on the concern’s page: the one to take next is a button, the rest are links', async () => {
    const raised = await triagedCase({ decision: 'refer' })
    const { text, page } = await grace.get(raised.path)
    const buttons = [...text.matchAll(/<a class="nhsuk-button"[^>]*href="([^"]*)"/g)].map(([, href]) => href)
    expect(buttons).toEqual([`${raised.path}/actions/refer`])
    const steps = page.links.map(({ href }) => href).filter((href) => href.includes('/actions/'))
    expect(steps.map((href) => href.split('/').at(-1))).toEqual([
      'refer',
      'start_investigation',
      'resolve_without_investigation',
      'withdraw',
      'assign',
      'declare_conflict',
      'escalate',
      'record_first_contact',
    ])
  })

  test('is nobody’s who does not handle the concern', async () => {
    const raised = await triagedCase()
    const investigator = await stage.staff('investigator')
    expect((await investigator.get(`${raised.path}/actions/refer`)).status).toBe(404)
    expect((await investigator.post(`${raised.path}/actions/refer`, {})).status).toBe(404)
  })
})
