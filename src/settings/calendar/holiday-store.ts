import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Area } from '../changes/area.ts'
import type { HolidayRow } from './holidays.ts'

const division = 'england-and-wales'

export async function readHolidays(tx: Tx): Promise<HolidayRow[]> {
  const rows = await tx.bankHoliday.findMany({ where: { division }, orderBy: { date: 'asc' } })
  return rows.map(({ date, title, source, projected, enteredOn }) => ({
    division,
    date: dateFromColumn(date),
    title,
    source,
    projected,
    enteredOn: dateFromColumn(enteredOn),
  }))
}

export const holidaysArea: Area = { setting: 'bank_holidays', read: async (tx) => (await readHolidays(tx)).map((row) => ({ ...row })) }

/** Makes the row of one day what it is in `holidays`, or takes it away where it is not among them. */
export async function writeHoliday(tx: Tx, date: DateText, holidays: readonly HolidayRow[]): Promise<void> {
  await tx.bankHoliday.deleteMany({ where: { division, date: dateToColumn(date) } })
  const row = holidays.find((holiday) => holiday.date === date)
  if (row !== undefined)
    await tx.bankHoliday.create({ data: { ...row, date: dateToColumn(row.date), enteredOn: dateToColumn(row.enteredOn) } })
}
