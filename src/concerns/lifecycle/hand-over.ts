import type { StaffContext } from '../../accounts/index.ts'
import { hasRole, Refusal, type ConcernId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { performStep, type StepWorld } from '../acts/perform-action.ts'
import { readerOf } from '../raising/recipients.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { createViewQueue } from '../queue/view-queue.ts'
import { findAndLock, findOpenable } from '../reading/visibility.ts'
import { handOverAtMost, type HandOverInput } from './hand-over-input.ts'
import type { HandedOver, HandingOver } from './handing-over.ts'

/** Hands a guardian's concerns to a colleague while she is away: many times `assign`, by the same guards, each with its own entries. */
export function createHandingOver(deps: ConcernDeps): HandingOver {
  const viewQueue = createViewQueue(deps)
  return {
    async owned(ctx) {
      assertGuardian(ctx)
      const acting = await viewQueue(ctx, { owner: 'me', limit: handOverAtMost })
      // What is resolved needs no action today, and somebody to close it one day.
      const resolved = await viewQueue(ctx, { owner: 'me', status: 'resolved', limit: handOverAtMost })
      const all = [...new Map([...acting.items, ...resolved.items].map((item) => [item.id, item])).values()]
      const { people } = await deps.directory.current()
      const colleagues = people.filter((person) => hasRole(person, 'guardian') && person.id !== ctx.person.userId).map(readerOf)
      const more = all.length > handOverAtMost || acting.next !== null || resolved.next !== null
      return { items: all.slice(0, handOverAtMost), more, colleagues }
    },

    async handOver(ctx, input) {
      assertGuardian(ctx)
      const results: HandedOver[] = []
      // One after the other: each takes its own row's lock, and the page's answer says what became of every one.
      for (const id of input.concerns) results.push(await handOverOne(deps, ctx, id, input))
      return results
    },
  }
}

function assertGuardian({ person }: StaffContext): void {
  if (!hasRole(person, 'guardian')) throw new Refusal('permission_denied')
}

async function handOverOne(deps: ConcernDeps, ctx: StaffContext, id: ConcernId, { to, note }: HandOverInput): Promise<HandedOver> {
  let reference: string | null = null
  try {
    const directory = await deps.directory.current()
    await recordingRefusals(deps, ctx, 'hand_over', id, () =>
      deps.audited(async (tx) => {
        const world: StepWorld = { deps, tx, ctx, directory }
        const { concern } = await findAndLock(tx, ctx.person, id, findOpenable)
        reference = concern.reference
        if (concern.ownerId !== ctx.person.userId) throw new Refusal('concern_changed')
        const entries = await performStep(world, id, 'assign', { expectedVersion: concern.version, userId: to, note })
        return { value: undefined, entries }
      }),
    )
    return { id, reference, refused: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { id, reference, refused: error.code }
  }
}
