import { hasRole, Refusal, type Alias, type UserId } from '../../kernel/index.ts'
import { keyedHash } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import type { Rights, StaffContext } from '../person.ts'

/** Why somebody gets a one-time link: to enrol, or to set up a new second factor after two people agreed to it. */
export type Purpose = 'enrol' | 'second_factor'

/** How a link came to its end, other than by time. */
export type Ending = 'used' | 'withdrawn' | 'refused'

export interface Invitation extends Rights {
  readonly id: string
  readonly purpose: Purpose
  /** Who they will be, or are. */
  readonly personId: UserId
  readonly alias: Alias
  readonly email: string
  readonly name: string
  /** Ids they had before their keys were lost, oldest first; the last is the one this enrolment stands in for. */
  readonly formerly: readonly UserId[]
  readonly askedBy: UserId
  readonly askedAt: Temporal.Instant
  /** Null while a reset waits for its second person. */
  readonly expiresAt: Temporal.Instant | null
  readonly ended: Ending | null
}

/** A link that was made just now. The secret is shown once and kept nowhere. */
export interface OneTimeLink {
  readonly personId: UserId
  /** 43 characters, base64url. */
  readonly secret: string
  readonly expiresAt: Temporal.Instant
}

/** How long a link is good: a week to come, a day for a new second factor, whose two people have just talked with the person. */
export const linkHours: Readonly<Record<Purpose, number>> = { enrol: 7 * 24, second_factor: 24 }

const secretLength = 32
const secretShape = /^[\w-]{43}$/

export function newSecret({ random }: Pick<AccountsDeps, 'random'>): string {
  return Buffer.from(random.bytes(secretLength)).toString('base64url')
}

/** What the row keeps of a link's secret. Without the pepper it says nothing about it. Refusal `invitation_not_recognised` for what is no secret. */
export function hashSecret({ secrets }: Pick<AccountsDeps, 'secrets'>, secret: string): Uint8Array {
  if (!secretShape.test(secret)) throw new Refusal('invitation_not_recognised')
  return keyedHash(secrets.passwordPepper, 'one-time link', secret)
}

/** Throws Refusal `invitation_not_recognised` (withdrawn, or replaced by a newer link), `invitation_used`, `invitation_expired`. */
export function assertOpen({ ended, expiresAt }: Pick<Invitation, 'ended' | 'expiresAt'>, now: Temporal.Instant): void {
  if (ended === 'used') throw new Refusal('invitation_used')
  if (ended !== null || expiresAt === null) throw new Refusal('invitation_not_recognised')
  if (Temporal.Instant.compare(now, expiresAt) >= 0) throw new Refusal('invitation_expired')
}

export function requireAdministrator({ person }: Pick<StaffContext, 'person'>): void {
  if (!hasRole(person, 'administrator')) throw new Refusal('permission_denied')
}
