import { z } from 'zod'
import { readDate, type DateText } from '../../kernel/index.ts'
import { kindsOf } from './kind-groups.ts'
import type { LogQuery } from './search-log.ts'
import type { Period } from './search-store.ts'

const day = z
  .string()
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .meta({ description: 'A London day, `YYYY-MM-DD`.' })

const place = z.coerce.number().int().min(0).meta({ description: 'Only entries before this index: the `next` of an earlier page.' })

const alias = z.string().max(36).meta({ description: 'An alias of the log, or its first eight digits or more.' })

const inOrder = { params: { code: 'before_start' }, path: ['to'], message: 'The last day must not be before the first.' }
/** A day that is none has its own fault, and comes neither before nor after another. */
const areInOrder = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): boolean =>
  from === undefined || to === undefined || readDate(from) === null || readDate(to) === null || from <= to

/** What is looked for: each part may be left out. */
export const logSearchInput = z
  .strictObject({
    from: day.optional(),
    to: day.optional(),
    kind: z
      .string()
      .max(60)
      .refine((code) => kindsOf(code) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the options.' })
      .meta({ description: 'A kind of entry, the code of a group of kinds, or `cover`.' })
      .optional(),
    actor: alias.optional(),
    concern: alias.optional(),
    before: place.optional(),
  })
  .refine(areInOrder, inOrder)

/** A period, both days included. Absent: the last `usualDays` days. */
export const periodInput = z.strictObject({ from: day.optional(), to: day.optional() }).refine(areInOrder, inOrder)

export const dayInput = z.strictObject({ on: day.optional() })

const firstDay = '2020-01-01' as DateText

export function logQueryOf({ from, to, kind, actor, concern, before }: z.output<typeof logSearchInput>, today: DateText): LogQuery {
  const period = { from: (from ?? firstDay) as DateText, to: (to ?? today) as DateText }
  return {
    period: from === undefined && to === undefined ? null : period,
    kinds: kind === undefined ? [] : (kindsOf(kind) ?? []),
    actor: actor ?? null,
    concern: concern ?? null,
    before: before ?? null,
  }
}

/** Days that a report goes back where nobody said how far. */
const usualDays = 30

export function periodOf({ from, to }: z.output<typeof periodInput>, today: DateText): Period {
  const last = (to ?? today) as DateText
  const back = Temporal.PlainDate.from(last).subtract({ days: usualDays }).toString() as DateText
  return { from: (from ?? back) as DateText, to: last }
}
