import type { StaffContext } from '../../accounts/index.ts'
import { actorOf, createRecordRefusal } from '../../audit/index.ts'
import { Refusal, type ConcernId, type ErrorCode } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'

/** Refusals that say something of the person who tried. Slips, stale pages and full disks say nothing of anybody. */
const telling: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'permission_denied',
  'conflict_of_interest',
  'approval_own_request',
  'step_up_required',
  'otp_replayed',
  'sealed_to_old_keys',
  'record_not_genuine',
])

/**
 * Runs a use case and leaves an entry where it was refused, in a transaction of its own, before the refusal goes on. A concern that may not
 * be known to the person is not named in it, and an id that never existed leaves the same entry, so that neither answer, time nor log
 * tells the two apart.
 */
export async function recordingRefusals<T>(
  deps: Pick<ConcernDeps, 'audited'>,
  ctx: StaffContext,
  attempt: string,
  concernId: ConcernId | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || !telling.has(error.code)) throw error
    const { code } = error
    if (code === 'not_found' || concernId === null) await createRecordRefusal(deps.audited)(ctx, attempt, code)
    else {
      await deps.audited(async () => ({
        value: undefined,
        entries: [{ kind: 'attempt_refused', actor: actorOf(ctx.person), at: ctx.now, concernId, fields: { attempt, code } }],
      }))
    }
    throw error
  }
}
