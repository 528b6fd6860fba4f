import type { Random } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { commitmentHolds, commitTo, deriveKey, openUnder, sealUnder } from '../../vault/index.ts'
import { composeEntry, type AuditDraft, type ComposedEntry } from '../entry.ts'
import { insertOpening } from './opening-store.ts'

/** An entry that lets somebody in, before it commits to their name. */
export type NamingDraft = Extract<AuditDraft, { readonly kind: 'person_added' | 'person_invited' | 'person_enrolled' }>

/** A name with what proves it: base64url, 32 bytes. */
export interface OpenedName {
  readonly name: string
  readonly salt: string
}

export interface NameOpenings {
  /**
   * The entry with a commitment to the name (`who`), and what opens it written beside. For the list of entries of an audited transaction: an opening
   * without its entry is refused by the database.
   */
  readonly commit: (tx: Tx, draft: NamingDraft, name: string) => Promise<ComposedEntry>
  /** Null where the row is not ours, or the name is not what `who` commits to: then nobody stands behind the alias who could be named. */
  readonly open: (
    opening: { readonly entryId: string; readonly alias: string; readonly sealed: Uint8Array },
    who: string,
  ) => OpenedName | null
}

const contextOf = (entryId: string): string => `name behind an alias|${entryId}`

/** Says what it is of, so that it opens nothing but a name of this person. The auditors' verifier makes the same text. */
const contentOf = (alias: string, name: string): Uint8Array => new TextEncoder().encode(`who\n${alias}\n${name}`)

/** `serverSecret` lies outside the database; openings get a key of their own made from it. */
export function createNameOpenings(random: Random, serverSecret: Uint8Array): NameOpenings {
  const key = deriveKey(serverSecret, new Uint8Array(0), 'names behind aliases')
  return {
    commit: async (tx, draft, name) => {
      const alias = String(draft.fields.person)
      const { salt, commitment } = commitTo(random, contentOf(alias, name))
      const entry = composeEntry(random, { ...draft, fields: { ...draft.fields, who: base64url(commitment) } }, null)
      const opened: OpenedName = { name, salt: base64url(salt) }
      const sealed = sealUnder(key, contextOf(entry.id), new TextEncoder().encode(JSON.stringify(opened)), { padded: true })
      await insertOpening(tx, { entryId: entry.id, alias, sealed })
      return entry
    },
    open: ({ entryId, alias, sealed }, who) => {
      const bytes = openUnder(key, contextOf(entryId), new Uint8Array(sealed))
      if (bytes === null) return null
      const opened = JSON.parse(new TextDecoder().decode(bytes)) as OpenedName
      const holds = commitmentHolds(Buffer.from(opened.salt, 'base64url'), contentOf(alias, opened.name), Buffer.from(who, 'base64url'))
      return holds ? opened : null
    },
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
