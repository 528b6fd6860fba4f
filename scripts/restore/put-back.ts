import { composeEntry, type ComposedEntry } from '../../src/audit/index.ts'
import { RowsRefused, type NewDatabase, type Refill, refillDatabase } from '../../src/database/index.ts'
import type { Clock, Random } from '../../src/kernel/index.ts'
import { endShape, fileShape, readAs, tableEndShape, tableShape, type Manifest } from '../backup/contents.ts'
import type { BackupRecord, readRecords } from '../backup/records.ts'
import { writeKeptFile } from '../backup/secret-files.ts'
import { BackupFault } from '../../src/vault/index.ts'
import { checkTree, readNames, type KeptLog } from './check-log.ts'
import { readOutside, type OutsideCheckpoint } from './outside.ts'
import { RestoreRefused } from './refused.ts'

type Records = ReturnType<typeof readRecords>

export interface RestoreDeps {
  readonly clock: Clock
  readonly random: Random
  readonly dataDir: string
  /** What was given as known outside, newest last or not: each is read, and the newest counts. */
  readonly outside: readonly string[]
  /** Days for which the first page tells people. */
  readonly noticeDays: number
  /** Compares pins once they are put back: the list version seen elsewhere, where it is newer and somebody decided to go on. */
  readonly comparePins: () => number | null
}

export interface PutBack {
  readonly manifest: Manifest
  readonly concerns: number
  readonly number: number
  readonly kept: number
  readonly outside: OutsideCheckpoint | null
  /** Entries known outside that are not here; null where nobody knows. */
  readonly missing: number | null
  readonly newerList: number | null
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
    const names = await readNames(refill, manifest.organisation.id)
    const outside = newestOf(deps.outside.map((given) => readOutside(given, names)))
    const kept = await checkTree(refill, names, outside)
    const declared = await declare(deps, refill, manifest, kept, outside)
    const [row] = await refill.query<{ count: number }>('select count(*)::int as count from concern')
    return { ...declared, manifest, outside, concerns: row?.count ?? 0 }
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
    // oxlint-disable-next-line no-await-in-loop -- a stream
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
      // oxlint-disable-next-line no-await-in-loop -- a stream
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
    // oxlint-disable-next-line no-await-in-loop -- a stream
    after.record = await records.next()
    if (after.record?.kind !== 'rows') return
    yield after.record.content
  }
}

function newestOf(known: readonly OutsideCheckpoint[]): OutsideCheckpoint | null {
  return known.toSorted((one, other) => (other.restored ?? 0) - (one.restored ?? 0) || other.size - one.size)[0] ?? null
}

async function declare(
  deps: RestoreDeps,
  refill: Refill,
  manifest: Manifest,
  { size, restored }: KeptLog,
  outside: OutsideCheckpoint | null,
): Promise<Pick<PutBack, 'number' | 'kept' | 'missing' | 'newerList'>> {
  const now = deps.clock.now()
  // Higher than any number that is known outside: two lines of the log must never carry the same
  const number = Math.max(restored, outside?.restored ?? 0) + 1
  const newerList = deps.comparePins()
  const missing = outside === null ? null : Math.max(0, outside.size - size)
  const fields = {
    restore: number,
    kept: size,
    outsideSize: outside?.size ?? null,
    outsideRoot: outside === null ? null : Buffer.from(outside.root).toString('base64'),
    missing,
    ...(newerList !== null && { newerList }),
  }
  const entry = composeEntry(deps.random, { kind: 'restore_declared', actor: { role: 'system' }, at: now, fields }, null)
  await insertEntry(refill, entry)
  const noticeUntil = now.toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: deps.noticeDays })
  await refill.query(
    `insert into log_restore (number, kept_size, outside_size, outside_root, copy_on, restored_at, notice_until) values ($1, $2, $3, $4, $5, $6, $7)`,
    [number, size, outside?.size ?? null, outside?.root ?? null, manifest.madeOn, millisecondsOf(now), noticeUntil.toString()],
  )
  return { number, kept: size, missing, newerList }
}

async function insertEntry(refill: Refill, { id, draft, text, hash }: ComposedEntry): Promise<void> {
  await refill.query(`insert into staff_entry (id, kind, happened_at, text, hash) values ($1, $2, $3, $4, $5)`, [
    id,
    draft.kind,
    millisecondsOf(draft.at),
    text,
    hash,
  ])
}

/** Cut off, never rounded up: the entry's text names the second. */
const millisecondsOf = (at: Temporal.Instant): string => at.toString({ fractionalSecondDigits: 3 })
