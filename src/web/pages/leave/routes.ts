import type { Request, Response } from 'express'
import { factsOf, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { firstValues } from '../../../settings/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { steps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const path = '/leave'

/**
 * Leave: deletes the draft, receipt and open inbox of this browser, lets go of the cookie and goes to a page about nothing. A link, because
 * the CSP's `form-action` would stop a form at the border. It acts only where the browser says that our own page or the person asked;
 * where it says nothing (Safari before 16.4) or another site asked, a button takes the link's place.
 */
export function leaveRoutes(pages: Pages, deps: Pick<ReporterDeps, 'concerns' | 'settings'>): readonly Route[] {
  const wipe = async (request: Request, response: Response): Promise<void> => {
    const { draft, inbox, renewal } = readHeldKeys(request)
    holdKeys(response, { draft: null, inbox: null, renewal: null })
    if (draft !== null) await deps.concerns.drafts.forget(draft.key)
    if (inbox !== null) await deps.concerns.inboxSessions.close(inbox)
    if (renewal !== null) await deps.concerns.inboxSessions.forgetToken(renewal)
  }

  return [
    {
      method: 'get',
      path,
      policy: reporterOnly,
      handle: async (request, response) => {
        const { draft, inbox, renewal } = readHeldKeys(request)
        const site = request.get('sec-fetch-site')
        const asked = site === 'same-origin' || site === 'none'
        if (!asked && (draft ?? inbox ?? renewal) !== null) {
          const words = wordsIn(factsOf(response).language)
          return pages.send(response, { template: 'leave/leave.njk', title: words.title, words, view: { action: path }, leave: false })
        }
        if (asked) await wipe(request, response)
        response.redirect(303, await targetOf(deps))
      },
    },
    {
      method: 'post',
      path,
      policy: reporterOnly,
      body: 'form',
      handle: async (request, response) => {
        await wipe(request, response)
        redirect(response, steps.start)
      },
    },
  ]
}

/** Where an administrator said; whoever has to leave gets away even where nothing can be read. */
async function targetOf({ settings }: Pick<ReporterDeps, 'settings'>): Promise<string> {
  try {
    return (await settings.current()).values.service.leaveTo
  } catch {
    return firstValues.service.leaveTo
  }
}
