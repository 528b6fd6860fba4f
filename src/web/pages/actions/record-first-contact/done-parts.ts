import type { HistoryEvent } from '../../../../concerns/index.ts'

/** The parts of the first contact that are on record, as the history says. */
export function donePartsIn(history: readonly HistoryEvent[]): ReadonlySet<string> {
  return new Set(
    history.flatMap(({ kind, fields }) =>
      kind === 'first_contact_recorded' && Array.isArray(fields['parts']) ? fields['parts'].map(String) : [],
    ),
  )
}
