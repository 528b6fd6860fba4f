/** Where a page of the log begins: at an index, or among the entries that wait for theirs. */
export type LogPlace =
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'waiting'
      readonly lane: 'staff' | 'reporter'
      readonly after: { readonly key: string; readonly id: string } | null
      /** When the walk came to what waits: each page read is an entry too, and the walk would never end. */
      readonly until: Temporal.Instant
    }

export const beginning: LogPlace = { kind: 'index', index: 0 }
const waitingMark = 'waiting.'

/** As callers send it back: `from` of the next page. */
export function writePlace(place: LogPlace): string {
  if (place.kind === 'index') return String(place.index)
  const { lane, after, until } = place
  return waitingMark + Buffer.from(JSON.stringify([lane, after?.key ?? null, after?.id ?? null, until.toString()])).toString('base64url')
}

/** Null for what no page gave. Decimal digits are an index. */
export function readPlace(text: string): LogPlace | null {
  if (/^\d{1,15}$/.test(text)) return { kind: 'index', index: Number(text) }
  if (!text.startsWith(waitingMark)) return null
  const [lane, key, id, time] = partsOf(text.slice(waitingMark.length))
  const until = instantOf(time)
  if ((lane !== 'staff' && lane !== 'reporter') || until === null) return null
  if (key === null && id === null) return { kind: 'waiting', lane, after: null, until }
  const sound = instantOf(key) !== null && typeof key === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
  return sound ? { kind: 'waiting', lane, after: { key, id }, until } : null
}

function partsOf(encoded: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return Array.isArray(parts) && parts.length === 4 ? parts : []
  } catch {
    return []
  }
}

function instantOf(text: unknown): Temporal.Instant | null {
  try {
    return typeof text === 'string' ? Temporal.Instant.from(text) : null
  } catch {
    return null
  }
}
