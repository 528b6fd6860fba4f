import type { OnCallDays, OnCallPerson } from './on-call.ts'

/** Hours, `hh:mm` in London, on which nobody of the list is on call. Until is not included; `24:00` is the end of the day. */
export interface OnCallGap {
  readonly days: Exclude<OnCallDays, 'every_day'>
  readonly from: string
  readonly until: string
}

const kinds = ['working_days', 'other_days'] as const
const minutesOfDay = 24 * 60

/**
 * When nobody is on call, working days and other days apart; none where every hour is covered. Where a night is covered on some of these days only,
 * since the shift began on a day of the other kind, it counts as a gap. For a list that is empty: all of both.
 */
export function onCallGaps(people: readonly OnCallPerson[]): readonly OnCallGap[] {
  return kinds.flatMap((days) => {
    const covered = (minute: number) => kinds.every((dayBefore) => people.some((person) => isOn(person, minute, days, dayBefore)))
    return gapsIn(covered).map(([from, until]) => ({ days, from: clockText(from), until: clockText(until) }))
  })
}

/** As `onCallAt` judges it: the hours of a night after midnight are of the day before. */
function isOn(person: OnCallPerson, minute: number, today: OnCallGap['days'], dayBefore: OnCallGap['days']): boolean {
  const [from, until] = [minuteOf(person.from), minuteOf(person.until)]
  const has = (day: OnCallGap['days']) => person.days === 'every_day' || person.days === day
  if (from < until) return has(today) && from <= minute && minute < until
  return (has(today) && from <= minute) || (has(dayBefore) && minute < until)
}

function gapsIn(covered: (minute: number) => boolean): readonly (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = []
  let start: number | null = null
  for (let minute = 0; minute <= minutesOfDay; minute += 1) {
    const open = minute < minutesOfDay && !covered(minute)
    if (open) start ??= minute
    if (!open && start !== null) {
      gaps.push([start, minute])
      start = null
    }
  }
  return gaps
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
