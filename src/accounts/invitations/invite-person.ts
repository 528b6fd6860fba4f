import { z } from 'zod'
import { invalid, newId, Refusal, roles, shortText, type Alias, type IntakeGroupId, type UserId } from '../../kernel/index.ts'
import type { AuditDraft } from '../../audit/index.ts'
import { isUniqueViolation, type Tx } from '../../database/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { namesOf } from '../names.ts'
import { assertGroups, assertSomebodyLeft, createPersonAct, signLeaving, someone } from '../people/person-acts.ts'
import { endSessionsOf, setActive } from '../people/people-store.ts'
import { actorOf, normaliseEmail, settleRoles, type StaffContext } from '../person.ts'
import { findListed, isReplaced, readEverybody } from '../person-store.ts'
import { hashSecret, linkHours, newSecret, type Invitation, type OneTimeLink } from './invitation.ts'
import { insertInvitation, readStanding, withdrawAllOf } from './invitation-store.ts'

const group = z.guid().transform((id) => id as IntakeGroupId)
/** A fresh code; it may be left out within five minutes of the last one. */
export const freshCode = z
  .string()
  .max(20)
  .optional()
  .meta({ description: 'A fresh six-digit code; not needed within five minutes of the last.' })

/** What somebody may do and for whom. Which roles may go together, `settleRoles` says. */
export const rightsInput = z.strictObject({
  roles: z.array(z.enum(roles)).max(roles.length),
  deputy: z.boolean().default(false),
  intakeGroupIds: z.array(group).max(200).default([]),
})

/** In one word of a name letters of two alphabets only serve to look like somebody else. */
const mixed = /[\p{Script=Latin}]\p{M}*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{M}*[\p{Script=Latin}]/u
const personName = shortText(120, 'Give the person’s name.').refine((name) => !mixed.test(name), {
  params: { code: 'mixed_letters' },
  message: 'Letters of two alphabets are mixed in one word. Type the name anew.',
})

export const inviteInput = rightsInput.extend({
  name: personName,
  email: z.email({ error: 'Give an e-mail address, such as name@example.org.' }).max(254),
  former: z
    .guid()
    .transform((id) => id as UserId)
    .optional()
    .meta({ description: 'Who they were, where they have been here before: what was kept from them then stays kept from them.' }),
  otp: freshCode,
})
export type InviteInput = z.output<typeof inviteInput>

/**
 * Invites somebody by a one-time link. Nobody is added before they have enrolled. `former` makes them the one who left, under a new id, so that the
 * conflicts of then stay theirs. Throws Refusal `permission_denied`, those of a fresh code, `invalid_input` (roles that must stay apart, an address
 * that is taken or invited, a former person who has not left). Records `person_invited`.
 */
export function createInvitePerson(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return async (ctx: StaffContext, { name, email, former, otp, ...rights }: InviteInput): Promise<OneTimeLink> => {
    const asked = { ...rights, roles: settleRoles(rights.roles, rights.deputy), name, email: normaliseEmail(email) }
    return act(ctx, otp, async (tx, now) => {
      const formerly = former === undefined ? [] : await idsOfFormer(tx, former)
      await assertFree(tx, asked.email, former)
      await assertGroups(tx, asked)
      const names = { personId: newId<UserId>(deps.random), alias: newId<Alias>(deps.random) }
      return makeLink(tx, deps, ctx, { ...asked, ...names, formerly }, now)
    })
  }
}

/**
 * A new link in place of an earlier one, or, for somebody who has enrolled, the way back when password and recovery code are both lost: their
 * access ends now, and they enrol anew with new keys under a new id. What they could read is lost to them until others grant it again. Throws
 * Refusal `not_found`, `permission_denied`, those of a fresh code, `invalid_input` for oneself or the last of a kind. Records
 * `person_deactivated` where they had access, and `person_invited`.
 */
export function createReinvite(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return async (ctx: StaffContext, id: UserId, { otp }: { readonly otp?: string | undefined }): Promise<OneTimeLink> =>
    act(ctx, otp, async (tx, now) => {
      const standing = (await readStanding(tx, 'enrol')).filter(({ personId, formerly }) => personId === id || formerly.includes(id))
      for (const { personId } of standing) await withdrawAllOf(tx, personId, 'enrol', now)
      const asked = standing.find(({ personId }) => personId === id)
      if (asked !== undefined) return makeLink(tx, deps, ctx, asked, now)
      return replace(tx, deps, ctx, id, now)
    })
}

/** Takes an invitation back. Throws Refusal `not_found`, `permission_denied`, those of a fresh code. Records `invitation_withdrawn`. */
export function createWithdrawInvitation(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return async (ctx: StaffContext, id: UserId, { otp }: { readonly otp?: string | undefined }): Promise<void> =>
    act(ctx, otp, async (tx, now) => {
      const standing = (await readStanding(tx, 'enrol')).find(({ personId }) => personId === id)
      if (standing === undefined || (await withdrawAllOf(tx, id, 'enrol', now)) === 0) throw new Refusal('not_found')
      const entry = { kind: 'invitation_withdrawn', actor: actorOf(ctx.person), at: now, fields: { person: standing.alias } } as const
      return { value: undefined, entries: [entry] }
    })
}

async function replace(tx: Tx, deps: AccountsDeps, ctx: StaffContext, id: UserId, now: Temporal.Instant) {
  const person = await someone(tx, id)
  if (id === ctx.person.userId) throw invalid('/person', 'oneself', 'Another administrator has to do this for you.')
  const entries: AuditDraft[] = []
  if (await setActive(tx, id, false)) {
    await assertSomebodyLeft(tx, deps)
    await endSessionsOf(tx, id)
    await withdrawAllOf(tx, id, 'second_factor', now)
    entries.push({ kind: 'person_deactivated', actor: actorOf(ctx.person), at: now, fields: { person: person.alias } })
    entries.push(...(await signLeaving(tx, deps, ctx)))
  }
  const { email, name, roles: held, deputy, intakeGroupIds, formerly } = { ...person, ...person.next }
  const names = { personId: newId<UserId>(deps.random), alias: newId<Alias>(deps.random) }
  const asked = { ...names, email, name, roles: held, deputy, intakeGroupIds, formerly: [...formerly, id] }
  const made = await makeLink(tx, deps, ctx, asked, now)
  return { value: made.value, entries: [...made.entries, ...entries] as const }
}

type Asked = Pick<Invitation, 'personId' | 'alias' | 'email' | 'name' | 'roles' | 'deputy' | 'intakeGroupIds' | 'formerly'>

async function makeLink(tx: Tx, deps: AccountsDeps, ctx: StaffContext, asked: Asked, now: Temporal.Instant) {
  const { personId, alias, email, name, roles: held, deputy, intakeGroupIds, formerly } = asked
  const secret = newSecret(deps)
  const expiresAt = now.add({ hours: linkHours.enrol })
  const made = { id: newId(deps.random), purpose: 'enrol' as const, askedBy: ctx.person.userId, askedAt: now, expiresAt }
  const invited = { personId, alias, email, name, roles: held, deputy, intakeGroupIds, formerly }
  await insertInvitation(tx, { ...made, ...invited }, hashSecret(deps, secret))
  const before = formerly.at(-1)
  const replaces = before === undefined ? undefined : (await findListed(tx, before))?.alias
  const fields = { person: alias, roles: [...held], ...(replaces !== undefined && { replaces }) }
  const entry = await namesOf(deps).commit(tx, { kind: 'person_invited', actor: actorOf(ctx.person), at: now, fields }, name)
  return { value: { personId, secret, expiresAt }, entries: [entry] as const }
}

/** All ids of somebody who left, oldest first. */
async function idsOfFormer(tx: Tx, id: UserId): Promise<readonly UserId[]> {
  const person = await findListed(tx, id)
  if (person === null || person.active || isReplaced(person))
    throw invalid('/former', 'not_gone', 'Choose somebody who was here and has left.')
  const isInvited = (await readStanding(tx, 'enrol')).some(({ formerly }) => formerly.includes(id))
  if (isInvited)
    throw invalid('/former', 'former_invited', 'This person is invited again already. Make a new link for them in the list of people.')
  return [...person.formerly, id]
}

/** One address, one person, whether they are here, were here or are asked to come. Who comes back may keep theirs. */
async function assertFree(tx: Tx, email: string, former?: UserId): Promise<void> {
  const taken = (await readEverybody(tx)).some((person) => person.email === email && person.id !== former && !isReplaced(person))
  if (taken) throw invalid('/email', 'email_taken', 'Somebody has this address already.')
  const invited = (await readStanding(tx, 'enrol')).some((invitation) => invitation.email === email)
  if (invited) throw invalid('/email', 'email_invited', 'This address was invited already. Make a new link for it in the list of people.')
}

/** For whoever inserts a person: the address was taken meanwhile. */
export function refuseTakenEmail(error: unknown): never {
  if (isUniqueViolation(error, 'person_email_once')) throw invalid('/email', 'email_taken', 'Somebody has this address already.')
  throw error
}
