import { createAuditedTransaction } from '../../src/audit/index.ts'
import { CannotStart, createDatabase, withSnapshot, type Connection, type Snapshot } from '../../src/database/index.ts'
import { londonDate, type Clock, type Random } from '../../src/kernel/index.ts'
import { backupKeyName, sealBackup } from '../../src/vault/index.ts'
import type { Manifest } from './contents.ts'
import { jsonRecord, recordOf } from './records.ts'
import { readKeptFiles, type KeptFile } from './secret-files.ts'

export interface BackupDeps {
  readonly owner: Connection
  readonly dataDir: string
  readonly publicOrigin: string
  readonly clock: Clock
  readonly random: Random
}

export interface Taken {
  readonly files: number
  readonly tables: number
  readonly rows: number
}

/**
 * Writes a sealed backup, piece by piece in constant memory, while the service may be running. Recorded first: `backup_made`, with the key's
 * name. Throws `CannotStart` where there is nothing to back up.
 */
export async function takeBackup(deps: BackupDeps, to: Uint8Array, write: (bytes: Uint8Array) => Promise<void>): Promise<Taken> {
  const { owner, dataDir } = deps
  await recordFirst(deps, to)
  // Pins before the moment and keys of the log after it: a list of readers older than its pin, or a key without its file, would not be believed
  const before = readKeptFiles(dataDir)
  return withSnapshot(owner, async (snapshot) => {
    const files = [...before.filter(isPins), ...readKeptFiles(dataDir).filter((file) => !isPins(file))]
    const taken = { files: files.length, tables: 0, rows: 0 }
    for await (const bytes of sealBackup(to, recordsOf(deps, snapshot, files, taken))) await write(bytes)
    return taken
  })
}

async function recordFirst({ owner, clock, random }: BackupDeps, to: Uint8Array): Promise<void> {
  const database = createDatabase({ connection: owner, maxConnections: 1 })
  try {
    await createAuditedTransaction(
      database,
      random,
    )(async () => ({
      value: null,
      entries: [{ kind: 'backup_made', actor: { role: 'system' }, at: clock.now(), fields: { key: backupKeyName(to) } }],
    }))
  } finally {
    await database.close()
  }
}

const isPins = ({ path }: KeptFile): boolean => path === 'secrets/pins.json'

async function* recordsOf(
  { publicOrigin, clock }: BackupDeps,
  snapshot: Snapshot,
  files: readonly KeptFile[],
  taken: { tables: number; rows: number },
): AsyncGenerator<Uint8Array> {
  const manifest: Manifest = {
    format: 'forthright-backup/1',
    ...(await whoseIsIt(snapshot)),
    publicOrigin,
    madeOn: londonDate(clock.now()),
    migrations: [...snapshot.migrations],
  }
  yield* jsonRecord('manifest', manifest)
  for (const { path, bytes } of files) yield* jsonRecord('file', { path, bytes: Buffer.from(bytes).toString('base64') })
  for (const table of snapshot.tables) {
    yield* jsonRecord('table', { table: table.table, columns: table.columns })
    const rows = snapshot.copy(table)
    for await (const piece of rows) yield* recordOf('rows', piece)
    yield* jsonRecord('tableEnd', { rows: rows.rowCount })
    taken.tables += 1
    taken.rows += rows.rowCount
  }
  yield* jsonRecord('end', { files: files.length, tables: taken.tables, rows: taken.rows })
}

async function whoseIsIt(snapshot: Snapshot): Promise<Pick<Manifest, 'mode' | 'organisation'>> {
  const [row] = await snapshot.query<{ id: string; name: string; stamp: Manifest['mode'] }>('select id, name, stamp from organisation')
  if (row === undefined) throw new CannotStart('This database has not been set up: there is nothing to back up.')
  return { mode: row.stamp, organisation: { id: row.id, name: row.name } }
}
