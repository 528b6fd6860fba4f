import { Secret as OtpSecret, TOTP } from 'otpauth'
import type { Clock } from '../../kernel/index.ts'
import { stepOfCode } from '../second-factor.ts'

/** A seed as somebody takes it into an authenticator app. */
export interface SecondFactorOffer {
  /** `otpauth://…`, for a printed square or a link. */
  readonly uri: string
  /** The same by hand: base 32. */
  readonly seed: string
  /** Whether these six digits come from it now. */
  holds(code: string): boolean
}

/** RFC 6238 as authenticator apps have it; `issuer` and `account` are what the app shows beside the digits. */
export function offerSecondFactor(seed: Uint8Array, issuer: string, account: string, clock: Clock): SecondFactorOffer {
  const secret = new OtpSecret({ buffer: new Uint8Array(seed).buffer })
  return {
    uri: new TOTP({ issuer, label: account, secret, algorithm: 'SHA1', digits: 6, period: 30 }).toString(),
    seed: secret.base32,
    holds: (code) => stepOfCode(seed, code, clock.now()) !== null,
  }
}
