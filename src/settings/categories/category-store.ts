import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Area } from '../changes/area.ts'
import type { Category, OfficialElement } from './categories.ts'

export async function readCategories(tx: Tx): Promise<Category[]> {
  const rows = await tx.category.findMany({ orderBy: [{ validFrom: 'asc' }, { code: 'asc' }] })
  return rows.map(({ element, validFrom, validTo, ...row }) => ({
    ...row,
    element: element as OfficialElement | null,
    validFrom: dateFromColumn(validFrom),
    validTo: validTo && dateFromColumn(validTo),
  }))
}

export const categoriesArea: Area = {
  setting: 'categories',
  read: async (tx) => (await readCategories(tx)).map((category) => ({ ...category })),
}

export async function insertCategories(tx: Tx, categories: readonly Category[]): Promise<void> {
  await tx.category.createMany({
    data: categories.map(({ validFrom, validTo, ...row }) => ({
      ...row,
      validFrom: dateToColumn(validFrom),
      validTo: validTo && dateToColumn(validTo),
    })),
  })
}

export async function endCategory(tx: Tx, id: string, validTo: DateText): Promise<void> {
  await tx.category.updateMany({ where: { id }, data: { validTo: dateToColumn(validTo) } })
}
