import { actorOf } from '../../audit/index.ts'
import { hasRole, londonDate, Refusal, type ConcernId } from '../../kernel/index.ts'
import { stageOf } from '../../workflow/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readEscalations, type EscalationCursor } from '../acts/escalation-store.ts'
import { readFirstClocks } from '../clocks/clock-store.ts'
import { nextClockView } from '../clocks/next-clock.ts'
import { readGrantsFor } from '../sealing/grant-store.ts'
import { cursorParts, readCursor, writeCursor } from './page-cursor.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernUseCases } from '../use-cases.ts'

const pageSize = 25

/**
 * The concerns escalated to this lead, newest first: their timing always, and whether content was shared too. Recorded: one
 * `queue_viewed`, which names no concern. Refusal `permission_denied`, `invalid_input` (cursor).
 */
export function createViewEscalated(deps: ConcernDeps): ConcernUseCases['viewEscalated'] {
  return async (ctx, cursor) => {
    const settings = await deps.settings.current()
    const today = londonDate(ctx.now)
    return recordingRefusals(deps, ctx, 'view_escalated', null, async () => {
      if (!hasRole(ctx.person, 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
      const after = cursor === null ? null : placeIn(cursor)
      const role = ctx.person.roles.find((held) => held === 'executive_lead' || held === 'non_executive_lead')
      const { rows, granted, clocks } = await deps.audited(async (tx) => {
        const found = await readEscalations(tx, ctx.person.userId, after, pageSize + 1)
        const ids: ConcernId[] = found.map(({ concern }) => concern.id)
        // Staff share what handlers hold; the person who sent it on, the thread alone. Either opens.
        const grants = await readGrantsFor(tx, ids, ctx.person.userId, 'shared')
        return {
          value: { rows: found, granted: grants, clocks: await readFirstClocks(tx, ids) },
          entries: [{ kind: 'queue_viewed', actor: actorOf(ctx.person, role), at: ctx.now, fields: {} }],
        }
      })
      const page = rows.slice(0, pageSize)
      const last = page.at(-1)
      return {
        items: page.map(({ concern, escalatedAt }) => ({
          id: concern.id,
          reference: concern.reference,
          stage: stageOf(concern.status),
          status: concern.status,
          raisedOn: concern.raisedOn,
          riskGrade: concern.riskGrade,
          escalatedAt,
          nextClock: nextClockView(concern, clocks.get(concern.id), settings, today),
          mayOpen: granted.has(concern.id),
        })),
        next: rows.length > pageSize && last ? writeCursor([last.escalatedAt.epochMilliseconds, last.id]) : null,
      }
    })
  }
}

function placeIn(cursor: string): EscalationCursor {
  const [at, id] = readCursor(cursor, [cursorParts.milliseconds, cursorParts.id]) as [string, string]
  return { at: Temporal.Instant.fromEpochMilliseconds(Number(at)), id }
}
