import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn } from '../../kernel/index.ts'
import type { Area } from '../changes/area.ts'
import type { StoredText } from './stored-text.ts'

/** Every version of these keys, or of all; by key, language and version. */
export async function readTexts(tx: Tx, keys?: readonly string[]): Promise<StoredText[]> {
  const rows = await tx.textVersion.findMany({
    ...(keys !== undefined && { where: { key: { in: [...keys] } } }),
    orderBy: [{ key: 'asc' }, { language: 'asc' }, { version: 'asc' }],
  })
  return rows.map(({ kind, mark, wording, readOn, validFrom, enteredOn, ...row }) => ({
    ...row,
    kind: kind as StoredText['kind'],
    mark: mark as StoredText['mark'],
    wording: wording as StoredText['wording'],
    readOn: dateFromColumn(readOn),
    validFrom: dateFromColumn(validFrom),
    enteredOn: dateFromColumn(enteredOn),
  }))
}

/** One text with all its versions: two people may change two texts at once. */
export function textArea(key: string): Area {
  return { setting: 'texts', item: key, read: async (tx) => (await readTexts(tx, [key])).map((text) => ({ ...text })) }
}

export async function insertTexts(tx: Tx, texts: readonly StoredText[]): Promise<void> {
  await tx.textVersion.createMany({
    data: texts.map(({ readOn, validFrom, enteredOn, ...row }) => ({
      ...row,
      readOn: dateToColumn(readOn),
      validFrom: dateToColumn(validFrom),
      enteredOn: dateToColumn(enteredOn),
    })),
  })
}
