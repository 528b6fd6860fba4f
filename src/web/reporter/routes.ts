import type { Route } from '../../http/index.ts'
import type { Pages } from '../layout/index.ts'
import { checkRoutes } from '../pages/check/routes.ts'
import { codeCheckRoutes } from '../pages/code-check/routes.ts'
import { dangerRoutes } from '../pages/danger/routes.ts'
import { elementsRoutes } from '../pages/elements/routes.ts'
import { grievanceRoutes } from '../pages/grievance/routes.ts'
import { helpRoutes } from '../pages/help/routes.ts'
import { howWeProtectYouRoutes } from '../pages/how-we-protect-you/routes.ts'
import { identityRoutes } from '../pages/identity/routes.ts'
import { inboxAnswerRoutes } from '../pages/inbox-answer/routes.ts'
import { inboxCodeRoutes } from '../pages/inbox-code/routes.ts'
import { inboxDatesRoutes } from '../pages/inbox-dates/routes.ts'
import { inboxDetrimentRoutes } from '../pages/inbox-detriment/routes.ts'
import { inboxFeedbackRoutes } from '../pages/inbox-feedback/routes.ts'
import { inboxFollowUpRoutes } from '../pages/inbox-follow-up/routes.ts'
import { inboxKnownRoutes } from '../pages/inbox-known/routes.ts'
import { inboxNewCodeRoutes } from '../pages/inbox-new-code/routes.ts'
import { inboxProofRoutes } from '../pages/inbox-proof/routes.ts'
import { inboxReplyRoutes } from '../pages/inbox-reply/routes.ts'
import { inboxSendOnRoutes } from '../pages/inbox-send-on/routes.ts'
import { inboxRoutes } from '../pages/inbox/routes.ts'
import { inboxWithdrawalRoutes } from '../pages/inbox-withdrawal/routes.ts'
import { inboxNotesRoutes } from '../pages/inbox-notes/routes.ts'
import { knownRoutes } from '../pages/known/routes.ts'
import { lawRoutes } from '../pages/law/routes.ts'
import { leaveRoutes } from '../pages/leave/routes.ts'
import { nextRoutes } from '../pages/next/routes.ts'
import { notesRoutes } from '../pages/notes/routes.ts'
import { onePageInboxRoutes } from '../pages/one-page-inbox/routes.ts'
import { onePageRoutes } from '../pages/one-page/routes.ts'
import { pledgeRoutes } from '../pages/pledge/routes.ts'
import { promisesRoutes } from '../pages/promises/routes.ts'
import { readersRoutes } from '../pages/readers/routes.ts'
import { sentRoutes } from '../pages/sent/routes.ts'
import { startRoutes } from '../pages/start/routes.ts'
import { stayingSafeRoutes } from '../pages/staying-safe/routes.ts'
import { talkToAPersonRoutes } from '../pages/talk-to-a-person/routes.ts'
import { treatmentRoutes } from '../pages/treatment/routes.ts'
import { whatHappenedRoutes } from '../pages/what-happened/routes.ts'
import { whereAndWhenRoutes } from '../pages/where-when/routes.ts'
import { workRoutes } from '../pages/kind-of-work/routes.ts'
import type { ReporterDeps } from './deps.ts'

/** Every page of a person without an account, in the order they meet them. */
export function reporterRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    ...startRoutes(pages, deps),
    ...stayingSafeRoutes(pages, deps),
    ...dangerRoutes(pages, deps),
    ...elementsRoutes(pages, deps),
    ...whatHappenedRoutes(pages, deps),
    ...whereAndWhenRoutes(pages, deps),
    ...workRoutes(pages, deps),
    ...treatmentRoutes(pages, deps),
    ...readersRoutes(pages, deps),
    ...knownRoutes(pages, deps),
    ...inboxNotesRoutes(pages, deps),
    ...identityRoutes(pages, deps),
    ...notesRoutes(pages, deps),
    ...checkRoutes(pages, deps),
    ...sentRoutes(pages, deps),
    ...codeCheckRoutes(pages, deps),
    ...nextRoutes(pages, deps),
    ...inboxCodeRoutes(pages, deps),
    ...inboxRoutes(pages, deps),
    ...inboxReplyRoutes(pages, deps),
    ...inboxAnswerRoutes(pages, deps),
    ...inboxKnownRoutes(pages, deps),
    ...inboxWithdrawalRoutes(pages, deps),
    ...inboxFeedbackRoutes(pages, deps),
    ...inboxDetrimentRoutes(pages, deps),
    ...inboxSendOnRoutes(pages, deps),
    ...inboxFollowUpRoutes(pages, deps),
    ...inboxNewCodeRoutes(pages, deps),
    ...inboxDatesRoutes(pages, deps),
    ...inboxProofRoutes(pages, deps),
    ...onePageRoutes(pages, deps),
    ...onePageInboxRoutes(pages, deps),
    ...talkToAPersonRoutes(pages, deps),
    ...helpRoutes(pages, deps),
    ...lawRoutes(pages, deps),
    ...pledgeRoutes(pages, deps),
    ...grievanceRoutes(pages, deps),
    ...promisesRoutes(pages, deps),
    ...howWeProtectYouRoutes(pages, deps),
    ...leaveRoutes(pages, deps),
  ]
}
