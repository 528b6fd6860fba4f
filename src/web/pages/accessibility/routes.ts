import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The accessibility statement. It takes no form and shows no result, so it has neither `form.ts` nor `view.ts`. */
export function accessibilityRoutes(pages: Pages): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/accessibility',
      policy: anyone,
      handle: (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        pages.send(response, { template: 'accessibility/accessibility.njk', title: words.title, words, back: '/' })
      },
    },
  ]
}
