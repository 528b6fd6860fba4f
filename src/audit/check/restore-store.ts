import type { Tx } from '../../database/index.ts'

/** Every time the log was put back, in order: how many entries were kept. */
export async function readRestores(tx: Tx): Promise<{ readonly number: number; readonly keptSize: number }[]> {
  const rows = await tx.logRestore.findMany({ orderBy: { number: 'asc' }, select: { number: true, keptSize: true } })
  return rows.map(({ number, keptSize }) => ({ number, keptSize: Number(keptSize) }))
}
