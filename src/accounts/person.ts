import {
  Refusal,
  roles,
  type Alias,
  type IntakeGroupId,
  type Role,
  type SessionId,
  type StaffMember,
  type UserId,
} from '../kernel/index.ts'
import type { EntryActor } from '../audit/index.ts'
import type { PasswordRecord, PrivateKeys, PublicKeys } from '../vault/index.ts'

/** A signed-in person as use cases get them. */
export interface StaffContext {
  readonly person: StaffMember & { readonly deputy: boolean; readonly intakeGroupIds: readonly IntakeGroupId[] }
  readonly sessionId: SessionId
  /** Opened for this request only. */
  readonly keys: PrivateKeys
  /** A second factor was given in this session within the last five minutes, beside the one at sign-in. */
  readonly steppedUp: boolean
  /** The same, or the session itself was opened with one within the last five minutes. */
  readonly freshCode: boolean
  /** The synchroniser token of the session, base64url. */
  readonly csrf: string
  readonly requestId: string
  readonly now: Temporal.Instant
}

/** What somebody may do, and for whom. */
export interface Rights {
  readonly roles: readonly Role[]
  readonly deputy: boolean
  readonly intakeGroupIds: readonly IntakeGroupId[]
}

/** A person with everything their row keeps, all of it useless without a password or the server's secrets. */
export interface Person extends Rights {
  readonly id: UserId
  readonly alias: Alias
  /** As `normaliseEmail` gives it. */
  readonly email: string
  readonly name: string
  readonly publicKeys: PublicKeys
  readonly password: PasswordRecord
  /** Sealed under the server's key for second factors. */
  readonly totpSeed: Uint8Array
  /** Their keys under the printed recovery code; null where none is printed, or it was used. */
  readonly recoveryWrapped: Uint8Array | null
  /** Rights asked for that guardians have not signed yet; those above hold until they have. */
  readonly next: Rights | null
  /** Ids under which they were known before their keys were lost: what is kept from those is kept from them. */
  readonly formerly: readonly UserId[]
}

/** An e-mail address as it is kept and looked up, so that capitals and spaces do not make another person. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

const contentRoles: ReadonlySet<Role> = new Set(['guardian', 'investigator', 'executive_lead', 'non_executive_lead'])

/**
 * The roles in the order of the kernel's list, each once. Throws Refusal `invalid_input` where there is none, where an administrator
 * would hold a role that reads concerns, or an auditor would be a guardian (`security.md` 5), and where a deputy is no guardian.
 */
export function settleRoles(wanted: readonly Role[], deputy: boolean): readonly Role[] {
  const held = roles.filter((role) => wanted.includes(role))
  const fault = roleFault(held, deputy)
  if (fault !== null) throw new Refusal('invalid_input', { faults: [{ pointer: '/roles', ...fault }] })
  return held
}

function roleFault(held: readonly Role[], deputy: boolean): { readonly code: string; readonly detail: string } | null {
  if (held.length === 0) return { code: 'roles_missing', detail: 'Choose at least one role.' }
  if (held.includes('administrator') && held.some((role) => contentRoles.has(role)))
    return { code: 'roles_apart', detail: 'An administrator can hold no role that reads concerns.' }
  if (held.includes('auditor') && held.includes('guardian'))
    return { code: 'roles_apart', detail: 'An auditor can not be a guardian as well.' }
  if (deputy && !held.includes('guardian')) return { code: 'deputy_of_nobody', detail: 'A deputy is a guardian.' }
  return null
}

export function staffMemberOf({ id, alias, name, roles: held }: Pick<Person, 'id' | 'alias' | 'name' | 'roles'>): StaffMember {
  return { userId: id, alias, name, roles: held }
}

/** Who the log says acted: the alias, in the first of the person's roles. */
export function actorOf({ userId, alias, roles: held }: Pick<StaffMember, 'userId' | 'alias' | 'roles'>): EntryActor {
  const [role] = held
  if (role === undefined) throw new Error('a person without a role has no rights to act on')
  return { role, alias, userId }
}
