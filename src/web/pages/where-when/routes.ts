import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { readWhereAndWhen } from './form.ts'
import { showWhereAndWhen } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function whereAndWhenRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.whereAndWhen,
    back: steps.whatHappened,
    next: steps.work,
    template: 'where-when/where-when.njk',
    wordsIn,
    show: async ({ answers }, words) => showWhereAndWhen(answers, await deps.settings.current(), words),
    read: readWhereAndWhen,
    retyped: (form) => ({ happened: form.one('happened'), day: form.one('day'), month: form.one('month'), year: form.one('year') }),
    faultWords: (words) => ({ fields: { '/awareSince': 'awareSince-year' }, words: { 'awareSince-year': words.errors.awareSince } }),
  })
}
