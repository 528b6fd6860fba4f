import type { DateText, IntakeGroupId } from '../kernel/index.ts'
import type { Rule, WorkingCalendar } from '../timeliness/index.ts'
import type { Category } from './categories/categories.ts'
import type { RuleVersion } from './limits/rule-store.ts'
import type { StoredText } from './texts/stored-text.ts'
import type { Values } from './values/values.ts'

/** What a database is for, written into it once (`api.md`, demonstration mode). */
export type Stamp = 'demonstration' | 'real'

export interface Organisation {
  readonly id: string
  readonly name: string
  readonly stamp: Stamp
  /** By which the NHS knows it, as 'RX1'; null where it has none. */
  readonly odsCode: string | null
  readonly openedOn: DateText
}

export interface IntakeGroup {
  readonly id: IntakeGroupId
  readonly name: string
}

export interface Site {
  readonly id: string
  readonly name: string
}

/** Somebody to talk to instead: who, what they are for, how to reach them, and where we have that from. */
export interface SpeakUpContact {
  readonly name: string
  readonly detail: string
  readonly way: string
  readonly source: string
}

export interface Settings {
  readonly organisation: Organisation
  /** The one for those who are not sure first. */
  readonly intakeGroups: readonly IntakeGroup[]
  /** Those in use. */
  readonly sites: readonly Site[]
  /** In the order they are shown. */
  readonly contacts: readonly SpeakUpContact[]
  readonly calendar: WorkingCalendar
  /** Those that clocks go by. */
  readonly rules: readonly Rule[]
  /** Every version there ever was, with its announcement; withdrawn ones too. */
  readonly limitVersions: readonly RuleVersion[]
  /** The last bank holiday of all, projected ones included; null where there is none. */
  readonly holidaysUntil: DateText | null
  /** The last bank holiday that GOV.UK has published, null where there is none: beyond it the calendar is a projection. */
  readonly holidaysPublishedUntil: DateText | null
  /** Every one there ever was; `categoriesInForce` picks a day's. */
  readonly categories: readonly Category[]
  /** Every version of every text. */
  readonly texts: readonly StoredText[]
  readonly values: Values
}
