import type { AuditedTransaction } from '../../audit/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import { hasRole, Refusal, type Clock, type IntakeGroupId, type Random, type StaffMember } from '../../kernel/index.ts'
import type { Rule } from '../../timeliness/index.ts'
import type { OpenDeadlines } from '../deadlines.ts'

/** Who changes a setting, and when. A signed-in person's context is one. */
export interface Administrator {
  readonly person: StaffMember
  readonly now: Temporal.Instant
}

/** What changing settings needs of the world; `src/composition.ts` fills it in. */
export interface AdministrationDeps<Ctx extends Administrator> {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
  /** Refusal `step_up_required`, `otp_replayed`, `sign_in_failed`, `sign_in_delayed`. */
  readonly checkSecondFactor: (tx: Tx, ctx: Ctx, otp: string | undefined) => Promise<void>
  /** Concerns have their next date in a column: whoever moves the calendar moves it too. */
  readonly deadlines: OpenDeadlines
  /** Reads the settings in force anew, so that the next page shows the change. */
  readonly refresh: () => Promise<unknown>
  /** What members of staff are called, by id. */
  readonly namesOf: () => Promise<ReadonlyMap<string, string>>
  /** The guardians of an intake group, by name. */
  readonly guardiansIn: () => Promise<(group: IntakeGroupId) => readonly string[]>
  readonly mail: CheckpointMail
}

/** What settings know of the daily checkpoint's way out. */
export interface CheckpointMail {
  readonly state: (tx: Tx) => Promise<MailStanding>
  /** Whether who is on call is reached by text message or pager too. */
  readonly callsSetUp: boolean
  /** Takes back what waits for others than these addresses, and forgets theirs. */
  readonly keepOnlyFor: (tx: Tx, addresses: readonly string[]) => Promise<void>
  /** Writes each of them that a limit changes, or does not after all; gives how many letters. None where mail is not set up. */
  readonly tellStaffSide: (
    tx: Tx,
    people: readonly { readonly name: string; readonly address: string }[],
    change: LimitNews,
    now: Temporal.Instant,
  ) => Promise<number>
}

/** What staff side is told of a limit. No word of any concern. */
export interface LimitNews {
  readonly code: string
  readonly label: string
  readonly before: Pick<Rule, 'limit' | 'unit' | 'force' | 'source'>
  readonly after: Pick<Rule, 'limit' | 'unit' | 'force' | 'source' | 'validFrom'>
  readonly withdrawn: boolean
}

/** How mail stands. Where it is not set up nothing is ever sent. */
export interface MailStanding {
  readonly setUp: boolean
  /** Letters not sent yet; failed ones were tried for over an hour, and are tried on. */
  readonly waiting: number
  readonly failed: number
  readonly fault: 'unreachable' | 'not_encrypted' | 'login_refused' | 'address_refused' | 'letter_refused' | null
  readonly lastSentAt: Temporal.Instant | null
  /** When the one was written that waits longest, calls for danger aside. */
  readonly waitingSince: Temporal.Instant | null
}

/** Refusal `permission_denied`: the edge asks too, and is not to be relied on. */
export function requireAdministrator(ctx: Administrator): void {
  if (!hasRole(ctx.person, 'administrator')) throw new Refusal('permission_denied')
}
