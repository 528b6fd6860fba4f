import { hasRole, Refusal, type IntakeGroupId, type Role, type UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { AccountsDeps, Pins } from './dependencies.ts'
import { guardiansIn, type DirectoryPerson, type RecipientSet } from './recipient-set.ts'
import { readSetMark, readSets } from './recipient-set-store.ts'
import { judgeSets, type TrustFault } from './trust.ts'

/** Everybody a concern may be sealed to, as guardians have signed it. What the people's rows say is not asked. */
export interface Directory {
  readonly version: number
  /** What entries call this set by, 64 hexadecimal digits. */
  readonly digest: string
  /** X25519, 32 bytes: a holder of every grant. */
  readonly recoveryKey: Uint8Array
  readonly people: readonly DirectoryPerson[]
  find(id: UserId): DirectoryPerson | undefined
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
    const mark = `${JSON.stringify(pinned.pins)} ${await readSetMark(tx)}`
    if (kept?.mark === mark) return kept.directory
    const trust = judgeSets(await readSets(tx), pinned.pins)
    if (!trust.ok) return close(trust.fault)
    told = null
    const directory = directoryOf(trust.inForce.set, trust.inForce.digest)
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

/** Null where the file is not whole: that is not the same as there being none. */
function readPins(pins: AccountsDeps['pins']): { readonly pins: Pins | null } | null {
  try {
    return { pins: pins.read() }
  } catch {
    return null
  }
}

function directoryOf({ version, recoveryKey, people }: RecipientSet, digest: string): Directory {
  const byId = new Map(people.map((person) => [person.id, person]))
  return {
    version,
    digest,
    recoveryKey,
    people,
    find: (id) => byId.get(id),
    guardiansOf: (group) =>
      guardiansIn(people)
        .filter(({ intakeGroupIds }) => intakeGroupIds.includes(group))
        .toSorted((a, b) => Number(a.deputy) - Number(b.deputy) || (a.name < b.name ? -1 : 1)),
    leads: (role) => people.filter((person) => hasRole(person, role)),
  }
}
