import { pathText, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { mostSnippets, readingOfSnippet, snippetsInput, snippetUses, type Snippet } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
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
import { readingView } from '../texts/reading-view.ts'

const path = '/settings/snippets'
const parts = ['title', 'text', 'uses'] as const

type Held = Awaited<ReturnType<SettingsVisit['settings']['viewSnippets']>>

/** Stock phrases for messages to people who raise concerns: the list with its reading grades, and a form for each. */
export function snippetRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, formOf('new')),
    ...formPageRoutes(pages, deps, formOf('change')),
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

interface State {
  readonly held: Held
  /** Null for a new one. */
  readonly snippet: Snippet | null
}

function formOf(kind: 'new' | 'change'): FormPage<typeof snippetsInput, State> {
  return {
    path: kind === 'new' ? `${path}/new` : `${path}/:code`,
    back: path,
    template: 'settings/snippets/snippet.njk',
    title: ({ snippets }, { snippet }) => (snippet === null ? snippets.add : snippets.changeTitle(snippet.title)),
    load: async ({ settings, ctx, request }) => {
      const held = await settings.viewSnippets(ctx)
      if (kind === 'new') return { held, snippet: null }
      const snippet = held.value.items.find(({ code }) => code === pathText(request, 'code'))
      if (snippet === undefined) throw new Refusal('not_found')
      return { held, snippet }
    },
    seen: ({ held }) => held.seen,
    schema: snippetsInput,
    start: ({ snippet }) => ({ title: snippet?.title ?? '', text: snippet?.text ?? '', uses: snippet?.uses ?? [], keep: 'yes' }),
    body: (typed, state) => ({ items: itemsAfter(typed, state) }),
    perform: ({ settings, ctx }, input) => settings.changeSnippets(ctx, input),
    view: ({ snippet }, typed, { words }) => ({
      isNew: snippet === null,
      uses: codeOptions(Object.fromEntries(snippetUses.map((use) => [use, words.snippets.useNames[use]])), typed.many('uses')),
      reading: readingView([typed.one('text')], words),
    }),
    // The form has one of them; whichever of the list has a fault, it is that one
    fields: Object.fromEntries(
      Array.from({ length: mostSnippets + 1 }, (_, at) => parts.map((part) => [`/items/${at}/${part}`, part] as const)).flat(),
    ),
    drawsAgain: 'check',
    done: kind === 'new' ? 'added' : 'changed',
    to: path,
  }
}

/** The list as it would be: this one last, so that a title twice is its fault, or gone. */
function itemsAfter(typed: Typed, { held, snippet }: State): readonly object[] {
  const others = held.value.items.filter((each) => each !== snippet)
  if (snippet !== null && typed.one('keep') === 'no') return others
  const own = { title: typed.one('title'), text: typed.one('text'), uses: typed.many('uses') }
  return [...others, snippet === null ? own : { code: snippet.code, ...own }]
}
