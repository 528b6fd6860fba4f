import { problemTable } from '../http/index.ts'
import type { ErrorCode } from '../kernel/index.ts'
import type { Call } from './call.ts'

const always: readonly ErrorCode[] = [
  'invalid_input',
  'too_many_requests',
  'overloaded',
  'database_unavailable',
  'not_set_up',
  'internal_error',
]
const ofBodies: readonly ErrorCode[] = ['malformed_body', 'unsupported_media_type', 'body_too_large']
const ofKeys: readonly ErrorCode[] = ['idempotency_key_weak', 'idempotency_key_reused']
const ofStaff: readonly ErrorCode[] = [
  'session_required',
  'session_expired',
  'session_invalid',
  'countersignature_awaited',
  'permission_denied',
  'sealed_to_old_keys',
  'record_not_genuine',
]
const ofWrites: readonly ErrorCode[] = ['csrf_refused', 'storage_full']

/** Every way a call may say no: its own, and those that all calls of its kind have. */
function refusalsOf({ method, path, policy, contract }: Call): ReadonlySet<ErrorCode> {
  if (contract.tag === 'service') return new Set(['too_many_requests', 'overloaded', 'internal_error'])
  return new Set([
    ...always,
    ...(contract.body === undefined ? [] : ofBodies),
    ...(contract.takesKey ? ofKeys : []),
    ...(method === 'get' ? [] : ofWrites),
    ...(policy.kind === 'staff' ? ofStaff : []),
    // A bearer on a reporter's call
    ...(policy.kind === 'reporter' ? (['permission_denied'] as const) : []),
    ...(/[:*]/.test(path) ? (['not_found'] as const) : []),
    ...contract.refusals,
  ])
}

/** The same by status, as the document lists them. */
export function refusalsByStatus(call: Call): ReadonlyMap<number, readonly ErrorCode[]> {
  const found = new Map<number, ErrorCode[]>()
  for (const code of refusalsOf(call)) {
    const { status } = problemTable[code]
    found.set(status, [...(found.get(status) ?? []), code])
  }
  return new Map([...found].toSorted(([a], [b]) => a - b))
}
