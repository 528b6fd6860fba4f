import { createCasework } from '../casework/create-casework.ts'
import { createDecideApproval } from './decide-approval.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { createHandingOver } from '../lifecycle/hand-over.ts'
import { createLinking } from '../links/create-linking.ts'
import { createOnBehalf } from '../on-behalf/create-on-behalf.ts'
import { createListChoices } from '../reading/list-choices.ts'
import { createDeclareConflict, createPerformAction } from './perform-action.ts'
import type { Receipts } from '../raising/receipts.ts'
import { createSamples } from '../sample/create-samples.ts'
import { createSendMessage } from './send-message.ts'
import { createTasks } from '../tasks/create-tasks.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { createViewApprovals } from '../reading/view-approvals.ts'
import { createViewConcern } from '../reading/view-concern.ts'
import { createViewContent } from '../reading/view-content.ts'
import { createViewEscalated } from '../queue/view-escalated.ts'
import { createViewIdentity } from '../reading/view-identity.ts'
import { createViewQueue } from '../queue/view-queue.ts'
import { createWriteNote } from './write-note.ts'

export type HandlingUseCases = Pick<
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
  | 'casework'
  | 'onBehalf'
  | 'linking'
  | 'samples'
  | 'tasks'
>

/** What staff do with concerns, and every look they take. */
export function createHandling(deps: ConcernDeps, receipts: Receipts): HandlingUseCases {
  return {
    viewQueue: createViewQueue(deps),
    viewConcern: createViewConcern(deps),
    viewContent: createViewContent(deps),
    viewIdentity: createViewIdentity(deps),
    act: createPerformAction(deps),
    declareConflict: createDeclareConflict(deps),
    handingOver: createHandingOver(deps),
    sendMessage: createSendMessage(deps, receipts),
    writeNote: createWriteNote(deps, receipts),
    decideApproval: createDecideApproval(deps),
    viewApprovals: createViewApprovals(deps),
    viewEscalated: createViewEscalated(deps),
    listChoices: createListChoices(deps),
    casework: createCasework(deps, receipts),
    onBehalf: createOnBehalf(deps, receipts),
    linking: createLinking(deps),
    samples: createSamples(deps),
    tasks: createTasks(deps, receipts),
  }
}
