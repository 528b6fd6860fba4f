import { logQueryOf, logSearchInput, type LogQuery } from '../../../audit/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { readDate, type DateText } from '../../../kernel/index.ts'

/** What was typed, to be shown again and to make the address of the next page. Empty boxes are left out. */
export type Typed = Readonly<Partial<Record<(typeof boxes)[number], string>>>

const boxes = ['from', 'to', 'kind', 'actor', 'concern'] as const

export function typedIn(fields: FormFields): Typed {
  return Object.fromEntries(boxes.map((box) => [box, fields.one(box).trim()]).filter(([, value]) => value !== ''))
}

/** What a date box of a browser takes: it complains of anything else. */
export const dateBox = (text: string | undefined): string => (text !== undefined && readDate(text) !== null ? text : '')

/** Refusal `invalid_input`. A `before` that no page gave begins with the newest. */
export function readSearch(typed: Typed, before: string, today: DateText): LogQuery {
  return logQueryOf(readInput(logSearchInput, { ...typed, ...placeIn(before) }), today)
}

/** A place out of an address; nothing where it is none. */
export function placeIn(text: string): { readonly before?: string } {
  return /^\d{1,15}$/.test(text) ? { before: text } : {}
}
