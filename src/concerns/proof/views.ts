import type { CanonicalValue, ProvenEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import type { Reader } from '../views.ts'

/** What `verify-log.mjs receipt` checks. */
export interface ProofFile {
  readonly format: 'forthright-proof-of-raising/1'
  /** The exact text of the entry that was written when the concern was raised. */
  readonly entry: string
  /** That the entry is in the log (C2SP tlog-proof); null while it waits for its place. */
  readonly proof: string | null
  /** What the entry committed to. Salts and digests as base64url and hex; a part's text is its value as canonical JSON. */
  readonly opening: {
    readonly salt: string
    readonly list: string
    readonly shown: Readonly<Record<string, { readonly salt: string; readonly value: CanonicalValue }>>
  }
}

/** A proof for programs, and the same facts for people. */
export interface ProofOfRaising {
  /** Null once it is in the log. */
  readonly comeBackOn: DateText | null
  readonly raisedOn: DateText
  /** The day of its entry: later than `raisedOn` where somebody else recorded it. */
  readonly enteredOn: DateText
  readonly readers: readonly Pick<Reader, 'role' | 'name'>[]
  /** All that was said, by the names of the questions; null where it is kept back. */
  readonly said: Readonly<Record<string, CanonicalValue | undefined>> | null
  readonly entryId: string
  readonly place: Omit<ProvenEntry, 'proof'> | null
  readonly file: ProofFile
}
