import { invalid, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealRecord, type Writer } from '../acts/staff-writing.ts'
import { createWriteOnce, storeWritten } from '../acts/write-once.ts'
import type { TaskNote } from './contents.ts'
import type { TaskInput } from './inputs.ts'
import { tasksIn } from './track.ts'
import type { Tasks } from './use-cases.ts'

/** A task is done: what shows it is sealed beside it. */
export function createDoneTask(deps: ConcernDeps, receipts: Receipts): Tasks['done'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'task_done',
    write: async (writer, { task, evidence }: TaskInput<'done'>, base) => {
      assertOpen(writer, task)
      const note: TaskNote = { evidence }
      const { id: item } = await storeWritten(writer, base, sealRecord(writer, 'task_note', note))
      return { answer: { id: task }, entry: { ...base, kind: 'task_done', fields: { task, item } } }
    },
  })
}

/** A task goes on in a plan that somebody follows up elsewhere: here it is neither kept nor missed. */
export function createPassTaskOn(deps: ConcernDeps, receipts: Receipts): Tasks['passOn'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'task_passed_on',
    write: async (writer, { task, reason }: TaskInput<'pass_on'>, base) => {
      assertOpen(writer, task)
      const note: TaskNote = { reason }
      const { id: item } = await storeWritten(writer, base, sealRecord(writer, 'task_note', note))
      return { answer: { id: task }, entry: { ...base, kind: 'task_passed_on', fields: { task, item } } }
    },
  })
}

/** Refusal `invalid_input` where there is no such task here, `transition_not_allowed` where it has ended. */
function assertOpen({ concern }: Writer, task: string): void {
  const found = tasksIn(concern.entries).find(({ id }) => id === task)
  if (found === undefined) throw invalid('/task', 'not_an_option', 'Choose one of the tasks listed.')
  if (found.state !== 'open') throw new Refusal('transition_not_allowed')
}
