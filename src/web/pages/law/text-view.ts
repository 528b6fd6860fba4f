import { editionOf, textPages, type TextPage, type Texts, type TextVersion } from '../../../settings/index.ts'
import { readDate, type DateText } from '../../../kernel/index.ts'
import { dateInWords } from '../../layout/index.ts'
import { coarseDateInWords } from '../check/view.ts'
import type { words as english } from './words.en.ts'

type TextWords = (typeof english)['text']

/** A text as every page shows it: all of it in strings, with its source, its date, how sure we are, and its version. */
export interface ShownText {
  readonly id: string
  readonly kind: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly quote: string | null
  /** Stands under the text for all to see where nobody has compared its words with the source; null elsewhere. */
  readonly doubt: string | null
  readonly sourceLabel: string
  readonly source: string
}

export function showText(text: TextVersion, words: TextWords): ShownText {
  const parts = [
    text.sourceDate === text.readOn ? words.undated(text.source) : words.source(text.source, coarseDateInWords(text.sourceDate)),
    words.sureness[text.mark](dateInWords(text.readOn)),
    ...(text.wording === 'check' ? [words.check] : []),
    words.version(String(text.version), dateInWords(text.validFrom)),
  ]
  return {
    id: text.key.replace('.', '-'),
    kind: words.kinds[text.kind],
    heading: text.heading,
    paragraphs: text.body.split('\n\n').filter((paragraph) => paragraph !== ''),
    quote: text.quote,
    doubt: text.mark === 'K+' || text.wording === 'check' ? words.doubt : null,
    sourceLabel: words.sourceLabel,
    source: parts.join(' '),
  }
}

/** What a page of texts says on a day, and its mark, which a concern keeps. */
export interface TextPageView {
  readonly find: (start: string) => readonly ShownText[]
  readonly edition: string
}

/** `find` gives the texts whose keys start so, in the order of the page. */
export async function showTextPage(texts: Texts, page: TextPage, on: DateText, words: TextWords): Promise<TextPageView> {
  const inForce = await texts.textsInForce(textPages[page], on)
  return {
    find: (start) => inForce.filter(({ key }) => key.startsWith(`${page}.${start}`)).map((text) => showText(text, words)),
    edition: words.edition(dateInWords(on), editionOf(inForce)),
  }
}

export interface Section {
  readonly heading: string
  readonly lead?: string
  readonly texts: readonly ShownText[]
}

/** Sections with a place to jump to: these pages are long on a phone, and most readers come for one part. */
export function withPlaces(sections: readonly Section[]): readonly (Section & { readonly id: string })[] {
  return sections.map((section, at) => ({ ...section, id: `part-${at + 1}` }))
}

/** `?on=2026-11-22` shows a page as it was on a past day: whoever handles a concern can read what its sender could. Anything else is today. */
export function dayAsked(asked: string, today: DateText): DateText {
  const day = readDate(asked)
  return day === null || day > today ? today : day
}
