import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import type { Route } from '../../src/http/index.ts'
import { people, type PersonName } from '../support/app.ts'
import type { HttpClient } from '../support/http-client.ts'
import { setStage, type Concern, type Stage } from './api/stage.ts'

/** What staff may open without an entry, because nothing sealed is opened for it, with what it shows instead. Everything else leaves one. */
const quiet: readonly (readonly [RegExp, string])[] = [
  [/\/account(\/|$)/, 'one’s own account'],
  [/^\/concerns\/new(\/|$)/, 'empty forms'],
  [/^\/(simulator|learning)$/, 'an empty form'],
  [/\/views(\/|$)/, 'one’s own saved filters'],
  [/\/time$/, 'minutes, which stand in clear in the log'],
  [/\/approvals$/, 'nothing, while nothing waits for a decision'],
  [/^\/print(\/|$)/, 'what hangs on walls'],
  [/^\/log\/verifier$/, 'the verifier, which everybody may have'],
  [/\/(countersign|recipient-set|second-factor-resets)$/, 'who works here'],
  [/^(\/people|\/api\/v1\/users)(\/|$)/, 'who works here'],
  [/^(\/duties|\/api\/v1\/duties)(\/|$)/, 'what the organisation owes as a whole, by random ids'],
  [/^\/api\/v1\/absences$/, 'who is away when'],
  [/^\/api\/v1\/snippets$/, 'stock phrases, which each form shows'],
  [/^(\/administration|\/settings|\/api\/v1\/settings)(\/|$)/, 'settings, which the form shows to everybody'],
]

let stage: Stage
let concern: Concern
beforeAll(async () => {
  stage = await setStage()
  concern = (await stage.triaged()).concern
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

async function signedIn(person: PersonName): Promise<HttpClient> {
  const browser = stage.client.someoneElse()
  const { password } = demonstrationPeople[0]!
  await browser.submit('/sign-in', { email: people[person], password, otp: stage.freshCode(person) })
  return browser
}

const entries = async (): Promise<number> => {
  const { rows } = await stage.test.database.asSuperuser.query<{ count: string }>('select count(*) from staff_entry')
  return Number(rows[0]!.count)
}

test.each(['guardian', 'auditor', 'administrator'] as const)(
  'whatever %s opens leaves an entry, also where it is refused, unless nothing sealed is opened for it',
  { timeout: 60_000 },
  async (person) => {
    const { bearer } = await stage.bearerOf(person)
    const browser = await signedIn(person)
    const get = ({ path }: Route) => {
      const filled = path.replaceAll(':id', concern.id).replaceAll(/[:*][A-Za-z]+/g, concern.id)
      return path.startsWith('/api/') ? stage.client.api('get', filled, undefined, { bearer }) : browser.get(filled)
    }
    const silent: string[] = []
    let loud = 0
    for (const route of stage.test.routes.filter(({ method, policy }) => method === 'get' && policy.kind === 'staff')) {
      const before = await entries()
      const { status } = await get(route)
      if ((await entries()) > before) loud += 1
      else if ((status === 200 || status === 403) && !quiet.some(([path]) => path.test(route.path))) silent.push(`${status} ${route.path}`)
    }
    expect(silent).toEqual([])
    expect(loud).toBeGreaterThan(10)
  },
)
