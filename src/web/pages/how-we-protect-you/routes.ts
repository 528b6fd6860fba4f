import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What is protected and what is not, in plain words; SECURITY.md says the same at length. */
export function howWeProtectYouRoutes(pages: Pages): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/how-we-protect-you',
      policy: anyone,
      handle: (request, response) => {
        const words = wordsIn(factsOf(response).language)
        pages.send(response, { template: 'how-we-protect-you/how-we-protect-you.njk', title: words.title, words, back: wayBack(request) })
      },
    },
  ]
}
