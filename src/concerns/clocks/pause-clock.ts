import type { AuditDraft } from '../../audit/index.ts'
import type { Acting, Step } from '../acts/action-step.ts'
import { aliasOf } from '../sealing/holders.ts'
import { assertReaches, clockAfter, clockFor, sealReason } from './move-clock.ts'

/**
 * Stops a clock until a day, with the reason in the person's own thread. Who agreed stands in the entry: the one who acts, or for a long pause
 * the second person they name, who gets a letter that they were. Recorded: `clock_paused`.
 */
export async function pauseClock(acting: Acting<'pause_clock'>): Promise<Step> {
  const { actor, concern, ctx, directory, input } = acting
  const { clock: code, of, until, reasonCode, reason, authorisedBy } = input
  const clock = clockFor(acting, input)
  const authoriser = aliasOf(directory, authorisedBy ?? ctx.person.userId)
  const entryOf = (item: string) =>
    ({
      kind: 'clock_paused',
      actor,
      at: ctx.now,
      concernId: concern.concern.id,
      fields: { clock: code, of: of ?? null, until, reasonCode, authoriser, item },
    }) as const satisfies AuditDraft
  const after = clockAfter(acting, entryOf(''), input)
  assertReaches(after, until, ({ pause }) => pause?.until)
  const item = await sealReason(acting, clock, { change: 'paused', code, until, dueOn: after?.dueOn, reasonCode }, reason)
  // Named is not agreed: whoever was not asked has to learn of it
  return {
    items: [item],
    entries: [entryOf(item.id)],
    tells: authorisedBy === undefined ? [] : [{ cause: 'pause_agreed', person: authorisedBy }],
  }
}
