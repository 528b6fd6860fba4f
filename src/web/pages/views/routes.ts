import type { Request, Response } from 'express'
import type { StaffContext } from '../../../accounts/index.ts'
import type { SavedView } from '../../../concerns/index.ts'
import { factsOf, formFields, pathText, queryFields, redirect, type FormFields, type Route } from '../../../http/index.ts'
import { hasRole, Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { handlers, type StaffPageDeps } from '../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn } from '../../staff/drafted.ts'
import { labelOf } from '../../staff/options.ts'
import { chosenIn, filterNames, queueHref, type Chosen } from '../queue/form.ts'
import { builtIns, chosenView } from '../queue/view.ts'
import { readName, readView, viewNames } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

interface Visit {
  readonly pages: Pages
  readonly concerns: Deps['concerns']
  readonly ctx: StaffContext
  readonly request: Request
  readonly response: Response
  readonly form: FormFields
}

/** Views of the queue: those everybody has, one's own and those colleagues share. The address of a view holds its filters, so it can be passed on. */
export function savedViewRoutes(pages: Pages, { staffContext, concerns }: Deps): readonly Route[] {
  const at = (handle: (visit: Visit) => Promise<void>) => async (request: Request, response: Response) =>
    handle({ pages, concerns, ctx: staffContext(response), request, response, form: formFields(request) })
  return [
    { method: 'get', path: '/views', policy: handlers, handle: at(show) },
    { method: 'post', path: '/views', policy: handlers, body: 'form', handle: at(save) },
    { method: 'get', path: '/views/new', policy: handlers, handle: at(create) },
    { method: 'get', path: '/views/:viewId', policy: handlers, handle: at(edit) },
    { method: 'post', path: '/views/:viewId', policy: handlers, body: 'form', handle: at(rename) },
    { method: 'post', path: '/views/:viewId/deletion', policy: handlers, body: 'form', handle: at(remove) },
  ]
}

async function show({ pages, concerns, ctx, request, response }: Visit): Promise<void> {
  const views = await concerns.casework.listViews(ctx)
  const words = wordsIn(factsOf(response).language)
  const done = queryFields(request).one('done')
  const shown = (view: SavedView) => ({
    name: view.name,
    href: queueHref(view.filter as Chosen),
    filters: filtersOf(view.filter as Chosen) || words.nothing,
    shared: view.owner === null ? (view.team ? words.shared : null) : words.by(view.owner),
    editHref: view.mine ? `/views/${view.id}` : null,
  })
  pages.send(response, {
    template: 'views/views.njk',
    title: words.title,
    words,
    view: {
      mine: views.filter(({ mine }) => mine).map(shown),
      team: views.filter(({ mine }) => !mine).map(shown),
      builtIn: builtIns({}),
    },
    back: '/concerns',
    ...(Object.hasOwn(words.notices, done) && { notice: labelOf(words.notices, done) }),
  })
}

/** Filters in words, on one line. A colleague's id reads as "A colleague" here: the list itself names them. */
function filtersOf(chosen: Chosen): string {
  return chosenView(chosen, [])
    .map(({ text }) => text)
    .join('; ')
}

async function create(visit: Visit): Promise<void> {
  const { pages, ctx, request, response } = visit
  const drafted = await draftIn(visit, 'view')
  const chosen = chosenIn(drafted.id === null ? queryFields(request) : drafted.typed)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'views/new.njk',
    title: words.create.title,
    words,
    view: {
      filters: chosenView(chosen, []),
      hidden: filterNames.flatMap((name) => (chosen[name] === undefined ? [] : [{ name, value: chosen[name] }])),
      name: drafted.typed.one('name'),
      team: drafted.typed.one('team') === 'yes',
      mayShare: hasRole(ctx.person, 'guardian'),
      draft: drafted.id,
    },
    back: queueHref(chosen),
    faults: faultsIn(drafted, readView, { words: words.errors }),
  })
}

async function save(visit: Visit): Promise<void> {
  const { concerns, ctx, form } = visit
  await answerForm(visit, { place: 'view', path: '/views/new', names: viewNames }, async () => {
    await concerns.casework.saveView(ctx, readView(form))
    await dropTyped(visit)
    return '/views?done=saved'
  })
}

async function edit(visit: Visit): Promise<void> {
  const { pages, concerns, ctx, request, response } = visit
  const id = pathText(request, 'viewId')
  const found = (await concerns.casework.listViews(ctx)).find((view) => view.id === id && view.mine)
  if (found === undefined) throw new Refusal('not_found')
  const drafted = await draftIn(visit, `view ${id}`)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'views/edit.njk',
    title: words.edit.title,
    words,
    view: {
      name: drafted.id === null ? found.name : drafted.typed.one('name'),
      draft: drafted.id,
      shared: found.team,
      action: `/views/${id}`,
      deleteAction: `/views/${id}/deletion`,
    },
    back: '/views',
    faults: faultsIn(drafted, readName, { words: words.errors }),
  })
}

async function rename(visit: Visit): Promise<void> {
  const { concerns, ctx, request, form } = visit
  const id = pathText(request, 'viewId')
  await answerForm(visit, { place: `view ${id}`, path: `/views/${id}`, names: ['name'] }, async () => {
    await concerns.casework.renameView(ctx, id, readName(form))
    await dropTyped(visit)
    return '/views?done=renamed'
  })
}

async function remove({ concerns, ctx, request, form, response }: Visit): Promise<void> {
  const id = pathText(request, 'viewId')
  if (form.has('change')) return redirect(response, '/views')
  await concerns.casework.deleteView(ctx, id)
  redirect(response, '/views?done=deleted')
}
