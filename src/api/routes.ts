import type { ConcernUseCases } from '../concerns/index.ts'
import type { Texts } from '../settings/index.ts'
import { absenceCalls } from './absences/routes.ts'
import { accountCalls } from './account/routes.ts'
import { actionCalls } from './actions/routes.ts'
import { approvalCalls } from './approvals/routes.ts'
import { auditingCalls, type AuditingApiDeps } from './auditing/routes.ts'
import type { Call } from './call.ts'
import { categoryCalls, type CategoryDeps } from './categories/routes.ts'
import { concernCalls } from './concerns/routes.ts'
import { detrimentCalls } from './detriment/routes.ts'
import { dutyCalls, type DutyApiDeps } from './duties/routes.ts'
import { enrolmentCalls } from './enrolments/routes.ts'
import { escalationCalls } from './escalations/routes.ts'
import { inboxCalls } from './inbox/routes.ts'
import { limitCalls, type LimitsApiDeps } from './limits/routes.ts'
import { linkCalls } from './links/routes.ts'
import { logCalls, type LogApiDeps } from './log/routes.ts'
import { documentCall } from './openapi.ts'
import { raisingCalls } from './raising/routes.ts'
import { recipientSetCalls } from './recipient-set/routes.ts'
import { reportCalls, type ReportingApiDeps } from './reports/routes.ts'
import { sampleCalls } from './samples/routes.ts'
import { healthCalls, type Health } from './service/health.ts'
import { sessionCalls, type SessionUseCases } from './sessions/routes.ts'
import { settingsCalls, type SettingsApiDeps } from './settings/routes.ts'
import { snippetCalls, type SnippetsApiDeps } from './snippets/routes.ts'
import { taskCalls } from './tasks/routes.ts'
import { textCalls } from './texts/routes.ts'
import { userCalls, type PeopleApiDeps } from './users/routes.ts'

export interface ApiDeps extends DutyApiDeps, PeopleApiDeps, SettingsApiDeps, CategoryDeps, LogApiDeps, AuditingApiDeps, ReportingApiDeps {
  readonly concerns: ConcernUseCases
  readonly settings: CategoryDeps['settings'] & LimitsApiDeps['settings'] & SnippetsApiDeps['settings']
  readonly sessions: SessionUseCases
  readonly texts: Texts
  readonly health: Health
}

/** Every route of the API and of monitoring, each with its contract. */
export function apiRoutes(deps: ApiDeps): readonly Call[] {
  const calls = [
    ...raisingCalls(deps),
    ...categoryCalls(deps),
    ...textCalls(deps),
    ...limitCalls(deps),
    ...inboxCalls(deps),
    ...sessionCalls(deps),
    ...concernCalls(deps),
    ...linkCalls(deps),
    ...actionCalls(deps),
    ...approvalCalls(deps),
    ...escalationCalls(deps),
    ...detrimentCalls(deps),
    ...taskCalls(deps),
    ...snippetCalls(deps),
    ...userCalls(deps),
    ...recipientSetCalls(deps),
    ...enrolmentCalls(deps),
    ...accountCalls(deps),
    ...absenceCalls(deps),
    ...logCalls(deps),
    ...auditingCalls(deps),
    ...sampleCalls(deps),
    ...reportCalls(deps),
    ...dutyCalls(deps),
    ...settingsCalls(deps),
    ...healthCalls(deps.health),
  ]
  return [...calls, documentCall(calls)]
}
