import type { DateText } from '../../kernel/index.ts'

/**
 * How sure we are of a text: `V` read on the page of the body that wrote it, `V2` read on somebody else's page, `K+` well known and its wording
 * not checked. There is no mark for less: what is less sure is not shown.
 */
export const textMarks = ['V', 'V2', 'K+'] as const
export type TextMark = (typeof textMarks)[number]

/** What a text is to the person who reads it. A pledge is no law; an expectation is no duty. */
export const textKinds = ['right', 'duty', 'pledge', 'expectation', 'law', 'policy', 'guidance', 'local'] as const
export type TextKind = (typeof textKinds)[number]

/** One version of one text of law or policy. Never changed: a new wording is a new version. */
export interface TextVersion {
  /** Like `law.gagging`: the page, a dot, its name. */
  readonly key: string
  readonly version: number
  /** The first day on which it is shown. */
  readonly validFrom: DateText
  readonly kind: TextKind
  readonly heading: string
  /** In our own plain words; an empty line between paragraphs. */
  readonly body: string
  /** The source's own wording, word for word; null where we only say what it means, or have not checked each word. */
  readonly quote: string | null
  readonly source: string
  /** Of the source: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Where the page bears no date, the day it was read. */
  readonly sourceDate: string
  /** The day on which the source was read, or, for what is known, on which the text was written. */
  readonly readOn: DateText
  readonly mark: TextMark
  /** `check`: somebody has to compare the wording with the source before it is relied on. Always so for `K+`. */
  readonly wording: 'checked' | 'check'
}

/** Reads texts: for each key the newest version of those valid on a day, in the order of the keys; a key without one is left out. */
export interface Texts {
  textsInForce(keys: readonly string[], on: DateText): Promise<readonly TextVersion[]>
}
