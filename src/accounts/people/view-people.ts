import { z } from 'zod'
import { invalid, Refusal, type IntakeGroupId, type UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { createDirectory, groupsWithOneGuardian } from '../directory.ts'
import { requireAdministrator, type Invitation } from '../invitations/invitation.ts'
import { readStanding } from '../invitations/invitation-store.ts'
import { judged } from '../next-set.ts'
import type { Rights, StaffContext } from '../person.ts'
import { isReplaced, readEverybody, type ListedPerson } from '../person-store.ts'
import { readSets } from '../recipient-set-store.ts'
import { readFormer, type FormerPerson } from './resemblance.ts'

/** How somebody stands: asked to come; enrolled and on no signed list yet; here; sent away and still on the list; gone. */
export const personStates = ['invited', 'invitation_expired', 'waiting', 'active', 'leaving', 'deactivated'] as const
export type PersonState = (typeof personStates)[number]

/** `asked`: waits for a second person. `link_out`: they have a link for a new one. */
export const factorStates = ['none', 'set', 'reset_asked', 'reset_link_out'] as const
export type FactorState = (typeof factorStates)[number]

/** A person as an administrator sees them: nothing of a concern, no key. */
export interface PersonSummary extends Rights {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly state: PersonState
  /** Rights that wait for guardians' signatures. */
  readonly asked: Rights | null
  readonly secondFactor: FactorState
  /** Whether a recovery code is printed and unused. */
  readonly recoveryCode: boolean
  /** When guardians last signed a list with them; null where that was the first list, or never. */
  readonly countersignedAt: Temporal.Instant | null
  /** When the link stops; null where there is none. */
  readonly linkUntil: Temporal.Instant | null
}

export const peopleQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.guid().optional(),
})
export type PeopleQuery = z.output<typeof peopleQuery>

export interface PeoplePage {
  readonly items: readonly PersonSummary[]
  /** The id of the last on this page, where there are more. */
  readonly next: string | null
  readonly total: number
}

/** Everybody who is, was or is asked to be here, by name. Throws Refusal `permission_denied`, `invalid_input` (cursor). */
export function createViewPeople(deps: AccountsDeps) {
  return async (ctx: StaffContext, { limit, cursor }: PeopleQuery): Promise<PeoplePage> => {
    requireAdministrator(ctx)
    const everybody = await deps.database.read((tx) => summaries(tx, deps))
    const from = cursor === undefined ? 0 : everybody.findIndex(({ id }) => id === cursor) + 1
    // To begin again would hide that, and a program would read the list twice
    if (cursor !== undefined && from === 0) throw invalid('/cursor', 'not_a_cursor', 'Go back to the first page.')
    const items = everybody.slice(from, from + limit)
    return { items, next: from + limit < everybody.length ? (items.at(-1)?.id ?? null) : null, total: everybody.length }
  }
}

/** Those who left, by name: one of them may be who is invited now. Throws Refusal `permission_denied`. */
export function createViewFormer({ database }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<readonly FormerPerson[]> => {
    requireAdministrator(ctx)
    return database.read(readFormer)
  }
}

/**
 * The intake groups with one guardian only, so that an administrator invites a second. None where the signed list is not whole: then people are told
 * of that. Throws Refusal `permission_denied`.
 */
export function createViewLoneGuardians(deps: AccountsDeps) {
  const directory = createDirectory(deps)
  return async (ctx: StaffContext): Promise<readonly IntakeGroupId[]> => {
    requireAdministrator(ctx)
    const current = await directory.current().catch((error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    })
    return current === null ? [] : groupsWithOneGuardian(current)
  }
}

/** One of them. Throws Refusal `permission_denied`, `not_found`. */
export function createViewPerson(deps: AccountsDeps) {
  return async (ctx: StaffContext, id: UserId): Promise<PersonSummary> => {
    requireAdministrator(ctx)
    const found = (await deps.database.read((tx) => summaries(tx, deps))).find((person) => person.id === id)
    if (found === undefined) throw new Refusal('not_found')
    return found
  }
}

async function summaries(tx: Tx, deps: AccountsDeps): Promise<PersonSummary[]> {
  const now = deps.clock.now()
  const signed = await onTheList(tx, deps)
  const resets = new Map((await readStanding(tx, 'second_factor')).map((reset) => [reset.personId, reset]))
  const people = (await readEverybody(tx))
    .filter((person) => !isReplaced(person))
    .map((person) => enrolled(person, signed.has(person.id), resets.get(person.id), now))
  const invited = (await readStanding(tx, 'enrol')).map((invitation) => asked(invitation, now))
  return [...people, ...invited].toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
}

/** Nobody where the list is not whole: then nobody is countersigned either. */
async function onTheList(tx: Tx, { pins }: AccountsDeps): Promise<ReadonlySet<UserId>> {
  try {
    return new Set(judged(await readSets(tx), pins).inForce.set.people.map(({ id }) => id))
  } catch (error) {
    if (error instanceof Refusal) return new Set()
    throw error
  }
}

function enrolled(person: ListedPerson, isSigned: boolean, reset: Invitation | undefined, now: Temporal.Instant): PersonSummary {
  const { id, name, email, roles, deputy, intakeGroupIds, next, active, countersignedAt, recoveryWrapped } = person
  const isStanding = reset !== undefined && (reset.expiresAt === null || Temporal.Instant.compare(now, reset.expiresAt) < 0)
  return {
    ...{ id, name, email, roles, deputy, intakeGroupIds, countersignedAt },
    state: active ? (isSigned ? 'active' : 'waiting') : isSigned ? 'leaving' : 'deactivated',
    asked: next,
    secondFactor: isStanding ? (reset.expiresAt === null ? 'reset_asked' : 'reset_link_out') : 'set',
    recoveryCode: recoveryWrapped !== null,
    linkUntil: isStanding ? reset.expiresAt : null,
  }
}

function asked(invitation: Invitation, now: Temporal.Instant): PersonSummary {
  const { personId: id, name, email, roles, deputy, intakeGroupIds, expiresAt } = invitation
  const isLate = expiresAt === null || Temporal.Instant.compare(now, expiresAt) >= 0
  return {
    ...{ id, name, email, roles, deputy, intakeGroupIds },
    state: isLate ? 'invitation_expired' : 'invited',
    asked: null,
    secondFactor: 'none',
    recoveryCode: false,
    countersignedAt: null,
    linkUntil: expiresAt,
  }
}
