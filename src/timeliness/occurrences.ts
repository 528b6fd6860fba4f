import { addDays } from '../kernel/index.ts'
import { firstOf, type Cycles, type Occurrence, type TimelineEvent } from './events.ts'
import type { Rule } from './rules.ts'

type Starts = Pick<Rule, 'startEvent' | 'restartEvent' | 'startsWithinDays' | 'stopEvent' | 'endEvents' | 'each'>

/** Every time the clock of a rule starts: once a cycle, or once for each report, task or request. `cycles` as `cyclesOf` gives them. */
export function occurrencesOf(rule: Starts, events: readonly TimelineEvent[], cycles: Cycles): Occurrence[] {
  if (rule.each) return eachOf(rule, events, cycles)
  return cycles.flatMap((cycle, index) => {
    // What a reopening does not end can still be done after it
    const after = rule.endEvents.includes('reopened') ? [] : cycles.slice(index + 1).flat()
    return oneIn(rule, cycle, index + 1).map((occurrence) => ({ ...occurrence, events: [...cycle, ...after] }))
  })
}

function eachOf(rule: Starts, events: readonly TimelineEvent[], cycles: Cycles): Occurrence[] {
  const started = new Map<string, Occurrence>()
  for (const [index, cycle] of cycles.entries()) {
    for (const { kind, of, on, until, entry } of cycle) {
      if (kind !== rule.startEvent || of === undefined || started.has(of)) continue
      const own = events.filter((event) => event.of === of)
      started.set(of, { cycle: index + 1, of, startedOn: on, ...entryOf(entry), setFor: until ?? null, events: own })
    }
  }
  return [...started.values()]
}

function oneIn(rule: Starts, cycle: readonly TimelineEvent[], number: number): Occurrence[] {
  const start = firstOf(cycle, (number > 1 ? rule.restartEvent : null) ?? rule.startEvent)
  const began = [...(start === null ? [] : [start]), ...latestStarts(rule, cycle)].toSorted((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  )[0]
  if (began === undefined) return []
  return [{ cycle: number, of: null, startedOn: began.on, ...entryOf(began.entry), setFor: start?.until ?? null, events: cycle }]
}

const entryOf = (entry: string | undefined): Pick<Occurrence, 'entry'> => (entry === undefined ? {} : { entry })

/**
 * A comparator's clock does not wait for an answer that never comes (Directive (EU) 2019/1937, article 9). What stops or ends it sooner starts
 * it too: a concern that was withdrawn by then would otherwise be late for ever.
 */
function latestStarts(
  { startsWithinDays, stopEvent, endEvents }: Starts,
  cycle: readonly TimelineEvent[],
): Pick<TimelineEvent, 'on' | 'entry'>[] {
  const received = startsWithinDays === null ? null : firstOf(cycle, 'received')
  if (received === null) return []
  const over = [stopEvent, ...endEvents].flatMap((kind) => firstOf(cycle, kind, received.on) ?? [])
  return [{ on: addDays(received.on, startsWithinDays!) }, ...over]
}
