import type { Route } from '../../../../http/index.ts'
import { mostSnippets, readingOfSnippet, snippetsInput, snippetUses, type Snippet } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { administratorOnly, noticeOf, visitingSettings, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'
import { listAfter, listFormRoutes, type ListForm } from '../list-form.ts'
import { readingView } from '../texts/reading-view.ts'

const path = '/settings/snippets'
const parts = ['title', 'text', 'uses'] as const

type Held = Awaited<ReturnType<SettingsVisit['settings']['viewSnippets']>>

/** Stock phrases for messages to people who raise concerns: the list with its reading grades, and a form for each. */
export function snippetRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...listFormRoutes(pages, deps, form),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items } = (await settings.viewSnippets(ctx)).value
  const say = words.snippets
  pages.send(response, {
    template: 'settings/snippets/list.njk',
    title: say.title,
    words,
    view: {
      items: items.map((snippet) => ({
        title: snippet.title,
        text: snippet.text,
        uses: say.offered(snippet.uses.map((use) => say.usesInside[use])),
        grade: readingView([snippet.text], words).grade,
        hard: readingOfSnippet(snippet).hard,
        href: `${path}/${snippet.code}`,
      })),
      add: items.length < mostSnippets ? `${path}/new` : null,
    },
    back: '/settings',
    ...noticeOf(visit),
  })
}

const form: ListForm<typeof snippetsInput, Held, Snippet> = {
  path,
  template: 'settings/snippets/snippet.njk',
  titles: ({ snippets }) => snippets,
  nameOf: ({ title }) => title,
  load: ({ settings, ctx }) => settings.viewSnippets(ctx),
  itemsOf: ({ value }) => value.items,
  codeOf: ({ code }) => code,
  schema: snippetsInput,
  start: ({ item }) => ({ title: item?.title ?? '', text: item?.text ?? '', uses: item?.uses ?? [], keep: 'yes' }),
  body: (typed, { held, item }) => {
    const own = { title: typed.one('title'), text: typed.one('text'), uses: typed.many('uses') }
    // Always last, so that a title twice is this one's fault
    return { items: listAfter<object>(held.value.items, item, item === null ? own : { code: item.code, ...own }, typed) }
  },
  perform: ({ settings, ctx }, input) => settings.changeSnippets(ctx, input),
  view: (_, typed, { words }) => ({
    uses: codeOptions(Object.fromEntries(snippetUses.map((use) => [use, words.snippets.useNames[use]])), typed.many('uses')),
    reading: readingView([typed.one('text')], words),
  }),
  faults: { list: '/items', most: mostSnippets, parts },
  drawsAgain: 'check',
}
