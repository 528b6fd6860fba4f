import type { Request, Response } from 'express'
import { factsOf, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { steps } from '../../reporter/steps.ts'
import { afterSend, kindly, visitorOf } from '../../reporter/visit.ts'
import { sendDeadEnd } from '../dead-end/send.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** How to stay safe. Its Continue begins the draft and sets the one cookie; nothing was set before. */
export function stayingSafeRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: steps.stayingSafe,
      policy: reporterOnly,
      handle: (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        const view = { action: steps.stayingSafe }
        pages.send(response, { template: 'staying-safe/staying-safe.njk', title: words.title, words, view, back: steps.start })
      },
    },
    {
      method: 'post',
      path: steps.stayingSafe,
      policy: reporterOnly,
      body: 'form',
      handle: kindly(pages, deps, (request, response) => begin(deps, request, response)),
    },
    {
      // The cookie was set a moment ago: a browser that does not send it now has refused it.
      method: 'get',
      path: steps.cookieKept,
      policy: reporterOnly,
      handle: async (request, response) => {
        if (readHeldKeys(request).draft === null) return sendDeadEnd(pages, deps, response, 'noCookie')
        redirect(response, steps.danger)
      },
    },
  ]
}

/** Coming back here by Back and pressing Continue again keeps the answers; after Send it leads to the code. */
async function begin(deps: ReporterDeps, request: Request, response: Response): Promise<void> {
  const held = readHeldKeys(request)
  const ctx = visitorOf(deps, response)
  const state = held.draft === null ? null : await deps.concerns.drafts.open(ctx, held.draft.key)
  if (state?.kind === 'draft') return redirect(response, steps.danger)
  if (state?.kind === 'sent' && held.draft !== null) return redirect(response, afterSend(held.draft.progress))
  // Nobody begins to write for a closed door
  if (!(await deps.settings.current()).values.service.open) throw new Refusal('intake_closed')
  const { key } = await deps.concerns.drafts.begin(ctx)
  holdKeys(response, { draft: { key, progress: 'open' }, inbox: held.inbox, renewal: held.renewal })
  redirect(response, steps.cookieKept)
}
