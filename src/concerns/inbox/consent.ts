import type { Consent } from '../../workflow/index.ts'
import { wentOnWithout } from '../lifecycle/withdrawal-asked.ts'
import type { OpenConcern } from '../sealing/opening.ts'

/**
 * What the person has agreed to: what triage recorded, unless they have chosen to be open since, which is their own word. A triage of a later day
 * goes before it; on the same day nobody knows which was first, and the person's own act counts. Who withdrew agrees to nothing any more.
 */
export function consentOf({ header, entries }: Pick<OpenConcern, 'header' | 'entries'>): Consent | null {
  // By header or log: an older header put back in place must not let a name go after all.
  if (header?.organisationLed === true || wentOnWithout(entries)) return 'do_not_share_identity'
  const opened = entries.findLast(({ kind, text }) => kind === 'openness_changed' && becameOpen(text))
  const triaged = entries.findLast(({ kind }) => kind === 'concern_triaged')
  if (opened !== undefined && (triaged === undefined || triaged.on <= opened.on)) return 'share_as_agreed'
  return header?.consent ?? null
}

function becameOpen(entryText: string): boolean {
  return (JSON.parse(entryText) as { fields: { openness?: string } }).fields.openness === 'open'
}
