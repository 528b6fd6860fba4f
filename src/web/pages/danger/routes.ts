import { reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { localTexts } from '../../reporter/local-texts.ts'
import { steps } from '../../reporter/steps.ts'
import { whileWriting } from '../../reporter/visit.ts'
import { onCallView } from './on-call-view.ts'
import { readDanger } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function dangerRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    ...questionRoutes(pages, deps, {
      path: steps.danger,
      back: steps.stayingSafe,
      next: ({ immediateDanger }) => (immediateDanger === 'yes' ? steps.dangerNow : steps.elements),
      template: 'danger/danger.njk',
      wordsIn,
      show: ({ answers }) => ({ immediateDanger: answers.immediateDanger }),
      read: readDanger,
      retyped: () => ({}),
      faultWords: (words) => ({ words: words.errors }),
    }),
    {
      method: 'get',
      path: steps.dangerNow,
      policy: reporterOnly,
      handle: whileWriting(pages, deps, async ({ response, language }) => {
        const words = wordsIn(language)
        const [local, settings] = await Promise.all([localTexts(deps, 'local.danger'), deps.settings.current()])
        const onCall = onCallView(settings, deps, words.now.onCall)
        const view = { next: steps.elements, local, contacts: settings.contacts, onCall }
        pages.send(response, { template: 'danger/now.njk', title: words.now.title, words, view, back: steps.danger })
      }),
    },
  ]
}
