import { canonicalJson, leafHash, type CanonicalValue } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'

export type Row = { readonly [name: string]: CanonicalValue }

/** A part of the settings that is changed and guarded as one: two people at once can't both change it. */
export interface Area {
  readonly setting: string
  /** The one of several of this kind, by its code: a text's key. */
  readonly item?: string
  /** The rows as they stand, always in the same order. */
  readonly read: (tx: Tx) => Promise<readonly Row[]>
  /** What the account of changes keeps of a row, where that is not all of it: nothing is ever taken out of the account. */
  readonly kept?: (row: Row) => Row
}

/**
 * The leaf hash (RFC 6962 2.1) of the rows' canonical text, in hexadecimal: what was set can be checked, and the log does not repeat
 * it. It is also what a form sends back as `seen`, to say from which state it was drawn.
 */
export function digestOfRows(rows: readonly Row[]): string {
  return Buffer.from(leafHash(canonicalJson(rows))).toString('hex')
}

/** The rows that went and those that came. A row that was changed is in both. */
export function differenceOf(
  before: readonly Row[],
  after: readonly Row[],
): { readonly removed: readonly Row[]; readonly added: readonly Row[] } {
  const textsOf = (rows: readonly Row[]) => new Set(rows.map(canonicalJson))
  const [old, now] = [textsOf(before), textsOf(after)]
  return {
    removed: before.filter((row) => !now.has(canonicalJson(row))),
    added: after.filter((row) => !old.has(canonicalJson(row))),
  }
}
