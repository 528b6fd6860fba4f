import type { KeptText } from '../../../accounts/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { byName } from '../../staff/kept.ts'

export interface KeptView {
  readonly number: number
  readonly keptAt: string
  /** What was written in boxes, so that it can be copied whatever becomes of the form. */
  readonly texts: readonly string[]
  readonly hidden: readonly { readonly name: string; readonly value: string }[]
}

/** Longer than any code or id: somebody's own words. */
const wordy = 40

export function keptView(kept: readonly KeptText[]): readonly KeptView[] {
  return kept.map((text, index) => {
    const fields = Object.entries(byName(text.fields))
    return {
      number: index + 1,
      keptAt: instantText(text.keptAt),
      texts: fields.flatMap(([, values]) => values.filter((value) => value.length > wordy || value.includes('\n'))),
      hidden: fields.flatMap(([name, values]) => values.map((value) => ({ name, value }))),
    }
  })
}
