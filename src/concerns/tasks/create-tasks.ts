import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import { createTaskLinks } from './answer-link.ts'
import { createDoneTask, createPassTaskOn } from './end-task.ts'
import { createMakeLink, createWithdrawLink } from './make-link.ts'
import { createSetTask } from './set-task.ts'
import type { Tasks } from './use-cases.ts'
import { createViewDeadlines } from './view-deadlines.ts'

/** What was agreed to be done: set, done, passed on, and seen with every clock that was moved. */
export function createTasks(deps: ConcernDeps, receipts: Receipts): Tasks {
  return {
    view: createViewDeadlines(deps),
    set: createSetTask(deps, receipts),
    done: createDoneTask(deps, receipts),
    passOn: createPassTaskOn(deps, receipts),
    makeLink: createMakeLink(deps, receipts),
    withdrawLink: createWithdrawLink(deps),
    ...createTaskLinks(deps),
  }
}
