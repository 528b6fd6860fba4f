import type { StaffContext } from '../../accounts/index.ts'
import type { SampleBase } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import type { SampleFixInput, SampleNumbersInput, SampleReason, SampleUnlockInput } from './sample-input.ts'

/** A sample: what was fixed, and what was drawn. All that is needed to draw it again. */
export interface Sample {
  readonly id: string
  readonly from: DateText
  readonly to: DateText
  readonly count: number
  /** Only who fixed it can give its numbers, and open what is unlocked. */
  readonly mine: boolean
  /** Waits for a checkpoint; for its numbers; was never drawn and never will be; was drawn. */
  readonly state: 'waiting' | 'covered' | 'lapsed' | 'drawn'
  /** Null for one of an earlier release, where the numbers were first known when it was drawn. */
  readonly fixed: FixedSample | null
  readonly drawn: DrawnSample | null
}

export interface FixedSample {
  readonly at: Temporal.Instant
  /** The id of its entry. */
  readonly entry: string
  readonly commitment: string
  /** The last day on which its numbers can be given. */
  readonly until: DateText
  /** What it is drawn from: the first checkpoint that covers its entry; null until there is one. */
  readonly base: SampleBase | null
}

export interface DrawnSample {
  readonly at: Temporal.Instant
  readonly size: number
  /** base64. */
  readonly root: string
  readonly numbers: string
  readonly population: number
  readonly answered: number
}

export interface DrawnConcern {
  readonly place: number
  /** As the log names it. */
  readonly alias: string
  /** `gone` where the concern has been deleted since; `over` where the masked text has; `lapsed` where nobody answered in time. */
  readonly state: 'waiting' | 'unlocked' | 'over' | 'refused' | 'lapsed' | 'gone'
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
  /** The last day on which it can be answered. */
  readonly answerUntil: DateText
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
  /** When the draw was fixed; null for one of an earlier release. */
  readonly fixedAt: Temporal.Instant | null
}

/** Until when it can be read; or what in the text may point to somebody, and nothing was unlocked yet. */
export type SampleUnlocked =
  { readonly until: DateText; readonly left: readonly [] } | { readonly until: null; readonly left: readonly string[] }

export interface Samples {
  /** All samples, newest first. Recorded: `log_viewed`. Refusal `permission_denied`. */
  list(ctx: StaffContext): Promise<readonly Sample[]>
  /**
   * Fixes a draw, with a fresh second factor: period, how many, and a commitment to numbers that stay with the auditor. The same asked twice is
   * one draw. Recorded: `sample_fixed`. Refusal `permission_denied`, `invalid_input` (period, bounds, another draw of theirs waits, the
   * commitment was used), and those of the second factor.
   */
  fix(ctx: StaffContext, input: SampleFixInput): Promise<{ readonly id: string }>
  /**
   * Draws what this auditor fixed, by the numbers behind the commitment and the first checkpoint that covers it. Given twice they draw once.
   * Recorded: `sample_drawn`. Refusal `permission_denied`, `not_found`, `invalid_input` (`other_numbers`: nothing is drawn, and nothing
   * recorded; `not_covered` yet; `lapsed`).
   */
  reveal(ctx: StaffContext, id: string, input: SampleNumbersInput): Promise<{ readonly id: string }>
  /** Recorded: `log_viewed`. Refusal `not_found`, `permission_denied`. */
  view(ctx: StaffContext, id: string): Promise<Sample & { readonly concerns: readonly DrawnConcern[] }>
  /**
   * The masked text of a drawn concern. Recorded: `sample_viewed`, committed before it is opened. Refusal `not_found` for who did not draw it,
   * where nothing is unlocked, and from its last day on.
   */
  open(ctx: StaffContext, id: string, place: number): Promise<OpenedSample>

  /** Drawn concerns that wait for an answer, as far as the person handles them and they are not about them. Recorded: `queue_viewed`. */
  listAsked(ctx: StaffContext): Promise<readonly AskedSample[]>
  /** Recorded: `content_viewed`, committed before anything is opened. Refusal `not_found`; `sample_answered`, `sample_lapsed`. */
  prepare(ctx: StaffContext, id: string): Promise<PreparedSample>
  /**
   * Unlocks a masked text for the auditor who drew the concern, with a fresh second factor. Recorded: `sample_unlocked`; where something in the
   * text may point to somebody nothing is unlocked, and a `content_viewed`. Refusal `not_found`, `sample_answered`, `invalid_input` (the name of
   * who raised it is still there), `sample_lapsed`, and those of the second factor.
   */
  unlock(ctx: StaffContext, id: string, input: SampleUnlockInput): Promise<SampleUnlocked>
  /** Says no, and why, to the auditor and in the log: `sample_refused`. Refusal `not_found`, `sample_answered`, `sample_lapsed`. */
  refuse(ctx: StaffContext, id: string, reason: SampleReason): Promise<void>
}
