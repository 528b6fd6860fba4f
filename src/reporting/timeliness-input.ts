import { z } from 'zod'
import { dayInput } from '../audit/index.ts'
import { invalid, type DateText } from '../kernel/index.ts'
import { clockStates } from '../timeliness/index.ts'
import { readPlaceText } from './row-place.ts'
import type { TimelinessQuery } from './timeliness-report.ts'

const day = dayInput.shape.on

const reportFormats = ['json', 'csv', 'ods'] as const

/** What is asked of the report: each part may be left out. */
export const timelinessInput = z
  .strictObject({
    from: day,
    to: day,
    code: z
      .string()
      .max(10)
      .optional()
      .meta({ description: 'Single clocks of this limit alone; the months are of it too. Absent: of all, months of T1.' }),
    outcome: z.enum(clockStates).optional().meta({ description: 'Single clocks that stand so alone.' }),
    cursor: z.string().max(200).optional().meta({ description: 'The `next` of an earlier page.' }),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    format: z.enum(reportFormats).default('json'),
    part: z
      .enum(['concerns', 'figures', 'duties'])
      .default('concerns')
      .meta({ description: 'Of a CSV file, which holds one table: single clocks, figures, or the organisation’s duties.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    params: { code: 'before_start' },
    path: ['to'],
    message: 'The last day must not be before the first.',
  })
export type TimelinessInput = z.output<typeof timelinessInput>

/** Refusal `invalid_input` for a cursor that no page gave. */
export function timelinessQueryOf({ from, to, code, outcome, cursor, limit }: TimelinessInput): TimelinessQuery {
  const after = cursor === undefined ? null : readPlaceText(cursor)
  if (cursor !== undefined && after === null) throw invalid('/cursor', 'wrong_format', 'Send what an earlier page gave as `next`.')
  return {
    from: (from ?? null) as DateText | null,
    to: (to ?? null) as DateText | null,
    chart: code ?? 'T1',
    rows: { code: code ?? null, outcome: outcome ?? null, after, limit },
  }
}
