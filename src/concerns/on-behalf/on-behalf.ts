import type { StaffContext } from '../../accounts/index.ts'
import type { ConcludedInput } from '../light-path/concluded-input.ts'
import type { OnBehalfInput } from './on-behalf-input.ts'
import type { ReadBack, RecordedAnswer } from './views.ts'

/** Proof that two requests are one, as everywhere; named here, so that the use cases may name this. */
type ClientSecret = string | null

/** What a guardian does for somebody who does not write themselves. */
export interface OnBehalf {
  /** What would be kept, to read back to the person. Keeps nothing. */
  readonly readBack: (ctx: StaffContext, input: OnBehalfInput) => Promise<ReadBack>
  readonly record: (ctx: StaffContext, input: OnBehalfInput, secret: ClientSecret) => Promise<RecordedAnswer>
  /** The light path: recorded, acknowledged, triaged and resolved at once. */
  readonly recordConcluded: (ctx: StaffContext, input: ConcludedInput, secret: ClientSecret) => Promise<RecordedAnswer>
  readonly recallCodes: (ctx: StaffContext, secret: string) => Promise<RecordedAnswer | null>
  readonly forgetCodes: (ctx: StaffContext, secret: string) => Promise<void>
}
