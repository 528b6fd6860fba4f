import { z } from 'zod'
import { shortText } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'

/** When somebody stands in for an owner who does not act. */
export interface CoverValues {
  /** Working days without an act of their own after which an owner counts as silent. */
  readonly silentDays: number
  readonly source: string
}

export const firstCover: CoverValues = {
  silentDays: 3,
  source: 'Local figure. No policy says after how many days a colleague steps in. Three leave room for part-time work and a day of leave.',
}

/** One day would take a concern from everybody who does not work each day; more than fifteen is longer than most limits. */
const [fewest, most] = [2, 15]

export const coverInput = z.strictObject({
  silentDays: z
    .int('Give a whole number of working days.')
    .min(fewest, 'Give two working days or more: not everybody works each day.')
    .max(most, 'Give fifteen working days or fewer.'),
  source: shortText(300, 'Say where this figure comes from.'),
  ...asked,
})
export type CoverInput = z.output<typeof coverInput>

export const storedCover = z.object({ silentDays: z.int().min(fewest).max(most), source: z.string() })
