import { addDays, type DateText } from '../../kernel/index.ts'
import type { EntryKind } from '../catalogue.ts'
import { textIn } from '../search/read-text.ts'
import type { ReadEntry } from './kinds-read.ts'
import { findUndone, wasDeputy, type RightsChange } from './people.ts'

/** Days, counts: what each exception is. The page says them. */
export const exceptionRules = { backDatedDays: 2, dutyDays: 14, undoneDays: 7, failuresInARow: 3 } as const

export const exceptionCodes = [
  'back_dated',
  'reads_outside_duty',
  'changes_undone',
  'approvals_by_deputies',
  'refused_attempts',
  'failed_sign_ins',
] as const
export type ExceptionCode = (typeof exceptionCodes)[number]

/** An entry that is an exception; `with` is another that belongs to it, `count` how many entries make it. */
export interface Exception {
  readonly entry: ReadEntry
  readonly with: ReadEntry | null
  readonly count: number
  /** Whom it is about: who acted, or whose rights were changed. */
  readonly person: string | null
}

/** Looks that need a duty. */
export const lookKinds = [
  'content_viewed',
  'identity_viewed',
  'summary_printed',
  'concern_exported',
] as const satisfies readonly EntryKind[]

/** What makes somebody owner, or stop being it. */
const ownerKinds: ReadonlySet<string | null> = new Set(['concern_assigned', 'conflict_declared'])
/** What somebody reads, or is refused, is no act on a concern, and no part of what `findReadsOutsideDuty` is given as `around`. */
export const noActs: readonly EntryKind[] = [...lookKinds, 'concern_viewed', 'summary_viewed', 'attempt_refused']

export function findBackDated(entries: readonly ReadEntry[]): Exception[] {
  return entries
    .filter(({ said }) => Number(said.fields['backDatedDays'] ?? 0) > exceptionRules.backDatedDays)
    .map((entry) => alone(entry, entry.said.actor))
}

/**
 * Looks at what was said, a name, a print or a download by somebody who then neither owned the concern nor did anything else on it within
 * `dutyDays` before or after. `looks` of one period; `around` what staff did on those concerns, oldest first.
 */
export function findReadsOutsideDuty(looks: readonly ReadEntry[], around: readonly ReadEntry[]): Exception[] {
  const byConcern = Map.groupBy(around, ({ said }) => said.concern)
  return looks
    .filter(({ said }) => {
      const all = byConcern.get(said.concern) ?? []
      return said.actor !== null && said.on !== null && said.role !== 'auditor' && !owned(all, said) && !acted(all, said.actor, said.on)
    })
    .map((entry) => alone(entry, entry.said.actor))
}

function owned(all: readonly ReadEntry[], look: ReadEntry['said']): boolean {
  const last = all.findLast(({ said }) => ownerKinds.has(said.kind) && (said.at ?? '') <= (look.at ?? ''))
  return last !== undefined && textIn(last.said.fields['owner']) === look.actor
}

function acted(all: readonly ReadEntry[], actor: string, on: DateText): boolean {
  const [from, to] = [addDays(on, -exceptionRules.dutyDays), addDays(on, exceptionRules.dutyDays)]
  return all.some(({ said }) => said.actor === actor && said.on !== null && said.on >= from && said.on <= to)
}

export function findChangesUndone(changes: readonly RightsChange[], from: DateText): Exception[] {
  const shown = ({ alias, at, kind, index, rights }: RightsChange): ReadEntry => ({
    index,
    said: {
      ...silent,
      actor: alias,
      at,
      on: at.slice(0, 10) as DateText,
      kind,
      fields: { roles: rights.standing === 'in' ? rights.roles : [] },
    },
  })
  return findUndone(changes, exceptionRules.undoneDays)
    .filter(({ undone }) => undone.at.slice(0, 10) >= from)
    .map(({ alias, changed, undone }) => ({ entry: shown(undone), with: shown(changed), count: 2, person: alias }))
}

const silent = { id: null, lane: 'staff', role: null, concern: null, number: null, previous: null } as const

export function findApprovalsByDeputies(approvals: readonly ReadEntry[], changes: readonly RightsChange[]): Exception[] {
  return approvals
    .filter(({ said }) => said.actor !== null && wasDeputy(changes, said.actor, said.at ?? ''))
    .map((entry) => alone(entry, entry.said.actor))
}

export const findRefusedAttempts = (entries: readonly ReadEntry[]): Exception[] => entries.map((entry) => alone(entry, entry.said.actor))

/** The last failure of each row of `failuresInARow` or more of one person without a sign-in between. `entries` oldest first. */
export function findFailedSignIns(entries: readonly ReadEntry[]): Exception[] {
  const rows = new Map<string, ReadEntry[]>()
  const found: Exception[] = []
  const end = (alias: string) => {
    const row = rows.get(alias) ?? []
    if (row.length >= exceptionRules.failuresInARow) found.push({ entry: row.at(-1)!, with: row[0]!, count: row.length, person: alias })
    rows.delete(alias)
  }
  for (const entry of entries) {
    const { kind, fields, actor } = entry.said
    const alias = kind === 'sign_in_failed' ? (textIn(fields['person']) ?? actor) : actor
    if (alias === null) continue
    if (kind === 'sign_in_failed') rows.set(alias, [...(rows.get(alias) ?? []), entry])
    else end(alias)
  }
  for (const alias of rows.keys()) end(alias)
  return found
}

const alone = (entry: ReadEntry, person: string | null): Exception => ({ entry, with: null, count: 1, person })
