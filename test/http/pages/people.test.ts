import { Secret } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demonstrationPeople } from '../../../src/accounts/index.ts'
import { codeAt } from '../../../src/accounts/second-factor.ts'
import { raiseInput } from '../../../src/concerns/index.ts'
import { people, startTestApp, type PersonName, type TestApp } from '../../support/app.ts'
import { createHttpClient, type Answer, type HttpClient } from '../../support/http-client.ts'

let app: TestApp
let web: HttpClient
beforeEach(async () => {
  app = await startTestApp()
  web = await createHttpClient(app.app)
})
afterEach(async () => {
  expect(app.unexpected).toEqual([])
  await web.close()
  await app.close()
})

const password = demonstrationPeople[0]!.password
const newPassword = 'seven purple kettles wander'
const freshCode = (person: PersonName) => {
  app.clock.advance({ seconds: 30 })
  return app.codeOf(person)
}
const staff = async (person: PersonName): Promise<HttpClient> => {
  const browser = web.someoneElse()
  const otp = freshCode(person)
  expect((await browser.submit('/sign-in', { email: people[person], password, otp })).location).toBe('/kept')
  return browser
}
/** Everything the page says, tags gone. */
const textOf = ({ text }: Answer) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const linkIn = (answer: Answer): string => /(\/enrol\/link\/[\w-]{43})/.exec(answer.text)![1]!

const invite = async (admin: HttpClient, fields: Record<string, string | readonly string[]> = {}) => {
  const page = await admin.get('/people/invite')
  const groups = [...page.text.matchAll(/name="intakeGroupIds" type="checkbox" value="([\w-]+)"/g)].map((match) => match[1]!)
  const input = { name: 'Mary Lowe', email: 'mary@demo.test', roles: ['guardian'], intakeGroupIds: groups }
  return admin.post('/people/invite', { ...input, otp: freshCode('administrator'), ...fields })
}

interface Desk {
  readonly browser: HttpClient
  readonly code: () => string
  readonly recoveryCode: readonly string[]
  readonly fingerprint: string
}

/** Goes through the three pages of an enrolment as a person does. */
async function enrol(link: string): Promise<Desk> {
  const browser = web.someoneElse()
  const opened = await browser.get(link)
  expect(opened.location).toBe('/enrol')
  expect((await browser.get('/enrol')).location).toBe('/enrol/password')
  expect((await browser.submit('/enrol/password', { password: newPassword, again: newPassword })).location).toBe('/enrol/second-factor')
  const factor = await browser.get('/enrol/second-factor')
  const key = /translate="no">([A-Z2-7 ]{32,})</.exec(factor.text)![1]!.replaceAll(' ', '')
  expect(factor.text).toMatch(/otpauth:\/\/totp\/Forthright:mary/)
  expect(factor.text).toMatch(/<svg class="app-qr"[^>]*role="img"/)
  const code = () => codeAt(Secret.fromBase32(key).bytes, app.clock.now())
  expect((await browser.submit('/enrol/second-factor', { otp: code() })).location).toBe('/enrol/recovery-code')
  const printed = await browser.get('/enrol/recovery-code')
  const recoveryCode = [...printed.text.matchAll(/<li>([0-9A-Z]{4})<\/li>/g)].map((match) => match[1]!)
  expect(recoveryCode).toHaveLength(7)
  const done = await browser.follow(await browser.submit('/enrol/recovery-code', { third: recoveryCode[2]!, last: recoveryCode[6]! }))
  const fingerprint = /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(done.text)![0]
  return { browser, code, recoveryCode, fingerprint }
}

async function signIn({ browser, code }: Desk, withPassword = newPassword): Promise<Answer> {
  app.clock.advance({ seconds: 30 })
  return browser.follow(await browser.submit('/sign-in', { email: 'mary@demo.test', password: withPassword, otp: code() }))
}

const raise = async () => {
  const ctx = { requestId: 'test', now: app.clock.now() }
  const { token } = await app.service.concerns.raise(ctx, raiseInput.parse({ narrative: 'The alarm was off again.' }), null)
  return (await app.service.concerns.openByToken(ctx, token)).concernId
}

test('a second guardian is invited, enrols, is countersigned, and reads what is raised from then on', async () => {
  const admin = await staff('administrator')
  const link = linkIn(await invite(admin))
  const mary = await enrol(link)
  expect([...mary.browser.cookies.keys()]).toEqual(['__Host-enrolled'])
  const waiting = await signIn(mary)
  expect(textOf(waiting)).toContain('A guardian has to countersign first')
  expect(textOf(waiting)).toContain(`Read your fingerprint to a guardian: ${mary.fingerprint}`)

  const before = await raise()
  for (const person of ['guardian', 'deputy'] as const) {
    const guardian = await staff(person)
    const page = await guardian.get('/countersign')
    expect(textOf(page)).toContain('Mary Lowe')
    expect(page.text).toContain(mary.fingerprint)
    expect((await guardian.submit('/countersign', { agree: 'yes', otp: freshCode(person) })).location).toBe(
      `/countersign?done=${person === 'guardian' ? 'signed' : 'in_force'}`,
    )
  }
  const after = await raise()
  expect(textOf(await signIn(mary))).toContain('Needs action')
  const grace = await staff('guardian')
  expect([(await mary.browser.get(`/concerns/${before}`)).status, (await mary.browser.get(`/concerns/${after}`)).status]).toEqual([
    404, 200,
  ])
  for (const browser of [mary.browser, grace]) expect(textOf(await browser.get(`/concerns/${after}`))).toContain('The alarm was off again.')
  expect((await grace.get(`/concerns/${before}`)).status).toBe(200)
})

describe('a one-time link', () => {
  test('leaves the address at once, and its page has a way on where the browser did not send the cookie along', async () => {
    const link = linkIn(await invite(await staff('administrator')))
    const browser = web.someoneElse()
    const first = await browser.get(link)
    expect([first.status, first.location]).toEqual([303, '/enrol'])
    expect(first.text).not.toContain(link.split('/').at(-1))
    const cookie = first.headers.getSetCookie().find((line) => line.startsWith('__Host-link='))!
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/i)
    const landing = await web.someoneElse().get('/enrol')
    expect(landing.status).toBe(200)
    expect(landing.page.links.some(({ href }) => href === '/enrol/password')).toBe(true)
    expect((await browser.get('/enrol/password')).text).not.toContain(link.split('/').at(-1))
  })

  test('used twice, too late, taken back or made up each has its own page', async () => {
    const admin = await staff('administrator')
    const link = linkIn(await invite(admin))
    const second = linkIn(await invite(admin, { name: 'Joe', email: 'joe@demo.test' }))
    await enrol(link)
    const open = async (path: string) => {
      const browser = web.someoneElse()
      await browser.get(path)
      const answer = await browser.get('/enrol/password')
      return [answer.status, answer.page.title.split(' – ')[0]]
    }
    expect(await open(link)).toEqual([410, 'This link has been used'])
    expect(await open(`/enrol/link/${'x'.repeat(43)}`)).toEqual([404, 'We do not know this link'])
    expect(await open('/enrol/link/short')).toEqual([404, 'We do not know this link'])
    app.clock.advance({ hours: 168 })
    expect(await open(second)).toEqual([410, 'This link is too old'])
  })

  test('shows each slip on its own page, and loses nothing', async () => {
    const browser = web.someoneElse()
    await browser.get(linkIn(await invite(await staff('administrator'))))
    const slip = async (path: string, fields: Record<string, string>) => {
      const answer = await browser.submit(path, fields)
      return [answer.status, answer.page.title.startsWith('Error:')]
    }
    expect(await slip('/enrol/password', { password: '', again: '' })).toEqual([422, true])
    expect(await slip('/enrol/password', { password: newPassword, again: 'another' })).toEqual([422, true])
    expect(await slip('/enrol/password', { password: 'too short', again: 'too short' })).toEqual([422, true])
    expect((await browser.get('/enrol/second-factor')).location).toBe('/enrol/password?again')
    await browser.submit('/enrol/password', { password: newPassword, again: newPassword })
    expect((await browser.get('/enrol/recovery-code')).location).toBe('/enrol/second-factor')
    expect(await slip('/enrol/second-factor', { otp: '' })).toEqual([422, true])
    expect(await slip('/enrol/second-factor', { otp: '000000' })).toEqual([422, true])
    const factor = await browser.get('/enrol/second-factor')
    const key = /translate="no">([A-Z2-7 ]{32,})</.exec(factor.text)![1]!.replaceAll(' ', '')
    await browser.submit('/enrol/second-factor', { otp: codeAt(Secret.fromBase32(key).bytes, app.clock.now()) })
    const wrong = await browser.submit('/enrol/recovery-code', { third: 'AAAA', last: '' })
    expect(wrong.status).toBe(422)
    expect(textOf(wrong)).toContain('This is not group 3 of your code')
    expect(textOf(wrong)).toContain('Type group 7 of your code')
  })
})

describe('the list of people', () => {
  test('shows how each stands, and leads to what can be done', async () => {
    const admin = await staff('administrator')
    await invite(admin)
    const list = await admin.get('/people')
    for (const words of ['Mary Lowe', 'Invited', 'Grace Okafor', 'Active', '8 people']) expect(textOf(list)).toContain(words)
    const href = list.page.links.find(({ text }) => text.includes('Daniel Reid'))!.href
    const daniel = await admin.get(href)
    expect(daniel.page.links.map(({ href: to }) => to)).toEqual(
      expect.arrayContaining(['rights', 'second-factor', 're-invitation', 'deactivation'].map((act) => `${href}/${act}`)),
    )
    const self = await admin.get(
      list.page.links.find(({ href: to, text }) => to.startsWith('/people/') && text.includes('Sam Whitlock'))!.href,
    )
    expect(textOf(self)).toContain('This is you')
    expect(self.page.links.some(({ href: to }) => to.includes('deactivation'))).toBe(false)
  })

  test('asks for a fresh code before anything, and keeps what was typed', async () => {
    const admin = await staff('administrator')
    const without = await invite(admin, { otp: '' })
    expect(without.status).toBe(422)
    expect(textOf(without)).toContain('Give the six-digit code')
    expect(without.text).toContain('value="mary@demo.test"')
    const wrong = await invite(admin, { otp: '000000' })
    expect(textOf(wrong)).toContain('This code is not right')
    const apart = await invite(admin, { roles: ['guardian', 'administrator'] })
    expect(textOf(apart)).toContain('An administrator can hold no role that reads concerns')
    expect((await app.database.asSuperuser.query('select 1 from invitation')).rows).toEqual([])
  })

  test('sends somebody away whose session is dead at the next request', async () => {
    const daniel = await staff('deputy')
    expect((await daniel.get('/concerns')).status).toBe(200)
    const admin = await staff('administrator')
    const href = (await admin.get('/people')).page.links.find(({ text }) => text.includes('Daniel Reid'))!.href
    const done = await admin.submit(`${href}/deactivation`, { otp: freshCode('administrator') })
    expect(done.location).toBe(`${href}?done=deactivated`)
    expect((await daniel.get('/concerns')).status).toBe(401)
    expect(textOf(await admin.get(href))).toContain('No access, still on the list')
    const readers = await app.service.concerns.listReaders({ requestId: 'test', now: app.clock.now() }, {})
    expect(readers.map(({ name }) => name)).toEqual(['Grace Okafor'])
    const grace = await staff('guardian')
    expect(textOf(await grace.get('/countersign'))).toContain('No longer on the list Daniel Reid')
    expect((await grace.submit('/countersign', { agree: 'yes', otp: freshCode('guardian') })).location).toBe('/countersign?done=in_force')
  })

  test('lets two people, and never one, give somebody a new second factor', async () => {
    const admin = await staff('administrator')
    const href = (await admin.get('/people')).page.links.find(({ text }) => text.includes('Daniel Reid'))!.href
    await admin.submit(`${href}/second-factor`, { otp: freshCode('administrator') })
    expect(textOf(await admin.get('/countersign'))).not.toContain('Daniel Reid')
    const grace = await staff('guardian')
    const reset = (await grace.get('/countersign')).page.links.find(({ text }) => text.includes('Daniel Reid'))!.href
    expect((await admin.get(reset)).status).toBe(404)
    expect((await grace.submit(reset, { decision: '', otp: freshCode('guardian') })).status).toBe(422)
    const shown = await grace.submit(reset, { decision: 'confirm', otp: freshCode('guardian') })
    const browser = web.someoneElse()
    await browser.get(linkIn(shown))
    expect(textOf(await browser.get('/enrol/password'))).toContain('Set up a new second factor')
    expect(textOf(await browser.submit('/enrol/password', { password: 'not mine' }))).toContain('That is not the password you use now')
    await browser.submit('/enrol/password', { password })
    const key = /translate="no">([A-Z2-7 ]{32,})</.exec((await browser.get('/enrol/second-factor')).text)![1]!.replaceAll(' ', '')
    const done = await browser.follow(
      await browser.submit('/enrol/second-factor', { otp: codeAt(Secret.fromBase32(key).bytes, app.clock.now()) }),
    )
    expect(textOf(done)).toContain('Your new second factor is set up')
    expect((await grace.get(reset)).status).toBe(404)
  })
})

describe('one’s own account', () => {
  test('prints a recovery code, and the code opens the way back when the password is lost', async () => {
    const grace = await staff('guardian')
    const other = await staff('guardian')
    expect(textOf(await grace.get('/account'))).toContain('You have no recovery code')
    await grace.submit('/account/recovery-code', { otp: freshCode('guardian') })
    const printed = await grace.get('/account/recovery-code/print')
    const groups = [...printed.text.matchAll(/<li>([0-9A-Z]{4})<\/li>/g)].map((match) => match[1]!)
    expect((await grace.submit('/account/recovery-code/print', { third: groups[0]!, last: groups[6]! })).status).toBe(422)
    expect((await grace.submit('/account/recovery-code/print', { third: groups[2]!, last: groups[6]! })).location).toBe(
      '/account?done=code',
    )
    expect((await grace.get('/account/recovery-code/print')).location).toBe('/account/recovery-code')

    const browser = web.someoneElse()
    expect((await browser.get('/sign-in')).page.links.some(({ href }) => href === '/sign-in/recover')).toBe(true)
    const fields = { email: people.guardian, code: groups.join(' '), password: newPassword, again: newPassword }
    const fourth = groups[3]!
    const slip = groups.with(3, `${fourth.slice(0, 3)}${fourth.endsWith('7') ? '8' : '7'}`).join(' ')
    const mistyped = await browser.submit('/sign-in/recover', { ...fields, code: slip, otp: '123456' })
    expect([mistyped.status, /Look at group \d: there is a typing error/.test(textOf(mistyped))]).toEqual([422, true])
    expect(mistyped.text).not.toContain(groups[5])
    const wrong = await browser.submit('/sign-in/recover', { ...fields, email: 'nobody@demo.test', otp: freshCode('guardian') })
    expect([wrong.status, textOf(wrong).includes('That did not match')]).toEqual([401, true])
    const back = await browser.submit('/sign-in/recover', { ...fields, otp: freshCode('guardian') })
    expect(back.location).toBe('/account/recovery-code/print')
    expect(textOf(await browser.follow(back))).toContain('Your recovery code')
    expect((await grace.get('/account')).status).toBe(401)
    expect((await other.get('/account')).status).toBe(401)
  })

  test('changes the password with the old one, and signs out elsewhere', async () => {
    const grace = await staff('guardian')
    const other = await staff('guardian')
    expect(textOf(await grace.get('/account'))).toContain('in 1 other place')
    const change = async (fields: Record<string, string>) =>
      grace.submit('/account/password', {
        current: password,
        password: newPassword,
        again: newPassword,
        otp: freshCode('guardian'),
        ...fields,
      })
    expect(textOf(await change({ again: 'another' }))).toContain('The two new passwords are not the same')
    expect(textOf(await change({ current: 'wrong password' }))).toContain('This is not the password you use now')
    expect(textOf(await change({ password: 'short', again: 'short' }))).toContain('Use 15 characters or more')
    expect((await change({})).location).toBe('/account?done=password')
    expect((await other.get('/account')).status).toBe(401)
  })
})

test('somebody who left is offered when one invites, and pointed out where a newcomer resembles them', async () => {
  const admin = await staff('administrator')
  expect((await admin.get('/people/invite')).text).not.toContain('name="former"')
  expect(textOf(await admin.get('/administration'))).not.toContain('Only one guardian')
  const left = (await app.service.people.viewPeople(await app.contextOf('administrator'), { limit: 100 })).items.find(
    ({ email }) => email === people.deputy,
  )!
  await admin.submit(`/people/${left.id}/deactivation`, { otp: freshCode('administrator') })
  const alone = textOf(await admin.get('/administration'))
  expect(alone).toContain('Only one guardian receives the concerns of')
  expect(textOf(await (await staff('guardian')).get('/concerns'))).toContain('You are the only guardian of a team')
  const page = await admin.get('/people/invite')
  expect(textOf(page)).toContain(`No, they are new ${left.name}, ${left.email}`)
  expect((await invite(admin, { former: 'nobody' })).status).toBe(422)
  const guardian = await staff('guardian')
  await guardian.submit('/countersign', { agree: 'yes', otp: freshCode('guardian') })
  await enrol(linkIn(await invite(admin, { name: 'Dan Reid' })))
  expect(textOf(await guardian.get('/countersign'))).toContain(`is like that of somebody who left: ${left.name}.`)
})
