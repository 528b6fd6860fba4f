import type { StoredEntry } from '../../audit/index.ts'

type Happened = Pick<StoredEntry, 'kind' | 'text'>

/** Whether an answer can reach the person: whoever raised a concern here has a code, unless they told its recorder that they want none. */
export function hasReturnChannel(entries: readonly Happened[]): boolean {
  const recorded = entries.find(({ kind }) => kind === 'concern_recorded')
  if (recorded === undefined) return true
  return (JSON.parse(recorded.text) as { fields: { returnChannel?: unknown } }).fields.returnChannel !== false
}

/** Whether the code has been in other hands and still works: somebody recorded the concern, and the person has not come back yet. */
export function codeIsShared(entries: readonly Happened[]): boolean {
  const kinds = new Set(entries.map(({ kind }) => kind))
  return kinds.has('concern_recorded') && hasReturnChannel(entries) && !kinds.has('token_replaced')
}
