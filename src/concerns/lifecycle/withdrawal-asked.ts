import type { StoredEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'

/**
 * The day on which the person asked to withdraw, where nobody has decided on it yet. Each decision says how many askings it had before it: the two
 * lanes share no clock that could put them in order.
 */
export function withdrawalAskedOn(entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[]): DateText | null {
  const asked = entries.filter(({ kind }) => kind === 'withdrawal_asked')
  const decided = entries.findLast(({ kind }) => kind === 'concern_withdrawn')
  const answered = decided === undefined ? 0 : ((JSON.parse(decided.text) as { fields: { asked?: number } }).fields.asked ?? 0)
  return asked[answered]?.on ?? null
}

/** Whether somebody decided that the organisation must act though the person withdrew. */
export function wentOnWithout(entries: readonly Pick<StoredEntry, 'kind' | 'text'>[]): boolean {
  const decided = entries.findLast(({ kind }) => kind === 'concern_withdrawn')
  return (
    decided !== undefined && (JSON.parse(decided.text) as { fields: { organisationMustAct?: boolean } }).fields.organisationMustAct === true
  )
}

/** How often the person has asked so far. */
export function timesAsked(entries: readonly Pick<StoredEntry, 'kind'>[]): number {
  return entries.filter(({ kind }) => kind === 'withdrawal_asked').length
}
