import { z } from 'zod'
import { shortText, type DateText } from '../../kernel/index.ts'
import type { WorkingCalendar } from '../../timeliness/index.ts'
import { asked } from '../changes/asked.ts'

/** How long before it holds a change of a limit is announced to staff side: "no surprises". */
export interface NoticeValues {
  readonly workingDays: number
  readonly source: string
  /** A longer period that still holds: whoever shortens it gives the notice that stood before. */
  readonly longer: { readonly workingDays: number; readonly until: DateText } | null
}

/** No official rule was found, so the figure is the organisation's own and says so. */
export const firstNotice: NoticeValues = {
  workingDays: 20,
  source: 'Local figure. No official rule was found. Four weeks leave time for one meeting of the partnership forum.',
  longer: null,
}

export const storedNotice = z.object({
  workingDays: z.int().min(1),
  source: z.string(),
  longer: z.object({ workingDays: z.int(), until: z.string().transform((text) => text as DateText) }).nullable(),
})

export const noticeInput = z.strictObject({
  workingDays: z
    .int('Give a whole number of working days.')
    .min(5, 'Give five working days or more: staff side must be able to answer.')
    .max(120, 'Give 120 working days or fewer.'),
  source: shortText(300, 'Say where this figure comes from.'),
  ...asked,
})
export type NoticeInput = z.output<typeof noticeInput>

/** How many working days a change that is announced on this day is announced ahead. */
function noticeOn({ workingDays, longer }: NoticeValues, day: DateText): number {
  return longer !== null && day < longer.until ? Math.max(workingDays, longer.workingDays) : workingDays
}

/** The first day on which a change that is announced on `day` may hold. */
export function noticeUntil(notice: NoticeValues, day: DateText, calendar: WorkingCalendar): DateText {
  return calendar.addWorkingDays(day, noticeOn(notice, day))
}

/** A shorter period holds from when the longer one is over: else nobody would be safe from a surprise. A longer one holds at once. */
export function changedNotice(
  before: NoticeValues,
  { workingDays, source }: Pick<NoticeInput, 'workingDays' | 'source'>,
  today: DateText,
  calendar: WorkingCalendar,
): NoticeValues {
  const held = noticeOn(before, today)
  const longer = workingDays < held ? { workingDays: held, until: calendar.addWorkingDays(today, held) } : null
  return { workingDays, source, longer }
}
