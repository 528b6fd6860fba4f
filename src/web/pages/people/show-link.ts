import type { Response } from 'express'
import type { OneTimeLink } from '../../../accounts/index.ts'
import { factsOf } from '../../../http/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * The link, in the answer to the form and nowhere else: no address leads back to it, and no browser keeps the page.
 */
export function showLink(
  pages: Pages,
  response: Response,
  publicOrigin: string,
  { secret, expiresAt }: OneTimeLink,
  { name, from }: { readonly name: string; readonly from: 'people' | 'countersign' },
): void {
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'people/link.njk',
    title: words.link.title,
    words,
    view: {
      lead: words.link.lead(name),
      link: new URL(`/enrol/link/${secret}`, publicOrigin).href,
      until: instantText(expiresAt),
      back: { href: `/${from}`, text: from === 'people' ? words.link.back : words.link.toCountersign },
    },
  })
}
