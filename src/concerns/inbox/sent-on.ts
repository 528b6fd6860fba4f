import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import type { StoredEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import type { SendOnReason } from '../../workflow/index.ts'
import type { ClockView } from '../clocks/clock-view.ts'
import { conflictedIn } from '../lifecycle/conflicts.ts'
import { accusedOfDetriment, isFree, keptFrom, narrativeIn, type OwnRecord } from './kept-from.ts'

type Entry = Pick<StoredEntry, 'kind' | 'on' | 'text'>

/** By alias, the leads to whom the person sent their concern on, and when. They hold the thread's key and no other. */
export function sentOnTo(entries: readonly Entry[]): Map<string, DateText> {
  return new Map(
    entries.flatMap(({ kind, on, text }) => {
      const person = kind === 'concern_sent_on' ? fieldsOf(text)['person'] : undefined
      return typeof person === 'string' ? [[person, on] as const] : []
    }),
  )
}

/**
 * Why the person may send it on today: a promise to them was not kept in time this time round, and an answer that came late makes up for
 * nothing; one stands still, or was given a later date and its first has passed: they need agree with neither, or a promise that is moved again and
 * again would never be broken. `clocks` as they are shown to the person.
 */
export function sendOnReasonsIn(clocks: readonly ClockView[], today: DateText): SendOnReason[] {
  const cycle = Math.max(...clocks.map((clock) => clock.cycle))
  const now = clocks.filter((clock) => clock.cycle === cycle)
  return [
    ...(now.some(({ state }) => state === 'overdue' || state === 'missed') ? (['late'] as const) : []),
    ...(now.some(({ state }) => state === 'paused') ? (['pause'] as const) : []),
    ...(now.some(({ state, firstDueOn }) => state === 'running' && firstDueOn < today) ? (['moved'] as const) : []),
  ]
}

/**
 * The next who would get it: an executive lead, then a non-executive one, each once. Never one it is about or was kept from, one whom a
 * report of bad treatment is about, or who declared a conflict. By the signed directory, the person's own record and the log: a row in the
 * database puts nobody on the list and takes nobody off. Null where nobody is left, or the record is not genuine.
 */
export function nextInChain(directory: Directory, own: OwnRecord, entries: readonly Entry[]): DirectoryPerson | null {
  const [kept, accused] = [keptFrom(own), accusedOfDetriment(own)]
  if (kept === null || accused === null) return null
  const conflicted = conflictedIn(entries)
  const promised = new Set((narrativeIn(own)?.readers ?? []).map(({ id }) => id))
  const letIn = readersIn(entries)
  const chain = [...directory.leads('executive_lead'), ...directory.leads('non_executive_lead')]
  return (
    chain.find((person) => !promised.has(person.id) && !letIn.has(person.alias) && isFree(person, kept, accused, conflicted, directory)) ??
    null
  )
}

/** By alias, everybody the log says was let into the thread since it was raised. */
export function readersIn(entries: readonly Entry[]): Set<string> {
  return new Set(
    entries.flatMap(({ kind, text }) => {
      if (kind !== 'access_granted' && kind !== 'access_recovered' && kind !== 'concern_sent_on') return []
      const { person, compartments } = fieldsOf(text)
      const reads = Array.isArray(compartments) && compartments.includes('shared')
      return reads && typeof person === 'string' ? [person] : []
    }),
  )
}

function fieldsOf(entryText: string): Readonly<Record<string, unknown>> {
  return (JSON.parse(entryText) as { fields: Readonly<Record<string, unknown>> }).fields
}
