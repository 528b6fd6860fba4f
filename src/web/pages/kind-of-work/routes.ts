import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { readWork } from './form.ts'
import { showWork } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function workRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.work,
    back: steps.whereAndWhen,
    next: steps.treatment,
    template: 'kind-of-work/kind-of-work.njk',
    wordsIn,
    show: ({ answers }, words) => showWork(answers, words),
    read: readWork,
    retyped: () => ({}),
  })
}
