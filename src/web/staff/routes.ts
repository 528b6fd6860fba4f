import type { Route } from '../../http/index.ts'
import type { Pages } from '../layout/index.ts'
import { actionRoutes } from '../pages/actions/routes.ts'
import { approvalRoutes } from '../pages/approvals/routes.ts'
import { deadlineRoutes } from '../pages/concern/deadlines/routes.ts'
import { detrimentRoutes } from '../pages/concern/detriment/routes.ts'
import { assessmentRoutes } from '../pages/concern/assessment/routes.ts'
import { contactRoutes } from '../pages/concern/contacts/routes.ts'
import { downloadRoutes } from '../pages/concern/download/routes.ts'
import { historyRoutes } from '../pages/concern/history/routes.ts'
import { identityRoutes } from '../pages/concern/identity/routes.ts'
import { linkRoutes } from '../pages/concern/links/routes.ts'
import { messageRoutes } from '../pages/concern/messages/routes.ts'
import { myNoteRoutes } from '../pages/concern/my-note/routes.ts'
import { noteRoutes } from '../pages/concern/notes/routes.ts'
import { overviewRoutes } from '../pages/concern/overview/routes.ts'
import { recordRoutes } from '../pages/concern/records/routes.ts'
import { summaryRoutes } from '../pages/concern/summary/routes.ts'
import { dutyRoutes } from '../pages/duties/routes.ts'
import { escalatedRoutes } from '../pages/escalated/routes.ts'
import { handoverRoutes } from '../pages/handover/routes.ts'
import { keptRoutes } from '../pages/kept/routes.ts'
import { lightPathRoutes } from '../pages/light-path/routes.ts'
import { logRoutes } from '../pages/log/routes.ts'
import { timelinessRoutes } from '../pages/log/timeliness/routes.ts'
import { logSampleRoutes } from '../pages/log/samples/routes.ts'
import { queueRoutes } from '../pages/queue/routes.ts'
import { recordConcernRoutes } from '../pages/record-concern/routes.ts'
import { sampleRoutes } from '../pages/samples/routes.ts'
import { settingsRoutes } from '../pages/settings/routes.ts'
import { signInRoutes } from '../pages/sign-in/routes.ts'
import { staffHomeRoutes } from '../pages/staff-home/routes.ts'
import { learningRoutes } from '../pages/learning/routes.ts'
import { simulatorRoutes } from '../pages/simulator/routes.ts'
import { taskLinkRoutes } from '../pages/task-link/routes.ts'
import { tokenCardRoutes } from '../pages/token-cards/routes.ts'
import { timeRoutes } from '../pages/time/routes.ts'
import { savedViewRoutes } from '../pages/views/routes.ts'
import type { StaffPageDeps } from './deps.ts'
import { allPeopleRoutes } from './people-routes.ts'

/** Every page of staff's. */
export function staffRoutes(pages: Pages, deps: StaffPageDeps): readonly Route[] {
  return [
    ...signInRoutes(pages, deps),
    ...allPeopleRoutes(pages, deps),
    ...keptRoutes(pages, deps),
    ...staffHomeRoutes(pages, deps),
    ...queueRoutes(pages, deps),
    // Before the pages of one concern: `new` is no concern's id
    ...recordConcernRoutes(pages, deps),
    ...lightPathRoutes(pages, deps),
    ...tokenCardRoutes(pages, deps),
    ...overviewRoutes(pages, deps),
    ...messageRoutes(pages, deps),
    ...noteRoutes(pages, deps),
    ...myNoteRoutes(pages, deps),
    ...contactRoutes(pages, deps),
    ...deadlineRoutes(pages, deps),
    ...taskLinkRoutes(pages, deps),
    ...assessmentRoutes(pages, deps),
    ...summaryRoutes(pages, deps),
    ...downloadRoutes(pages, deps),
    ...savedViewRoutes(pages, deps),
    ...timeRoutes(pages, deps),
    ...recordRoutes(pages, deps),
    ...detrimentRoutes(pages, deps),
    ...linkRoutes(pages, deps),
    ...historyRoutes(pages, deps),
    ...identityRoutes(pages, deps),
    ...actionRoutes(pages, deps),
    ...handoverRoutes(pages, deps),
    ...approvalRoutes(pages, deps),
    ...escalatedRoutes(pages, deps),
    ...logRoutes(pages, deps),
    ...logSampleRoutes(pages, deps),
    ...timelinessRoutes(pages, deps),
    ...simulatorRoutes(pages, deps),
    ...learningRoutes(pages, deps),
    ...sampleRoutes(pages, deps),
    ...dutyRoutes(pages, deps),
    ...settingsRoutes(pages, deps),
  ]
}
