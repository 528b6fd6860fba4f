import type { Route } from '../../../http/index.ts'
import type { Pages } from '../../layout/index.ts'
import { acknowledgeForm } from './acknowledge/form.ts'
import { routesOf, type ActionDeps } from './action-routes.ts'
import { assignForm } from './assign/form.ts'
import { declareConflictRoutes } from './declare-conflict/routes.ts'
import { closeForm } from './close/form.ts'
import { escalateForm } from './escalate/form.ts'
import { recordFindingsForm } from './record-findings/form.ts'
import { reopenForm } from './reopen/form.ts'
import { referForm } from './refer/form.ts'
import { resolveWithoutInvestigationForm } from './resolve-without-investigation/form.ts'
import { resolveForm } from './resolve/form.ts'
import { startInvestigationForm } from './start-investigation/form.ts'
import { triageForm } from './triage/form.ts'
import { extendClockForm } from './extend-clock/form.ts'
import { pauseClockForm } from './pause-clock/form.ts'
import { recordFirstContactForm } from './record-first-contact/form.ts'
import { recordFollowUpForm } from './record-follow-up/form.ts'
import { resumeClockForm } from './resume-clock/form.ts'
import { screenRiskForm } from './screen-risk/form.ts'
import { withdrawForm } from './withdraw/form.ts'

/** One form an action, all drawn and judged alike. */
export function actionRoutes(pages: Pages, deps: ActionDeps): readonly Route[] {
  return [
    ...routesOf(pages, deps, acknowledgeForm),
    ...routesOf(pages, deps, triageForm),
    ...routesOf(pages, deps, startInvestigationForm),
    ...routesOf(pages, deps, resolveWithoutInvestigationForm),
    ...routesOf(pages, deps, referForm),
    ...routesOf(pages, deps, recordFindingsForm),
    ...routesOf(pages, deps, resolveForm),
    ...routesOf(pages, deps, closeForm),
    ...routesOf(pages, deps, reopenForm),
    ...routesOf(pages, deps, withdrawForm),
    ...routesOf(pages, deps, assignForm),
    ...declareConflictRoutes(pages, deps),
    ...routesOf(pages, deps, escalateForm),
    ...routesOf(pages, deps, screenRiskForm),
    ...routesOf(pages, deps, recordFirstContactForm),
    ...routesOf(pages, deps, pauseClockForm),
    ...routesOf(pages, deps, resumeClockForm),
    ...routesOf(pages, deps, extendClockForm),
    ...routesOf(pages, deps, recordFollowUpForm),
  ]
}
