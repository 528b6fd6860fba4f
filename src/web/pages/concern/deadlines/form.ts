import { assertTask, taskInputs, type TaskInput } from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import type { DateText } from '../../../../kernel/index.ts'
import { datePartsOf, dateTyped, type Typed } from '../../../staff/typed.ts'

export const taskNames = ['title', 'ownerId', 'ownerName', ...datePartsOf('dueOn')] as const
export const taskFields = { '/dueOn': 'dueOn-day' } as const

/** The two ways in which a task ends, by the end of the address. */
export const finishes = { done: 'done', 'pass-on': 'pass_on' } as const
export type Finish = (typeof finishes)[keyof typeof finishes]
export const finishText = { done: 'evidence', pass_on: 'reason' } as const satisfies Record<Finish, string>

const given = (typed: Typed, name: string) => (typed.one(name).trim() === '' ? undefined : typed.one(name))

/** A new task as the use case takes it. Refusal `invalid_input`. */
export function readTask(typed: Typed, today: DateText): TaskInput<'set'> {
  const input = readInput(taskInputs.set, {
    title: given(typed, 'title'),
    dueOn: dateTyped(typed, 'dueOn') || undefined,
    ownerId: given(typed, 'ownerId'),
    ownerName: given(typed, 'ownerName'),
  })
  assertTask(input, today)
  return input
}

/** How a task ended. Refusal `invalid_input`. */
export function readFinish<F extends Finish>(finish: F, typed: Typed): TaskInput<F> {
  const body = { task: given(typed, 'task'), [finishText[finish]]: given(typed, finishText[finish]) }
  return readInput(taskInputs[finish], body) as TaskInput<F>
}
