import type { Request, Response } from 'express'
import type { KeptText } from '../../../accounts/index.ts'
import { factsOf, formFields, readCookie, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { homeOf } from '../../staff/navigation.ts'
import { sessionCookie } from '../../staff/session-cookie.ts'
import { keptView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * The first page after signing in: gives back what was written when a session ended, else goes on to the person's own first page. Taking a
 * text out of safekeeping deletes it there, so what is only shown is put back: a reload loses nothing.
 */
export function keptRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'accounts'>): readonly Route[] {
  const { staffContext, accounts } = deps

  const keep = async (request: Request, texts: readonly KeptText[]) => {
    const token = readCookie(request, sessionCookie) ?? ''
    // Oldest first, so that the order stays
    for (const { place, fields } of texts.toReversed()) await accounts.keepText(token, { place, fields })
  }

  const take = (response: Response) => accounts.takeKeptText(staffContext(response))

  return [
    {
      method: 'get',
      path: '/kept',
      policy: staffOnly(),
      handle: async (request, response) => {
        const kept = await take(response)
        const home = homeOf(staffContext(response).person)
        if (kept.length === 0) return redirect(response, home)
        await keep(request, kept)
        const words = wordsIn(factsOf(response).language)
        pages.send(response, { template: 'kept/kept.njk', title: words.title, words, view: { kept: keptView(kept), home } })
      },
    },
    {
      method: 'post',
      path: '/kept',
      policy: staffOnly(),
      body: 'form',
      handle: async (request, response) => {
        const form = formFields(request)
        const kept = await take(response)
        const chosen = kept[Number(form.one('kept')) - 1]
        await keep(
          request,
          kept.filter((text) => text !== chosen),
        )
        if (chosen === undefined || form.has('drop')) return redirect(response, '/kept')
        // 307 sends the same fields on to the form they came from, `change` among them, which draws it and does nothing
        response.redirect(307, chosen.place)
      },
    },
  ]
}
