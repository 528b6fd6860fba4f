import type { FormFields } from '../../http/index.ts'

/** What stands in the boxes of a form, read as a posted form is: typed just now, kept from before, or put there as a start. */
export type Typed = FormFields

/** Fields put into the boxes by us: a suggested text, an answer carried forward. */
export function typedFrom(fields: Readonly<Record<string, string | readonly string[]>>): Typed {
  const many = (name: string): readonly string[] => (Object.hasOwn(fields, name) ? [fields[name] ?? []].flat() : [])
  return { one: (name) => many(name)[0] ?? '', many, has: (name) => many(name).length > 0 }
}

export const nothingTyped: Typed = typedFrom({})

/** The values of fields by name, for a template. */
export function valuesOf(typed: Typed, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, typed.one(name)]))
}

/** Three boxes, one date. Empty boxes give `''`, so that the schema says what is missing; anything else is tried as `YYYY-MM-DD`. */
export function dateTyped(typed: Typed, name: string): string {
  const [day, month, year] = datePartsOf(name).map((part) => typed.one(part).trim()) as [string, string, string]
  if (`${day}${month}${year}` === '') return ''
  return `${year}-${monthNumber(month).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A date in its three boxes, as somebody would type it. */
export function dateFields(name: string, date: string): Readonly<Record<string, string>> {
  const [year = '', month = '', day = ''] = date.split('-')
  const [dayBox, monthBox, yearBox] = datePartsOf(name)
  return { [dayBox]: String(Number(day)), [monthBox]: String(Number(month)), [yearBox]: year }
}

export const datePartsOf = (name: string): readonly [string, string, string] => [`${name}-day`, `${name}-month`, `${name}-year`]

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** "12", "Dec" and "December" are one month: people copy dates from letters. */
function monthNumber(text: string): string {
  const index = months.indexOf(text.toLowerCase().slice(0, 3))
  return index === -1 ? text : String(index + 1)
}
