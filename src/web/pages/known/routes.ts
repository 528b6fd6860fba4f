import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { readersOf } from '../../reporter/readers.ts'
import { steps } from '../../reporter/steps.ts'
import { isKnown, knowersAmong } from '../identity/view.ts'
import { readKnown } from './form.ts'
import { showKnown } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function knownRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.known,
    back: steps.readers,
    next: (answers) => (isKnown(answers) ? steps.identity : steps.check),
    alwaysNext: true,
    template: 'known/known.njk',
    wordsIn,
    show: async ({ ctx, answers }, words) => showKnown(answers, knowersAmong(await readersOf(deps, ctx, answers)), words),
    read: readKnown,
    retyped: () => ({}),
  })
}
