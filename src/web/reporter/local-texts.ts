import { londonDate } from '../../kernel/index.ts'
import { paragraphsOf, type LocalTextKey } from '../../settings/index.ts'
import type { ReporterDeps } from './deps.ts'

/** What the organisation adds to a page in its own words, `view.local` of `local.njk`; none where nobody wrote anything. */
export interface LocalText {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

export async function localTexts(
  { texts, clock }: Pick<ReporterDeps, 'texts' | 'clock'>,
  key: LocalTextKey,
): Promise<readonly LocalText[]> {
  const inForce = await texts.textsInForce([key], londonDate(clock.now()))
  return inForce.map(({ heading, body }) => ({ heading, paragraphs: paragraphsOf(body) }))
}
