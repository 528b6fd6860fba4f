import type { Database, Tx } from '../database/index.ts'
import { FormatFault, parseCheckpoint, splitNote, type Checkpoint } from './notes/index.ts'

/** Where the newest published checkpoint is kept, outside the database. */
export interface KeptNote {
  read(): string | null
  write(note: string): void
}

/** Notices a database that was put back to an older state without a word, before anything is signed that would contradict what is published. */
export interface RollbackGuard {
  /** True where the database does not know the checkpoint that was published last, and no restore was declared since. */
  isRolledBack(): Promise<boolean>
  /** Keeps the newest checkpoint. To be called once it is published. */
  keepNewest(): Promise<void>
}

export function createRollbackGuard(database: Database, file: KeptNote): RollbackGuard {
  return {
    isRolledBack: async () => {
      const kept = readKept(file.read())
      return kept !== null && database.read((tx) => isUnknown(tx, kept))
    },
    keepNewest: async () => {
      const newest = await database.read((tx) => tx.logCheckpoint.findFirst({ orderBy: { size: 'desc' }, select: { note: true } }))
      if (newest !== null && newest.note !== file.read()) file.write(newest.note)
    },
  }
}

/** A file that cannot be read says nothing: it is our own, and written whole. */
function readKept(note: string | null): Checkpoint | null {
  try {
    return note === null ? null : parseCheckpoint(splitNote(note).text)
  } catch (error) {
    if (error instanceof FormatFault) return null
    throw error
  }
}

async function isUnknown(tx: Tx, { origin, size, root, extensions }: Checkpoint): Promise<boolean> {
  const organisation = await tx.organisation.findFirst({ select: { id: true } })
  // Another database altogether: whether it goes with this folder is asked elsewhere
  if (organisation === null || origin !== `forthright/${organisation.id}`) return false
  const known = await tx.logCheckpoint.findUnique({ where: { size: BigInt(size) }, select: { root: true } })
  if (known !== null && Buffer.compare(known.root, root) === 0) return false
  const restored = await tx.logRestore.findFirst({ orderBy: { number: 'desc' }, select: { number: true } })
  return (restored?.number ?? 0) <= restoredIn(extensions)
}

function restoredIn(extensions: readonly string[]): number {
  const [said] = extensions.flatMap((line) => /^restored ([1-9]\d{0,8})$/.exec(line)?.[1] ?? [])
  return Number(said ?? 0)
}
