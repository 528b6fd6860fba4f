import { demonstrationPeople } from '../../../src/accounts/index.ts'
import { readCases } from '../../../src/demonstration/index.ts'
import type { ConcernId } from '../../../src/kernel/index.ts'
import { people, startTestApp, type PersonName, type TestApp } from '../../support/app.ts'
import { createHttpClient, type Answer, type Fields, type HttpClient } from '../../support/http-client.ts'

/** The whole service, and people of staff at browsers without a screen. */
export interface StaffStage {
  readonly app: TestApp
  /** Somebody who has not signed in. */
  stranger(): HttpClient
  /** Somebody who has signed in through the page. */
  staff(person: PersonName): Promise<HttpClient>
  /** Raises a case of `src/demonstration/cases`, with what is changed of it; the code is the reporter's. */
  raise(number: string, changes?: object): Promise<RaisedCase>
  close(): Promise<void>
}

export interface RaisedCase {
  readonly id: ConcernId
  readonly token: string
  readonly path: string
}

export const password = demonstrationPeople[0]!.password

export async function openStaffStage(options: Parameters<typeof startTestApp>[0] = {}): Promise<StaffStage> {
  const app = await startTestApp(options)
  const web = await createHttpClient(app.app)
  return {
    app,
    stranger: () => web.someoneElse(),
    staff: async (person) => {
      const client = web.someoneElse()
      await signIn(client, app, person)
      return client
    },
    raise: async (number, changes = {}) => {
      const given = readCases().find(({ name }) => name.startsWith(number))
      if (given === undefined) throw new Error(`no case ${number}`)
      const ctx = { requestId: 'test', now: app.clock.now() }
      const { token } = await app.service.concerns.raise(ctx, { ...given.input, ...changes }, null)
      const { concernId: id } = await app.service.concerns.openByToken(ctx, token)
      return { id, token, path: `/concerns/${id}` }
    },
    close: async () => {
      await web.close()
      await app.close()
    },
  }
}

/** Signs in through the page. A code works once, so the clock moves on by half a minute first. */
export async function signIn(client: HttpClient, app: TestApp, person: PersonName): Promise<Answer> {
  app.clock.advance({ seconds: 30 })
  return client.submit('/sign-in', { email: people[person], password, otp: app.codeOf(person) })
}

/** Presses a button on a page that came as the answer to a form, with everything the page already holds. */
export async function pressOn(client: HttpClient, answer: Answer, fields: Fields, action?: string): Promise<Answer> {
  const form = answer.page.forms.find(
    ({ action: to, method, names }) => method === 'post' && to !== '/sign-out' && Object.keys(fields).every((name) => names.has(name)),
  )
  if (form === undefined) throw new Error(`no form has the fields ${Object.keys(fields).join(', ')}`)
  const held: Record<string, string[]> = {}
  for (const [name, value] of form.fields) if (!Object.hasOwn(fields, name)) (held[name] ??= []).push(value)
  return client.post(action ?? form.action, { ...held, ...fields })
}

/** Everything the person who raised it can read, as their inbox gives it. */
export async function inboxOf({ service, clock }: TestApp, token: string): Promise<string> {
  const ctx = await service.concerns.openByToken({ requestId: 'test', now: clock.now() }, token)
  return JSON.stringify(await service.concerns.readInbox(ctx))
}

/** What a triage form needs to be whole. */
export const triaged = {
  title: 'Waiting times',
  riskGrade: 'low',
  elements: 'other_behaviours',
  decision: 'investigate',
  consent: 'not_applicable',
  conflict: 'none',
} as const
