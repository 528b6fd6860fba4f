import type { z } from 'zod'
import type { DateText } from '../../kernel/index.ts'
import { editionOf, type TextPage, type TextVersion } from '../../settings/index.ts'
import type { textsAnswer } from './schema.ts'

export function presentTexts(page: TextPage, on: DateText, texts: readonly TextVersion[]): z.infer<typeof textsAnswer> {
  return {
    page,
    on,
    edition: editionOf(texts),
    items: texts.map(({ key, version, validFrom, kind, heading, body, quote, source, sourceDate, readOn, mark, wording }) => ({
      key,
      version,
      validFrom,
      kind,
      heading,
      body,
      quote,
      source,
      sourceDate,
      readOn,
      mark,
      wording,
    })),
  }
}
