import {
  createDirectory,
  createPeopleUseCases,
  createSignIn,
  createStepUp,
  type OneTimeLink,
  type PeopleUseCases,
  type StaffContext,
} from '../../../src/accounts/index.ts'
import { codeAt } from '../../../src/accounts/second-factor.ts'
import type { UserId } from '../../../src/kernel/index.ts'
import { Secret as OtpSecret } from 'otpauth'
import { createWorld, type World } from './world.ts'

/** Somebody who enrolled by a link, with what lies on their desk: password, app and paper. */
export interface Newcomer {
  readonly email: string
  readonly password: string
  readonly recoveryCode: readonly string[]
  readonly fingerprint: string
  /** The six digits that their app shows now. */
  code(): string
  signIn(): Promise<string>
  as(): Promise<StaffContext>
  /** As above, with a fresh code given. */
  steppedUp(): Promise<StaffContext>
}

export interface PeopleWorld extends World {
  readonly people: PeopleUseCases
  readonly directory: ReturnType<typeof createDirectory>
  idOf(email: string): Promise<UserId>
  steppedUp(email: string): Promise<StaffContext>
  /** Signs whatever waits, as these guardians. */
  countersign(...emails: string[]): Promise<void>
  enrol(link: OneTimeLink, email: string, password?: string): Promise<Newcomer>
}

export const newPassword = 'seven purple kettles wander'

export async function createPeopleWorld(): Promise<PeopleWorld> {
  const world = await createWorld()
  const { deps } = world
  const people = createPeopleUseCases(deps)
  const steppedUpWith = async (token: string, code: () => string) => {
    world.wait({ seconds: 30 })
    await createStepUp(deps)(await world.open(token), { otp: code() })
    return world.open(token)
  }
  const steppedUp = async (email: string) => steppedUpWith(await world.signIn(email), world.code)
  return {
    ...world,
    people,
    directory: createDirectory(deps),
    idOf: async (email) => (await world.fresh.asSuperuser.query('select id from person where email = $1', [email])).rows[0]['id'],
    steppedUp,
    countersign: async (...emails) => {
      for (const email of emails) {
        const ctx = await steppedUp(email)
        const { digest } = (await people.proposeRecipientSet(ctx))!
        await people.signRecipientSet(ctx, { digest })
      }
    },
    enrol: async ({ secret }, email, password = newPassword) => {
      const { enrolment } = people
      const { draft } = await enrolment.choosePassword(secret, { password })
      const { factor, fingerprint } = await enrolment.state(secret, draft)
      const seed = OtpSecret.fromBase32(factor.key.replaceAll(' ', '')).bytes
      const code = () => codeAt(seed, world.now())
      const confirmed = (await enrolment.confirmFactor(secret, draft, { otp: code() })).draft!
      const recoveryCode = (await enrolment.state(secret, confirmed)).recoveryCode!
      await enrolment.finish(secret, confirmed, { third: recoveryCode[2]!, last: recoveryCode[6]! })
      const signIn = async () => {
        world.wait({ seconds: 30 })
        return (await createSignIn(deps)({ requestId: 'test' }, { email, password, otp: code() })).accessToken
      }
      return {
        ...{ email, password, recoveryCode, code, signIn, fingerprint: fingerprint! },
        as: async () => world.open(await signIn()),
        steppedUp: async () => steppedUpWith(await signIn(), code),
      }
    },
  }
}
