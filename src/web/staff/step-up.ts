import type { StaffContext } from '../../accounts/index.ts'
import type { StaffAccounts } from './deps.ts'

/**
 * The person's context with a fresh second factor, where one was typed: good for five minutes of acts that need one, so that nobody types six
 * codes for six sites. Records `stepped_up`. Refusal `otp_replayed`, `sign_in_failed`, `sign_in_delayed`.
 */
export async function withFreshCode(accounts: Pick<StaffAccounts, 'stepUp'>, ctx: StaffContext, otp: string): Promise<StaffContext> {
  if (otp.trim() === '') return ctx
  await accounts.stepUp(ctx, { otp: otp.trim() })
  return { ...ctx, steppedUp: true, freshCode: true }
}
