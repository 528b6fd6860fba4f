import { dateTyped, typedFrom, type Typed } from '../../../staff/typed.ts'

/** The lists of this form. A row is so many fields named `<list>-<row>-<part>`, so that it needs no script to grow. */
export const lists = {
  findings: ['allegation', 'finding'],
  actions: ['description', 'owner', 'dueOn-day', 'dueOn-month', 'dueOn-year'],
} as const
export type List = keyof typeof lists

/** As many as the schema takes; the form's reader stops at 400 fields too. */
const mostRows = 50

export const fieldOf = (list: List, row: number, part: string): string => `${list}-${row}-${part}`
const countField = (list: List): string => `${list}-count`

export function rowCount(typed: Typed, list: List): number {
  const count = Number(typed.one(countField(list)))
  return Number.isInteger(count) && count >= 1 ? Math.min(count, mostRows) : 1
}

/** The numbers of the rows in which something stands: a row added by mistake is not a fault. */
export function filledRows(typed: Typed, list: List): readonly number[] {
  return numbers(rowCount(typed, list)).filter((row) => lists[list].some((part) => typed.one(fieldOf(list, row, part)).trim() !== ''))
}

export function findingAt(typed: Typed, row: number): { readonly allegation: string; readonly finding: string } {
  return { allegation: typed.one(fieldOf('findings', row, 'allegation')), finding: typed.one(fieldOf('findings', row, 'finding')) }
}

export function actionAt(typed: Typed, row: number): { readonly description: string; readonly owner: string; readonly dueOn: string } {
  return {
    description: typed.one(fieldOf('actions', row, 'description')),
    owner: typed.one(fieldOf('actions', row, 'owner')),
    dueOn: dateTyped(typed, fieldOf('actions', row, 'dueOn')),
  }
}

/** Names of every field the lists have at this moment. */
export function rowNames(typed: Typed): readonly string[] {
  return (Object.keys(lists) as List[]).flatMap((list) => [
    countField(list),
    ...numbers(rowCount(typed, list)).flatMap((row) => lists[list].map((part) => fieldOf(list, row, part))),
  ])
}

/** The form with a row more at the end of `list`; `add` still says which, so that the page can put the cursor there. */
export function withRowAdded(typed: Typed, list: List, others: readonly string[]): Typed {
  const count = Math.min(rowCount(typed, list) + 1, mostRows)
  return typedFrom({ ...held(typed, others), [countField(list)]: String(count), add: list })
}

/** The form without one row; those below move up. The last row that is left is emptied instead. */
export function withRowRemoved(typed: Typed, list: List, gone: number, others: readonly string[]): Typed {
  const kept = numbers(rowCount(typed, list)).filter((row) => row !== gone)
  const moved = kept.flatMap((row, place) =>
    lists[list].map((part) => [fieldOf(list, place, part), typed.one(fieldOf(list, row, part))] as const),
  )
  const rest = Object.entries(held(typed, others)).filter(([name]) => !name.startsWith(`${list}-`))
  return typedFrom({ ...Object.fromEntries(rest), ...Object.fromEntries(moved), [countField(list)]: String(Math.max(1, kept.length)) })
}

const held = (typed: Typed, others: readonly string[]): Record<string, string> =>
  Object.fromEntries([...others, ...rowNames(typed)].map((name) => [name, typed.one(name)]))

export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
