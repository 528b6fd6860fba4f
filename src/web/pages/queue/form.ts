import { queueFilter, type QueueFilter } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

/** Codes only: an address stays in the browser's history and in other people's sight. */
export const filterNames = ['stage', 'status', 'due', 'owner', 'unread', 'openness', 'danger', 'detriment', 'raised'] as const
export type FilterName = (typeof filterNames)[number]
export type Chosen = Readonly<Partial<Record<FilterName, string>>>

const pageSize = 25

/** The filters that were chosen; "Any" is no filter. */
export function chosenIn(query: FormFields): Chosen {
  return Object.fromEntries(filterNames.flatMap((name) => (query.one(name) === '' ? [] : [[name, query.one(name)]])))
}

/** The use case's own filter. Refusal `invalid_input` where the address was changed by hand into something else. */
export function readFilter(query: FormFields, { without: leftOut }: { readonly without?: 'reference' } = {}): QueueFilter {
  const cursor = query.one('cursor')
  const reference = leftOut === 'reference' ? '' : query.one('reference').trim()
  return readInput(queueFilter, {
    ...chosenIn(query),
    ...(cursor !== '' && { cursor }),
    ...(reference !== '' && { reference }),
    limit: String(pageSize),
  })
}

/** Which row the page begins with, as the address says: a number to read, which decides nothing. */
export function firstRowIn(query: FormFields): number {
  const first = Number(query.one('from'))
  return Number.isSafeInteger(first) && first > 0 && query.one('cursor') !== '' ? first : 1
}

/** The address of the queue with these filters. */
export function queueHref(chosen: Chosen, page: { readonly cursor?: string; readonly from?: number } = {}): string {
  const query = new URLSearchParams(Object.entries(chosen))
  if (page.cursor !== undefined) query.set('cursor', page.cursor)
  if (page.from !== undefined) query.set('from', String(page.from))
  const text = query.toString()
  return text === '' ? '/concerns' : `/concerns?${text}`
}

/** The address of the form that saves these filters as a view. */
export function saveHref(chosen: Chosen): string {
  return `/views/new?${new URLSearchParams(Object.entries(chosen)).toString()}`
}

export function without(chosen: Chosen, name: FilterName): Chosen {
  return Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== name))
}
