import { z } from 'zod'
import { addDays, londonDate, shortText, type DateText } from '../../kernel/index.ts'
import type { WorkingCalendar } from '../../timeliness/index.ts'
import { asked } from '../changes/asked.ts'

export const onCallDays = ['every_day', 'working_days', 'other_days'] as const
export type OnCallDays = (typeof onCallDays)[number]

/** Who is called where somebody may be in danger, by which number, and when. Weekends and bank holidays are days like others here. */
export interface OnCallPerson {
  readonly name: string
  /** A telephone number: shown to who writes, and called where text messages or pagers are set up. */
  readonly number: string
  /** Where the urgent letter goes; empty for none. */
  readonly email: string
  readonly days: OnCallDays
  /** `hh:mm`, Europe/London. Until is not included; where it is not after from, it is on the day after; the same is all day. */
  readonly from: string
  readonly until: string
}

export interface OnCallValues {
  /** In the order in which they are called. None: nobody is called, and pages say so. */
  readonly people: readonly OnCallPerson[]
  /** What to do while nobody is on call; empty says nothing. */
  readonly outside: string
  /** Minutes after which the next is called, where nobody has looked; a multiple of fifteen. */
  readonly patience: number
}

export const mostOnCall = 20

const timeOfDay = z
  .string()
  .max(10)
  .transform((text) =>
    text
      .trim()
      .replace(/^(\d)([:.])/, '0$1$2')
      .replace('.', ':'),
  )
  .refine(isTime, { params: { code: 'wrong_format' }, message: 'Write a time of the day like 08:00 or 17:30.' })

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

const person = z.strictObject({
  name: shortText(100, 'Say who or what it is.'),
  number: shortText(40, 'Give a telephone number.').refine((text) => /^[+()\d][\d\s()+,#*-]*$/.test(text), {
    params: { code: 'wrong_format' },
    message: 'Write a telephone number, in digits.',
  }),
  email: z
    .string()
    .trim()
    .max(254)
    .refine((text) => text === '' || z.email().safeParse(text).success, {
      params: { code: 'wrong_format' },
      message: 'Write one e-mail address, or leave it out.',
    })
    .default(''),
  days: z.enum(onCallDays),
  from: timeOfDay,
  until: timeOfDay,
})

export const onCallInput = z.strictObject({
  people: z.array(person).max(mostOnCall),
  outside: z.string().trim().max(500).default(''),
  patience: z.int().min(15).max(120).multipleOf(15).default(30),
  ...asked,
})
export type OnCallInput = z.output<typeof onCallInput>

export const storedOnCall = z.object({
  people: z.array(
    z.object({ name: z.string(), number: z.string(), email: z.string(), days: z.enum(onCallDays), from: z.string(), until: z.string() }),
  ),
  outside: z.string(),
  patience: z.int().min(15),
})

/** Whether anything that is set up reaches them. */
export const isReached = ({ email }: OnCallPerson, ways: { readonly setUp: boolean; readonly callsSetUp: boolean }): boolean =>
  ways.callsSetUp || (ways.setUp && email !== '')

/** Who of the list is on call at this moment, in its order. */
export function onCallAt({ people }: OnCallValues, now: Temporal.Instant, calendar: Pick<WorkingCalendar, 'isWorkingDay'>): OnCallPerson[] {
  const here = now.toZonedDateTimeISO('Europe/London')
  const time = here.toPlainTime().toString({ smallestUnit: 'minute' })
  const today = londonDate(now)
  const has = (days: OnCallDays, date: DateText) => days === 'every_day' || calendar.isWorkingDay(date) === (days === 'working_days')
  return people.filter(({ days, from, until }) => {
    if (from < until) return has(days, today) && from <= time && time < until
    // Through the night: its hours after midnight are of the day before
    return (has(days, today) && from <= time) || (has(days, addDays(today, -1)) && time < until)
  })
}
