import type { Rule, TimelineEvent, TimelineFacts } from '../../../src/timeliness/index.ts'
import { bankHolidays, day, everyDay } from './days.ts'

/**
 * Every clock of a history once more, by somebody with a wall calendar and a pencil: day by day, and nothing taken from the code it checks.
 * Slow, and so simple that it can be read against `domain.md` 9.2.
 */
const wall = everyDay(day('2025-01-01'), day('2031-12-31'))
const place = new Map(wall.map((date, index) => [date as string, index]))
const closed = new Set(bankHolidays.map(({ date }) => date))
const works = wall.map((date) => Temporal.PlainDate.from(date).dayOfWeek <= 5 && !closed.has(date))

function forward(from: string, workingDays: number): string {
  let at = place.get(from)!
  for (let left = workingDays; left > 0;) {
    at += 1
    if (works[at]) left -= 1
  }
  return wall[at]!
}

/** Working days among those after `from`, up to and with `to`. */
function between(from: string, to: string): number {
  let sum = 0
  for (let at = place.get(from)! + 1; at <= place.get(to)!; at += 1) if (works[at]) sum += 1
  return sum
}

const plus = (date: string, more: Temporal.DurationLike) => Temporal.PlainDate.from(date).add(more).toString()

/** A clock as the pencil has it. */
export interface Pencilled {
  readonly code: string
  readonly version: number
  readonly cycle: number
  readonly of: string | null
  readonly round: number
  readonly startedOn: string
  readonly firstDueOn: string
  readonly dueOn: string
  readonly stoppedOn: string | undefined
  readonly endedBy: string | undefined
  readonly state: string
  readonly pausedDays: number
  readonly extensions: number
}

/** One time that a clock is started: when, and what happens to it from then on. */
interface Life {
  readonly cycle: number
  readonly of: string | null
  readonly on: string
  readonly setFor: string | undefined
  readonly events: readonly TimelineEvent[]
}

export function pencil(all: readonly TimelineEvent[], rules: readonly Rule[], today: string, facts: TimelineFacts): Pencilled[] {
  const events = all.filter(({ on }) => on <= today)
  const found: Pencilled[] = []
  for (const code of new Set(rules.map((rule) => rule.code))) {
    const [any] = rules.filter((rule) => rule.code === code)
    for (const life of any!.each ? livesOfItems(any!, events) : livesOfCycles(any!, events)) {
      const versions = rules.filter((rule) => rule.code === code && rule.validFrom <= life.on).sort((a, b) => b.version - a.version)
      const rule = versions[0]
      if (rule === undefined || life.on > today || !applies(rule, facts)) continue
      found.push(...rounds(rule, life, today))
    }
  }
  return found
}

function applies(rule: Rule, facts: TimelineFacts): boolean {
  return { always: true, danger: facts.danger, no_danger: !facts.danger, return_channel: facts.returnChannel }[rule.appliesWhen]
}

function livesOfItems(rule: Rule, events: readonly TimelineEvent[]): Life[] {
  const lives: Life[] = []
  let cycle = 1
  for (const event of events) {
    if (event.kind === 'reopened') cycle += 1
    if (event.kind !== rule.startEvent || event.of === undefined || lives.some(({ of }) => of === event.of)) continue
    lives.push({ cycle, of: event.of, on: event.on, setFor: event.until, events: events.filter(({ of }) => of === event.of) })
  }
  return lives
}

function livesOfCycles(rule: Rule, events: readonly TimelineEvent[]): Life[] {
  const starts = [0, ...events.flatMap(({ kind }, index) => (kind === 'reopened' ? [index] : []))]
  return starts.flatMap((begin, at): Life[] => {
    const reopening = starts[at + 1]
    const own = events.slice(begin, reopening === undefined ? undefined : reopening + 1)
    const startKind = at > 0 && rule.restartEvent !== null ? rule.restartEvent : rule.startEvent
    const [start] = sorted(own.filter(({ kind }) => kind === startKind))
    const candidates = start === undefined ? [] : [start.on as string]
    const received = own.find(({ kind }) => kind === 'received')
    if (rule.startsWithinDays !== null && received !== undefined) {
      candidates.push(plus(received.on, { days: rule.startsWithinDays }))
      for (const { kind, on } of own)
        if ((kind === rule.stopEvent || rule.endEvents.includes(kind)) && on >= received.on) candidates.push(on)
    }
    if (candidates.length === 0) return []
    const endsWithCycle = rule.endEvents.includes('reopened')
    const seen = endsWithCycle ? own : events.slice(begin)
    // What began the cycle cannot end it
    return [{ cycle: at + 1, of: null, on: candidates.sort()[0]!, setFor: start?.until, events: at > 0 ? seen.slice(1) : seen }]
  })
}

const sorted = (events: readonly TimelineEvent[]) => events.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))

function rounds(rule: Rule, life: Life, today: string): Pencilled[] {
  const result: Pencilled[] = []
  let from = life.on
  for (let round = 1; round < 1000; round += 1) {
    const stop = stopFor(rule, life.events, from)
    const answered = stop !== undefined && (stop.kind === rule.stopEvent || stop.kind === rule.repeatsUntil)
    const goesOn = rule.repeatsUntil !== null && stop?.kind === rule.stopEvent
    const lastMove = stop === undefined ? '9999-12-31' : goesOn ? plus(stop.on, { days: -1 }) : stop.on
    const moves = life.events.filter(
      (event) => event.clock === rule.code && (event.of ?? null) === life.of && event.on >= from && event.on <= lastMove,
    )
    const due = dueFor(rule, from, round === 1 ? life.setFor : undefined, moves, stop?.on)
    const still = due.pause !== null && due.pause.from <= today && today < due.pause.until
    result.push({
      code: rule.code,
      version: rule.version,
      cycle: life.cycle,
      of: life.of,
      round,
      startedOn: from,
      firstDueOn: due.first,
      dueOn: due.due,
      stoppedOn: stop?.on,
      // Where it was late already, what ended it excuses nothing
      endedBy: stop !== undefined && !answered && stop.on <= due.due ? stop.kind : undefined,
      state:
        stop === undefined
          ? still
            ? 'paused'
            : today > due.due
              ? 'overdue'
              : 'running'
          : stop.on > due.due
            ? 'missed'
            : answered
              ? 'met'
              : 'not_applicable',
      pausedDays: due.paused,
      extensions: due.extensions,
    })
    if (!goesOn) break
    from = stop.on
  }
  return result
}

/** The first that stops or ends it; of one day, the answer. */
function stopFor(rule: Rule, events: readonly TimelineEvent[], from: string): TimelineEvent | undefined {
  const repeats = rule.repeatsUntil !== null
  const kinds = [rule.stopEvent, ...(repeats ? [rule.repeatsUntil] : []), ...rule.endEvents]
  const candidates = events.filter(
    ({ kind, on }) => kinds.includes(kind) && on >= from && !(repeats && kind === rule.stopEvent && on === from),
  )
  return candidates.sort((a, b) => (a.on === b.on ? kinds.indexOf(a.kind) - kinds.indexOf(b.kind) : a.on < b.on ? -1 : 1))[0]
}

function dueFor(rule: Rule, from: string, setFor: string | undefined, moves: readonly TimelineEvent[], stoppedOn: string | undefined) {
  const limit = {
    working_days: () => forward(from, rule.limit),
    calendar_days: () => plus(from, { days: rule.limit }),
    calendar_months: () => plus(from, { months: rule.limit }),
    same_day: () => from,
    hours: () => plus(from, { days: Math.ceil(rule.limit / 24) }),
  }[rule.unit]()
  let first = limit
  if (setFor !== undefined && rule.dueFrom === 'set') first = setFor
  if (setFor !== undefined && rule.dueFrom === 'notified' && setFor < limit) first = setFor
  let [due, paused, extensions] = [first, 0, 0]
  let pause: { from: string; until: string } | null = null
  moves.some((move, index) => {
    if (move.on > due) return true
    if (move.kind === 'clock_extended' && rule.extendable && move.until! > due) {
      due = move.until!
      extensions += 1
    }
    if (move.kind === 'clock_paused' && paused < rule.pauseCap) {
      const begin: string = pause !== null && pause.until > move.on ? pause.until : move.on
      const resumed = moves.slice(index + 1).find(({ kind }) => kind === 'clock_resumed')
      // Day by day, each working day of the pause pushes the due date to the next working day
      let at = begin
      const over = () => at === move.until || at === resumed?.on || at === stoppedOn || paused === rule.pauseCap
      const wasOver = [move.until, resumed?.on, stoppedOn].some((end) => end !== undefined && end <= begin)
      while (!wasOver && !over()) {
        at = plus(at, { days: 1 })
        if (between(plus(at, { days: -1 }), at) === 1) {
          paused += 1
          due = forward(due, 1)
        }
      }
      pause = { from: begin, until: at }
      if (due < at) due = at
    }
    return false
  })
  return { first, due, paused, extensions, pause: pause as { from: string; until: string } | null }
}
