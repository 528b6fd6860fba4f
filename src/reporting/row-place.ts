import { readDate } from '../kernel/index.ts'
import type { ClockRow } from './clock-row.ts'
import type { RowPlace } from './groups-store.ts'

/** The order of the list: by code, day of start and alias, as texts. */
export function byPlace(a: RowPlace, b: RowPlace): number {
  for (const part of ['code', 'startedOn', 'concern', 'cycle', 'of', 'round'] as const)
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1
  return 0
}

export function placeOf({ code, startedOn, concern, cycle, of, round }: ClockRow & { readonly concern: string }): RowPlace {
  return { code, startedOn, concern, cycle, of: of ?? '', round }
}

/** A place as text that a program sends back as it came. */
export function placeText({ code, startedOn, concern, cycle, of, round }: RowPlace): string {
  return [code, startedOn, concern, cycle, round, of].join('~')
}

const uuidText = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const placeShape = new RegExp(`^(\\w{1,10})~(\\d{4}-\\d\\d-\\d\\d)~(${uuidText})~(\\d{1,6})~(\\d{1,6})~(${uuidText})?$`)

/** Null where it is none. */
export function readPlaceText(text: string): RowPlace | null {
  const [, code = '', startedOn = '', concern = '', cycle, round, of = ''] = placeShape.exec(text) ?? []
  const day = readDate(startedOn)
  return day === null ? null : { code, startedOn: day, concern, cycle: Number(cycle), of, round: Number(round) }
}
