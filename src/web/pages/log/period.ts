import { periodInput, periodOf, type Period } from '../../../audit/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { shownFaults, type ShownFault } from '../../layout/index.ts'
import { dateBox, placeIn } from './form.ts'
import { words } from './words.en.ts'

/** A period out of a GET form, what was typed for it, and what was wrong: then it is the usual one. */
export interface AskedPeriod {
  readonly period: Period
  readonly typed: { readonly from: string; readonly to: string }
  readonly faults: readonly ShownFault[]
}

export function periodIn(fields: FormFields, now: Temporal.Instant): AskedPeriod {
  const today = londonDate(now)
  const typed = Object.fromEntries(['from', 'to'].map((box) => [box, fields.one(box).trim()]).filter(([, value]) => value !== ''))
  try {
    const period = periodOf(readInput(periodInput, typed), today)
    return { period, typed: { ...period }, faults: [] }
  } catch (error) {
    const faults = shownFaults(error, { words: words.errors })
    return { period: periodOf({}, today), typed: { from: dateBox(typed['from']), to: dateBox(typed['to']) }, faults }
  }
}

/** The place before which a list goes on; null where the address has none. */
export function beforeIn(fields: FormFields, name: string): number | null {
  const { before } = placeIn(fields.one(name))
  return before === undefined ? null : Number(before)
}

/** An address of the same page with another part of it. */
export function addressOf(path: string, { from, to }: Period, more: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(more).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))
  return `${path}?${new URLSearchParams([['from', from], ['to', to], ...given]).toString()}`
}
