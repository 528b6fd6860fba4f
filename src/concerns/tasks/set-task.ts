import { invalid, londonDate, newId, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { subjectsOf } from '../acts/facts.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealRecord, type Writer } from '../acts/staff-writing.ts'
import { createWriteOnce, storeWritten } from '../acts/write-once.ts'
import type { TaskContent } from './contents.ts'
import { assertTask, type TaskInput } from './inputs.ts'
import type { Tasks } from './use-cases.ts'

/** Sets a task with its owner and date. What is to be done is sealed; the log holds an id and a date. */
export function createSetTask(deps: ConcernDeps, receipts: Receipts): Tasks['set'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'set_task',
    write: async (writer, input: TaskInput<'set'>, base) => {
      const { title, dueOn, ownerId, ownerName } = input
      assertTask(input, londonDate(base.at))
      // After the end nobody would see it run out
      if (writer.concern.concern.status === 'closed' || writer.concern.concern.status === 'withdrawn')
        throw new Refusal('transition_not_allowed')
      await assertOwner(deps, writer, ownerId)
      const content: TaskContent = { title, ownerId: ownerId ?? null, ownerName: ownerName ?? null }
      const task = newId(writer.random)
      const { id: item } = await storeWritten(writer, base, sealRecord(writer, 'task', content))
      return { answer: { id: task }, entry: { ...base, kind: 'task_set', fields: { task, dueOn, item } } }
    },
  })
}

/** Somebody active whom the concern is not about. Whether they may read it is another matter: a task gives nobody a key. */
async function assertOwner(deps: ConcernDeps, { tx, concern }: Writer, ownerId: TaskInput<'set'>['ownerId']): Promise<void> {
  if (ownerId === undefined) return
  const directory = await deps.directory.current(tx)
  if (directory.find(ownerId) === undefined) throw invalid('/ownerId', 'not_an_option', 'Choose one of the people listed.')
  if (subjectsOf(concern, directory).has(ownerId)) throw new Refusal('conflict_of_interest')
}
