import type { AuditDraft, EntryActor } from '../../audit/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import type { FirstContactPart } from '../../workflow/index.ts'
import type { Acting, Step } from '../acts/action-step.ts'
import type { FirstContactContent } from '../acts/handling-contents.ts'
import { sealRecord } from '../acts/staff-writing.ts'

/** What was done of the first contact: thanked, understood, consent, wellbeing (T3; policy of June 2022). Recorded: `first_contact_recorded`. */
export async function recordFirstContact(acting: Acting<'record_first_contact'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { parts, note } = input
  const record: FirstContactContent | null = note === undefined ? null : { parts, note }
  const items = record === null ? [] : [sealRecord(acting, 'first_contact', record)]
  const entry = firstContactEntry({ actor, at: ctx.now, concernId: concern.concern.id }, parts)
  return { items, entries: [{ ...entry, fields: { ...entry.fields, item: items[0]?.id ?? null } }] }
}

interface Base {
  readonly actor: EntryActor
  readonly at: Temporal.Instant
  readonly concernId: ConcernId
}

/** The entry of what was done, for whichever act did it. */
export function firstContactEntry(base: Base, parts: readonly FirstContactPart[]) {
  return {
    ...base,
    kind: 'first_contact_recorded',
    fields: { parts: [...parts], item: null as string | null },
  } as const satisfies AuditDraft
}
