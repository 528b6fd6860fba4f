import { addDays, type Fault } from '../kernel/index.ts'
import type { ClockStanding, Facts, Inputs, OneClock, Standing } from './facts.ts'
import { conflict, deciders, fault, holds, none, type Guard } from './guards.ts'

// What may be done to a clock (`domain.md` 9.2): only to one whose rule allows it, only while it runs and is not late.

/** How far ahead a later date may lie. LOCAL: whoever needs longer gives it another date then, and says so again. */
const furthestDays = 366

/** A check is made near its day: three months after the outcome is not three weeks after it. LOCAL. */
const followUpEarliestDays = 28

const followUps = [
  { code: 'T11a', months: 3 },
  { code: 'T11b', months: 6 },
] as const

export const canPause = ({ clocks }: Standing): boolean => clocks.some((clock) => pauseFaults(clock).length === 0)
export const canResume = ({ clocks }: Standing): boolean => clocks.some(({ state }) => state === 'paused')
export const canExtend = ({ clocks }: Standing): boolean => clocks.some((clock) => extensionFaults(clock).length === 0)

/** The checks after the outcome that nobody has made, by month and the first day on which they can be made. */
export function followUpsOpen({ clocks }: Pick<Standing, 'clocks'>) {
  return followUps.flatMap(({ code, months }) => {
    const clock = clocks.find((each) => each.code === code)
    return clock === undefined ? [] : [{ months, dueOn: clock.dueOn, from: addDays(clock.dueOn, -followUpEarliestDays) }]
  })
}

export const canFollowUp = (standing: Standing): boolean => followUpsOpen(standing).length > 0

export const clockCanPause: Guard<Inputs['pause_clock']> = (facts, input) => {
  const clock = clockIn(facts, input)
  const faults = clock === undefined ? notRunning : pauseFaults(clock)
  if (faults.length > 0 || clock === undefined) return faults
  return [...pauseEnd(facts, clock, input), ...secondPerson(facts, clock, input)]
}

function pauseFaults({ pausable, state, pauseUntil }: ClockStanding): readonly Fault[] {
  const at = '/clock'
  if (!pausable) return fault(at, 'never_pauses', 'This time limit never pauses.')
  if (state === 'late') return alreadyLate
  if (state === 'paused') return fault(at, 'paused_already', 'It stands still already. Let it go on first.')
  return pauseUntil === null ? fault(at, 'no_pause_left', 'It has stood still for as long as it may.') : none
}

function pauseEnd({ today }: Facts, { pauseUntil }: ClockStanding, { until }: Inputs['pause_clock']): readonly Fault[] {
  if (until <= today) return fault('/until', 'in_the_past', 'Give a later day than today.')
  return pauseUntil !== null && until > pauseUntil
    ? fault('/until', 'pause_too_long', `It may stand still until ${pauseUntil} at the latest.`)
    : none
}

/** A long pause is nobody's own decision (`domain.md` 9.2: reason and authoriser). */
function secondPerson(facts: Facts, { aloneUntil }: ClockStanding, { until, authorisedBy }: Inputs['pause_clock']): readonly Fault[] {
  const at = '/authorisedBy'
  if (authorisedBy === undefined)
    return until > aloneUntil ? fault(at, 'authoriser_required', 'Name a guardian or lead who agreed to so long a pause.') : none
  if (authorisedBy === facts.person) return fault(at, 'authoriser_is_self', 'Name somebody other than yourself.')
  if (!holds(facts, authorisedBy, deciders)) return fault(at, 'may_not_authorise', 'Choose an active guardian or lead.')
  return facts.about.has(authorisedBy) ? conflict(at, 'Choose somebody the concern is not about.') : none
}

export const clockCanResume: Guard<Inputs['resume_clock']> = (facts, input) => {
  const clock = clockIn(facts, input)
  if (clock === undefined) return notRunning
  return clock.state === 'paused' ? none : fault('/clock', 'not_paused', 'It does not stand still.')
}

export const clockCanBeExtended: Guard<Inputs['extend_clock']> = (facts, input) => {
  const clock = clockIn(facts, input)
  const faults = clock === undefined ? notRunning : extensionFaults(clock)
  if (faults.length > 0 || clock === undefined) return faults
  if (input.until <= clock.dueOn) return fault('/until', 'not_later', 'Give a later day than the one that stands.')
  return input.until > addDays(facts.today, furthestDays) ? fault('/until', 'too_far', 'Give a day within twelve months.') : none
}

function extensionFaults({ extendable, state }: ClockStanding): readonly Fault[] {
  if (!extendable) return fault('/clock', 'not_extendable', 'This time limit cannot be given a later date.')
  if (state === 'late') return alreadyLate
  return state === 'paused' ? fault('/clock', 'paused_already', 'It stands still. Let it go on first.') : none
}

/** A check after the outcome, on or about its day. */
export const followUpIsDue: Guard<Inputs['record_follow_up']> = (facts, { months }) => {
  const open = followUpsOpen(facts).find((check) => check.months === months)
  if (open === undefined) return fault('/months', 'not_an_option', 'This check is made already, or not asked for.')
  return facts.today < open.from ? fault('/months', 'too_early', 'It is too early for this check.') : none
}

export const somethingWasDone: Guard<Inputs['record_first_contact']> = (_, { parts }) =>
  parts.length > 0 ? none : fault('/parts', 'empty', 'Tick what was done.')

const notRunning = fault('/clock', 'not_an_option', 'Choose a time limit that runs.')
const alreadyLate = fault('/clock', 'already_late', 'It has run out already. A limit that was missed stays missed.')

function clockIn({ clocks }: Standing, { clock, of }: OneClock): ClockStanding | undefined {
  return clocks.find((each) => each.code === clock && each.of === (of ?? null))
}
