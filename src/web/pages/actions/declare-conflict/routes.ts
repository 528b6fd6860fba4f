import { factsOf, redirect, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { concernFrame, concernTitle, subPageHref } from '../../concern/frame.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const path = '/concerns/:id/actions/declare_conflict'

/** A page of its own: what was said is not opened once more for somebody who wants to see no more of it. */
export function declareConflictRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, ask) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, declare) },
  ]
}

async function ask({ pages, concerns, ctx, id, response }: ConcernVisit): Promise<void> {
  const concern = await concerns.viewConcern(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const back = subPageHref(concern.id, 'overview')
  pages.send(response, {
    template: 'actions/declare-conflict/declare-conflict.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.title,
      action: `${back}/actions/declare_conflict`,
      expectedVersion: concern.version,
      back,
    },
    back,
    wide: true,
  })
}

async function declare({ concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  await concerns.declareConflict(ctx, id, { expectedVersion: Number(form.one('expectedVersion')) })
  redirect(response, '/concerns?done=declare_conflict')
}
