/** Every way the product says no. One table in `http` gives each its status and words; a test counts them. */
export const errorCodes = [
  // input
  'invalid_input',
  'malformed_body',
  'unsupported_media_type',
  'body_too_large',
  'method_not_allowed',
  'not_found',
  'token_mistyped',
  'idempotency_key_weak',
  'idempotency_key_reused',
  // who you are
  'token_not_recognised',
  'invitation_not_recognised',
  'invitation_used',
  'invitation_expired',
  'task_link_not_recognised',
  'sign_in_failed',
  'sign_in_delayed',
  'otp_replayed',
  'countersignature_awaited',
  'session_required',
  'session_expired',
  'session_invalid',
  'csrf_refused',
  'step_up_required',
  'permission_denied',
  // the state of things
  'concern_changed',
  'setting_changed',
  'transition_not_allowed',
  'approval_not_pending',
  'approval_own_request',
  'sample_answered',
  'sample_lapsed',
  'conflict_of_interest',
  'draft_gone',
  'inbox_closed',
  'no_reader_left',
  'too_early',
  // the service
  'intake_closed',
  'not_set_up',
  'too_many_requests',
  'overloaded',
  'database_unavailable',
  'storage_full',
  'sealed_to_old_keys',
  'record_not_genuine',
  'internal_error',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One fault of an input: where (JSON Pointer), which rule, and what to do about it in plain words. */
export interface Fault {
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

export interface RefusalParts {
  readonly faults?: readonly Fault[]
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/** The only error the product throws on purpose. Its text never holds what a person wrote. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly faults: readonly Fault[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, parts: RefusalParts = {}) {
    super(code, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.code = code
    this.faults = parts.faults ?? []
    this.retryAfterSeconds = parts.retryAfterSeconds
  }
}

export function invalid(pointer: string, code: string, detail: string): Refusal {
  return new Refusal('invalid_input', { faults: [{ pointer, code, detail }] })
}
