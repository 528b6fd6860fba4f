import type { Request, Response } from 'express'
import { z } from 'zod'
import type { StaffContext } from '../accounts/index.ts'
import type { ClientSecret, VisitorContext } from '../concerns/index.ts'
import { factsOf, pathText, readInput, type Lane, type Method, type Policy, type Route } from '../http/index.ts'
import { readId, Refusal, type Clock, type ErrorCode } from '../kernel/index.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import type { Tag } from './tags.ts'

/** One answer a call may give when nothing is refused. `schema` and `type` are absent where the answer has no body. */
export interface Answer {
  readonly description: string
  readonly schema?: z.ZodType
  /** What comes instead of JSON. */
  readonly type?: FileType
  /** What may come instead of JSON where it was asked for. */
  readonly otherTypes?: readonly FileType[]
}

export type FileType =
  'text/plain' | 'text/csv' | 'application/octet-stream' | 'application/zip' | 'application/vnd.oasis.opendocument.spreadsheet'

/** What the OpenAPI document says about a call. It comes from the schemas that run. */
export interface Contract {
  /** The operation's name for generated clients, lowerCamelCase and unique. */
  readonly name: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  /** Whether an Idempotency-Key is honoured. */
  readonly takesKey: boolean
  readonly answers: Readonly<Record<number, Answer>>
  /** Ways of saying no that are this call's own; those every call of its kind has are added by `refusals.ts`. */
  readonly refusals: readonly ErrorCode[]
}

/** A route of the API together with what is published about it: neither can be written without the other. */
export interface Call extends Route {
  readonly contract: Contract
}

/** What a handler is given: everything read and judged, nothing of Express. */
export interface Received<Context, Query, Body> {
  readonly ctx: Context
  readonly query: Query
  readonly body: Body
  readonly secret: ClientSecret
  /** An id out of the path. Refusal `not_found` where it is none: nothing that exists can have such an address. */
  id<Id extends string>(name: string): Id
  /** An entry's place in the log out of the path. Refusal `not_found` for what can be none. */
  place(name: string): number
}

interface Parts<Context, Query extends z.ZodType, Body extends z.ZodType, Shape extends z.ZodType> {
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly policy: Policy
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  readonly query?: Query
  readonly body?: Body
  readonly takesKey?: true
  readonly status?: 200 | 201 | 204
  /** What the answer holds, in words. */
  readonly gives: string
  readonly answer?: Shape
  readonly refusals?: readonly ErrorCode[]
  readonly onTick?: true
  readonly lane?: Lane
  readonly forBearer?: true
  readonly handle: (received: Received<Context, z.output<Query>, z.output<Body>>) => Promise<z.output<Shape>>
}

export interface CallDeps {
  readonly clock: Clock
  /** The signed-in person of this request, as the session guard left it. Refusal `session_required` where there is none. */
  readonly staffContext: (response: Response) => StaffContext
}

const noFields = z.strictObject({})

/** Somebody without an account. `from` is there for signing in alone: a name of their address that dies with the day, to slow guessing. */
export interface CallerContext extends VisitorContext {
  readonly from?: string
}

/** A call that needs no account. What it knows of the caller is nothing, but for signing in. */
export function visitorCall<Query extends z.ZodType, Body extends z.ZodType, Shape extends z.ZodType>(
  { clock }: Pick<CallDeps, 'clock'>,
  parts: Parts<CallerContext, Query, Body, Shape>,
): Call {
  return makeCall(parts, (request, response) => {
    if (parts.policy.kind === 'reporter') refuseSignedIn(request)
    const { requestId, party } = factsOf(response)
    return { requestId, now: clock.now(), ...(parts.lane === 'sign_in' && { from: party }) }
  })
}

/** A call of a signed-in member of staff. */
export function staffCall<Query extends z.ZodType, Body extends z.ZodType, Shape extends z.ZodType>(
  { staffContext }: Pick<CallDeps, 'staffContext'>,
  parts: Parts<StaffContext, Query, Body, Shape>,
): Call {
  return makeCall(parts, (_request, response) => staffContext(response))
}

function makeCall<Context, Query extends z.ZodType, Body extends z.ZodType, Shape extends z.ZodType>(
  parts: Parts<Context, Query, Body, Shape>,
  contextOf: (request: Request, response: Response) => Context,
): Call {
  const status = parts.status ?? 200
  return {
    method: parts.method,
    path: parts.path,
    policy: parts.policy,
    ...(parts.body !== undefined && { body: 'json' as const }),
    ...(parts.onTick && { onTick: parts.onTick }),
    ...(parts.lane !== undefined && { lane: parts.lane }),
    ...(parts.forBearer && { forBearer: parts.forBearer }),
    contract: {
      name: parts.name,
      tag: parts.tag,
      summary: parts.summary,
      description: parts.description,
      query: parts.query,
      body: parts.body,
      takesKey: parts.takesKey ?? false,
      answers: { [status]: { description: parts.gives, ...(parts.answer !== undefined && { schema: parts.answer }) } },
      refusals: parts.refusals ?? [],
    },
    handle: async (request, response) => {
      const ctx = contextOf(request, response)
      const secret = parts.takesKey ? readIdempotencyKey(request.get('idempotency-key')) : null
      const query = readInput(parts.query ?? noFields, request.query) as z.output<Query>
      const body = (parts.body === undefined ? undefined : readInput(parts.body, request.body)) as z.output<Body>
      const answer = await parts.handle({
        ctx,
        query,
        body,
        secret,
        id: (name) => idIn(request, name),
        place: (name) => placeIn(request, name),
      })
      if (status === 204) response.status(204).end()
      else response.status(status).json(answer)
    },
  }
}

function idIn<Id extends string>(request: Request, name: string): Id {
  const id: string | null = readId(pathText(request, name))
  if (id === null) throw new Refusal('not_found')
  return id as Id
}

function placeIn(request: Request, name: string): number {
  const text = pathText(request, name)
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}

/** A bearer token says who is calling, and nothing a reporter does may carry that: a careless client must not tie itself to a concern. */
function refuseSignedIn(request: Request): void {
  if (request.get('authorization') === undefined) return
  throw new Refusal('permission_denied', {
    faults: [
      { pointer: '', code: 'signed_in', detail: 'Send this without an Authorization header. It would say who is raising the concern.' },
    ],
  })
}
