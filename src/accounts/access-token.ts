import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { Refusal, type SessionId, type UserId } from '../kernel/index.ts'
import type { SessionKeys } from './dependencies.ts'

const algorithm = 'ES256'
const issuer = 'forthright'
const audience = 'forthright-staff'

/** What a token says. It opens nothing by itself: the session row decides, and `sk` only opens that row's keys. */
export interface AccessClaims {
  readonly userId: UserId
  readonly sessionId: SessionId
  /** 32 bytes. */
  readonly sk: Uint8Array
}

const header = z.strictObject({ alg: z.literal(algorithm), typ: z.literal('JWT'), kid: z.string() })

/** Every claim is required and nothing else is let in. The library alone takes tokens without `exp`, `aud` or `sub`. */
const claims = z.strictObject({
  iss: z.literal(issuer),
  aud: z.literal(audience),
  sub: z.guid(),
  jti: z.guid(),
  sk: z.string().regex(/^[\w-]{43}$/),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
})

/** Signs a token that is good until `expiresAt`. */
export function signAccessToken(
  keys: SessionKeys,
  { userId, sessionId, sk }: AccessClaims,
  now: Temporal.Instant,
  expiresAt: Temporal.Instant,
): string {
  const at = seconds(now)
  const payload: z.input<typeof claims> = {
    iss: issuer,
    aud: audience,
    sub: userId,
    jti: sessionId,
    sk: Buffer.from(sk).toString('base64url'),
    iat: at,
    nbf: at,
    exp: seconds(expiresAt),
  }
  return jwt.sign(payload, keys.privateKey, { algorithm, keyid: keys.kid })
}

export interface ReadOptions {
  /** True only for keeping what somebody was writing when the session ended. */
  readonly evenIfExpired?: boolean
}

/**
 * Reads a token: ES256 under a key of ours, named by `kid`, in its time, with every claim there and none beside them. Throws Refusal
 * `session_required` (no token), `session_expired`, or `session_invalid` for everything else.
 */
export function readAccessToken(keys: SessionKeys, token: string, now: Temporal.Instant, options: ReadOptions = {}): AccessClaims {
  if (token === '') throw new Refusal('session_required')
  const publicKey = keys.publicKeys.get(kidOf(token))
  if (publicKey === undefined) throw new Refusal('session_invalid')
  const read = claims.safeParse(verified(token, publicKey, seconds(now), options))
  if (!read.success) throw new Refusal('session_invalid')
  const { sub, jti, sk, iat } = read.data
  if (iat > seconds(now)) throw new Refusal('session_invalid')
  return { userId: sub as UserId, sessionId: jti as SessionId, sk: new Uint8Array(Buffer.from(sk, 'base64url')) }
}

function verified(
  token: string,
  key: NonNullable<ReturnType<SessionKeys['publicKeys']['get']>>,
  clockTimestamp: number,
  options: ReadOptions,
): unknown {
  try {
    return jwt.verify(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      clockTimestamp,
      ignoreExpiration: options.evenIfExpired ?? false,
    })
  } catch (error) {
    throw new Refusal(error instanceof jwt.TokenExpiredError ? 'session_expired' : 'session_invalid')
  }
}

/** Throws Refusal `session_invalid` where the header is not exactly ours: no other algorithm ever reaches the library. */
function kidOf(token: string): string {
  const read = header.safeParse(parsed(token.slice(0, Math.max(0, token.indexOf('.')))))
  if (!read.success) throw new Refusal('session_invalid')
  return read.data.kid
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}

const seconds = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 1000)
