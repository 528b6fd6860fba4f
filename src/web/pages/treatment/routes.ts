import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { readTreatment } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function treatmentRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.treatment,
    back: steps.work,
    next: steps.about,
    template: 'treatment/treatment.njk',
    wordsIn,
    show: ({ answers }) => ({ treatedBadly: answers.treatedBadly }),
    read: readTreatment,
    retyped: () => ({}),
  })
}
