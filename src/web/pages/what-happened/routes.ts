import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { readWhatHappened } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function whatHappenedRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.whatHappened,
    back: steps.elements,
    next: steps.whereAndWhen,
    template: 'what-happened/what-happened.njk',
    wordsIn,
    show: ({ answers }) => ({ narrative: answers.narrative }),
    read: readWhatHappened,
    retyped: (form) => ({ narrative: form.one('narrative') }),
    faultWords: (words) => ({ words: words.errors }),
  })
}
