import { redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { steps } from '../../reporter/steps.ts'
import { afterSend, onceSent } from '../../reporter/visit.ts'
import { showSent } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * The code. Reloading shows it again until "I have written it down"; from then on only a failed check does. It stands on this page and in
 * no address, title or header.
 */
export function sentRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: steps.code,
      policy: reporterOnly,
      handle: onceSent(pages, deps, async ({ response, language, progress, answer }) => {
        if (progress !== 'open') return redirect(response, afterSend(progress))
        const words = wordsIn(language)
        const { rules } = await deps.settings.current()
        const view = { action: steps.code, ...showSent(answer, rules, words), codeWords: words.code }
        pages.send(response, { template: 'sent/sent.njk', title: words.title, words, view })
      }),
    },
    {
      method: 'post',
      path: steps.code,
      policy: reporterOnly,
      body: 'form',
      handle: onceSent(pages, deps, ({ request, response, key, progress }) => {
        const next = progress === 'open' ? 'written_down' : progress
        holdKeys(response, { ...readHeldKeys(request), draft: { key, progress: next } })
        redirect(response, afterSend(next))
      }),
    },
  ]
}
