import type { ConcernUseCases, HandedOver } from '../../../concerns/index.ts'
import { statusWords } from '../../../workflow/index.ts'
import { peopleOptions, type Option } from '../../staff/options.ts'
import type { Typed } from '../../staff/typed.ts'
import { untitledOf } from '../queue/view.ts'
import { words } from './words.en.ts'

type Owned = Awaited<ReturnType<ConcernUseCases['handingOver']['owned']>>

export interface HandoverView {
  readonly concerns: readonly (Option & { readonly hint: { readonly text: string } })[]
  readonly colleagues: readonly Option[]
  readonly more: string | null
}

export interface Result {
  readonly summary: string
  readonly rows: readonly { readonly concern: string; readonly href: string | null; readonly what: string }[]
}

/** Everything ticked, or after a fault what was ticked. */
export function handoverView({ items, more, colleagues }: Owned, typed: Typed): HandoverView {
  const ticked = typed.many('concerns')
  const stillThere = items.some(({ id }) => ticked.includes(id))
  return {
    concerns: items.map((item) => ({
      value: item.id,
      text: `${item.reference}: ${item.title ?? untitledOf(item)}`,
      hint: { text: `${statusWords[item.status].staff}. ${item.why.words}.` },
      checked: !stillThere || ticked.includes(item.id),
    })),
    colleagues: peopleOptions(colleagues, typed.many('to')),
    more: more ? words.more(items.length) : null,
  }
}

export function resultView(items: readonly HandedOver[]): Result {
  const done = items.filter(({ refused }) => refused === null).length
  return {
    summary: done === items.length ? words.result.all(done) : words.result.some(done, items.length),
    rows: items.map(({ id, reference, refused }) => ({
      concern: reference ?? words.result.unknown,
      href: reference === null ? null : `/concerns/${id}`,
      what: refused === null ? words.result.done : reasonFor(refused),
    })),
  }
}

function reasonFor(code: NonNullable<HandedOver['refused']>): string {
  const { refused } = words.result
  return Object.hasOwn(refused, code) ? refused[code as keyof typeof refused] : refused.other
}
