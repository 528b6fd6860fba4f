/** A program outside the service: it knows the addresses of the contract and nothing else. */
export interface ServiceClient {
  readonly origin: string
  /** The answer's JSON. Throws `Unexpected` where the status is another than the one wanted. */
  call<T>(status: number, method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<T>
}

export interface CallOptions {
  readonly body?: unknown
  readonly bearer?: string
  readonly key?: string
}

/** An answer nobody expected, by its code. It never holds what was sent. */
export class Unexpected extends Error {
  readonly code: string

  constructor(call: string, status: number, code: string, pointers: readonly string[]) {
    super(`${call} answered ${status} ${code}${pointers.length > 0 ? ` at ${pointers.join(', ')}` : ''}`)
    this.code = code
  }
}

interface Problem {
  readonly code?: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[]
}

export function createServiceClient(origin: string): ServiceClient {
  return {
    origin,
    call: async <T>(status: number, method: string, path: string, { body, bearer, key }: CallOptions = {}): Promise<T> => {
      const response = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status === status) return (text === '' ? null : JSON.parse(text)) as T
      throw unexpected(`${method} ${path.replaceAll(/[0-9a-f-]{36}/g, '…')}`, response.status, text)
    },
  }
}

function unexpected(call: string, status: number, text: string): Unexpected {
  let problem: Problem
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    return new Unexpected(call, status, 'no JSON', [])
  }
  return new Unexpected(
    call,
    status,
    problem.code ?? 'no problem',
    (problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
  )
}
