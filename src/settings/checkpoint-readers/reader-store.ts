import type { Tx } from '../../database/index.ts'
import type { Area } from '../changes/area.ts'
import type { CheckpointReader } from './checkpoint-readers.ts'

export async function readCheckpointReaders(tx: Tx): Promise<CheckpointReader[]> {
  return tx.checkpointReader.findMany({ orderBy: [{ role: 'asc' }, { name: 'asc' }, { id: 'asc' }] })
}

/** The random ids are part of it: without them nobody can find out from the digest in the log whose address it was. */
export const readersArea: Area = {
  setting: 'checkpoint_readers',
  read: async (tx) => (await readCheckpointReaders(tx)).map((reader) => ({ ...reader })),
  // An address goes with the person
  kept: ({ role = '', name = '' }) => ({ role, name }),
}

export async function insertReader(tx: Tx, reader: CheckpointReader): Promise<void> {
  await tx.checkpointReader.create({ data: reader })
}

export async function deleteReader(tx: Tx, id: string): Promise<void> {
  await tx.checkpointReader.deleteMany({ where: { id } })
}
