import type { Directory } from '../accounts/index.ts'
import type { AuditedTransaction } from '../audit/index.ts'
import type { Database, Tx } from '../database/index.ts'
import type { Clock, IntakeGroupId, Random, UserId } from '../kernel/index.ts'
import type { Outbox } from '../notifications/index.ts'
import type { Category, Texts } from '../settings/index.ts'
import type { Rule, WorkingCalendar } from '../timeliness/index.ts'
import type { StaffContext } from '../accounts/index.ts'

/** What the room needs of the world; `src/composition.ts` fills it in. */
export interface ConcernDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
  readonly directory: { current(tx?: Tx): Promise<Directory> }
  /** With a transaction: as they stand for it, under whatever locks it holds. */
  readonly settings: { current(tx?: Tx): Promise<ConcernSettings> }
  /** Where letters to staff wait. */
  readonly outbox: Outbox
  /** Texts of law and pledge: which of them were in force is kept with what is sent. */
  readonly texts: Texts
  /** Server secrets kept outside the database: without them its rows cannot be tied to a token, cookie or key. */
  readonly peppers: { readonly token: Uint8Array; readonly receipt: Uint8Array }
  /** The public half of the background process's own key, 32 bytes: what the clock may act on without anybody is sealed for it. */
  readonly dutyKey: Uint8Array
  /** Checks a fresh second factor inside the caller's transaction. Refusal `otp_replayed`, `sign_in_failed`. */
  readonly checkSecondFactor: (tx: Tx, ctx: StaffContext, otp: string) => Promise<void>
}

/** The part of the settings that concerns go by. */
export interface ConcernSettings {
  readonly intakeGroups: readonly { readonly id: IntakeGroupId; readonly name: string }[]
  readonly calendar: WorkingCalendar
  readonly rules: readonly Rule[]
  /** Every category there ever was: a concern may have one that is offered no more. */
  readonly categories: readonly Category[]
  /** Closed: nobody can raise anything here for now; inboxes stay open. */
  readonly values: { readonly service: { readonly open: boolean }; readonly cover: { readonly silentDays: number } }
}

export type { UserId }
