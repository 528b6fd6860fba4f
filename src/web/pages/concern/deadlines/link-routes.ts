import { taskInputs, thingsThatMayShowWhoYouAre, type TaskInput } from '../../../../concerns/index.ts'
import { factsOf, queryFields, readInput, redirect, type Route } from '../../../../http/index.ts'
import { newId, readId, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { dateInWords, pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { draftHref, draftIn, dropTyped, faultsIn, isAboutInput, keepTyped } from '../../../staff/drafted.ts'
import type { Typed } from '../../../staff/typed.ts'
import { concernFrame, concernTitle, subPageHref } from '../frame.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `task link ${id}`
const names = ['task', 'wording'] as const

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random' | 'publicOrigin'>

/** A one-time link for whoever does a task without an account: words written for them, looked over before they leave. */
export function taskLinkMakingRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const path = '/concerns/:id/deadlines/link'
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, (visit) => show(visit, deps.random)) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, (visit) => make(visit, deps.publicOrigin)) },
    { method: 'post', path: `${path}/withdrawal`, policy: insiders, body: 'form', handle: visiting(pages, deps, withdraw) },
  ]
}

const hrefOf = (id: ConcernId) => `${subPageHref(id, 'deadlines')}/link`

function readLink(typed: Typed): TaskInput<'link'> {
  const given = (name: string) => (typed.one(name).trim() === '' ? undefined : typed.one(name))
  return readInput(taskInputs.link, { task: given('task'), wording: given('wording') })
}

async function make(visit: ConcernVisit, publicOrigin: string): Promise<void> {
  const { pages, concerns, ctx, id, form, response } = visit
  const concern = await concerns.viewConcern(ctx, id)
  const again = async (why: { readonly check: boolean }) =>
    redirect(response, draftHref(hrefOf(id), await keepTyped(visit, placeOf(id), names), why.check))
  let input: TaskInput<'link'>
  try {
    input = readLink(form)
  } catch (error) {
    if (!isAboutInput(error)) throw error
    return again({ check: true })
  }
  if (form.one('sure') !== 'yes' && thingsThatMayShowWhoYouAre(input.wording).length > 0) return again({ check: false })
  const { secret, expiresOn } = await concerns.tasks.makeLink(ctx, id, input, readId(form.one('key')))
  await dropTyped(visit)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'concern/deadlines/link-made.njk',
    title: concernTitle(concern, words.link.made),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.link.made,
      address: `${publicOrigin}/task/${secret}`,
      until: words.link.until(dateInWords(expiresOn)),
      wording: input.wording,
    },
    back: subPageHref(id, 'deadlines'),
    wide: true,
  })
}

async function withdraw({ concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  await concerns.tasks.withdrawLink(ctx, id, { task: form.one('task') })
  redirect(response, `${subPageHref(id, 'deadlines')}?done=task_link_withdrawn`)
}

async function show(visit: ConcernVisit, random: Random): Promise<void> {
  const { pages, concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const { tasks, mayAct } = await concerns.tasks.view(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const open = mayAct ? tasks.filter(({ state }) => state === 'open') : []
  const chosen = drafted.typed.one('task') || queryFields(request).one('task')
  const wording = drafted.typed.one('wording')
  pages.send(response, {
    template: 'concern/deadlines/link.njk',
    title: concernTitle(concern, words.link.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.link.title,
      action: hrefOf(id),
      tasks: open.map((task) => ({
        value: task.id,
        text: task.title ?? words.tasks.noTitle,
        hint: { text: words.finish.by(task.owner ?? '', dateInWords(task.dueOn)) },
        checked: task.id === chosen || open.length === 1,
      })),
      wording,
      warnings: thingsThatMayShowWhoYouAre(wording).map(({ kind, excerpt }) => ({ kind: words.link.kinds[kind], excerpt })),
      key: newId(random),
      draft: drafted.id,
    },
    back: subPageHref(id, 'deadlines'),
    wide: true,
    faults: faultsIn(drafted, readLink, { words: words.errors }),
  })
}
