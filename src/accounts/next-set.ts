import { invalid, Refusal, type UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { PinStore } from './dependencies.ts'
import type { Person } from './person.ts'
import { readPeople } from './person-store.ts'
import { bodyOf, digestOf, guardiansIn, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'
import { readSets } from './recipient-set-store.ts'
import { judgeSets, onlyLeavesOut, type Trust } from './trust.ts'

/** The set to sign next, as the rows of people make it at this moment. */
export interface NextSet {
  readonly set: RecipientSet
  readonly body: string
  readonly digest: string
  readonly signedBy: readonly UserId[]
  /** The set that is in force meanwhile. */
  readonly before: RecipientSet
  /** It takes people out and does nothing else: then an administrator may be the second to sign. */
  readonly leavesOut: boolean
  /** Guardians' signatures, or one administrator's, that are still missing. */
  readonly missing: number
}

/**
 * The set that waits for a second signature where the people are still the same, else a new version; null where nothing is to be signed. Whoever
 * was sent away goes first, in a set of its own: a newcomer must not wait beside a leaver who was to countersign them. Throws Refusal
 * `invalid_input` where nobody would be a guardian, `not_set_up`, `intake_closed`.
 */
export async function nextSet(tx: Tx, pins: PinStore): Promise<NextSet | null> {
  const stored = await readSets(tx)
  const { inForce, pending } = judged(stored, pins)
  const people = nextPeople(inForce.set, await readPeople(tx))
  if (guardiansIn(people).length === 0) throw invalid('/people', 'no_guardian', 'Somebody has to be a guardian.')
  const { version, previous, recoveryKey } = inForce.set
  if (bodyOf({ version, previous, recoveryKey, people }) === bodyOf(inForce.set)) return null
  const setOf = (number: number): RecipientSet => ({ version: number, previous: inForce.digest, recoveryKey, people })
  const waits = pending !== null && pending.set.version === stored.length && digestOf(bodyOf(setOf(pending.set.version))) === pending.digest
  const set = waits ? pending.set : setOf(stored.length + 1)
  const body = bodyOf(set)
  const signedBy = waits ? pending.signedBy : []
  const needed = Math.min(2, guardiansIn(inForce.set.people).length)
  return {
    set,
    body,
    digest: digestOf(body),
    signedBy,
    before: inForce.set,
    leavesOut: onlyLeavesOut(inForce.set, set),
    missing: Math.max(1, needed - signedBy.length),
  }
}

function nextPeople(inForce: RecipientSet, here: readonly Person[]): readonly DirectoryPerson[] {
  const ids = new Set(here.map(({ id }) => id))
  const stay = inForce.people.filter(({ id }) => ids.has(id))
  return stay.length < inForce.people.length ? stay : here.map(asAsked)
}

/** Throws Refusal `not_set_up`, `intake_closed`. */
export function judged(stored: Parameters<typeof judgeSets>[0], pins: PinStore): Extract<Trust, { ok: true }> {
  const trust = judgeSets(stored, pins.read())
  if (!trust.ok) throw new Refusal(trust.fault === 'nothing_signed' ? 'not_set_up' : 'intake_closed')
  return trust
}

/** A person with the rights that were asked for them, which guardians are to sign. */
export function asAsked({ id, alias, name, next, formerly, publicKeys, ...held }: Person): DirectoryPerson {
  const { roles, deputy, intakeGroupIds } = next ?? held
  return { id, alias, name, roles, deputy, intakeGroupIds, keys: publicKeys, ...(formerly.length > 0 && { formerly }) }
}
