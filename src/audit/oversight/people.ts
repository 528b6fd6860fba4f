import type { EntryKind } from '../catalogue.ts'
import { textIn } from '../search/read-text.ts'
import type { ReadEntry } from './kinds-read.ts'

/** `in`: on the signed list, or let in where there is none yet. `awaited`: enrolled, not yet on a signed list. */
export type Standing = 'in' | 'awaited' | 'invited' | 'out'

/** What the log says somebody might do. */
export interface Rights {
  readonly standing: Standing
  /** In the order of their codes. */
  readonly roles: readonly string[]
  readonly deputy: boolean
}

/** What changed somebody's rights, and to what. */
export interface RightsChange {
  readonly alias: string
  readonly at: string
  readonly kind: string
  /** The entry; null while it waits for its place. */
  readonly index: number | null
  readonly rights: Rights
}

/** Every kind of entry that says who is in, and with which rights. */
export const rightsKinds = [
  'person_invited',
  'invitation_withdrawn',
  'person_added',
  'person_enrolled',
  'person_deactivated',
  'person_reactivated',
  'recipient_set_signed',
  'recipient_set_recovered',
] as const satisfies readonly EntryKind[]

type RightsKind = (typeof rightsKinds)[number]

/** Every change of anybody's rights, in the order in which they were written. `entries` oldest first. */
export function readChanges(entries: readonly ReadEntry[]): RightsChange[] {
  const held = new Map<string, Rights>()
  return entries.flatMap((entry) =>
    changesOf(entry, held).map(([alias, rights]) => {
      held.set(alias, rights)
      return { alias, at: entry.said.at ?? '', kind: entry.said.kind ?? '', index: entry.index, rights }
    }),
  )
}

/** The last change of each person: what they might do after all of these. */
export function standingAfter(changes: readonly RightsChange[]): RightsChange[] {
  return [...new Map(changes.map((change) => [change.alias, change])).values()]
}

const nothing: Rights = { standing: 'out', roles: [], deputy: false }

function changesOf({ said }: ReadEntry, held: ReadonlyMap<string, Rights>): (readonly [string, Rights])[] {
  const { kind, fields } = said
  if (kind === 'recipient_set_signed' || kind === 'recipient_set_recovered') {
    if (fields['inForce'] !== true || !Array.isArray(fields['rights'])) return []
    return (fields['rights'] as readonly unknown[]).flatMap(rightsIn)
  }
  const alias = textIn(fields['person'])
  if (alias === null) return []
  const next = nextRights(kind as RightsKind, held.get(alias) ?? nothing, rolesIn(fields['roles']))
  return next === null ? [] : [[alias, next]]
}

/** `alias role,role`, `alias role,deputy`, or `alias -` for who is no longer on the list. */
function rightsIn(line: unknown): (readonly [string, Rights])[] {
  const [alias, codes] = typeof line === 'string' ? line.split(' ') : []
  if (alias === undefined || codes === undefined) return []
  if (codes === '-') return [[alias, nothing]]
  const listed = codes.split(',')
  return [[alias, { standing: 'in', roles: listed.filter((code) => code !== 'deputy').toSorted(), deputy: listed.includes('deputy') }]]
}

function nextRights(kind: RightsKind, before: Rights, roles: readonly string[]): Rights | null {
  const given = roles.length === 0 ? before.roles : roles
  switch (kind) {
    case 'person_invited':
      return before.standing === 'in' ? null : { standing: 'invited', roles: given, deputy: false }
    case 'invitation_withdrawn':
      return before.standing === 'in' ? null : { ...before, standing: 'out' }
    case 'person_added':
      return { standing: 'in', roles: given, deputy: before.deputy }
    case 'person_enrolled':
      return before.standing === 'in' ? null : { standing: 'awaited', roles: given, deputy: before.deputy }
    case 'person_deactivated':
      return { ...before, standing: 'out' }
    case 'person_reactivated':
      return { ...before, standing: 'in' }
    default:
      return null
  }
}

const rolesIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string').toSorted() : [])

/** A change of rights that was taken back within `days`. */
export interface UndoneChange {
  readonly alias: string
  /** What was changed, and the change that took it back. */
  readonly changed: RightsChange
  readonly undone: RightsChange
}

/** Changes after which somebody stood again as they had stood before, within so many days. */
export function findUndone(changes: readonly RightsChange[], days: number): UndoneChange[] {
  const byPerson = Map.groupBy(changes, ({ alias }) => alias)
  return [...byPerson].flatMap(([alias, all]) => {
    const real = all.filter(({ rights }, at) => at === 0 || nameOf(rights) !== nameOf(all[at - 1]!.rights))
    return real.flatMap((undone, at) => {
      const [before, changed] = [real[at - 2], real[at - 1]]
      if (before === undefined || changed === undefined || nameOf(before.rights) !== nameOf(undone.rights)) return []
      return daysBetween(changed.at, undone.at) <= days ? [{ alias, changed, undone }] : []
    })
  })
}

const nameOf = ({ standing, roles, deputy }: Rights): string => `${standing} ${roles.join(',')} ${deputy}`

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Whether somebody was a deputy at this moment. */
export function wasDeputy(changes: readonly RightsChange[], alias: string, at: string): boolean {
  return changes.findLast((change) => change.alias === alias && change.at <= at)?.rights.deputy ?? false
}

/** Concerns whose keys each person was given, less those where they declared a conflict of interest. `entries` oldest first. */
export function countKeysGiven(entries: readonly ReadEntry[]): ReadonlyMap<string, number> {
  const held = new Map<string, Set<string>>()
  for (const { said } of entries) {
    const person = textIn(said.fields['person'])
    if (person === null || said.concern === null) continue
    const concerns = held.get(person) ?? new Set<string>()
    if (said.kind === 'conflict_declared') concerns.delete(said.concern)
    else concerns.add(said.concern)
    held.set(person, concerns)
  }
  return new Map([...held].map(([person, concerns]) => [person, concerns.size]))
}
