import type { z } from 'zod'
import type { StaffContext } from '../../accounts/index.ts'
import { staffOnly, type Method } from '../../http/index.ts'
import type { ErrorCode } from '../../kernel/index.ts'
import type { Administration } from '../../settings/index.ts'
import { staffCall, type Call, type CallDeps, type Received } from '../call.ts'

export interface SettingsApiDeps extends CallDeps {
  readonly settingsAdministration: Administration<StaffContext>
}

interface Parts<Body extends z.ZodType, Shape extends z.ZodType> {
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly body?: Body
  readonly status?: 200 | 201
  readonly gives: string
  readonly answer: Shape
  /** False for a preview, which asks for no code. */
  readonly changes?: boolean
  readonly handle: (received: Received<StaffContext, unknown, z.output<Body>>) => Promise<z.output<Shape>>
}

const ofChanges: readonly ErrorCode[] = ['setting_changed', 'step_up_required', 'otp_replayed', 'sign_in_failed', 'sign_in_delayed']

/** A call of an administrator's under `/api/v1/settings`. */
export function settingsCall<Body extends z.ZodType, Shape extends z.ZodType>(
  deps: SettingsApiDeps,
  { changes, path, ...parts }: Parts<Body, Shape>,
): Call {
  return staffCall(deps, {
    ...parts,
    path: `/api/v1/settings/${path}`,
    policy: staffOnly('administrator'),
    tag: 'settings',
    refusals: parts.method === 'get' || changes === false ? [] : ofChanges,
  })
}
