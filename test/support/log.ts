/** The log without the rest of the service: entries in bulk, each by the catalogue and past every guard of the database, and the signer's half. */
import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import {
  composeEntry,
  createAuditedTransaction,
  createIntegrator,
  createLogKeys,
  demonstrationPace,
  realPace,
  type AuditDraft,
  type ComposedEntry,
  type Integrated,
  type Integrator,
  type LogKeys,
  type Pace,
} from '../../src/audit/index.ts'
import { openLogKeys } from '../../src/config/index.ts'
import { createDatabase, driverConfig, type Connection, type Database } from '../../src/database/index.ts'
import {
  dateToColumn,
  instantToColumn,
  londonDate,
  newId,
  systemRandom,
  type Alias,
  type Clock,
  type ConcernId,
  type UserId,
} from '../../src/kernel/index.ts'
import { assertStrong } from '../../src/vault/index.ts'
import type { TestApp } from './app.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { freshDatabase, type FreshDatabase } from './database.ts'

export interface LogStage {
  readonly database: FreshDatabase
  readonly clock: TestClock
  readonly secretsDir: string
  readonly signer: Database
  readonly keys: LogKeys
  readonly app: pg.Client
  /** A new integrator, as a started background process has one. */
  integrator(pace?: Pace, largestBatch?: number): Integrator
  close(): Promise<void>
}

/** A database with an organisation in it, and a clock. */
export async function startLogStage(): Promise<LogStage> {
  const database = await freshDatabase()
  const clock = createTestClock()
  const secretsDir = mkdtempSync(join(tmpdir(), 'forthright-log-'))
  const { signer, keys } = openSigner({ database: database.database, signer: database.signer, secretsDir, clock })
  const app = new pg.Client(driverConfig(database.app))
  await app.connect()
  await addOrganisation(database.database, clock)
  return {
    database,
    clock,
    secretsDir,
    signer,
    keys,
    app,
    integrator: (pace = realPace, largestBatch) =>
      createIntegrator({ signer, random: systemRandom, pace, signers: keys.settle, ...(largestBatch !== undefined && { largestBatch }) }),
    close: async () => {
      await app.end()
      await signer.close()
      await database.drop()
      rmSync(secretsDir, { recursive: true, force: true })
    },
  }
}

export interface SignerParts {
  readonly database: Database
  readonly signer: Connection
  readonly secretsDir: string
  readonly clock: Clock
}

/** What the background process has and the web process has not: the signer's login and the keys. Close `signer`. */
export function openSigner({ database, signer: connection, secretsDir, clock }: SignerParts): {
  readonly signer: Database
  readonly keys: LogKeys
} {
  const signer = createDatabase({ connection, maxConnections: 2, patience: { wait: 10_000, transaction: 120_000 } })
  const files = openLogKeys(secretsDir, assertStrong)
  const audited = createAuditedTransaction(database, systemRandom)
  return { signer, keys: createLogKeys({ signer, audited, files, clock, random: systemRandom }) }
}

export async function addOrganisation(database: Database, clock: Clock): Promise<void> {
  const id = newId(systemRandom)
  await createAuditedTransaction(
    database,
    systemRandom,
  )(async (tx) => {
    await tx.$executeRaw`insert into organisation (id, name, stamp, opened_on) values (${id}::uuid, 'Test', 'real', '2026-01-01'::date)`
    return {
      value: null,
      entries: [{ kind: 'organisation_opened', actor: { role: 'system' }, at: clock.now(), fields: { stamp: 'real' } }],
    }
  })
}

const guardian = { role: 'guardian', alias: newId<Alias>(systemRandom), userId: newId<UserId>(systemRandom) } as const

/** Entries of staff outside any concern. */
export async function addStaffEntries(app: pg.Client, count: number, at: Temporal.Instant): Promise<void> {
  for (let done = 0; done < count; done += 1_000) {
    const draft: AuditDraft = { kind: 'queue_viewed', actor: guardian, at, fields: {} }
    await insertEntries(
      app,
      Array.from({ length: Math.min(1_000, count - done) }, () => ({ concern: null, entry: composeEntry(systemRandom, draft, null) })),
    )
  }
}

export interface AddedConcern {
  readonly id: ConcernId
  readonly alias: Alias
}

/** Concerns, each raised at `raised`, with so many more entries of its reporter then, and so many of staff at `handled`. */
export async function addConcerns(
  app: pg.Client,
  count: number,
  { raised, later = 0, handled, staff = 0 }: { raised: Temporal.Instant; later?: number; handled?: Temporal.Instant; staff?: number },
): Promise<AddedConcern[]> {
  const added: AddedConcern[] = []
  for (let done = 0; done < count; done += 200) {
    const concerns = Array.from({ length: Math.min(200, count - done) }, () => composeConcern(raised, later, handled ?? raised, staff))
    await app.query('begin')
    await app.query(
      `insert into concern (id, reference, log_alias, intake_group_id, status, version, raised_on, channel, openness, danger, open_detriment,
         second_approver_required, header_item_id, staff_log_count, staff_log_head, reporter_log_count, reporter_log_head)
       select id, 'F-' || id, alias, id, 'raised', 1, $3, 'web_form', 'anonymous', false, false, false, id, $4, staff_head, $5, reporter_head
       from unnest($1::uuid[], $2::uuid[], $6::bytea[], $7::bytea[]) as given (id, alias, staff_head, reporter_head)`,
      [
        concerns.map(({ id }) => id),
        concerns.map(({ alias }) => alias),
        dateToColumn(londonDate(raised)),
        staff,
        later + 1,
        concerns.map(({ entries }) => bytesOf(entries.findLast(({ lane }) => lane === 'staff')?.hash ?? null)),
        concerns.map(({ entries }) => bytesOf(entries.findLast(({ lane }) => lane === 'reporter')!.hash)),
      ],
    )
    await insertEntries(
      app,
      concerns.flatMap(({ id, entries }) => entries.map((entry) => ({ concern: id, entry }))),
    )
    await app.query('commit')
    added.push(...concerns.map(({ id, alias }) => ({ id, alias })))
  }
  return added
}

function composeConcern(raised: Temporal.Instant, later: number, handled: Temporal.Instant, staff: number) {
  const id = newId<ConcernId>(systemRandom)
  const alias = newId<Alias>(systemRandom)
  const lane = (drafts: readonly AuditDraft[]): ComposedEntry[] => {
    const entries: ComposedEntry[] = []
    for (const draft of drafts)
      entries.push(composeEntry(systemRandom, draft, { alias, number: entries.length + 1, previous: entries.at(-1)?.hash ?? null }))
    return entries
  }
  const reporter = { role: 'reporter' } as const
  const entries = [
    ...lane([
      { kind: 'concern_raised', actor: reporter, at: raised, concernId: id, fields: { status: 'raised' } },
      ...Array.from({ length: later }, (): AuditDraft => ({
        kind: 'token_replaced',
        actor: reporter,
        at: raised,
        concernId: id,
        fields: {},
      })),
    ]),
    ...lane(
      Array.from({ length: staff }, (): AuditDraft => ({
        kind: 'concern_viewed',
        actor: guardian,
        at: handled,
        concernId: id,
        fields: {},
      })),
    ),
  ]
  return { id, alias, entries }
}

const bytesOf = (hash: Uint8Array | null): Buffer | null => (hash === null ? null : Buffer.from(hash))

export async function insertEntries(
  app: pg.Client,
  given: readonly { readonly concern: ConcernId | null; readonly entry: ComposedEntry }[],
): Promise<void> {
  for (const lane of ['reporter', 'staff'] as const) {
    const own = given.filter(({ entry }) => entry.lane === lane)
    if (own.length === 0) continue
    const common = [
      own.map(({ entry }) => entry.id),
      own.map(({ concern }) => concern),
      own.map(({ entry }) => entry.place?.number ?? null),
      own.map(({ entry }) => entry.draft.kind),
      own.map(({ entry }) => (lane === 'staff' ? instantToColumn(entry.draft.at) : dateToColumn(londonDate(entry.draft.at)))),
      own.map(({ entry }) => entry.text),
      own.map(({ entry }) => Buffer.from(entry.hash)),
    ]
    await app.query(
      lane === 'staff'
        ? `insert into staff_entry (id, concern_id, number, kind, happened_at, text, hash)
           select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::text[], $7::bytea[])`
        : `insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
           select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::date[], $6::text[], $7::bytea[])`,
      common,
    )
  }
}

/** What is wrong with the places and the tree, rebuilt from the leaves by the product's own hashing and nothing that it stored; none where all is well. */
export async function faultsOfTree(superuser: pg.Client): Promise<string[]> {
  const faults: string[] = []
  const { rows } = await superuser.query<{ index: string; text: string; hash: Buffer }>(
    `select p.index, coalesce(s.text, r.text, c.text) as text, p.hash from log_position p left join staff_entry s on s.id = p.entry_id
     left join reporter_entry r on r.id = p.entry_id left join cover_entry c on c.id = p.entry_id order by p.index`,
  )
  rows.forEach(({ index }, at) => Number(index) === at || faults.push(`position ${index} where ${at} should be`))
  const leaves = rows.map(({ text }) => leafOf(text))
  rows.forEach(({ hash }, at) => hash.equals(leaves[at]!) || faults.push(`position ${at} has another hash than its entry`))
  const checkpoints = await superuser.query<{ size: string; root: Buffer; note: string }>(
    'select size, root, note from log_checkpoint order by size',
  )
  if (Number(checkpoints.rows.at(-1)?.size ?? 0) !== rows.length) faults.push('the last checkpoint has another size than the log')
  const few = checkpoints.rows.filter((_, at) => at % Math.ceil(checkpoints.rows.length / 8) === 0)
  for (const { size, root, note } of [...few, ...checkpoints.rows.slice(-1)]) {
    const rebuilt = rebuiltRoot(leaves.slice(0, Number(size)))
    if (!rebuilt.equals(root)) faults.push(`checkpoint ${size} has another root than its leaves`)
    if (!note.includes(`\n${size}\n${rebuilt.toString('base64')}\n`)) faults.push(`note ${size} says another root`)
  }
  const tiles = await superuser.query<{ level: number; count: string; last: string }>(
    'select level, count(*) as count, max(number) as last from log_tile group by level order by level',
  )
  const expected: number[] = []
  for (let count = Math.floor(rows.length / 256); count > 0; count = Math.floor(count / 256)) expected.push(count)
  const found = tiles.rows.map(({ count, last }) => [Number(count), Number(last) + 1])
  if (JSON.stringify(found) !== JSON.stringify(expected.map((count) => [count, count])))
    faults.push(`tiles ${JSON.stringify(found)}, expected ${expected.join()}`)
  return faults
}

/** RFC 6962 2.1, word for word. */
function rebuiltRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? hash('sha256', '', 'buffer')
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return hash('sha256', Buffer.concat([Buffer.of(1), rebuiltRoot(leaves.slice(0, split)), rebuiltRoot(leaves.slice(split))]), 'buffer')
}

const leafOf = (text: string): Buffer => hash('sha256', Buffer.concat([Buffer.of(0), Buffer.from(text)]), 'buffer')

export interface TestSigning {
  readonly keys: LogKeys
  /** Gives what waits its place, as the background process does. */
  integrate(): Promise<Integrated>
  close(): Promise<void>
}

/** The background process's half of the log for a service under test. Close it before the service. */
export function startSigning(app: Pick<TestApp, 'database' | 'dataDir' | 'clock'>, pace: Pace = demonstrationPace): TestSigning {
  const { database, dataDir, clock } = app
  const parts = { database: database.database, signer: database.signer, secretsDir: join(dataDir, 'secrets'), clock }
  const { signer, keys } = openSigner(parts)
  const integrator = createIntegrator({ signer, random: systemRandom, pace, signers: keys.settle })
  return { keys, integrate: () => integrator.integrate(clock.now()), close: () => signer.close() }
}
