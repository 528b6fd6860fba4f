import { Refusal, type ErrorCode, type Fault } from '../kernel/index.ts'
import { problemTable } from './problem-table.ts'

/** RFC 9457, with our code and, for input, where each fault is. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: ErrorCode
  readonly errors?: readonly Fault[]
}

export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { status, title, detail } = problemTable[refusal.code]
  const problem = {
    type: `urn:forthright:problem:${refusal.code}`,
    title,
    status,
    detail,
    instance: `urn:forthright:request:${requestId}`,
    code: refusal.code,
  }
  return refusal.faults.length === 0 ? problem : { ...problem, errors: refusal.faults }
}

/** Errors of Express and its body parsers by the `type` they carry, as ours. */
const parserErrors: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'body_too_large',
  'parameters.too.many': 'body_too_large',
  'entity.parse.failed': 'malformed_body',
  'entity.verify.failed': 'malformed_body',
  'request.size.invalid': 'malformed_body',
  'request.aborted': 'malformed_body',
  'stream.encoding.set': 'internal_error',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
}

/** Anything thrown, as a refusal: what nobody expected becomes `internal_error`, and its text goes no further than `cause`. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  // Express throws this where a path holds a broken percent sign
  if (error instanceof URIError) return new Refusal('not_found')
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined
  const code = typeof type === 'string' ? parserErrors[type] : undefined
  return new Refusal(code ?? 'internal_error', { cause: error })
}
