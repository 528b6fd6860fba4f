import { hasRole, type UserId } from '../kernel/index.ts'
import { fingerprint, verifyStatement } from '../vault/index.ts'
import type { Pins } from './dependencies.ts'
import { base64, bodyOf, digestOf, guardiansIn, readBody, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'

/** A set as its rows have it, oldest first in a list. */
export interface StoredSet {
  readonly version: number
  readonly body: string
  readonly signatures: readonly { readonly personId: UserId; readonly signature: Uint8Array }[]
}

export interface JudgedSet {
  readonly set: RecipientSet
  readonly digest: string
  readonly signedBy: readonly UserId[]
}

/** Why nothing may be sealed: what a log line says, and nothing more. */
export type TrustFault =
  | 'nothing_signed'
  | 'not_pinned'
  | 'pin_mismatch'
  | 'body_not_genuine'
  | 'order_broken'
  | 'signature_not_genuine'
  | 'too_few_signatures'
  | 'rolled_back'

/** `pending` is a newer set that waits for a second guardian; `history` every set that ever was in force, oldest first. */
export type Trust =
  | { readonly ok: true; readonly inForce: JudgedSet; readonly pending: JudgedSet | null; readonly history: readonly JudgedSet[] }
  | { readonly ok: false; readonly fault: TrustFault }

type Judgement = JudgedSet & { readonly enough: boolean }

export const statementContext = 'recipient set'
export const recoveryStatementContext = 'recipient set by recovery'

/** Stands in a signature's row where the recovery key signed: nobody's id. */
export const recoverySigner = '00000000-0000-0000-0000-000000000000' as UserId

const refused = (fault: TrustFault): Trust => ({ ok: false, fault })

/**
 * Which set is in force (`security.md` 2). Trust starts at the pins outside the database and goes from set to set: the first is signed
 * by a pinned guardian, and by two guardians where it has two; each later one by two guardians of the set before it (by one, where that had
 * only one). A set that only leaves people out may have an administrator for its second signature, or the second of two guardians could never
 * be taken out. Where no guardian is left who could, the pinned recovery key signs in their place: two of its
 * three keepers stand behind that. A row that breaks the chain, a signature that is not genuine, another recovery key or a set
 * older than one already seen means that somebody wrote to the database, and nothing is in force.
 */
export function judgeSets(stored: readonly StoredSet[], pins: Pins | null): Trust {
  if (pins === null) return refused(stored.length === 0 ? 'nothing_signed' : 'not_pinned')
  let inForce: JudgedSet | null = null
  let pending: JudgedSet | null = null
  const history: JudgedSet[] = []
  for (const [index, row] of stored.entries()) {
    const judged = judgeSet(row, index + 1, inForce, pins)
    if (typeof judged === 'string') return refused(judged)
    if (judged.enough) history.push((inForce = judged))
    pending = judged.enough ? null : judged
  }
  if (inForce === null) return refused(stored.length === 0 ? 'rolled_back' : 'too_few_signatures')
  if (isRolledBack(stored, inForce, pins)) return refused('rolled_back')
  return { ok: true, inForce, pending, history }
}

function judgeSet(row: StoredSet, place: number, before: JudgedSet | null, pins: Pins): Judgement | TrustFault {
  const set = readBody(row.body)
  if (set === null || set.version !== row.version) return 'body_not_genuine'
  const fault = chainFault(set, place, before, pins)
  if (fault !== null) return fault
  const enough = isEnough(row, set, before, pins)
  if (enough === null) return 'signature_not_genuine'
  return { set, digest: digestOf(row.body), signedBy: row.signatures.map(({ personId }) => personId), enough }
}

function chainFault(set: RecipientSet, place: number, before: JudgedSet | null, pins: Pins): TrustFault | null {
  if (set.version !== place || set.previous !== (before?.digest ?? null)) return 'order_broken'
  if (base64(set.recoveryKey) !== pins.recoveryKey) return 'pin_mismatch'
  return trustedFor(set, before, pins).length === 0 ? 'pin_mismatch' : null
}

function isEnough(row: StoredSet, set: RecipientSet, before: JudgedSet | null, pins: Pins): boolean | null {
  if (before !== null && isSignedByRecovery(row, pins)) return true
  return isSignedByEnough(row, trustedFor(set, before, pins), set, before?.set ?? null)
}

/** Whose word a set rests on: the guardians of the set before it, and at the very beginning those who are pinned. */
function trustedFor(set: RecipientSet, before: JudgedSet | null, pins: Pins): DirectoryPerson[] {
  if (before !== null) return guardiansIn(before.set.people)
  return guardiansIn(set.people).filter(({ keys }) => pins.guardians.includes(fingerprint(keys)))
}

/** By nobody else: guardians who can sign do not need it. */
function isSignedByRecovery({ body, signatures }: StoredSet, { recoverySignKey }: Pins): boolean {
  const [only] = signatures
  if (signatures.length !== 1 || only?.personId !== recoverySigner || recoverySignKey === undefined) return false
  return verifyStatement(Buffer.from(recoverySignKey, 'base64'), recoveryStatementContext, Buffer.from(body), only.signature)
}

/** Null where a signature is not genuine, or none is by somebody trusted. */
function isSignedByEnough(
  { body, signatures }: StoredSet,
  trusted: readonly DirectoryPerson[],
  set: RecipientSet,
  before: RecipientSet | null,
): boolean | null {
  const own = guardiansIn(set.people)
  const administrators = before !== null && onlyLeavesOut(before, set) ? administratorsIn(set.people) : []
  const signers = signatures.map(({ personId, signature }) => signerOf([...trusted, ...own, ...administrators], personId, body, signature))
  const among = (people: readonly DirectoryPerson[]) => signers.filter((signer) => people.some(({ id }) => id === signer?.id)).length
  const guardians = among(trusted)
  const helped = Math.min(1, among(administrators))
  const signedTwice = new Set(signers).size < signers.length
  if (signers.includes(null) || signedTwice || guardians + helped === 0) return null
  if (before === null) return signers.length >= Math.min(2, own.length)
  return guardians > 0 && guardians + helped >= Math.min(2, trusted.length)
}

/** Whether `set` is `before` without some of its people, and in nothing else another. */
export function onlyLeavesOut(before: RecipientSet, set: RecipientSet): boolean {
  const kept = new Set(set.people.map(({ id }) => id))
  const people = before.people.filter(({ id }) => kept.has(id))
  return people.length < before.people.length && bodyOf({ ...set, people }) === bodyOf(set)
}

const administratorsIn = (people: readonly DirectoryPerson[]) => people.filter((person) => hasRole(person, 'administrator'))

/** Who made this signature with the keys they were known by before, else with those of this set; null where nobody did. */
function signerOf(people: readonly DirectoryPerson[], id: UserId, body: string, signature: Uint8Array): DirectoryPerson | null {
  const signer = people.find((person) => person.id === id)
  if (signer === undefined) return null
  return verifyStatement(signer.keys.sign, statementContext, Buffer.from(body), signature) ? signer : null
}

function isRolledBack(stored: readonly StoredSet[], inForce: JudgedSet, { set: seen }: Pins): boolean {
  if (seen === null) return false
  const row = stored[seen.version - 1]
  return inForce.set.version < seen.version || row === undefined || digestOf(row.body) !== seen.digest
}
