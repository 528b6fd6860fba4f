import type { StoredEntry } from '../../audit/index.ts'

/** The fields of an entry, as its text says. */
export function fieldsOf({ text }: Pick<StoredEntry, 'text'>): Readonly<Record<string, unknown>> {
  return (JSON.parse(text) as { readonly fields: Readonly<Record<string, unknown>> }).fields
}
