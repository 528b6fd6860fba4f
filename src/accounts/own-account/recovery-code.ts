import { z } from 'zod'
import { Refusal } from '../../kernel/index.ts'
import { newRecoveryCode, recoveryCodeGroups, wrapForRecoveryCode, type RecoveryCode } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { assertStands } from '../people/person-acts.ts'
import { setRecoveryWrap } from '../people/people-store.ts'
import { actorOf, type StaffContext } from '../person.ts'
import { openDraft, sealDraft } from '../sealed-draft.ts'
import { createStepUp, requireStepUp } from '../session-acts.ts'
import { assertCopied, type CopiedGroups } from './copied-groups.ts'

const shape = z.strictObject({ madeAt: z.int(), code: z.string() })
const goodMinutes = 60
const purposeOf = (userId: string) => `recovery code|${userId}`

/** A fresh code, not yet good for anything, in the person's own cookie until they have it on paper. */
export function offerCode(deps: Pick<AccountsDeps, 'secrets' | 'clock' | 'random'>, userId: string): string {
  const content: z.input<typeof shape> = { madeAt: deps.clock.now().epochMilliseconds, code: newRecoveryCode(deps.random) }
  return sealDraft(deps, purposeOf(userId), content)
}

function offered(deps: Pick<AccountsDeps, 'secrets' | 'clock'>, { person }: StaffContext, offer: string): RecoveryCode {
  const read = openDraft(deps, purposeOf(person.userId), shape, offer)
  if (read === null || deps.clock.now().epochMilliseconds - read.madeAt > goodMinutes * 60_000) throw new Refusal('draft_gone')
  return read.code as RecoveryCode
}

/**
 * A new recovery code: made with a fresh six-digit code, shown, and good once its owner has typed part of it back. Until then the earlier one is.
 */
export function createRecoveryCodes(deps: AccountsDeps) {
  const stepUp = createStepUp(deps)
  return {
    /** Throws Refusal as a fresh code's check does. Records `stepped_up`. */
    make: async (ctx: StaffContext, { otp }: { readonly otp?: string | undefined }): Promise<{ readonly offer: string }> => {
      if (otp === undefined || otp === '') requireStepUp(ctx)
      else await stepUp(ctx, { otp })
      return { offer: offerCode(deps, ctx.person.userId) }
    },
    /** Seven groups of four. Throws Refusal `draft_gone` where the offer is not this person's, or over an hour old. */
    show: (ctx: StaffContext, offer: string): readonly string[] => recoveryCodeGroups(offered(deps, ctx, offer)),
    /** Throws Refusal `draft_gone`, `invalid_input` where the groups are not the code's. Records `recovery_code_made`. */
    confirm: async (ctx: StaffContext, offer: string, copied: CopiedGroups): Promise<void> => {
      const code = offered(deps, ctx, offer)
      assertCopied(code, copied)
      const wrapped = wrapForRecoveryCode(ctx.keys, code, ctx.person.userId, deps.secrets.passwordPepper, deps.random)
      await deps.audited(async (tx) => {
        await assertStands(tx, ctx)
        await setRecoveryWrap(tx, ctx.person.userId, wrapped)
        return { value: undefined, entries: [{ kind: 'recovery_code_made', actor: actorOf(ctx.person), at: deps.clock.now(), fields: {} }] }
      })
    },
  }
}
