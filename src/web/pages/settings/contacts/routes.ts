import type { Route } from '../../../../http/index.ts'
import { contactsInput } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { administratorOnly, noticeOf, visitingSettings, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'
import { listAfter, listFormRoutes, placeOf, type ListForm } from '../list-form.ts'

const path = '/settings/contacts'
const parts = ['name', 'detail', 'way', 'source'] as const

type Contacts = Awaited<ReturnType<SettingsVisit['settings']['viewContacts']>>
type Contact = Contacts['items'][number]

/** The other ways to speak up, in their order, and a form for each. The whole list is put in the place of the one before. */
export function contactRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...listFormRoutes(pages, deps, form),
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

const form: ListForm<typeof contactsInput, Contacts, Contact> = {
  path,
  template: 'settings/contacts/contact.njk',
  titles: ({ contacts }) => contacts,
  nameOf: ({ name }) => name,
  load: ({ settings, ctx }) => settings.viewContacts(ctx),
  itemsOf: ({ items }) => items,
  schema: contactsInput,
  start: ({ held, item }) => ({
    ...Object.fromEntries(parts.map((part) => [part, item?.[part] ?? ''])),
    place: placeOf(held.items, item),
    keep: 'yes',
  }),
  body: (typed, { held, item }) => {
    const own = Object.fromEntries(parts.map((part) => [part, typed.one(part)])) as Record<(typeof parts)[number], string>
    return { items: listAfter(held.items, item, own, typed) }
  },
  perform: ({ settings, ctx }, input) => settings.replaceContacts(ctx, input),
  faults: { list: '/items', most: 30, parts },
}
