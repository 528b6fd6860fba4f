import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { hasRole, invalid, Refusal, type UserId } from '../kernel/index.ts'
import type { AuditDraft } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import { fingerprint, signStatement, type PrivateKeys, type PublicKeys } from '../vault/index.ts'
import type { AccountsDeps, PinStore } from './dependencies.ts'
import { asAsked, judged, nextSet, type NextSet } from './next-set.ts'
import { putInForce } from './people/people-store.ts'
import { formerAmong, resembles } from './people/resemblance.ts'
import { actorOf, type Person, type StaffContext } from './person.ts'
import { readEverybody, type ListedPerson } from './person-store.ts'
import { base64, bodyOf, changedRights, digestOf, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'
import { insertSet, insertSignature, lockRecipientSet, readSets } from './recipient-set-store.ts'
import { createCheckSecondFactor } from './second-factor.ts'
import { statementContext } from './trust.ts'

type Listed = Pick<DirectoryPerson, 'id' | 'name' | 'roles' | 'deputy' | 'intakeGroupIds'>

/** Somebody on a proposed set. Fingerprints are compared with what each person reads out from their own screen. */
export interface ProposedPerson extends Listed {
  readonly fingerprint: string
  /** Not on the set in force, or there with other rights or another name. */
  readonly change: 'new' | 'changed' | null
  /** What they may do now, where that changes. */
  readonly before: Listed | null
  /** The name under which they were here before, where the list says so: their conflicts of then are theirs. */
  readonly formerly: string | null
  /** Names of people who left and may be this one, where the list does not say so: nothing that was kept from those would be kept from this one. */
  readonly resembles: readonly string[]
}

/** What a guardian is asked to put their name to. */
export interface ProposedSet {
  readonly version: number
  readonly digest: string
  readonly people: readonly ProposedPerson[]
  /** On the set in force and not on this one. */
  readonly leaving: readonly Listed[]
  readonly signedBy: readonly UserId[]
  /** Signatures still missing, this guardian's among them. */
  readonly missing: number
}

/** The people there are now, as the next set to sign; null where they are the ones in force. Throws Refusal `permission_denied`, `intake_closed`. */
export function createProposeRecipientSet({ database, pins }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<ProposedSet | null> => {
    requireSigner(ctx)
    const { next, everybody } = await database.read(async (tx) => ({ next: await nextSet(tx, pins), everybody: await readEverybody(tx) }))
    if (next === null || !maySign(ctx, next)) return null
    const { set, before, digest, signedBy, missing } = next
    const kept = new Map(before.people.map((person) => [person.id, person]))
    const stay = new Set(set.people.map(({ id }) => id))
    return {
      version: set.version,
      digest,
      people: set.people.map((person) => ({
        ...proposed(person, kept.get(person.id)),
        ...whoTheyWere(person, kept.has(person.id), everybody),
      })),
      leaving: before.people.filter(({ id }) => !stay.has(id)).map(listed),
      signedBy,
      missing,
    }
  }
}

/** For a newcomer alone: everybody else was asked about when they came. */
function whoTheyWere(
  { id, formerly = [] }: DirectoryPerson,
  isKept: boolean,
  everybody: readonly ListedPerson[],
): Pick<ProposedPerson, 'formerly' | 'resembles'> {
  const person = everybody.find((each) => each.id === id)
  if (isKept || person === undefined) return { formerly: null, resembles: [] }
  const known = everybody.findLast((each) => each.id === formerly.at(-1))
  const alike = formerAmong(everybody).filter((each) => !formerly.includes(each.id) && resembles(person, each))
  return { formerly: known?.name ?? null, resembles: alike.map(({ name }) => name) }
}

function proposed(person: DirectoryPerson, before: DirectoryPerson | undefined): Omit<ProposedPerson, 'formerly' | 'resembles'> {
  const isSame = before !== undefined && isDeepStrictEqual(comparable(before), comparable(person))
  return {
    ...listed(person),
    fingerprint: fingerprint(person.keys),
    change: before === undefined ? 'new' : isSame ? null : 'changed',
    before: before === undefined || isSame ? null : listed(before),
  }
}

const listed = ({ id, name, roles, deputy, intakeGroupIds }: DirectoryPerson): Listed => ({ id, name, roles, deputy, intakeGroupIds })
const comparable = (person: DirectoryPerson) => [
  person.name,
  person.alias,
  person.formerly ?? [],
  person.roles.toSorted(),
  person.deputy,
  person.intakeGroupIds.toSorted(),
  fingerprint(person.keys),
]

/**
 * A guardian's signature over the set with this digest, which they have seen. It is in force once two guardians have signed, or one where there
 * was only one; then the rights that were asked for hold. An administrator may sign a set that only leaves people out. Throws Refusal
 * `permission_denied`, those of a fresh code, `invalid_input` where people changed since it was proposed or this person has signed already,
 * `intake_closed`. Records `recipient_set_signed`.
 */
export function createSignRecipientSet(deps: AccountsDeps) {
  const check = createCheckSecondFactor(deps)
  return async (ctx: StaffContext, { digest, otp }: SignSetInput): Promise<{ version: number; inForce: boolean }> => {
    requireSigner(ctx)
    return deps.audited(async (tx) => {
      await check(tx, ctx, otp)
      await lockRecipientSet(tx)
      const next = await nextSet(tx, deps.pins)
      if (next !== null && !maySign(ctx, next)) throw new Refusal('permission_denied')
      if (next === null || next.digest !== digest || next.signedBy.includes(ctx.person.userId))
        throw invalid('/digest', 'people_changed', 'The list of people is not the one you looked at. Look at it again.')
      const signed = await signNext(tx, deps, ctx, next)
      return { value: { version: next.set.version, inForce: signed.inForce }, entries: [signed.entry] }
    })
  }
}

export const signSetInput = z.strictObject({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'The digest of the list that was looked at.' }),
  otp: z.string().max(20).optional(),
})
export type SignSetInput = z.output<typeof signSetInput>

/** Puts a name to the set in the caller's transaction, which holds the lock. */
export async function signNext(
  tx: Tx,
  { pins, clock }: Pick<AccountsDeps, 'pins' | 'clock'>,
  { person, keys }: Pick<StaffContext, 'person' | 'keys'>,
  next: NextSet,
): Promise<{ readonly inForce: boolean; readonly entry: AuditDraft }> {
  const { set, body, digest, signedBy, before } = next
  if (signedBy.length === 0) await insertSet(tx, set.version, body)
  await insertSignature(tx, set.version, person.userId, signatureOver(body, keys))
  const inForce = judged(await readSets(tx), pins).inForce.set.version === set.version
  if (inForce) await putInForce(tx, set, clock.now())
  const rights = inForce ? changedRights(before, set) : []
  return { inForce, entry: signedEntry(person, set, { digest, inForce, rights }, clock.now()) }
}

function requireSigner({ person }: StaffContext): void {
  if (!hasRole(person, 'guardian', 'administrator')) throw new Refusal('permission_denied')
}

/** Guardians sign everything; an administrator nothing but that somebody leaves. */
function maySign({ person }: StaffContext, { leavesOut }: NextSet): boolean {
  return hasRole(person, 'guardian') || leavesOut
}

/** A guardian who signs the first set, with keys at hand. */
export interface Founder {
  readonly person: Person
  readonly keys: PrivateKeys
}

/**
 * Writes and signs the first set in the caller's transaction, and pins the first founder and the recovery key as its last step: a set
 * whose pins were never written would stay closed, pins whose set was never committed are written over. Answers with the entries to
 * record.
 */
export async function foundRecipientSet(
  tx: Tx,
  pins: PinStore,
  people: readonly Person[],
  founders: readonly [Founder, ...Founder[]],
  recovery: Pick<PublicKeys, 'box'> & Partial<PublicKeys>,
  now: Temporal.Instant,
): Promise<AuditDraft[]> {
  const set: RecipientSet = { version: 1, previous: null, recoveryKey: recovery.box, people: people.map(asAsked) }
  const body = bodyOf(set)
  await insertSet(tx, set.version, body)
  for (const { person, keys } of founders) await insertSignature(tx, set.version, person.id, signatureOver(body, keys))
  const [first] = founders
  pins.write({
    recoveryKey: base64(recovery.box),
    ...(recovery.sign && { recoverySignKey: base64(recovery.sign) }),
    guardians: [fingerprint(first.person.publicKeys)],
    set: null,
  })
  const digest = digestOf(body)
  // The last signature puts it in force.
  return founders.map(({ person }, at) => {
    const inForce = at === founders.length - 1
    return signedEntry({ ...person, userId: person.id }, set, { digest, inForce, rights: inForce ? changedRights(null, set) : [] }, now)
  })
}

function signatureOver(body: string, keys: PrivateKeys): Uint8Array {
  return signStatement(keys, statementContext, Buffer.from(body))
}

function signedEntry(
  signer: Parameters<typeof actorOf>[0],
  { version, people }: RecipientSet,
  standing: { readonly digest: string; readonly inForce: boolean; readonly rights: readonly string[] },
  at: Temporal.Instant,
): AuditDraft {
  return { kind: 'recipient_set_signed', actor: actorOf(signer), at, fields: { version, people: people.length, ...standing } }
}
