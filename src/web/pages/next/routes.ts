import type { Request, Response } from 'express'
import type { RaisedAnswer } from '../../../concerns/index.ts'
import { factsOf, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { readHeldKeys } from '../../reporter/held-keys.ts'
import { inboxSteps, steps } from '../../reporter/steps.ts'
import { afterSend, forgetDraft, visitorOf } from '../../reporter/visit.ts'
import { showNext } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * What happens next. The check is passed or skipped, so the receipt and its cookie die here: this is the last page that knows the dates, and
 * on a shared computer the next person who opens it learns nothing.
 */
export function nextRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show = async (response: Response, answer: RaisedAnswer | null): Promise<void> => {
    const words = wordsIn(factsOf(response).language)
    const { contacts } = await deps.settings.current()
    const view = { ...showNext(answer, words), contacts, comeBack: inboxSteps.code }
    pages.send(response, { template: 'next/next.njk', title: words.title, words, view })
  }

  const handle = async (request: Request, response: Response): Promise<void> => {
    const { draft } = readHeldKeys(request)
    const state = draft === null ? null : await deps.concerns.drafts.open(visitorOf(deps, response), draft.key)
    if (draft === null || state === null) return show(response, null)
    if (state.kind === 'draft') return redirect(response, steps.check)
    if (draft.progress !== 'checked') return redirect(response, afterSend(draft.progress))
    await forgetDraft(deps, request, response, draft.key)
    await show(response, state.answer)
  }

  return [{ method: 'get', path: steps.next, policy: reporterOnly, handle }]
}
