import { composeEntry, type ComposedEntry } from '../../src/audit/index.ts'
import type { Refill } from '../../src/database/index.ts'
import type { Clock, Random } from '../../src/kernel/index.ts'
import { checkTree, readNames } from './check-log.ts'
import { readOutside, type OutsideCheckpoint } from './outside.ts'
import { RestoreRefused } from './refused.ts'

export interface Declaration {
  readonly clock: Clock
  readonly random: Random
  /** Checkpoints known outside: files, or lines. */
  readonly outside: readonly string[]
  /** The day of the copy, London's date. */
  readonly copyOn: string
  /** Days for which the first page tells people. */
  readonly noticeDays: number
  /** The version of a list of readers that was seen elsewhere and is newer than the newest here; null where none is known. */
  readonly newerList: number | null
}

export interface Declared {
  readonly number: number
  /** Entries of the log that were kept. */
  readonly kept: number
  readonly outside: OutsideCheckpoint | null
  /** Entries known outside that are not here; null where nobody knows. */
  readonly missing: number | null
  readonly newerList: number | null
}

type Database = Omit<Refill, 'take'>

/**
 * Says in the log that the database went back to an older copy, once its tree holds: by a row that every later checkpoint counts, and the entry
 * `restore_declared`. Runs in the transaction of the restore. Throws `RestoreRefused` where log or checkpoints do not hold.
 */
export async function declareRestore(declaration: Declaration, database: Database): Promise<Declared> {
  const [organisation] = await database.query<{ id: string }>('select id from organisation')
  if (organisation === undefined) throw new RestoreRefused('damaged')
  const names = await readNames(database, organisation.id)
  const known = declaration.outside.map((given) => readOutside(given, names))
  const { size: kept, restored, outside } = await checkTree(database, names, known)
  // Two lines of the log must never carry one number: a restore that only somebody outside knows of is declared on this line too
  const number = Math.max(restored, outside?.restored ?? 0) + 1
  if (number > restored + mostAtOnce) throw new RestoreRefused('outside_unreadable')
  const missing = outside === null ? null : Math.max(0, outside.size - kept)
  const declared = { number, kept, outside, missing, newerList: declaration.newerList }
  for (let each = restored + 1; each <= number; each += 1) await insertOne(declaration, database, { ...declared, number: each })
  return declared
}

const mostAtOnce = 100

async function insertOne(
  { clock, random, copyOn, noticeDays }: Declaration,
  database: Database,
  { number, kept, outside, missing, newerList }: Declared,
): Promise<void> {
  const now = clock.now()
  const root = outside === null ? null : Buffer.from(outside.root)
  const size = outside === null ? null : outside.size
  const fields = {
    restore: number,
    kept,
    outsideSize: size,
    outsideRoot: root === null ? null : root.toString('base64'),
    missing,
    ...(newerList !== null && { newerList }),
  }
  await insertEntry(database, composeEntry(random, { kind: 'restore_declared', actor: { role: 'system' }, at: now, fields }, null))
  const until = now.toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: noticeDays })
  await database.query(
    `insert into log_restore (number, kept_size, outside_size, outside_root, copy_on, restored_at, notice_until) values ($1, $2, $3, $4, $5, $6, $7)`,
    [number, kept, size, root, copyOn, millisecondsOf(now), until.toString()],
  )
}

async function insertEntry(database: Database, { id, draft, text, hash }: ComposedEntry): Promise<void> {
  await database.query(`insert into staff_entry (id, kind, happened_at, text, hash) values ($1, $2, $3, $4, $5)`, [
    id,
    draft.kind,
    millisecondsOf(draft.at),
    text,
    hash,
  ])
}

/** Cut off, never rounded up: the entry's text names the second. */
const millisecondsOf = (at: Temporal.Instant): string => at.toString({ fractionalSecondDigits: 3 })
