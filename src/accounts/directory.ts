import { hasRole, Refusal, type Alias, type IntakeGroupId, type Role, type UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { AccountsDeps, Pins } from './dependencies.ts'
import { guardiansIn, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'
import { readSetMark, readSets } from './recipient-set-store.ts'
import { judgeSets, type JudgedSet, type TrustFault } from './trust.ts'

/** Somebody who is, or once was, on a list in force: what they wrote stays theirs when they leave or their keys are made anew. */
export interface KnownPerson {
  readonly alias: Alias
  readonly name: string
  /** As last signed. */
  readonly roles: readonly Role[]
  /** Ed25519, every key that ever was theirs, newest first. */
  readonly signKeys: readonly Uint8Array[]
}

/** Everybody a concern may be sealed to, as guardians have signed it. What the people's rows say is not asked. */
export interface Directory {
  readonly version: number
  /** Of its text, 64 hexadecimal digits. */
  readonly digest: string
  /** X25519, 32 bytes: a holder of every grant. */
  readonly recoveryKey: Uint8Array
  readonly people: readonly DirectoryPerson[]
  find(id: UserId): DirectoryPerson | undefined
  /** The same and those who left: never to seal to. */
  known(id: UserId): KnownPerson | undefined
  /** Whether the person was on the list of this version; null where no such list ever was in force. */
  wasIn(version: number, id: UserId): boolean | null
  /** Guardians of one intake group, deputies last. */
  guardiansOf(group: IntakeGroupId): DirectoryPerson[]
  leads(role: Extract<Role, 'executive_lead' | 'non_executive_lead'>): DirectoryPerson[]
}

type DirectoryDeps = Pick<AccountsDeps, 'database' | 'pins' | 'log'>

/**
 * The directory in force. A set that was judged is kept; every call asks the database in one row whether it is still the newest, and
 * the pins whether they still agree. Throws Refusal `not_set_up` where nothing was ever signed, and `intake_closed`, with a log line
 * that says why, where pins, chain or signatures do not hold: nobody's words are sealed to a list somebody tampered with.
 */
export function createDirectory({ database, pins, log }: DirectoryDeps): { current(tx?: Tx): Promise<Directory> } {
  let kept: { readonly mark: string; readonly directory: Directory } | null = null
  let told: TrustFault | 'pins_unreadable' | null = null

  const close = (reason: NonNullable<typeof told>): never => {
    if (told !== reason) log('intake_closed', { reason })
    told = reason
    throw new Refusal(reason === 'nothing_signed' ? 'not_set_up' : 'intake_closed')
  }

  const judge = async (tx: Tx): Promise<Directory> => {
    const pinned = readPins(pins) ?? close('pins_unreadable')
    const { mark: stored, left } = await readSetMark(tx)
    const mark = `${JSON.stringify(pinned.pins)} ${stored} ${left.join()}`
    if (kept?.mark === mark) return kept.directory
    const trust = judgeSets(await readSets(tx), pinned.pins)
    if (!trust.ok) return close(trust.fault)
    told = null
    const directory = directoryOf(trust.inForce, trust.history, new Set(left))
    kept = { mark, directory }
    if (pinned.pins !== null) remember(directory, pinned.pins)
    return directory
  }

  /** So that an older set, which a leaver was still in, can't be put back. A file that can't be written keeps nobody from raising. */
  const remember = ({ version, digest }: Directory, seen: Pins): void => {
    if (seen.set !== null && seen.set.version >= version) return
    try {
      pins.write({ ...seen, set: { version, digest } })
    } catch {
      log('internal_error', { where: 'pins', kind: 'not_written' })
    }
  }

  return { current: (tx) => (tx === undefined ? database.read(judge) : judge(tx)) }
}

/** Intake groups whose concerns nobody reads while one person is away (`security.md` 2): absence is not covered there. */
export function groupsWithOneGuardian({ people, guardiansOf }: Pick<Directory, 'people' | 'guardiansOf'>): readonly IntakeGroupId[] {
  return [...new Set(people.flatMap(({ intakeGroupIds }) => intakeGroupIds))].filter((group) => guardiansOf(group).length === 1)
}

/** Null where the file is not whole: that is not the same as there being none. */
function readPins(pins: AccountsDeps['pins']): { readonly pins: Pins | null } | null {
  try {
    return { pins: pins.read() }
  } catch {
    return null
  }
}

/** Whoever was sent away (`left`) is sealed to no more, though guardians have yet to sign the list without them. */
function directoryOf({ set, digest }: JudgedSet, history: readonly JudgedSet[], left: ReadonlySet<UserId>): Directory {
  const { version, recoveryKey } = set
  const people = set.people.filter(({ id }) => !left.has(id))
  const byId = new Map(people.map((person) => [person.id, person]))
  const known = knownIn(history.map((each) => each.set))
  const membersOf = new Map(history.map((each) => [each.set.version, new Set(each.set.people.map(({ id }) => id))]))
  return {
    version,
    digest,
    recoveryKey,
    people,
    find: (id) => byId.get(id),
    known: (id) => known.get(id),
    wasIn: (of, id) => membersOf.get(of)?.has(id) ?? null,
    guardiansOf: (group) =>
      guardiansIn(people)
        .filter(({ intakeGroupIds }) => intakeGroupIds.includes(group))
        .toSorted((a, b) => Number(a.deputy) - Number(b.deputy) || (a.name < b.name ? -1 : 1)),
    leads: (role) => people.filter((person) => hasRole(person, role)),
  }
}

/** `history` is oldest first. */
function knownIn(history: readonly RecipientSet[]): Map<UserId, KnownPerson> {
  const known = new Map<UserId, KnownPerson>()
  for (const { people } of history)
    for (const { id, alias, name, roles, keys } of people) {
      const before = known.get(id)?.signKeys ?? []
      const isNew = before.every((key) => Buffer.compare(key, keys.sign) !== 0)
      known.set(id, { alias, name, roles, signKeys: isNew ? [keys.sign, ...before] : before })
    }
  return known
}
