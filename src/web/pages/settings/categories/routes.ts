import { pathText, type Route } from '../../../../http/index.ts'
import { londonDate, Refusal } from '../../../../kernel/index.ts'
import { categoriesInForce, categoryEndInput, categoryInput, officialElements } from '../../../../settings/index.ts'
import { dateInWords, shortDateInWords, type Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { datePartsOf, dateTyped } from '../../../staff/typed.ts'
import { dateStart } from '../dates.ts'
import {
  formPageRoutes,
  noticeOf,
  administratorOnly,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'

const path = '/settings/categories'

type Categories = Awaited<ReturnType<SettingsVisit['settings']['viewCategories']>>
type Category = Categories['items'][number]

/** What a concern can be about: the list, a form for a new one, and a page to end one. */
export function categoryRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, add),
    ...formPageRoutes(pages, deps, end),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items } = await settings.viewCategories(ctx)
  const today = londonDate(ctx.now)
  const inForce = categoriesInForce(items, today)
  const others = items.filter((category) => !inForce.includes(category))
  const rows = [...inForce, ...others].map((category) => rowOf(category, inForce.includes(category), today, words))
  pages.send(response, {
    template: 'settings/categories/list.njk',
    title: words.categories.title,
    words,
    view: { rows, add: `${path}/new` },
    back: '/settings',
    wide: true,
    ...noticeOf(visit),
  })
}

function rowOf(
  { id, label, element, validFrom, validTo, source }: Category,
  current: boolean,
  today: string,
  words: SettingsWords,
): object {
  const say = words.categories
  const over = validTo !== null && validTo < today
  return {
    label,
    source,
    element: element === null ? words.none : say.elements[element],
    from: shortDateInWords(validFrom),
    until: validTo === null ? words.never : shortDateInWords(validTo),
    state: over ? say.ended : current ? null : say.later,
    href: over ? null : `${path}/${id}`,
  }
}

const add: FormPage<typeof categoryInput, Categories> = {
  path: `${path}/new`,
  back: path,
  template: 'settings/categories/add.njk',
  title: ({ categories }) => categories.add,
  load: ({ settings, ctx }) => settings.viewCategories(ctx),
  seen: ({ seen }) => seen,
  schema: categoryInput,
  start: () => ({ label: '', hint: '', element: 'none', source: '', ...dateStart('validFrom', null), ...dateStart('validTo', null) }),
  body: (typed) => ({
    label: typed.one('label'),
    hint: typed.one('hint'),
    element: typed.one('element') === 'none' ? null : typed.one('element'),
    source: typed.one('source'),
    validFrom: dateTyped(typed, 'validFrom'),
    validTo: datePartsOf('validTo').every((part) => typed.one(part).trim() === '') ? null : dateTyped(typed, 'validTo'),
  }),
  perform: ({ settings, ctx }, input) => settings.addCategory(ctx, input),
  view: (_state, typed, { words }) => {
    const labels = Object.fromEntries(officialElements.map((element) => [element, words.categories.elements[element]]))
    return { elements: codeOptions({ ...labels, none: words.categories.noElement }, typed.many('element')) }
  },
  fields: { '/validFrom': 'validFrom-day', '/validTo': 'validTo-day' },
  done: 'added',
  to: path,
}

const end: FormPage<typeof categoryEndInput, { readonly seen: string; readonly one: Category }> = {
  path: `${path}/:category`,
  back: path,
  template: 'settings/categories/end.njk',
  title: ({ categories }, { one }) => categories.endTitle(one.label),
  load: async ({ settings, ctx, request }) => {
    const { seen, items } = await settings.viewCategories(ctx)
    const one = items.find(({ id }) => id === pathText(request, 'category'))
    if (one === undefined) throw new Refusal('not_found')
    return { seen, one }
  },
  seen: ({ seen }) => seen,
  schema: categoryEndInput,
  start: ({ one }) => dateStart('validTo', one.validTo),
  body: (typed) => ({ validTo: dateTyped(typed, 'validTo') }),
  perform: ({ settings, ctx }, input, { one }) => settings.endCategory(ctx, one.id, input),
  view: ({ one }) => ({ from: dateInWords(one.validFrom) }),
  fields: { '/validTo': 'validTo-day' },
  done: 'ended',
  to: path,
}
