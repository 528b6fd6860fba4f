import type { Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { readElements } from './form.ts'
import { offeredCategories, showElements } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function elementsRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.elements,
    back: ({ immediateDanger }) => (immediateDanger === 'yes' ? steps.dangerNow : steps.danger),
    next: steps.whatHappened,
    template: 'elements/elements.njk',
    wordsIn,
    show: async ({ answers, ctx }, words) => {
      const { categories } = await deps.settings.current()
      return showElements(answers, offeredCategories(categories, answers, londonDate(ctx.now)), words)
    },
    read: readElements,
    retyped: (form) => ({ ticked: form.many('elements') }),
  })
}
