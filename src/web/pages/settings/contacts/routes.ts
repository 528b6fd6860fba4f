import { pathText, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { contactsInput } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import type { Typed } from '../../../staff/typed.ts'
import {
  administratorOnly,
  formPageRoutes,
  noticeOf,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'

const path = '/settings/contacts'
const parts = ['name', 'detail', 'way', 'source'] as const

type Contacts = Awaited<ReturnType<SettingsVisit['settings']['viewContacts']>>
type Contact = Contacts['items'][number]

/** The other ways to speak up, in their order, and a form for each. The whole list is put in the place of the one before. */
export function contactRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, formOf('new')),
    ...formPageRoutes(pages, deps, formOf('change')),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items } = await settings.viewContacts(ctx)
  pages.send(response, {
    template: 'settings/contacts/list.njk',
    title: words.contacts.title,
    words,
    view: { items: items.map((contact, at) => ({ ...contact, href: `${path}/${at + 1}` })), add: `${path}/new` },
    back: '/settings',
    ...noticeOf(visit),
  })
}

interface State {
  readonly listed: Contacts
  /** From 0; null for a new one. */
  readonly at: number | null
}

function formOf(kind: 'new' | 'change'): FormPage<typeof contactsInput, State> {
  return {
    path: kind === 'new' ? `${path}/new` : `${path}/:place`,
    back: path,
    template: 'settings/contacts/contact.njk',
    title: ({ contacts }, { listed, at }) => (at === null ? contacts.add : contacts.changeTitle(listed.items[at]?.name ?? '')),
    load: async ({ settings, ctx, request }) => {
      const listed = await settings.viewContacts(ctx)
      if (kind === 'new') return { listed, at: null }
      const at = Number(pathText(request, 'place')) - 1
      if (!Number.isInteger(at) || listed.items[at] === undefined) throw new Refusal('not_found')
      return { listed, at }
    },
    seen: ({ listed }) => listed.seen,
    schema: contactsInput,
    start: ({ listed, at }) => {
      const contact = at === null ? undefined : listed.items[at]
      const texts = Object.fromEntries(parts.map((part) => [part, contact?.[part] ?? '']))
      return { ...texts, place: String((at ?? listed.items.length) + 1), keep: 'yes' }
    },
    body: (typed, state) => ({ items: itemsAfter(typed, state) }),
    perform: ({ settings, ctx }, input) => settings.replaceContacts(ctx, input),
    view: ({ at }) => ({ isNew: at === null }),
    // The form has one contact; whichever of the list has a fault, it is that one.
    fields: Object.fromEntries([
      ...Array.from({ length: 31 }, (_, at) => parts.map((part) => [`/items/${at}/${part}`, part] as const)).flat(),
      ['/items', 'keep'],
    ]),
    done: kind === 'new' ? 'added' : 'changed',
    to: path,
  }
}

/** The list as it would be: this one at its place, or gone. */
function itemsAfter(typed: Typed, { listed, at }: State): readonly Contact[] {
  const others = listed.items.filter((_, index) => index !== at)
  if (at !== null && typed.one('keep') === 'no') return others
  const own = Object.fromEntries(parts.map((part) => [part, typed.one(part)])) as Record<(typeof parts)[number], string>
  const place = Number.parseInt(typed.one('place'), 10)
  const index = Number.isInteger(place) ? Math.max(0, Math.min(others.length, place - 1)) : others.length
  return [...others.slice(0, index), own, ...others.slice(index)]
}
