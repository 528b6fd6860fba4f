/**
 * A program that holds the service to its published contract: every answer it gets must be documented for that call, status and code, have
 * the media type it should, match its schema, and be kept by nobody.
 */
import type { Call } from '../../../src/api/call.ts'
import { problemAnswer } from '../../../src/api/problem-schema.ts'
import { refusalsByStatus } from '../../../src/api/refusals.ts'
import type { Route } from '../../../src/http/index.ts'
import type { Answer, ApiOptions, HttpClient } from '../../support/http-client.ts'

export type ApiMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface Problem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly instance: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[]
}

export interface ApiProgram {
  /** Sends JSON to `/api/v1` + path. Throws where the answer breaks the contract. */
  send(method: ApiMethod, path: string, body?: unknown, options?: ApiOptions): Promise<Answer>
  /** The answer's JSON where its status is the one expected. */
  ok<T = Record<string, unknown>>(status: number, method: ApiMethod, path: string, body?: unknown, options?: ApiOptions): Promise<T>
  /** The problem where the call was refused with this code. */
  refused(code: string, method: ApiMethod, path: string, body?: unknown, options?: ApiOptions): Promise<Problem>
}

export function createApiProgram(client: HttpClient, routes: readonly Route[]): ApiProgram {
  const calls = routes.filter((route): route is Call => 'contract' in route)

  const send: ApiProgram['send'] = async (method, path, body, options) => {
    const answer = await client.api(
      method,
      path.startsWith('/') && !/^\/(healthz|readyz)/.test(path) ? `/api/v1${path}` : path,
      body,
      options,
    )
    const call = findCall(calls, method, path, options?.bearer !== undefined)
    if (call !== null) checkAnswer(call, answer)
    return answer
  }
  return {
    send,
    ok: async <T>(status: number, method: ApiMethod, path: string, body?: unknown, options?: ApiOptions) => {
      const answer = await send(method, path, body, options)
      if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${answer.text}`)
      return (answer.text === '' ? null : answer.json<T>()) as T
    },
    refused: async (code, method, path, body, options) => {
      const answer = await send(method, path, body, options)
      const problem = answer.json<Problem>()
      if (problem.code !== code)
        throw new Error(`${method} ${path}: ${answer.status} ${problem.code ?? 'no refusal'} instead of ${code}: ${answer.text}`)
      return problem
    },
  }
}

/** The call of the table that takes this method and path; null where none does. */
function findCall(calls: readonly Call[], method: string, path: string, signedIn: boolean): Call | null {
  const bare = path.split('?')[0]!
  const full = /^\/(healthz|readyz)/.test(bare) ? bare : `/api/v1${bare}`
  const takes = (call: Call) =>
    call.method === method && new RegExp(`^${call.path.replaceAll(/:[A-Za-z]+/g, '[^/]+').replaceAll(/\*[A-Za-z]+/g, '.+')}$`).test(full)
  return calls.find((call) => takes(call) && (signedIn || !call.forBearer)) ?? null
}

function checkAnswer(call: Call, answer: Answer): void {
  const wrong = (why: string) => new Error(`${call.contract.name} ${answer.status}: ${why}: ${answer.text.slice(0, 600)}`)
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]
  if (answer.headers.get('cache-control') !== 'no-store, no-transform') throw wrong('may be stored')
  const expected = call.contract.answers[answer.status]
  if (expected !== undefined && type !== 'application/problem+json') {
    if (expected.type !== undefined) return type === expected.type ? undefined : fail(wrong(`came as ${type}`))
    if (expected.schema === undefined) return answer.text === '' ? undefined : fail(wrong('has a body'))
    if (expected.otherTypes?.some((other) => other === type)) return
    if (type !== 'application/json') throw wrong(`came as ${type}`)
    const issues = expected.schema.safeParse(answer.json()).error?.issues
    if (issues !== undefined) throw wrong(JSON.stringify(issues))
    return undefined
  }
  if (type !== 'application/problem+json') throw wrong(`came as ${type}`)
  const problem = problemAnswer.safeParse(answer.json())
  if (!problem.success) throw wrong(JSON.stringify(problem.error.issues))
  const codes = refusalsByStatus(call).get(answer.status) ?? []
  if (problem.data.status !== answer.status) throw wrong('says another status')
  if (!codes.includes(problem.data.code)) throw wrong(`is not documented: ${problem.data.code}`)
  if (/\bat \S+ \(|node:internal|node_modules|\.ts:\d/.test(answer.text)) throw wrong('holds a stack')
  return undefined
}

function fail(error: Error): never {
  throw error
}
