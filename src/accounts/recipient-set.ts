import { z } from 'zod'
import { canonicalJson, leafHash } from '../audit/index.ts'
import { hasRole, roles, type Alias, type IntakeGroupId, type Role, type UserId } from '../kernel/index.ts'
import type { PublicKeys } from '../vault/index.ts'

/** A member of staff as guardians have vouched for them: who they are, what they may be, and the keys that are theirs. */
export interface DirectoryPerson {
  readonly id: UserId
  readonly alias: Alias
  readonly name: string
  readonly roles: readonly Role[]
  readonly deputy: boolean
  readonly intakeGroupIds: readonly IntakeGroupId[]
  readonly keys: PublicKeys
  /** Ids they had before their keys were lost; absent where there were none. */
  readonly formerly?: readonly UserId[]
}

/** One version of the list of everybody a concern may be sealed to. */
export interface RecipientSet {
  readonly version: number
  /** Digest of the set in force when this one was written, null for the first. */
  readonly previous: string | null
  /** The organisation's X25519 key: whoever holds two of its three shares can open everything. */
  readonly recoveryKey: Uint8Array
  readonly people: readonly DirectoryPerson[]
}

const format = 'forthright-recipient-set/1'
const base64Key = z
  .string()
  .regex(/^[\w+/]{43}=$/)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))

const bodyShape = z.strictObject({
  format: z.literal(format),
  version: z.int().positive(),
  previous: z.string().nullable(),
  recoveryKey: base64Key,
  people: z.array(
    z.strictObject({
      id: z.guid(),
      alias: z.guid(),
      name: z.string(),
      roles: z.array(z.enum(roles)),
      deputy: z.boolean(),
      intakeGroupIds: z.array(z.guid()),
      boxKey: base64Key,
      signKey: base64Key,
      formerly: z.array(z.guid()).min(1).exactOptional(),
    }),
  ),
})

/** The one text of a set, which guardians sign: canonical JSON, people by id, so that equal sets have equal texts. */
export function bodyOf({ version, previous, recoveryKey, people }: RecipientSet): string {
  return canonicalJson({
    format,
    version,
    previous,
    recoveryKey: base64(recoveryKey),
    people: people
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, alias, name, roles: held, deputy, intakeGroupIds, keys, formerly = [] }) => ({
        id,
        alias,
        name,
        roles: [...held],
        deputy,
        intakeGroupIds: intakeGroupIds.toSorted(),
        boxKey: base64(keys.box),
        signKey: base64(keys.sign),
        ...(formerly.length > 0 && { formerly: [...formerly] }),
      })),
  })
}

/** The set of a body, null where the text is not exactly what `bodyOf` would write. */
export function readBody(body: string): RecipientSet | null {
  const read = bodyShape.safeParse(parsed(body))
  if (!read.success) return null
  const { version, previous, recoveryKey, people } = read.data
  const set: RecipientSet = {
    version,
    previous,
    recoveryKey,
    people: people.map(({ id, alias, intakeGroupIds, boxKey, signKey, formerly, ...rest }) => ({
      ...rest,
      ...(formerly !== undefined && { formerly: formerly as UserId[] }),
      id: id as UserId,
      alias: alias as Alias,
      intakeGroupIds: intakeGroupIds as IntakeGroupId[],
      keys: { box: boxKey, sign: signKey },
    })),
  }
  return bodyOf(set) === body && new Set(people.map(({ id }) => id)).size === people.length ? set : null
}

/** The leaf hash (RFC 6962 2.1) of a body, in hexadecimal: what entries and pins call the set by. */
export function digestOf(body: string): string {
  return Buffer.from(leafHash(body)).toString('hex')
}

export function guardiansIn(people: readonly DirectoryPerson[]): DirectoryPerson[] {
  return people.filter((person) => hasRole(person, 'guardian'))
}

/**
 * Whose rights a set changes, as its entry tells them: alias and codes, '-' for whoever is no longer on it. From all sets in force in turn
 * anybody can tell who held which role on a day.
 */
export function changedRights(before: RecipientSet | null, { people }: RecipientSet): string[] {
  const held = new Map((before?.people ?? []).map((person) => [person.alias as string, rightsOf(person)]))
  const now = new Map(people.map((person) => [person.alias as string, rightsOf(person)]))
  const left = [...held.keys()].filter((alias) => !now.has(alias)).map((alias) => `${alias} -`)
  const changed = [...now].filter(([alias, rights]) => held.get(alias) !== rights).map(([alias, rights]) => `${alias} ${rights}`)
  return [...left, ...changed].toSorted()
}

const rightsOf = ({ roles: held, deputy }: DirectoryPerson) => [...held.toSorted(), ...(deputy ? ['deputy'] : [])].join(',')

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
