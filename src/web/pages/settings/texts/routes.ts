import { pathText, type Route } from '../../../../http/index.ts'
import { londonDate, Refusal, type DateText } from '../../../../kernel/index.ts'
import { newestInForce, textInput, textKinds, textMarks, type StoredText, type TextBlock } from '../../../../settings/index.ts'
import { dateInWords, shortDateInWords, type Pages } from '../../../layout/index.ts'
import { yesOrNo } from '../../actions/action-form.ts'
import { codeOptions } from '../../../staff/options.ts'
import { dateTyped } from '../../../staff/typed.ts'
import { dateStart } from '../dates.ts'
import {
  administratorOnly,
  formPageRoutes,
  noticeOf,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'
import { readingView } from './reading-view.ts'

const path = '/settings/texts'
type Groups = SettingsWords['texts']['groups']

/** The texts by page, and a form for a new version of each. */
export function textRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, newVersion),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const blocks = await settings.viewTexts(ctx)
  const today = londonDate(ctx.now)
  const groups = (Object.keys(words.texts.groups) as (keyof Groups)[]).map((group) => ({
    heading: words.texts.groups[group],
    rows: blocks.filter(({ key }) => key.startsWith(`${group}.`)).map((block) => rowOf(block, today, words)),
  }))
  pages.send(response, {
    template: 'settings/texts/list.njk',
    title: words.texts.title,
    words,
    view: { groups },
    back: '/settings',
    ...noticeOf(visit),
  })
}

function rowOf(block: TextBlock, today: DateText, words: SettingsWords): object {
  const current = currentOf(block, today)
  return {
    name: nameOf(block, words),
    href: `${path}/${block.key}`,
    version: current === null ? '' : `${words.texts.version} ${current.version}`,
    from: current === null ? words.texts.notWritten : current.body === '' ? words.texts.takenAway : shortDateInWords(current.validFrom),
  }
}

/** The version in force, or the first that will be. */
function currentOf({ key, versions }: TextBlock, today: DateText): StoredText | null {
  const [inForce] = newestInForce(versions, [key], today)
  return versions.find(({ version }) => version === inForce?.version) ?? versions.at(-1) ?? null
}

function nameOf({ key, versions }: TextBlock, { texts }: SettingsWords): string {
  const own: Readonly<Record<string, string>> = texts.names
  return own[key] ?? (versions.at(-1)?.heading || key)
}

interface State {
  readonly block: TextBlock
  readonly last: StoredText | null
  readonly today: DateText
}

/** A line of one's own needs no telling what it is, or how sure. */
function blank({ local }: TextBlock) {
  const empty = { heading: '', body: '', quote: null, source: '', sourceDate: '', wording: '' } as const
  return local ? ({ ...empty, kind: 'local', mark: 'V' } as const) : ({ ...empty, kind: '', mark: '' } as const)
}

const newVersion: FormPage<typeof textInput, State> = {
  path: `${path}/:key`,
  back: path,
  template: 'settings/texts/version.njk',
  title: (words, { block }) => words.texts.changeTitle(nameOf(block, words)),
  load: async ({ settings, ctx, request }) => {
    const block = (await settings.viewTexts(ctx)).find(({ key }) => key === pathText(request, 'key'))
    if (block === undefined) throw new Refusal('not_found')
    return { block, last: block.versions.at(-1) ?? null, today: londonDate(ctx.now) }
  },
  seen: ({ block }) => block.seen,
  schema: textInput,
  start: ({ block, last, today }) => {
    const { heading, body, quote, source, sourceDate, kind, mark, wording } = last ?? blank(block)
    const checked = { checked: 'yes', check: 'no', '': '' }[wording]
    const readOn = dateStart('readOn', today)
    const validFrom = dateStart('validFrom', today)
    return { heading, body, quote: quote ?? '', source, sourceDate, ...readOn, kind, mark, checked, ...validFrom }
  },
  body: (typed, { block }) => ({
    key: block.key,
    ...Object.fromEntries(['heading', 'body', 'quote', 'source', 'kind', 'mark'].map((name) => [name, typed.one(name)])),
    sourceDate: typed.one('sourceDate').trim(),
    readOn: dateTyped(typed, 'readOn'),
    checked: yesOrNo(typed.one('checked')),
    validFrom: dateTyped(typed, 'validFrom'),
  }),
  perform: ({ settings, ctx }, input) => settings.publishText(ctx, input),
  view: ({ block }, typed, { words }) => ({
    kinds: codeOptions(Object.fromEntries(textKinds.map((kind) => [kind, words.texts.kinds[kind]])), typed.many('kind')),
    marks: codeOptions(Object.fromEntries(textMarks.map((mark) => [mark, words.texts.marks[mark]])), typed.many('mark')),
    reading: readingView([typed.one('heading'), typed.one('body')], words),
    versions: block.versions.toReversed().map((text) => ({
      version: text.version,
      from: dateInWords(text.validFrom),
      entered: words.texts.entered(dateInWords(text.enteredOn)),
      heading: text.heading,
      body: text.body === '' ? words.texts.takenAway : text.body,
      source: `${text.source}, ${text.sourceDate}`,
      digest: text.digest,
    })),
  }),
  fields: { '/readOn': 'readOn-day', '/validFrom': 'validFrom-day' },
  drawsAgain: 'check',
  done: 'published',
  to: path,
}
