import { z } from 'zod'
import { Refusal } from '../../kernel/index.ts'
import type { PasswordRecord, PublicKeys, RecoveryCode } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { openDraft, sealDraft } from '../sealed-draft.ts'
import type { Invitation } from './invitation.ts'

/** An enrolment half done: what was chosen and made so far, for one link. */
export interface EnrolmentDraft {
  readonly totpSeed: Uint8Array
  /** The step of the code that showed the seed is in the person's app; null until then. */
  readonly factorStep: number | null
  /** Absent where only a second factor is set up. */
  readonly made?: {
    readonly publicKeys: PublicKeys
    readonly password: PasswordRecord
    readonly recoveryCode: RecoveryCode
    readonly recoveryWrapped: Uint8Array
  }
}

const goodMinutes = 60

const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64')
const shape = z.strictObject({
  madeAt: z.int(),
  totpSeed: bytes,
  factorStep: z.int().nullable(),
  made: z
    .strictObject({
      box: bytes,
      sign: bytes,
      salt: bytes,
      memoryKiB: z.int(),
      passes: z.int(),
      verifier: bytes,
      wrappedKeys: bytes,
      code: z.string(),
      recoveryWrapped: bytes,
    })
    .exactOptional(),
})

const purposeOf = ({ id, purpose }: Pick<Invitation, 'id' | 'purpose'>) => `${purpose}|${id}`

export function sealEnrolment(deps: Pick<AccountsDeps, 'secrets' | 'clock'>, invitation: Invitation, draft: EnrolmentDraft): string {
  const { totpSeed, factorStep, made } = draft
  const content: z.input<typeof shape> = {
    madeAt: deps.clock.now().epochMilliseconds,
    totpSeed: base64(totpSeed),
    factorStep,
    ...(made && {
      made: {
        box: base64(made.publicKeys.box),
        sign: base64(made.publicKeys.sign),
        salt: base64(made.password.salt),
        memoryKiB: made.password.cost.memoryKiB,
        passes: made.password.cost.passes,
        verifier: base64(made.password.verifier),
        wrappedKeys: base64(made.password.wrappedKeys),
        code: made.recoveryCode,
        recoveryWrapped: base64(made.recoveryWrapped),
      },
    }),
  }
  return sealDraft(deps, purposeOf(invitation), content)
}

/** Throws Refusal `draft_gone` where there is none for this link, or it is older than an hour: it starts again with the password. */
export function openEnrolment(deps: Pick<AccountsDeps, 'secrets' | 'clock'>, invitation: Invitation, sealed: string): EnrolmentDraft {
  const read = openDraft(deps, purposeOf(invitation), shape, sealed)
  const isFresh = read !== null && deps.clock.now().epochMilliseconds - read.madeAt <= goodMinutes * 60_000
  if (!isFresh) throw new Refusal('draft_gone')
  const { totpSeed, factorStep, made } = read
  if (made === undefined) return { totpSeed, factorStep }
  const { box, sign, salt, memoryKiB, passes, verifier, wrappedKeys, code, recoveryWrapped } = made
  return {
    totpSeed,
    factorStep,
    made: {
      publicKeys: { box, sign },
      password: { salt, cost: { memoryKiB, passes }, verifier, wrappedKeys },
      recoveryCode: code as RecoveryCode,
      recoveryWrapped,
    },
  }
}
