import type { RestoreNotices } from '../../audit/index.ts'
import type { ConcernUseCases } from '../../concerns/index.ts'
import type { Clock, IntakeGroupId, Random } from '../../kernel/index.ts'
import type { Category, Organisation, RuleVersion, Texts, Values } from '../../settings/index.ts'
import type { Rule, WorkingCalendar } from '../../timeliness/index.ts'

/** Another way to speak up, as the organisation entered it. */
export interface SpeakUpContact {
  readonly name: string
  readonly detail: string
  /** A telephone number, an address or a place. */
  readonly way: string
  readonly source: string
}

/** The part of the settings that reporters' pages show. */
export interface ReporterSettings {
  readonly contacts: readonly SpeakUpContact[]
  readonly sites: readonly { readonly name: string }[]
  readonly intakeGroups: readonly { readonly id: IntakeGroupId; readonly name: string }[]
  readonly rules: readonly Rule[]
  readonly limitVersions: readonly RuleVersion[]
  readonly organisation: Pick<Organisation, 'openedOn'>
  readonly calendar: WorkingCalendar
  readonly categories: readonly Category[]
  readonly values: Pick<Values, 'service' | 'onCall'>
}

export type ReporterUseCases = Pick<
  ConcernUseCases,
  | 'drafts'
  | 'raise'
  | 'openByToken'
  | 'listReaders'
  | 'inboxSessions'
  | 'readInbox'
  | 'proveRaising'
  | 'writeFromInbox'
  | 'sayMore'
  | 'viewNotices'
  | 'chooseNotices'
  | 'giveFeedback'
  | 'askToWithdraw'
  | 'reportDetriment'
  | 'sendOn'
  | 'answerFollowUp'
>

/** What the reporter's pages need of the service. */
export interface ReporterDeps {
  readonly concerns: ReporterUseCases
  readonly settings: { current(): Promise<ReporterSettings> }
  /** Texts of law and pledge, by the day. */
  readonly texts: Texts
  /** Whether the service had to go back to an older copy, and people have to be told. */
  readonly restores: RestoreNotices
  /** Whether mail, and text messages or pagers, are set up: nobody is promised that somebody is called where none are. */
  readonly outbox: { readonly setUp: boolean; readonly callsSetUp: boolean }
  readonly clock: Clock
  readonly random: Random
}
