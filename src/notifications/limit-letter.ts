import { words } from './limit-words.en.ts'
import type { Letter } from './write-letter.ts'

interface Limit {
  readonly limit: number
  readonly unit: keyof typeof words.units
  readonly force: keyof typeof words.forces
  readonly source: string
}

/** A change of a time limit, as it was announced or taken back. */
export interface LimitSaid {
  readonly code: string
  readonly label: string
  readonly before: Limit
  readonly after: Limit & { readonly validFrom: string }
  readonly withdrawn: boolean
}

/** What letters about limits are called in the outbox. */
export const limitCause = 'limit'

/** The letter to staff side about a limit, but for whom it goes to. */
export function limitLetter({ code, label, before, after, withdrawn }: LimitSaid): Pick<Letter, 'subject' | 'text' | 'files'> {
  const said = {
    name: `${code}, ${label}`,
    before: amount(before),
    after: amount(after),
    from: Temporal.PlainDate.from(after.validFrom).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
    force: words.forces[after.force],
    source: after.source,
  }
  return withdrawn
    ? { subject: words.withdrawnSubject(code), text: words.withdrawnText(said), files: [] }
    : { subject: words.subject(code), text: words.text(said), files: [] }
}

function amount({ limit, unit }: Limit): string {
  const [one, more] = words.units[unit] as [string, string]
  return `${limit} ${limit === 1 ? one : more}`
}
