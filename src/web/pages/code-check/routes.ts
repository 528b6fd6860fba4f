import { formFields, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { steps } from '../../reporter/steps.ts'
import { afterSend, onceSent, type SentVisit } from '../../reporter/visit.ts'
import { showCode } from '../sent/view.ts'
import { words as codeWords } from '../sent/words.en.ts'
import { readCodeCheck } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Two groups typed from what was written down, or Skip: a person must be able to get off this page at once. */
export function codeCheckRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show = ({ response, language }: SentVisit, view: object = {}, faults: readonly ShownFault[] = []): void => {
    const words = wordsIn(language)
    pages.send(response, {
      template: 'code-check/code-check.njk',
      title: words.title,
      words,
      view: { action: steps.codeCheck, ...view },
      faults,
    })
  }

  const goOn = ({ request, response, key }: SentVisit): void => {
    holdKeys(response, { ...readHeldKeys(request), draft: { key, progress: 'checked' } })
    redirect(response, steps.next)
  }

  const check = (visit: SentVisit): void => {
    const form = formFields(visit.request)
    if (visit.progress !== 'written_down') return redirect(visit.response, afterSend(visit.progress))
    if (form.has('skip')) return goOn(visit)
    const matches = readCodeCheck(form, visit.answer.token)
    if (matches.second && matches.fifth) return goOn(visit)
    const { mismatch } = wordsIn(visit.language)
    const faults = (['second', 'fifth'] as const).filter((field) => !matches[field]).map((field) => ({ field, text: mismatch[field] }))
    show(
      visit,
      { ...showCode(visit.answer.token, codeWords), codeWords: codeWords.code, second: form.one('second'), fifth: form.one('fifth') },
      faults,
    )
  }

  return [
    {
      method: 'get',
      path: steps.codeCheck,
      policy: reporterOnly,
      handle: onceSent(pages, deps, (visit) =>
        visit.progress === 'written_down' ? show(visit) : redirect(visit.response, afterSend(visit.progress)),
      ),
    },
    { method: 'post', path: steps.codeCheck, policy: reporterOnly, body: 'form', handle: onceSent(pages, deps, check) },
  ]
}
