import type { KeptText } from '../../../accounts/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { labels } from '../../../workflow/index.ts'
import { byName } from '../../staff/kept.ts'
import { labelOf } from '../../staff/options.ts'
import { words } from './words.en.ts'

export interface KeptView {
  readonly number: number
  readonly heading: string
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
      heading: headingOf(text.place),
      keptAt: instantText(text.keptAt),
      texts: fields.flatMap(([, values]) => values.filter((value) => value.length > wordy || value.includes('\n'))),
      hidden: fields.flatMap(([name, values]) => values.map((value) => ({ name, value }))),
    }
  })
}

/** What the form was for, by its path: `/concerns/…/actions/triage`, `/concerns/…/messages/preview`, `/approvals/…`. */
function headingOf(place: string): string {
  const steps = place.split('/')
  const known: Readonly<Record<string, string>> = { ...labels.actions, ...words.places }
  const step = steps.findLast((each) => Object.hasOwn(known, each))
  return step === undefined ? words.otherPlace : labelOf(known, step)
}
