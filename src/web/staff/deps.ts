import type { Request, Response } from 'express'
import type { KeptText, OpenedSession, PeopleUseCases, SignInInput, StaffContext, WrittenText } from '../../accounts/index.ts'
import type { Auditing, PublishedLog, RecordedReads, RestoreNotices } from '../../audit/index.ts'
import type { ConcernUseCases, VisitorContext } from '../../concerns/index.ts'
import type { Duties } from '../../duties/index.ts'
import { pathText, staffOnly } from '../../http/index.ts'
import { readId, Refusal, type Clock, type ConcernId, type DateText, type Random } from '../../kernel/index.ts'
import type { RaisingGaps, Reporting } from '../../reporting/index.ts'
import type { Administration, Category, Values } from '../../settings/index.ts'

/** What the organisation lists that whoever records a concern may choose from. */
export interface RecordSettings {
  readonly sites: readonly { readonly name: string }[]
  readonly intakeGroups: readonly { readonly id: string; readonly name: string }[]
  readonly categories: readonly Category[]
  /** The last day of the table of bank holidays. */
  readonly holidaysUntil: DateText | null
  readonly values: Pick<Values, 'snippets'>
}

/** What the pages use of the accounts. */
export interface StaffAccounts {
  /** Refusal `sign_in_failed`, `sign_in_delayed`, `otp_replayed`. */
  readonly signIn: (ctx: VisitorContext, input: SignInInput) => Promise<Pick<OpenedSession, 'accessToken'>>
  readonly signOut: (ctx: StaffContext) => Promise<void>
  readonly keepText: (accessToken: string, text: WrittenText) => Promise<boolean>
  readonly takeKeptText: (ctx: StaffContext) => Promise<readonly KeptText[]>
  /** A fresh code, good for five minutes. Refusal `otp_replayed`, `sign_in_failed`, `sign_in_delayed`. */
  readonly stepUp: (ctx: StaffContext, input: { readonly otp: string }) => Promise<void>
}

/** What staff's pages call. `src/composition.ts` makes the use cases, `src/app.ts` knows whose request this is. */
export interface StaffPageDeps {
  readonly clock: Clock
  readonly random: Random
  /** The signed-in person of this request, as the session guard left it. Refusal `session_required` where there is none. */
  readonly staffContext: (response: Response) => StaffContext
  readonly accounts: StaffAccounts
  readonly people: PeopleUseCases
  readonly concerns: Pick<
    ConcernUseCases,
    | 'viewQueue'
    | 'viewConcern'
    | 'viewContent'
    | 'viewIdentity'
    | 'act'
    | 'declareConflict'
    | 'handingOver'
    | 'sendMessage'
    | 'writeNote'
    | 'decideApproval'
    | 'viewApprovals'
    | 'viewEscalated'
    | 'listChoices'
    | 'viewDetriment'
    | 'actOnDetriment'
    | 'viewDetrimentNotices'
    | 'casework'
    | 'onBehalf'
    | 'linking'
    | 'samples'
    | 'tasks'
  >
  readonly settings: { current(): Promise<RecordSettings> }
  readonly duties: Duties
  readonly restores: RestoreNotices
  /** Where people reach the service: printed on what they are handed. */
  readonly publicOrigin: string
  readonly settingsAdministration: Administration<StaffContext>
  /** What auditors do with the log. */
  readonly auditing: Auditing
  readonly logReads: Pick<RecordedReads, 'takeProof' | 'takeBundle'>
  readonly reporting: Reporting
  readonly raisingGaps: RaisingGaps<StaffContext>
  readonly publishedLog: Pick<PublishedLog, 'readCheckpoint' | 'readVerifierKeys'>
}

/** Those who may hold a concern's keys. Which of them holds this one's, the use case decides. */
export const handlers = staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead')

/** Those who may hold what handlers keep for themselves: an investigator never does. */
export const insiders = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

/** Those who may be asked to approve, or whom an escalation may reach. */
export const approvers = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

/** The concern of `/concerns/:id/…`. Refusal `not_found` where the text is no id: nothing that exists has such an address. */
export function concernIdOf(request: Request): ConcernId {
  const id = readId<ConcernId>(pathText(request, 'id'))
  if (id === null) throw new Refusal('not_found')
  return id
}
