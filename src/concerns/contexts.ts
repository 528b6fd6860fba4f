import type { ConcernId } from '../kernel/index.ts'
import type { PrivateKeys } from '../vault/index.ts'

/** Somebody without an account. Carries nothing about them. */
export interface VisitorContext {
  readonly requestId: string
  readonly now: Temporal.Instant
}

/** The person who raised a concern, with the keys their token opened. */
export interface ReporterContext extends VisitorContext {
  readonly concernId: ConcernId
  readonly keys: PrivateKeys
  /** Staff recorded the concern and held the code first; no new one was taken yet. */
  readonly handedOver: boolean
}

/** Proof that two requests are one: the draft's cookie key or the Idempotency-Key. Null: no receipt is kept. */
export type ClientSecret = string | null
