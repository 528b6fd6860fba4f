/** What every test of the API begins with: the service, a program that holds it to its contract, and concerns at the steps tests need. */
import { randomUUID } from 'node:crypto'
import { startTestApp, type PersonName, type TestApp } from '../../support/app.ts'
import { createHttpClient, type HttpClient } from '../../support/http-client.ts'
import { createApiProgram, type ApiProgram } from './contract.ts'

export interface Concern {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly stage: string
  readonly allowedActions: readonly string[]
  readonly pendingApproval: { readonly id: string } | null
  readonly history: readonly { readonly kind: string }[]
}

export interface Stage {
  readonly test: TestApp
  readonly client: HttpClient
  readonly api: ApiProgram
  /** A member of staff's bearer, signed in once. */
  bearerOf(person: PersonName): Promise<{ readonly bearer: string }>
  /** A code that has not been used: the clock moves on for it. */
  freshCode(person: PersonName): string
  userIdOf(person: PersonName): Promise<string>
  /** Raises a concern as a reporter; the token, and the id as the guardian's queue shows it. */
  raise(body?: Readonly<Record<string, unknown>>): Promise<{ readonly token: string; readonly id: string }>
  act(id: string, action: string, body: Readonly<Record<string, unknown>>, person?: PersonName): Promise<Concern>
  /** A concern taken to `triaged`. */
  triaged(triage?: Readonly<Record<string, unknown>>): Promise<{ readonly token: string; readonly concern: Concern }>
  close(): Promise<void>
}

export const narrative = 'The alarm on the ward has been silent for a week and nobody comes when it should ring.'
export const triage = {
  riskGrade: 'low',
  elements: ['worker_safety_wellbeing'],
  decision: 'resolve_without_investigation',
  consent: 'not_applicable',
  conflict: 'none',
  title: 'Silent alarm',
}

export async function setStage(): Promise<Stage> {
  const test = await startTestApp()
  const client = await createHttpClient(test.app)
  const api = createApiProgram(client, test.routes)
  const bearers = new Map<PersonName, string>()
  const known = new Set<string>()

  const bearerOf = async (person: PersonName) => {
    const bearer = bearers.get(person) ?? (await test.signIn(person))
    bearers.set(person, bearer)
    return { bearer }
  }
  const act: Stage['act'] = async (id, action, body, person = 'guardian') => {
    const bearer = await bearerOf(person)
    const { version } = await api.ok<Concern>(200, 'get', `/concerns/${id}`, undefined, bearer)
    return api.ok<Concern>(200, 'post', `/concerns/${id}/actions/${action}`, { expectedVersion: version, ...body }, bearer)
  }
  const raise: Stage['raise'] = async (body = {}) => {
    const { token } = await api.ok<{ token: string }>(201, 'post', '/concerns', { narrative, ...body }, { idempotencyKey: randomUUID() })
    const { items } = await api.ok<{ items: { id: string }[] }>(200, 'get', '/concerns?limit=100', undefined, await bearerOf('guardian'))
    const id = items.map((item) => item.id).find((one) => !known.has(one))
    if (id === undefined) throw new Error('the queue does not show the new concern')
    for (const item of items) known.add(item.id)
    return { token, id }
  }
  return {
    test,
    client,
    api,
    bearerOf,
    freshCode: (person) => {
      test.clock.advance({ seconds: 30 })
      return test.codeOf(person)
    },
    userIdOf: async (person) => (await test.contextOf(person)).person.userId,
    raise,
    act,
    triaged: async (given = {}) => {
      const { token, id } = await raise()
      await act(id, 'acknowledge', { message: 'Thank you. I have read it.' })
      return { token, concern: await act(id, 'triage', { ...triage, ...given }) }
    },
    close: async () => {
      await client.close()
      await test.close()
    },
  }
}
