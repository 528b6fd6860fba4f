import type { StaffContext } from '../../accounts/index.ts'
import type { DateText } from '../../kernel/index.ts'
import type { SampleDrawInput, SampleReason, SampleUnlockInput } from './sample-input.ts'

/** A sample as it was drawn: all that is needed to draw it again. */
export interface SampleDraw {
  readonly id: string
  readonly askedAt: Temporal.Instant
  readonly size: number
  /** base64. */
  readonly root: string
  readonly from: DateText
  readonly to: DateText
  readonly numbers: string
  readonly population: number
  readonly count: number
  readonly answered: number
  /** Only who drew it can open what is unlocked. */
  readonly mine: boolean
}

/** What a next sample would be drawn from; null before anything is published. */
export interface SampleBase {
  readonly size: number
  readonly root: string
  readonly publishedAt: Temporal.Instant
}

export interface DrawnConcern {
  readonly place: number
  /** As the log names it. */
  readonly alias: string
  /** `gone` where the concern has been deleted since; `over` where the masked text has. */
  readonly state: 'waiting' | 'unlocked' | 'over' | 'refused' | 'gone'
  readonly until: DateText | null
  readonly reason: SampleReason | null
}

/** What a handler chose to show, in months. */
export interface MaskedText {
  readonly text: string
  /** `YYYY-MM`. */
  readonly raisedIn: string
  readonly steps: readonly { readonly to: string; readonly month: string }[]
  readonly site: string | null
  readonly profession: string | null
}

export interface OpenedSample {
  readonly place: number
  readonly alias: string
  readonly until: DateText
  /** Null where it is not what the handler signed. */
  readonly masked: MaskedText | null
}

/** A drawn concern that waits for an answer of its handlers. */
export interface AskedSample {
  readonly id: string
  readonly reference: string
  readonly askedAt: Temporal.Instant
}

/** What an answer is prepared from. */
export interface PreparedSample extends AskedSample {
  readonly concernId: string
  /** What was said, with what may point to a person marked out; the copy made for the investigator where there is one. */
  readonly text: string
  readonly from: 'masked_copy' | 'narrative' | 'nothing'
  readonly site: string | null
  readonly profession: string | null
  readonly numbers: string
}

/** Until when it can be read; or what in the text may point to somebody, and nothing was unlocked yet. */
export type SampleUnlocked =
  { readonly until: DateText; readonly left: readonly [] } | { readonly until: null; readonly left: readonly string[] }

export interface Samples {
  /**
   * All samples, newest first, and what the next would be drawn from: the newest checkpoint, or the one of `size` that numbers were thrown for
   * already. Recorded: `log_viewed`. Refusal `permission_denied`.
   */
  list(ctx: StaffContext, size?: number): Promise<{ readonly draws: readonly SampleDraw[]; readonly base: SampleBase | null }>
  /**
   * Draws a sample, with a fresh second factor. The same asked twice gives the same. Recorded: `sample_drawn`. Refusal `permission_denied`,
   * `invalid_input` (no such checkpoint, period, bounds), and those of the second factor.
   */
  draw(ctx: StaffContext, input: SampleDrawInput): Promise<{ readonly id: string }>
  /** Recorded: `log_viewed`. Refusal `not_found`, `permission_denied`. */
  view(ctx: StaffContext, id: string): Promise<SampleDraw & { readonly concerns: readonly DrawnConcern[] }>
  /**
   * The masked text of a drawn concern. Recorded: `sample_viewed`, committed before it is opened. Refusal `not_found` for who did not draw it,
   * where nothing is unlocked, and from its last day on.
   */
  open(ctx: StaffContext, id: string, place: number): Promise<OpenedSample>

  /** Drawn concerns that wait for an answer, as far as the person handles them and they are not about them. Recorded: `queue_viewed`. */
  listAsked(ctx: StaffContext): Promise<readonly AskedSample[]>
  /** Recorded: `content_viewed`, committed before anything is opened. Refusal `not_found`; `sample_answered`. */
  prepare(ctx: StaffContext, id: string): Promise<PreparedSample>
  /**
   * Unlocks a masked text for the auditor who drew the concern, with a fresh second factor. Recorded: `sample_unlocked`; where something in the
   * text may point to somebody nothing is unlocked, and a `content_viewed`. Refusal `not_found`, `sample_answered`, `invalid_input` (the name of
   * who raised it is still there), and those of the second factor.
   */
  unlock(ctx: StaffContext, id: string, input: SampleUnlockInput): Promise<SampleUnlocked>
  /** Says no, and why, to the auditor and in the log: `sample_refused`. Refusal `not_found`, `sample_answered`. */
  refuse(ctx: StaffContext, id: string, reason: SampleReason): Promise<void>
}
