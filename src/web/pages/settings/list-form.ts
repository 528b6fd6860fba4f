import type { z } from 'zod'
import { pathText, type Route } from '../../../http/index.ts'
import { invalid, Refusal } from '../../../kernel/index.ts'
import type { Pages } from '../../layout/index.ts'
import type { Typed } from '../../staff/typed.ts'
import { formPageRoutes, type FormPage, type SettingsPageDeps, type SettingsVisit } from './form-page.ts'
import type { SettingsWords } from './words.en.ts'

/** The list as it was held, and the one of it that the form is about; null for a new one. */
export interface Chosen<Held, Item> {
  readonly held: Held
  readonly item: Item | null
}

/** A list that is saved as a whole, and the form for each of its items and for one more. */
export interface ListForm<Schema extends z.ZodType, Held extends { readonly seen: string }, Item> extends Pick<
  FormPage<Schema, Chosen<Held, Item>>,
  'template' | 'schema' | 'start' | 'view' | 'body' | 'drawsAgain'
> {
  /** The list's own page. */
  readonly path: string
  readonly titles: (words: SettingsWords) => { readonly add: string; readonly changeTitle: (name: string) => string }
  readonly nameOf: (item: Item) => string
  readonly load: (visit: SettingsVisit) => Promise<Held>
  readonly itemsOf: (held: Held) => readonly Item[]
  /** What an item's address ends with. Left out: its place, from 1. */
  readonly codeOf?: (item: Item) => string
  readonly perform: (visit: SettingsVisit, input: z.output<Schema>) => Promise<unknown>
  readonly faults: ItemFaults
}

/** Where the schema's faults are told: JSON Pointer of the list, how long it may be, and the members of an item that have a control of their own. */
interface ItemFaults {
  readonly list: string
  readonly most: number
  readonly parts: readonly string[]
}

export function listFormRoutes<Schema extends z.ZodType, Held extends { readonly seen: string }, Item>(
  pages: Pages,
  deps: SettingsPageDeps,
  form: ListForm<Schema, Held, Item>,
): readonly Route[] {
  return [...formPageRoutes(pages, deps, pageOf(form, 'new')), ...formPageRoutes(pages, deps, pageOf(form, 'change'))]
}

function pageOf<Schema extends z.ZodType, Held extends { readonly seen: string }, Item>(
  form: ListForm<Schema, Held, Item>,
  kind: 'new' | 'change',
): FormPage<Schema, Chosen<Held, Item>> {
  const { path, template, schema, start, body, perform, titles, nameOf, view, drawsAgain } = form
  return {
    ...{ template, schema, start, body, perform },
    path: kind === 'new' ? `${path}/new` : `${path}/:item`,
    back: path,
    title: (words, { item }) => (item === null ? titles(words).add : titles(words).changeTitle(nameOf(item))),
    load: async (visit) => {
      const held = await form.load(visit)
      return { held, item: kind === 'new' ? null : itemAt(form, held, pathText(visit.request, 'item')) }
    },
    seen: ({ held }) => held.seen,
    view: (chosen, typed, visit) => ({ isNew: chosen.item === null, ...view?.(chosen, typed, visit) }),
    fields: fieldsOf(form.faults),
    ...(drawsAgain !== undefined && { drawsAgain }),
    done: kind === 'new' ? 'added' : 'changed',
    to: path,
  }
}

function itemAt<Held extends { readonly seen: string }, Item>(
  { itemsOf, codeOf }: Pick<ListForm<z.ZodType, Held, Item>, 'itemsOf' | 'codeOf'>,
  held: Held,
  asked: string,
): Item {
  const item = itemsOf(held).find((each, at) => asked === (codeOf?.(each) ?? String(at + 1)))
  if (item === undefined) throw new Refusal('not_found')
  return item
}

/** The form has one of them; whichever of the list has a fault, it is that one. A list that is too short or too long is a fault of taking it off or leaving it. */
function fieldsOf({ list, most, parts }: ItemFaults): Readonly<Record<string, string>> {
  const items = Array.from({ length: most + 1 }, (_, at) => parts.map((part) => [`${list}/${at}/${part}`, part] as const))
  return Object.fromEntries([...items.flat(), [list, 'keep']])
}

/** Where an item stands, from 1, as its box says it at first; a new one comes last. */
export const placeOf = <Item>(items: readonly Item[], item: Item | null): string =>
  String((item === null ? items.length : items.indexOf(item)) + 1)

/** The list as it would be: this one with its new words at the place that was typed, or gone. Without a place it comes last. Refusal `invalid_input`. */
export function listAfter<Item>(items: readonly Item[], item: Item | null, own: Item, typed: Typed): readonly Item[] {
  const others = items.filter((each) => each !== item)
  if (item !== null && typed.one('keep') === 'no') return others
  const place = typed.one('place').trim()
  if (!/^\d{0,3}$/.test(place)) throw invalid('/place', 'wrong_type', 'Give a whole number: 1 comes first.')
  const at = place === '' ? others.length : Math.max(0, Math.min(others.length, Number(place) - 1))
  return [...others.slice(0, at), own, ...others.slice(at)]
}
