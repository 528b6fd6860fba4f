import type { StaffMember } from '../kernel/index.ts'
import type { AuditedTransaction } from './audited-transaction.ts'
import type { EntryActor } from './entry.ts'

/** Who looks, and when. A signed-in person's context is one. */
export interface LogReader {
  readonly person: StaffMember
  readonly now: Temporal.Instant
}

/** Who takes something away: with a second factor given within the last five minutes, at sign-in or since (`security.md` 5). */
export interface LogTaker extends LogReader {
  readonly freshCode: boolean
}

export type RecordRefusal = (ctx: LogReader, attempt: string, code: string) => Promise<void>

/** Leaves an entry of an attempt that was refused. `attempt` is a route or action, never a path with its ids. */
export function createRecordRefusal(audited: AuditedTransaction): RecordRefusal {
  return (ctx, attempt, code) =>
    audited(async () => ({
      value: undefined,
      entries: [{ kind: 'attempt_refused', actor: actorOf(ctx.person), at: ctx.now, fields: { attempt, code } }],
    }))
}

/** A person as entries name them: by alias, in the role they act in (`as`), else the first of theirs. */
export function actorOf(person: StaffMember, as?: StaffMember['roles'][number]): EntryActor {
  const role = as ?? person.roles[0]
  if (role === undefined) throw new Error('a person without a role cannot act')
  return { role, alias: person.alias, userId: person.userId }
}
