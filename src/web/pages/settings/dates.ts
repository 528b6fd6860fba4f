import { datePartsOf } from '../../staff/typed.ts'

/** The three boxes of a date at first; empty for none. */
export function dateStart(name: string, date: string | null): Readonly<Record<string, string>> {
  const [year = '', month = '', day = ''] = (date ?? '').split('-')
  const [dayBox, monthBox, yearBox] = datePartsOf(name)
  return { [dayBox]: day.replace(/^0/, ''), [monthBox]: month.replace(/^0/, ''), [yearBox]: year }
}
