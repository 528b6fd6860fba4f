import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { readersOf } from '../../reporter/readers.ts'
import { steps } from '../../reporter/steps.ts'
import { readIdentity } from './form.ts'
import { isKnown, knowersAmong, showIdentity } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function identityRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.identity,
    back: steps.known,
    next: steps.notes,
    // Somebody anonymous has no name to give here: Back and Forward may bring them all the same.
    onlyIf: isKnown,
    otherwise: steps.known,
    template: 'identity/identity.njk',
    wordsIn,
    show: async ({ ctx, answers }, words) => showIdentity(answers, knowersAmong(await readersOf(deps, ctx, answers)), words),
    read: readIdentity,
    retyped: (form) => ({ name: form.one('name'), contact: form.one('contact') }),
    faultWords: () => ({ fields: { '/identity/name': 'name', '/identity/contact': 'contact' } }),
  })
}
