import type { Request, Response } from 'express'
import { redirect, reporterOnly, type Route } from '../../../http/index.ts'
import type { Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { readHeldKeys } from '../../reporter/held-keys.ts'
import { steps } from '../../reporter/steps.ts'
import { afterSend, forgetDraft, visitorOf } from '../../reporter/visit.ts'
import { sendNext } from './send.ts'

/**
 * What happens next. The check is passed or skipped, so the receipt and its cookie die here: this is the last page that knows the dates, and
 * on a shared computer the next person who opens it learns nothing.
 */
export function nextRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const handle = async (request: Request, response: Response): Promise<void> => {
    const { draft } = readHeldKeys(request)
    const state = draft === null ? null : await deps.concerns.drafts.open(visitorOf(deps, response), draft.key)
    if (draft === null || state === null) return sendNext(pages, deps, response, null)
    if (state.kind === 'draft') return redirect(response, steps.check)
    if (draft.progress !== 'checked') return redirect(response, afterSend(draft.progress))
    await forgetDraft(deps, request, response, draft.key)
    await sendNext(pages, deps, response, state.answer)
  }

  return [{ method: 'get', path: steps.next, policy: reporterOnly, handle }]
}
