import { z } from 'zod'
import { Refusal } from '../../kernel/index.ts'
import { fingerprint, lockWithPassword, openWithPassword } from '../../vault/index.ts'
import { readNoteChoice } from '../addressees.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { freshCode } from '../invitations/invite-person.ts'
import { samePublicKeys } from '../open-session.ts'
import { assertStands, createConfirmedAct } from '../people/person-acts.ts'
import { countSessions, endSessionsOf, setPassword } from '../people/people-store.ts'
import { actorOf, type Rights, type StaffContext } from '../person.ts'
import { findListed } from '../person-store.ts'
import { createSignInDelays } from '../sign-in-delays.ts'
import { refuseWeakPassword } from '../weak-password.ts'

export interface OwnAccount extends Rights {
  readonly name: string
  readonly email: string
  /** What a guardian who countersigns asks one to read out. */
  readonly fingerprint: string
  readonly recoveryCode: boolean
  readonly otherSessions: number
  /** Whether they get the regular note; null where they handle no concerns. */
  readonly regularNote: boolean | null
}

/** One's own account. */
export function createViewAccount({ database, clock }: AccountsDeps) {
  return async ({ person: { userId, roles, deputy, intakeGroupIds } }: StaffContext): Promise<OwnAccount> =>
    database.read(async (tx) => {
      const person = await findListed(tx, userId)
      if (person === null) throw new Refusal('session_invalid')
      return {
        ...{ name: person.name, email: person.email, roles, deputy, intakeGroupIds },
        fingerprint: fingerprint(person.publicKeys),
        recoveryCode: person.recoveryWrapped !== null,
        regularNote: await readNoteChoice(tx, userId),
        otherSessions: Math.max(0, (await countSessions(tx, userId, clock.now())) - 1),
      }
    })
}

export const passwordInput = z.strictObject({
  current: z.string().min(1, 'Give the password you use now.').max(1024),
  password: z.string().max(1024).meta({ description: 'The new one, 15 characters or more.' }),
  otp: freshCode,
})
export type PasswordInput = z.output<typeof passwordInput>

export const noteInput = z.strictObject({
  regularNote: z
    .boolean()
    .meta({ description: 'Whether you want the regular note: the same letter at fixed times, whether there is anything or not.' }),
})

/**
 * Wraps the same keys under another password; nothing that is sealed to them changes. Other sessions end. Throws Refusal `invalid_input` for the
 * new password, or at `/current` where the old one is wrong (recorded, with a growing delay: `sign_in_delayed`), those of a fresh code,
 * `overloaded`. Records `password_changed`.
 */
export function createChangePassword(deps: AccountsDeps) {
  const { database, gate, secrets, passwordCost, audited, clock } = deps
  const delays = createSignInDelays(clock, deps.random)
  const act = createConfirmedAct(deps)

  const openWith = async (ctx: StaffContext, current: string) => {
    const { userId, alias } = ctx.person
    const attempt = delays.begin(userId, '')
    const person = await database.read((tx) => findListed(tx, userId))
    const keys = person && (await gate(() => openWithPassword(person.password, current, secrets.passwordPepper)))
    if (keys === null || person === null || !samePublicKeys(keys.publicKeys, person.publicKeys)) {
      const fields = { person: alias, code: 'password' }
      await audited(async () => ({
        value: null,
        entries: [{ kind: 'sign_in_failed', actor: actorOf(ctx.person), at: clock.now(), fields }],
      }))
      return null
    }
    attempt.succeeded()
    return keys
  }

  return async (ctx: StaffContext, { current, password, otp }: PasswordInput): Promise<void> => {
    refuseWeakPassword(password)
    const keys = await openWith(ctx, current)
    if (keys === null) throw new Refusal('invalid_input', { faults: [wrongCurrent] })
    const record = await gate(() => lockWithPassword(keys, password, secrets.passwordPepper, passwordCost))
    await act(ctx, otp, async (tx, now) => {
      await setPassword(tx, ctx.person.userId, record)
      await endSessionsOf(tx, ctx.person.userId, ctx.sessionId)
      return { value: undefined, entries: [{ kind: 'password_changed', actor: actorOf(ctx.person), at: now, fields: {} }] }
    })
  }
}

const wrongCurrent = { pointer: '/current', code: 'wrong_password', detail: 'This is not the password you use now.' }

/** Ends all of one's sessions but this one. Throws Refusal `session_invalid` where this one has ended. Records `sessions_ended`. */
export function createEndOtherSessions({ audited, clock }: AccountsDeps) {
  return (ctx: StaffContext): Promise<number> =>
    audited(async (tx) => {
      await assertStands(tx, ctx)
      const count = await endSessionsOf(tx, ctx.person.userId, ctx.sessionId)
      return { value: count, entries: [{ kind: 'sessions_ended', actor: actorOf(ctx.person), at: clock.now(), fields: { count } }] }
    })
}
