import { z } from 'zod'
import { actorOf } from '../audit/index.ts'
import { csvLine, hasRole, invalid, Refusal, type DateText } from '../kernel/index.ts'
import type { ReportingDeps, ReportReader } from './dependencies.ts'
import { hiddenMark, showBreakdown, type ShownCount } from './small-numbers.ts'

/** In the order in which neighbours are hidden together. */
export const gapParts = [
  'same_month',
  'month_before',
  'two_to_three_months',
  'four_to_six_months',
  'seven_to_twelve_months',
  'over_a_year',
  'not_clear',
  'not_said',
  'not_readable',
] as const
export type GapPart = (typeof gapParts)[number]

/** A financial year by the year it begins in: 2026 is April 2026 to March 2027. */
export const raisingGapInput = z.strictObject({
  year: z.coerce.number().int().min(2018).max(2100).meta({ description: 'The year it begins in: 2026 is April 2026 to March 2027.' }),
  format: z.enum(['json', 'csv']).default('json'),
})

export interface GapYear {
  readonly year: number
  readonly from: DateText
  readonly to: DateText
}

export interface RaisingGapFigures extends GapYear {
  /** Null: not shown. */
  readonly parts: readonly { readonly part: GapPart; readonly count: ShownCount }[]
  readonly total: ShownCount
}

/** Who opens: concerns are another room's, and so are the keys. */
export interface GapOpener<Reader> {
  readsWhole(ctx: Reader): Promise<boolean>
  count(ctx: Reader, period: { readonly from: DateText; readonly to: DateText }): Promise<Readonly<Record<GapPart, number>>>
}

/**
 * The gap between becoming aware and raising: for learning what makes it hard to speak up, never about one concern, and of the whole organisation alone.
 * Reckoned while a guardian looks, with that guardian's keys, and kept nowhere: a counter would tell by comparing two copies of the database.
 */
export interface RaisingGaps<Reader> {
  /** The years there are figures of, the newest first, and whether this person may have them: guardians of every part of the organisation. */
  offer(ctx: Reader): Promise<{ readonly years: readonly GapYear[]; readonly whole: boolean }>
  /**
   * The figures of one year, with the small-number rule. Recorded before anything is opened: `report_viewed` with the year's days, `report_exported`
   * for a file. Refusal `permission_denied`, `invalid_input` (`not_over`, `too_many`).
   */
  view(ctx: Reader, year: number, format?: 'csv'): Promise<RaisingGapFigures>
}

const yearsOffered = 5
/** Months after the end of a year until its figures are told: what was received in its last days is recorded by then. Local. */
const monthsToSettle = 1

export function createRaisingGaps<Reader extends ReportReader>(
  { audited }: Pick<ReportingDeps, 'audited'>,
  opener: GapOpener<Reader>,
  { demonstration }: { readonly demonstration: boolean },
): RaisingGaps<Reader> {
  const newest = (now: Temporal.Instant): number => {
    const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
    // None of a demonstration's concerns is real, so its running year can be looked at too
    const told = demonstration ? today.add({ years: 1 }) : today.subtract({ months: monthsToSettle })
    return (told.month < firstMonth ? told.year - 1 : told.year) - 1
  }
  return {
    offer: async (ctx) => {
      const last = newest(ctx.now)
      return { years: Array.from({ length: yearsOffered }, (_, back) => yearOf(last - back)), whole: await opener.readsWhole(ctx) }
    },
    view: async (ctx, year, format) => {
      if (!hasRole(ctx.person, 'guardian') || !(await opener.readsWhole(ctx))) throw new Refusal('permission_denied')
      if (year > newest(ctx.now)) throw invalid('/year', 'not_over', 'Choose a year whose figures are ready.')
      const period = yearOf(year)
      const fields = { report: 'raising_gap', from: period.from, to: period.to }
      const by = { actor: actorOf(ctx.person, 'guardian'), at: ctx.now }
      await audited(async () => ({
        value: null,
        entries: [
          format === undefined
            ? { kind: 'report_viewed', ...by, fields }
            : { kind: 'report_exported', ...by, fields: { ...fields, format } },
        ],
      }))
      const counts = await opener.count(ctx, period)
      const shown = showBreakdown(gapParts.map((part) => counts[part]))
      return { ...period, parts: gapParts.map((part, index) => ({ part, count: shown.parts[index] ?? null })), total: shown.total }
    },
  }
}

const firstMonth = 4

const yearOf = (year: number): GapYear => ({ year, from: `${year}-04-01` as DateText, to: `${year + 1}-03-31` as DateText })

/** The figures as a file: codes, and `*` where a number is not shown. */
export function raisingGapCsv({ from, to, parts, total }: RaisingGapFigures): string {
  const cell = (count: ShownCount) => count ?? hiddenMark
  const rows = [...parts.map(({ part, count }) => [part, cell(count)] as const), ['total', cell(total)] as const]
  return [['from', 'to', 'gap', 'concerns'], ...rows.map((row) => [from, to, ...row])].map(csvLine).join('')
}
