import type { Secret } from 'jsonwebtoken'
import type { AuditedTransaction } from '../audit/index.ts'
import type { Database } from '../database/index.ts'
import type { Clock, Log, Random } from '../kernel/index.ts'
import type { PasswordCost } from '../vault/index.ts'

/** A parsed key (node's KeyObject), never its text: the library would guess what a text is meant to be. */
type KeyObject = Extract<Secret, { readonly export: unknown }>

/** The key that signs access tokens and the keys a token may name. A token's `kid` is looked up here and nowhere else. */
export interface SessionKeys {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKeys: ReadonlyMap<string, KeyObject>
}

/** What the service knows of its recipients without asking the database (`security.md` 2). */
export interface Pins {
  /** X25519, base64. */
  readonly recoveryKey: string
  /** Ed25519, base64: who rebuilt the key may sign a list of recipients. Absent in a demonstration, whose key nobody can rebuild. */
  readonly recoverySignKey?: string
  /** Fingerprints of the guardians who signed the first recipient set before anybody else. */
  readonly guardians: readonly string[]
  /** The newest set this service has seen whole: an older one is not taken again. */
  readonly set: { readonly version: number; readonly digest: string } | null
}

export interface PinStore {
  /** Null where nothing was ever pinned. Throws where the file is not whole. */
  read(): Pins | null
  write(pins: Pins): void
}

/** What the room needs of the world; `src/composition.ts` fills it in. */
export interface AccountsDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly secrets: { readonly passwordPepper: Uint8Array; readonly totpKey: Uint8Array; readonly session: SessionKeys }
  readonly pins: PinStore
  readonly passwordCost: PasswordCost
  /** Lets few runs of Argon2id in at once. Refusal `overloaded` where too many wait. */
  readonly gate: <T>(work: () => Promise<T>) => Promise<T>
}
