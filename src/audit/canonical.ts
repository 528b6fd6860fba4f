/** What an entry may hold. No fractions, dates or undefined: one value has one text. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue }

/**
 * The one text of a value: RFC 8785 for strings, safe integers, booleans, null, arrays and objects. An entry's hash is over
 * exactly these characters, so they are stored as text (`jsonb` would reorder them).
 * Throws a TypeError on a fraction, an unsafe integer or a lone surrogate.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers have a canonical text')
    return String(Object.is(value, -0) ? 0 : value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical text')
    return JSON.stringify(value)
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort() // UTF-16 code units, as RFC 8785 3.2.3 says
    .map((name) => `${canonicalJson(name)}:${canonicalJson(value[name]!)}`)
  return `{${members.join(',')}}`
}

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value)
}
