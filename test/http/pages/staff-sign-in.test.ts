import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../../support/app.ts'
import { inboxOf, openStaffStage, password, pressOn, signIn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
beforeAll(async () => {
  stage = await openStaffStage()
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const tryWith = (fields: { email?: string; password?: string; otp?: string }) =>
  stage.stranger().submit('/sign-in', { email: people.deputy, password, otp: '000000', ...fields })

describe('signing in', () => {
  test('a wrong address, a wrong password and a wrong code get the same answer', async () => {
    const answers = [
      await tryWith({ email: 'nobody@demo.test' }),
      await tryWith({ password: 'not the password at all', otp: stage.app.codeOf('deputy') }),
      await tryWith({}),
    ]
    expect(answers.map(({ status, page }) => [status, page.faults])).toEqual(
      answers.map(() => [401, ['That did not match. Check the e-mail address, the password and the code']]),
    )
    const bodies = answers.map(({ text }) => text.replace(/ value="[^"]*@demo\.test"/, ''))
    expect(new Set(bodies).size).toBe(1)
  })

  test('the address stays in its box after a slip, the password and the code do not', async () => {
    const { text } = await tryWith({})
    expect(text).toContain(`value="${people.deputy}"`)
    expect(text).not.toContain(password)
    expect(text).not.toContain('000000')
  })

  test('boxes left empty are named one by one, and nothing is tried', async () => {
    const { status, page } = await stage.stranger().submit('/sign-in', { email: '', password: '', otp: '' })
    expect([status, page.title.startsWith('Error:')]).toEqual([422, true])
    expect(page.faults).toEqual(['Give your e-mail address', 'Give your password', 'Give the six-digit code'])
  })

  test('after several wrong tries it says how many seconds to wait', async () => {
    const wrong = () => tryWith({ email: 'somebody.else@demo.test' })
    let answer = await wrong()
    for (let tries = 1; tries < 20 && answer.status !== 429; tries += 1) answer = await wrong()
    const [, seconds] = /Wait (\d+) seconds?, then try again/.exec(answer.page.faults[0] ?? '') ?? []
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe(seconds)
  })

  test('a code that was used says so, since that is no failed try', async () => {
    await stage.staff('investigator')
    const answer = await stage
      .stranger()
      .submit('/sign-in', { email: people.investigator, password, otp: stage.app.codeOf('investigator') })
    expect([answer.status, answer.page.faults]).toEqual([401, ['This code has been used. Wait for the next one in your app']])
  })

  test('spaces around address and code are forgiven', async () => {
    const client = stage.stranger()
    stage.app.clock.advance({ seconds: 30 })
    const code = stage.app.codeOf('deputy')
    const answer = await client.submit('/sign-in', { email: ` ${people.deputy} `, password, otp: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(answer.status).toBe(303)
  })

  test('browsers and password managers are told what each box is for, and paste is not stopped', async () => {
    const { text } = await stage.stranger().get('/sign-in')
    for (const attribute of ['autocomplete="username"', 'autocomplete="current-password"', 'autocomplete="one-time-code"']) {
      expect(text).toContain(attribute)
    }
    expect(text).not.toMatch(/maxlength|onpaste|autocomplete="off"/)
  })

  test('the session is in a cookie that scripts and other sites never see', async () => {
    const client = stage.stranger()
    const answer = await signIn(client, stage.app, 'guardian')
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-staff='))
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toMatch(/Max-Age|Domain/)
  })

  test('signing out ends the session at once, also for a copy of the cookie', async () => {
    const client = await stage.staff('guardian')
    const copy = stage.stranger()
    for (const [name, value] of client.cookies) copy.cookies.set(name, value)
    const answer = await client.submit('/concerns', { _csrf: (await client.get('/concerns')).page.forms[0]!.fields[0]![1] })
    expect(answer.location).toBe('/sign-in?done=signed-out')
    expect((await client.follow(answer)).page.words).toContain('You are signed out.')
    expect((await copy.get('/concerns')).status).toBe(401)
  })
})

describe('the first page', () => {
  test.each([
    ['guardian', '/concerns', 'Needs action'],
    ['deputy', '/concerns', 'Needs action'],
    ['investigator', '/concerns', 'Needs action'],
    ['executive', '/escalated', 'Escalated to me'],
    ['nonExecutive', '/escalated', 'Escalated to me'],
    ['auditor', '/log', 'Log'],
    ['administrator', '/administration', 'Administration'],
  ] as const)('of the %s is %s', async (person, path, heading) => {
    const client = stage.stranger()
    const page = (await client.follow(await signIn(client, stage.app, person))).page
    expect(page.heading).toBe(heading)
    expect((await client.follow(await client.get('/staff'))).page.heading).toBe(heading)
    expect((await client.get(path)).status).toBe(200)
  })

  test.each([
    ['auditor', '/concerns'],
    ['auditor', '/approvals'],
    ['administrator', '/concerns'],
    ['administrator', '/log'],
    ['guardian', '/log'],
    ['guardian', '/escalated'],
    ['investigator', '/approvals'],
  ] as const)('of others is shut: the %s at %s', async (person, path) => {
    expect((await (await stage.staff(person)).get(path)).status).toBe(403)
  })

  test('needs a session', async () => {
    const { status, page } = await stage.stranger().get('/concerns')
    expect(status).toBe(401)
    expect(page.links.map(({ href }) => href)).toContain('/sign-in')
  })
})

describe('a session that ends while somebody writes', () => {
  const written = 'The first line\nand <b>שלום</b> the "second", which took an hour.'

  test('the text is kept, shown after signing in, and put back into its form', async () => {
    const { path, token } = await stage.raise('01')
    const client = await stage.staff('guardian')
    const form = (await client.get(`${path}/actions/acknowledge`)).page.forms.at(-1)!
    stage.app.clock.advance({ minutes: 20 })
    const late = await client.post(form.action, { ...Object.fromEntries(form.fields), message: written })
    expect(late.location).toBe('/sign-in?kept=yes')
    expect((await client.follow(late)).page.words).toContain('We kept it')

    const kept = await client.follow(await signIn(client, stage.app, 'guardian'))
    expect(kept.page.heading).toBe('We kept what you were writing')
    const reloaded = await client.get('/kept')
    expect(reloaded.page.words).toContain('which took an hour')

    const back = await pressOn(client, reloaded, { change: 'yes' })
    expect([back.status, back.location]).toEqual([307, `${path}/actions/acknowledge`])
    const redrawn = await client.post(back.location!, { ...fieldsOf(reloaded), change: 'yes' })
    expect(redrawn.status).toBe(200)
    expect(redrawn.page.forms.at(-1)!.fields.find(([name]) => name === 'message')?.[1]).toBe(written)
    expect(await inboxOf(stage.app, token)).not.toContain('which took an hour')

    const sent = await pressOn(client, redrawn, { message: written })
    expect(sent.location).toBe(`${path}?done=acknowledge`)
    expect((await client.get('/kept')).location).toBe('/concerns')
  })

  test('ticked boxes come back too, and a six-digit code never does', async () => {
    const { path } = await stage.raise('01')
    const client = await stage.staff('guardian')
    stage.app.clock.advance({ minutes: 20 })
    await client.post(`${path}/actions/triage`, { title: 'Kept', elements: ['other_behaviours', 'bullying_harassment'], otp: '123456' })
    const kept = await client.follow(await signIn(client, stage.app, 'guardian'))
    const fields = kept.page.forms.find(({ names }) => names.has('title'))!.fields
    expect(fields.filter(([name]) => name === 'elements').map(([, value]) => value)).toEqual(['other_behaviours', 'bullying_harassment'])
    expect(kept.text).not.toContain('123456')
  })

  test('what nobody wants any more can be thrown away', async () => {
    const client = await stage.staff('guardian')
    const kept = await client.get('/kept')
    const dropped = await pressOn(client, kept, { drop: 'yes' })
    expect((await client.follow(dropped)).page.heading).toBe('Needs action')
  })

  test('another person never gets it', async () => {
    const { path, token } = await stage.raise('02')
    const client = await stage.staff('guardian')
    stage.app.clock.advance({ minutes: 20 })
    await client.post(`${path}/notes`, { body: 'For Grace alone, whoever signs in here next' })
    const other = await client.follow(await signIn(client, stage.app, 'deputy'))
    expect(other.page.heading).toBe('Needs action')
    expect(await inboxOf(stage.app, token)).not.toContain('For Grace alone')
  })
})

function fieldsOf(answer: {
  readonly page: {
    readonly forms: readonly { readonly names: ReadonlySet<string>; readonly fields: readonly (readonly [string, string])[] }[]
  }
}) {
  return Object.fromEntries(answer.page.forms.find(({ names }) => names.has('kept'))!.fields)
}
