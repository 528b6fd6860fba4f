import type { StoredEntry } from '../../audit/index.ts'

/** The investigation under way or the last that was: who was named, and which sealed items the entry vouches for. */
export interface Investigation {
  /** As the log names the investigator. */
  readonly investigator: string | undefined
  readonly items: ReadonlySet<string>
}

/** Read from the log: after a concern was reopened an earlier investigator still holds the key to an earlier investigation. */
export function investigationOf(entries: readonly Pick<StoredEntry, 'kind' | 'text'>[]): Investigation | null {
  const started = entries.findLast(({ kind }) => kind === 'investigation_started')
  if (started === undefined) return null
  const { investigator, item } = (JSON.parse(started.text) as { fields: { investigator?: string; item?: string | readonly string[] } })
    .fields
  return { investigator, items: new Set(typeof item === 'string' ? [item] : item) }
}
