import { isReached, onCallAt, type OnCallPerson } from '../../../settings/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import type { words } from './words.en.ts'

type Settings = Awaited<ReturnType<ReporterDeps['settings']['current']>>

interface OnCallView {
  readonly now: readonly { readonly name: string; readonly number: string }[]
  readonly later: readonly { readonly name: string; readonly number: string; readonly hours: string }[]
  /** What the organisation says for hours in which nobody is on call. */
  readonly outside: readonly string[]
  /** When one of them is told: as soon as the form is sent, only once somebody comes on call whom a message reaches, or never. */
  readonly wakes: 'now' | 'later' | null
}

/** Who can be called at this moment, and at others; null where there is no list. No address of theirs is shown. */
export function onCallView(
  { calendar, values }: Pick<Settings, 'calendar' | 'values'>,
  { clock, outbox }: Pick<ReporterDeps, 'clock' | 'outbox'>,
  say: (typeof words)['now']['onCall'],
): OnCallView | null {
  const { people, outside } = values.onCall
  if (people.length === 0) return null
  const here = new Set(onCallAt(values.onCall, clock.now(), calendar))
  const reached = people.filter((person) => isReached(person, outbox))
  return {
    now: [...here].map(({ name, number }) => ({ name, number })),
    later: people
      .filter((person) => !here.has(person))
      .map((person) => ({ name: person.name, number: person.number, hours: hoursOf(person, say) })),
    wakes: reached.some((person) => here.has(person)) ? 'now' : reached.length > 0 ? 'later' : null,
    outside: here.size > 0 || outside === '' ? [] : outside.split(/\n+/),
  }
}

function hoursOf({ days, from, until }: OnCallPerson, say: (typeof words)['now']['onCall']): string {
  return from === until ? say.allDay(say.days[days]) : say.hours(say.days[days], from, until)
}
