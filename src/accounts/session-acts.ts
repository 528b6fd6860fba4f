import { Refusal } from '../kernel/index.ts'
import { lockForSession } from '../vault/index.ts'
import { signAccessToken } from './access-token.ts'
import type { AccountsDeps } from './dependencies.ts'
import { actorOf, type StaffContext } from './person.ts'
import { createCheckSecondFactor } from './second-factor.ts'
import { deleteSession, markSteppedUp, purgeSessions, rekeySession } from './session-store.ts'
import type { OpenedSession } from './sign-in.ts'

/**
 * Gives the session a new key and a new token; the token before stops working at once. The end of the session stays where it was.
 * Throws Refusal `session_invalid` where the session ended meanwhile.
 */
export function createRenewSession({ database, clock, secrets }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<OpenedSession> => {
    const now = clock.now()
    const lock = lockForSession(ctx.keys)
    const expiresAt = await rekeySession(database, ctx.sessionId, lock, now)
    if (expiresAt === null) throw new Refusal('session_invalid')
    const { userId, alias, name, roles } = ctx.person
    const claims = { userId, sessionId: ctx.sessionId, sk: lock.sk.reveal() }
    return { accessToken: signAccessToken(secrets.session, claims, now, expiresAt), expiresAt, staff: { userId, alias, name, roles } }
  }
}

/** Ends the session: its token opens nothing from now on. Records `signed_out`. Throws Refusal `session_invalid` where it had ended. */
export function createSignOut({ audited, clock }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<void> => {
    await audited(async (tx) => {
      if (!(await deleteSession(tx, ctx.sessionId))) throw new Refusal('session_invalid')
      return { value: null, entries: [{ kind: 'signed_out', actor: actorOf(ctx.person), at: clock.now(), fields: {} }] }
    })
  }
}

/**
 * Takes a fresh code, which is then good for five minutes of acts that need one. Records `stepped_up`. Throws Refusal as
 * `createCheckSecondFactor`'s check does.
 */
export function createStepUp(deps: AccountsDeps) {
  const check = createCheckSecondFactor(deps)
  return async (ctx: StaffContext, { otp }: { readonly otp: string }): Promise<void> => {
    await deps.audited(async (tx) => {
      await check(tx, { ...ctx, steppedUp: false }, otp)
      const now = deps.clock.now()
      if (!(await markSteppedUp(tx, ctx.sessionId, now))) throw new Refusal('session_invalid')
      return { value: null, entries: [{ kind: 'stepped_up', actor: actorOf(ctx.person), at: now, fields: {} }] }
    })
  }
}

/** Refusal `step_up_required` where the session had no fresh second factor within five minutes. */
export function requireStepUp(ctx: Pick<StaffContext, 'steppedUp'>): void {
  if (!ctx.steppedUp) throw new Refusal('step_up_required')
}

/** For the worker: removes what ended sessions left behind. Answers how many rows went. */
export function createPurgeSessions({ database, clock }: AccountsDeps): () => Promise<number> {
  return () => purgeSessions(database, clock.now())
}
