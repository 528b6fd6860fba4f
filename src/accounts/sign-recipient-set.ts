import { invalid, Refusal, type Role, type UserId } from '../kernel/index.ts'
import type { AuditDraft } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import { fingerprint, signStatement, type PrivateKeys, type PublicKeys } from '../vault/index.ts'
import type { AccountsDeps, PinStore } from './dependencies.ts'
import { actorOf, type Person, type StaffContext } from './person.ts'
import { readPeople } from './person-store.ts'
import { base64, bodyOf, digestOf, guardiansIn, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'
import { insertSet, insertSignature, lockRecipientSet, readSets } from './recipient-set-store.ts'
import { requireStepUp } from './session-acts.ts'
import { judgeSets, statementContext, type Trust } from './trust.ts'

/** What a guardian is asked to put their name to. Fingerprints are compared with what each person reads out from their own screen. */
export interface ProposedSet {
  readonly version: number
  readonly digest: string
  readonly people: readonly {
    readonly id: UserId
    readonly name: string
    readonly roles: readonly Role[]
    readonly deputy: boolean
    readonly fingerprint: string
  }[]
  readonly signedBy: readonly UserId[]
}

interface NextSet {
  readonly set: RecipientSet
  readonly body: string
  readonly signedBy: readonly UserId[]
}

/** The people there are now, as the next set to sign; null where they are the ones in force. Throws Refusal `permission_denied`, `intake_closed`. */
export function createProposeRecipientSet({ database, pins }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<ProposedSet | null> => {
    requireGuardian(ctx)
    const next = await database.read((tx) => nextSet(tx, pins))
    if (next === null) return null
    const people = next.set.people.map(({ id, name, roles, deputy, keys }) => ({ id, name, roles, deputy, fingerprint: fingerprint(keys) }))
    return { version: next.set.version, digest: digestOf(next.body), people, signedBy: next.signedBy }
  }
}

/**
 * A guardian's signature over the set with this digest, which they have seen. It is in force once two have signed. Throws Refusal
 * `permission_denied`, `step_up_required`, `invalid_input` where people changed since it was proposed or the guardian has signed
 * already, `intake_closed`. Records `recipient_set_signed`.
 */
export function createSignRecipientSet({ audited, clock, pins }: AccountsDeps) {
  return async (ctx: StaffContext, { digest }: { readonly digest: string }): Promise<{ version: number; inForce: boolean }> => {
    requireGuardian(ctx)
    requireStepUp(ctx)
    return audited(async (tx) => {
      await lockRecipientSet(tx)
      const next = await nextSet(tx, pins)
      if (next === null || digestOf(next.body) !== digest || next.signedBy.includes(ctx.person.userId))
        throw invalid('/digest', 'people_changed', 'The list of people is not the one you looked at. Look at it again.')
      if (next.signedBy.length === 0) await insertSet(tx, next.set.version, next.body)
      await insertSignature(tx, next.set.version, ctx.person.userId, signatureOver(next.body, ctx.keys))
      const trust = judged(await readSets(tx), pins)
      return {
        value: { version: next.set.version, inForce: trust.inForce.set.version === next.set.version },
        entries: [signedEntry(ctx.person, next.set, digest, clock.now())],
      }
    })
  }
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
  const set: RecipientSet = { version: 1, previous: null, recoveryKey: recovery.box, people: people.map(directoryPersonOf) }
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
  return founders.map(({ person }) => signedEntry({ ...person, userId: person.id }, set, digestOf(body), now))
}

/** The set that the people of this moment make: the one waiting for a second signature where that is the same, else a new version. */
async function nextSet(tx: Tx, pins: PinStore): Promise<NextSet | null> {
  const stored = await readSets(tx)
  const { inForce, pending } = judged(stored, pins)
  const people = (await readPeople(tx)).map(directoryPersonOf)
  if (guardiansIn(people).length === 0) throw invalid('/people', 'no_guardian', 'Somebody has to be a guardian.')
  const { version, previous, recoveryKey } = inForce.set
  if (bodyOf({ version, previous, recoveryKey, people }) === bodyOf(inForce.set)) return null
  const setOf = (number: number): RecipientSet => ({ version: number, previous: inForce.digest, recoveryKey, people })
  if (pending !== null && digestOf(bodyOf(setOf(pending.set.version))) === pending.digest && pending.set.version === stored.length)
    return { set: pending.set, body: bodyOf(pending.set), signedBy: pending.signedBy }
  const set = setOf(stored.length + 1)
  return { set, body: bodyOf(set), signedBy: [] }
}

function judged(stored: Parameters<typeof judgeSets>[0], pins: PinStore): Extract<Trust, { ok: true }> {
  const trust = judgeSets(stored, pins.read())
  if (!trust.ok) throw new Refusal(trust.fault === 'nothing_signed' ? 'not_set_up' : 'intake_closed')
  return trust
}

function requireGuardian({ person }: StaffContext): void {
  if (!person.roles.includes('guardian')) throw new Refusal('permission_denied')
}

function signatureOver(body: string, keys: PrivateKeys): Uint8Array {
  return signStatement(keys, statementContext, Buffer.from(body))
}

function signedEntry(
  signer: Parameters<typeof actorOf>[0],
  { version, people }: RecipientSet,
  digest: string,
  at: Temporal.Instant,
): AuditDraft {
  return { kind: 'recipient_set_signed', actor: actorOf(signer), at, fields: { version, digest, people: people.length } }
}

function directoryPersonOf({ id, alias, name, roles, deputy, intakeGroupIds, publicKeys }: Person): DirectoryPerson {
  return { id, alias, name, roles, deputy, intakeGroupIds, keys: publicKeys }
}
