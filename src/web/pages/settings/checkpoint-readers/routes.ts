import { pathText, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { mostReaders, readerInput, readerRemoval } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import {
  administratorOnly,
  formPageRoutes,
  noticeOf,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'
import { mailView } from '../mail/mail-view.ts'

const path = '/settings/checkpoint-readers'

type Readers = Awaited<ReturnType<SettingsVisit['settings']['viewCheckpointReaders']>>
type Reader = Readers['items'][number]

/** Who gets the log's checkpoint by mail every day: the list with how mail stands, a form for one more, and one to take somebody off. */
export function checkpointReaderRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, add),
    ...formPageRoutes(pages, deps, remove),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items, mail } = await settings.viewCheckpointReaders(ctx)
  pages.send(response, {
    template: 'settings/checkpoint-readers/list.njk',
    title: words.readers.title,
    words,
    view: {
      items: items.map(({ id, role, name, address }) => ({ role, name, address, href: `${path}/${id}` })),
      few: items.length < 2,
      add: items.length < mostReaders ? `${path}/new` : null,
      mail: mailView(mail, words),
      next: words.readers.mail.next,
    },
    back: '/settings',
    ...noticeOf(visit),
  })
}

const add: FormPage<typeof readerInput, Readers> = {
  path: `${path}/new`,
  back: path,
  template: 'settings/checkpoint-readers/add.njk',
  title: ({ readers }) => readers.add,
  load: ({ settings, ctx }) => settings.viewCheckpointReaders(ctx),
  seen: ({ seen }) => seen,
  schema: readerInput,
  start: () => ({ role: '', name: '', address: '' }),
  body: (typed) => ({ role: typed.one('role'), name: typed.one('name'), address: typed.one('address').trim() }),
  perform: ({ settings, ctx }, input) => settings.addCheckpointReader(ctx, input),
  done: 'added',
  to: path,
}

const remove: FormPage<typeof readerRemoval, { readonly seen: string; readonly one: Reader }> = {
  path: `${path}/:reader`,
  back: path,
  template: 'settings/checkpoint-readers/remove.njk',
  title: ({ readers }, { one }) => readers.removeTitle(one.name),
  load: async ({ settings, ctx, request }) => {
    const { seen, items } = await settings.viewCheckpointReaders(ctx)
    const one = items.find(({ id }) => id === pathText(request, 'reader'))
    if (one === undefined) throw new Refusal('not_found')
    return { seen, one }
  },
  seen: ({ seen }) => seen,
  schema: readerRemoval,
  start: () => ({}),
  body: () => ({}),
  perform: ({ settings, ctx }, input, { one }) => settings.removeCheckpointReader(ctx, one.id, input),
  view: ({ one }) => ({ one: { role: one.role, name: one.name, address: one.address } }),
  done: 'removed',
  to: path,
}
