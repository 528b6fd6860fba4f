import { redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { everyReader, readersOf, standbyReadersOf } from '../../reporter/readers.ts'
import { steps } from '../../reporter/steps.ts'
import { whileWriting, type DraftVisit } from '../../reporter/visit.ts'
import { isKnown } from '../identity/view.ts'
import { showCheck } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Everything as it will be sent, and Send. Pressing twice, reloading, or coming back and pressing again gives one concern and one code. */
export function checkRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show = async (visit: DraftVisit, faults: readonly ShownFault[] = []): Promise<void> => {
    const { ctx, answers, response } = visit
    if (answers.narrative === undefined) return redirect(response, steps.whatHappened)
    const words = wordsIn(visit.language)
    const [settings, everyone, readers] = await Promise.all([
      deps.settings.current(),
      everyReader(deps, ctx, answers),
      readersOf(deps, ctx, answers),
    ])
    const standby = await standbyReadersOf(deps, ctx, answers, readers)
    const view = { action: steps.check, ...showCheck({ answers, settings, everyone, readers, standby }, words) }
    const back = isKnown(answers) ? steps.notes : steps.known
    pages.send(response, { template: 'check/check.njk', title: words.title, words, view, back, faults })
  }

  const send = async (visit: DraftVisit): Promise<void> => {
    try {
      await deps.concerns.drafts.send(visit.ctx, visit.key)
    } catch (error) {
      return show(visit, shownFaults(error))
    }
    redirect(visit.response, steps.code)
  }

  return [
    { method: 'get', path: steps.check, policy: reporterOnly, handle: whileWriting(pages, deps, (visit) => show(visit)) },
    { method: 'post', path: steps.check, policy: reporterOnly, body: 'form', handle: whileWriting(pages, deps, send) },
  ]
}
