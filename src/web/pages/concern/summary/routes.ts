import type { z } from 'zod'
import { summaryInput, summaryParts } from '../../../../concerns/index.ts'
import { factsOf, readInput, type Route } from '../../../../http/index.ts'
import type { ConcernId } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftHref, draftIn, faultsIn, keepTyped } from '../../../staff/drafted.ts'
import { codeOptions } from '../../../staff/options.ts'
import type { Typed } from '../../../staff/typed.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, subPageHref } from '../frame.ts'
import { paperView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `summary ${id}`
const names = ['preparedFor', 'include'] as const

/** A summary for paper. Whom it is for is typed, so it travels in a draft and never in the address. */
export function summaryRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  const path = '/concerns/:id/summary'
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, ask) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, choose) },
    { method: 'get', path: `${path}/paper`, policy: insiders, handle: visiting(pages, deps, print) },
  ]
}

function readChoice(typed: Typed): z.output<typeof summaryInput> {
  return readInput(summaryInput, { preparedFor: typed.one('preparedFor'), include: [...typed.many('include')] })
}

async function ask(visit: ConcernVisit): Promise<void> {
  const { pages, concerns, ctx, id, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const choices = Object.fromEntries(summaryParts.map((part) => [part, words.include[part]]))
  pages.send(response, {
    template: 'concern/summary/summary.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'summary', ctx.person),
      action: subPageHref(id, 'summary'),
      preparedFor: drafted.typed.one('preparedFor'),
      include: codeOptions(choices, drafted.typed.many('include')),
      draft: drafted.id,
      downloadHref: concern.mayWriteNotes ? `/concerns/${id}/download` : null,
    },
    wide: true,
    faults: faultsIn(drafted, readChoice, { words: words.errors }),
  })
}

async function choose(visit: ConcernVisit): Promise<void> {
  const { id, form } = visit
  const path = subPageHref(id, 'summary')
  await answerForm(visit, { place: placeOf(id), path, names }, async () => {
    readChoice(form)
    return draftHref(`${path}/paper`, await keepTyped(visit, placeOf(id), names))
  })
}

/** Recorded each time it is opened: whoever reloads it may have printed it twice. */
async function print(visit: ConcernVisit): Promise<void> {
  const { pages, concerns, ctx, id, response } = visit
  const { id: draft, typed } = await draftIn(visit, placeOf(id))
  const words = wordsIn(factsOf(response).language)
  const choice = draft === null ? { preparedFor: words.paper.nobody, include: [] } : readChoice(typed)
  const summary = await concerns.casework.printSummary(ctx, id, choice)
  pages.send(response, {
    template: 'concern/summary/paper.njk',
    title: concernTitle(summary.concern, words.paper.title),
    words,
    view: {
      ...paperView(summary),
      preparedFor: choice.preparedFor,
      by: ctx.person.name,
      backHref: subPageHref(id, 'overview'),
      staffWords,
    },
    wide: true,
  })
}
