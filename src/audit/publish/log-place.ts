/** Where a page of the log begins: at an index, or among the entries that wait for theirs. */
export type LogPlace =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'waiting'; readonly lane: 'staff' | 'reporter'; readonly after: { readonly key: string; readonly id: string } | null }

export const beginning: LogPlace = { kind: 'index', index: 0 }
const waitingMark = 'waiting.'

/** As callers send it back: `from` of the next page. */
export function writePlace(place: LogPlace): string {
  if (place.kind === 'index') return String(place.index)
  const { lane, after } = place
  return waitingMark + Buffer.from(JSON.stringify([lane, after?.key ?? null, after?.id ?? null])).toString('base64url')
}

/** Null for what no page gave. Decimal digits are an index. */
export function readPlace(text: string): LogPlace | null {
  if (/^\d{1,15}$/.test(text)) return { kind: 'index', index: Number(text) }
  if (!text.startsWith(waitingMark)) return null
  const [lane, key, id] = partsOf(text.slice(waitingMark.length))
  if (lane !== 'staff' && lane !== 'reporter') return null
  if (key === null && id === null) return { kind: 'waiting', lane, after: null }
  const sound = typeof key === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(key)) && /^[0-9a-f-]{36}$/.test(id)
  return sound ? { kind: 'waiting', lane, after: { key, id } } : null
}

function partsOf(encoded: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return Array.isArray(parts) && parts.length === 3 ? parts : []
  } catch {
    return []
  }
}
