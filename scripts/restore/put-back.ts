import { refillDatabase, RowsRefused, type NewDatabase, type Refill } from '../../src/database/index.ts'
import { BackupFault } from '../../src/vault/index.ts'
import { endShape, fileShape, readAs, tableEndShape, tableShape, type Manifest } from '../backup/contents.ts'
import type { BackupRecord, readRecords } from '../backup/records.ts'
import { writeKeptFile } from '../backup/secret-files.ts'
import { declareRestore, type Declaration, type Declared } from './declare.ts'
import { RestoreRefused } from './refused.ts'

type Records = ReturnType<typeof readRecords>

export interface RestoreDeps extends Omit<Declaration, 'copyOn' | 'newerList'> {
  readonly dataDir: string
  /** Compares pins once they are put back: the list version seen elsewhere, where it is newer and somebody decided to go on. */
  readonly comparePins: () => number | null
}

export interface PutBack extends Declared {
  readonly manifest: Manifest
  readonly concerns: number
}

/**
 * Puts a backup into an empty database in one transaction: every row under the guards of the database, the tree compared with every checkpoint
 * it ever published, and the restore declared by row and entry, so that no restored log without its declaration ever exists. `manifest` was
 * read already. Throws `RestoreRefused`, `BackupFault`.
 */
export async function putBack(deps: RestoreDeps, made: NewDatabase, manifest: Manifest, records: Records): Promise<PutBack> {
  await made.migrate(manifest.migrations)
  const done = await refillDatabase(made.owner, async (refill) => {
    await takeRecords(deps.dataDir, refill, records)
    const declared = await declareRestore({ ...deps, copyOn: manifest.madeOn, newerList: deps.comparePins() }, refill)
    const [row] = await refill.query<{ count: number }>('select count(*)::int as count from concern')
    return { ...declared, manifest, concerns: row?.count ?? 0 }
  }).catch((error: unknown) => {
    // FR… are the guards of entries and concerns; others, a row that this release cannot take
    if (error instanceof RowsRefused) throw new RestoreRefused(error.code.startsWith('FR') ? 'log_does_not_hold' : 'damaged')
    throw error
  })
  await made.migrate()
  return done
}

async function takeRecords(dataDir: string, refill: Refill, records: Records): Promise<void> {
  const counts = { files: 0, tables: 0, rows: 0 }
  for (;;) {
    const record = await records.next()
    if (record?.kind === 'end') {
      const told = readAs('end', endShape, record)
      if (told.files !== counts.files || told.tables !== counts.tables || told.rows !== counts.rows) throw new BackupFault('damaged')
      return
    }
    if (record?.kind === 'file') {
      const { path, bytes } = readAs('file', fileShape, record)
      writeKeptFile(dataDir, { path, bytes: Buffer.from(bytes, 'base64') })
      counts.files += 1
    } else {
      counts.rows += await takeTable(refill, records, record)
      counts.tables += 1
    }
  }
}

async function takeTable(refill: Refill, records: Records, begin: BackupRecord | null): Promise<number> {
  const table = readAs('table', tableShape, begin)
  const after: { record: BackupRecord | null } = { record: null }
  const taken = await refill.take(table, rowsUntilEnd(records, after))
  if (readAs('tableEnd', tableEndShape, after.record).rows !== taken) throw new BackupFault('damaged')
  return taken
}

async function* rowsUntilEnd(records: Records, after: { record: BackupRecord | null }): AsyncGenerator<Uint8Array> {
  for (;;) {
    after.record = await records.next()
    if (after.record?.kind !== 'rows') return
    yield after.record.content
  }
}
