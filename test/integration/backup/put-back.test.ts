import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecords } from '../../../scripts/backup/records.ts'
import { takeBackup } from '../../../scripts/backup/take-backup.ts'
import { manifestShape, readAs } from '../../../scripts/backup/contents.ts'
import { declareOperators } from '../../../scripts/restore/declare-operators.ts'
import { putBack, type PutBack } from '../../../scripts/restore/put-back.ts'
import { createIntegrator, realPace } from '../../../src/audit/index.ts'
import { withSnapshot } from '../../../src/database/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { createBackupKeys, openBackup } from '../../../src/vault/index.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'
import { addConcerns, addStaffEntries, faultsOfTree, openSigner, startLogStage, type LogStage } from '../../support/log.ts'

const keys = createBackupKeys()
const dayLater = { hours: 24 }

/** Everything about a log that is put back, without the processes around it: those have a journey of their own. */
describe('a log that is put back', { timeout: 120_000 }, () => {
  let stage: LogStage
  let dataDir: string
  const opened: FreshDatabase[] = []
  beforeAll(async () => {
    stage = await startLogStage()
    dataDir = mkdtempSync(join(tmpdir(), 'forthright-put-back-'))
    mkdirSync(join(dataDir, 'secrets'), { mode: 0o700 })
    for (let day = 0; day < 2; day += 1) {
      await addConcerns(stage.app, 20, { raised: stage.clock.now(), later: 2, staff: 2 })
      await addStaffEntries(stage.app, 30, stage.clock.now())
      stage.clock.advance(dayLater)
      await stage.integrator().integrate(stage.clock.now())
    }
  })
  afterAll(async () => {
    for (const each of opened) await each.drop()
    await stage.close()
    rmSync(dataDir, { recursive: true })
  })

  async function backup(of: FreshDatabase = stage.database): Promise<Buffer> {
    const parts: Uint8Array[] = []
    const deps = { owner: of.owner, dataDir, publicOrigin: 'https://speak.example', clock: stage.clock, random: systemRandom }
    await takeBackup(deps, keys.publicKey, async (bytes) => void parts.push(bytes))
    return Buffer.concat(parts)
  }

  async function fresh(): Promise<FreshDatabase> {
    const database = await freshDatabase()
    opened.push(database)
    return database
  }

  async function restore(file: Buffer, outside: readonly string[] = [], into?: FreshDatabase): Promise<PutBack> {
    const { owner } = into ?? (await fresh())
    const folder = mkdtempSync(join(dataDir, 'into-'))
    const records = readRecords(
      openBackup(
        keys,
        (async function* () {
          yield file
        })(),
      ),
    )
    const manifest = readAs('manifest', manifestShape, await records.next())
    const nothing = async () => {}
    const made = { owner, secrets: '', where: '', putAside: null, migrate: nothing, finish: nothing, giveUp: nothing }
    const deps = { clock: stage.clock, random: systemRandom, dataDir: folder, outside, noticeDays: 90, comparePins: () => null }
    return putBack(deps, made, manifest, records)
  }

  const newest = async (client: pg.Client) =>
    (
      await client.query<{ size: number; root: Buffer; note: string }>(
        'select size::int, root, note from log_checkpoint order by size desc limit 1',
      )
    ).rows[0]!

  /** Lets the log of a restored database grow by a day, signed by the same keys. */
  async function goesOn(database: FreshDatabase): Promise<void> {
    const { signer, keys: own } = openSigner({
      database: database.database,
      signer: database.signer,
      secretsDir: stage.secretsDir,
      clock: stage.clock,
    })
    stage.clock.advance(dayLater)
    await createIntegrator({ signer, random: systemRandom, pace: realPace, signers: own.settle }).integrate(stage.clock.now())
    await signer.close()
  }

  it('is whole, grows on, and every checkpoint from then on says that it was put back', async () => {
    const before = await newest(stage.database.asSuperuser)
    const database = await fresh()
    const done = await restore(await backup(), [before.note], database)
    expect(done).toMatchObject({
      number: 1,
      kept: before.size,
      missing: 0,
      concerns: 40,
      newerList: null,
      outside: { signed: true, restored: 0 },
    })
    expect(await newest(database.asSuperuser)).toEqual(before)
    await goesOn(database)
    const after = await newest(database.asSuperuser)
    expect(after.size).toBeGreaterThan(before.size)
    expect(after.note.split('\n')[3]).toBe('restored 1')
    expect(await faultsOfTree(database.asSuperuser)).toEqual([])
  })

  it('tells how many entries are missing by a note, or by the line from the minutes on somebody’s word', async () => {
    const file = await backup()
    const kept = (await newest(stage.database.asSuperuser)).size
    await addStaffEntries(stage.app, 5, stage.clock.now())
    stage.clock.advance(dayLater)
    await stage.integrator().integrate(stage.clock.now())
    const { size, root, note } = await newest(stage.database.asSuperuser)
    expect(await restore(file, [note])).toMatchObject({ kept, missing: size - kept, outside: { size, signed: true } })
    const line = `Minutes of 24 November: ${note.split('\n')[0]} ${size} ${root.toString('base64')}`
    expect(await restore(file, [line])).toMatchObject({ kept, missing: size - kept, outside: { size, signed: false } })
    expect(await restore(file)).toMatchObject({ kept, missing: null, outside: null })
  })

  it('is refused where a checkpoint from outside says otherwise, is of another log or of nothing at all', async () => {
    const file = await backup()
    const { size, note } = await newest(stage.database.asSuperuser)
    const [origin] = note.split('\n')
    const other = Buffer.alloc(32, 7).toString('base64')
    const signed = note.replace(/.\n$/, '=\n')
    for (const [outside, code] of [
      [`${origin} ${size} ${other}`, 'outside_contradicts'],
      [`forthright/00000000-0000-4000-8000-000000000000 ${size} ${other}`, 'outside_not_ours'],
      [note.replace(String(size), String(size + 1)), 'outside_not_ours'],
      [note.replaceAll(origin!, 'forthright/other'), 'outside_not_ours'],
      ['nobody knows', 'outside_unreadable'],
      [`${signed}\n\n`, 'outside_unreadable'],
    ] as const)
      await expect(restore(file, [outside])).rejects.toMatchObject({ code })
  })

  it('can be put back again, and again: the numbers grow, also past one that only somebody outside knows', async () => {
    const first = await fresh()
    const outside = await newest(stage.database.asSuperuser)
    await restore(await backup(), [outside.note], first)
    await goesOn(first)
    const afterFirst = await newest(first.asSuperuser)
    const second = await fresh()
    expect(await restore(await backup(first), [afterFirst.note], second)).toMatchObject({ number: 2, missing: 0 })
    await goesOn(second)
    expect((await newest(second.asSuperuser)).note.split('\n')[3]).toBe('restored 2')
    // A backup from before the first restore knows of none, and its line must never carry a number that is taken
    const older = await fresh()
    expect(await restore(await backup(), [afterFirst.note], older)).toMatchObject({ number: 2, missing: afterFirst.size - outside.size })
    const { rows } = await older.asSuperuser.query('select number, kept_size::int as kept from log_restore order by number')
    expect(rows).toEqual([1, 2].map((number) => ({ number, kept: outside.size })))
    await expect(restore(await backup(), [`${afterFirst.size} ${afterFirst.root.toString('base64')} restored 900`])).rejects.toMatchObject({
      code: 'outside_unreadable',
    })
  })

  it('is told apart from a line that an earlier restore declared lost', async () => {
    const file = await backup()
    await addStaffEntries(stage.app, 5, stage.clock.now())
    stage.clock.advance(dayLater)
    await stage.integrator().integrate(stage.clock.now())
    const lost = await newest(stage.database.asSuperuser)
    const first = await fresh()
    await restore(file, [lost.note], first)
    await expect(restore(await backup(first), [lost.note])).rejects.toMatchObject({ code: 'outside_older_line' })
  })

  it.each([
    [
      'an entry has another text',
      `update staff_entry set text = replace(text, 'queue_viewed', 'queue_viewee') where kind = 'queue_viewed'`,
    ],
    [
      'an entry has another text and the hash of it',
      `update staff_entry set text = text || ' ', hash = sha256('\\x00'::bytea || convert_to(text || ' ', 'UTF8')) where kind = 'queue_viewed'`,
    ],
    ['an entry of a concern is missing', `delete from staff_entry where number = 1 and concern_id = (select id from concern limit 1)`],
    ['a place is missing', `delete from log_position where index = 3`],
    ['the last places are missing', `delete from log_position where index > 300`],
    ['a place has another hash', `update log_position set hash = sha256(hash) where index = 5`],
    ['a checkpoint has another root', `update log_checkpoint set root = sha256(root)`],
    ['a checkpoint is missing its signature', `update log_checkpoint set note = replace(note, '— ', '— x')`],
    ['a tile is not that of its entries', `update log_tile set root = sha256(root)`],
    ['a concern counts an entry less', `update concern set staff_log_count = 1`],
  ])('is refused, and leaves nothing, where %s', async (_, tampering) => {
    const victim = await fresh()
    await restore(await backup(), [], victim)
    const thief = victim.asSuperuser
    await thief.query(`set session_replication_role = replica`)
    for (const table of ['staff_entry', 'log_position', 'log_checkpoint', 'log_tile'])
      await thief.query(`alter table ${table} disable trigger all`)
    await thief.query(tampering)
    const database = await fresh()
    await expect(restore(await backup(victim), [], database)).rejects.toMatchObject({ code: 'log_does_not_hold' })
    const { rows } = await database.asSuperuser.query(
      'select (select count(*) from concern)::int + (select count(*) from log_position)::int as left',
    )
    expect(rows).toEqual([{ left: 0 }])
  })

  it('comes whole out of the night in which every table is written anew: that waits, or the backup does', async () => {
    const counted = await withSnapshot(stage.database.owner, async (snapshot) => {
      await expect(stage.database.asSuperuser.query('select forget_reporter_order()')).rejects.toThrow(/lock timeout/)
      return snapshot.query<{ count: number }>('select count(*)::int as count from concern')
    })
    await stage.database.asSuperuser.query('select forget_reporter_order()')
    expect(counted).toEqual([{ count: 40 }])
  })

  it('lists concerns, items and entries of reporters in the order of random ids', async () => {
    const database = await fresh()
    await restore(await backup(), [], database)
    for (const table of ['concern', 'reporter_entry']) {
      const { rows } = await database.asSuperuser.query<{ id: string; number: number | null }>(
        `select t.id, (to_jsonb(t) ->> 'number')::int as number from ${table} t order by ctid`,
      )
      const sorted = rows.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0) || (a.id < b.id ? -1 : 1))
      expect(rows).toEqual(sorted)
      expect(rows.length).toBeGreaterThanOrEqual(40)
    }
  })

  it('is declared by command where an operator put their own server back', async () => {
    const database = await fresh()
    await restore(await backup(), [], database)
    const { note } = await newest(stage.database.asSuperuser)
    const world = {
      config: { data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') }, mode: 'real' },
      clock: stage.clock,
      random: systemRandom,
    } as never
    const wanted = { outside: [], outsideUnknown: false, old: null, olderList: false, noticeDays: 30, copyOf: '2026-11-20' }
    await expect(declareOperators(world, database.owner, wanted)).rejects.toMatchObject({ code: 'outside_missing' })
    writeFileSync(join(dataDir, 'published-checkpoint'), note)
    expect(await declareOperators(world, database.owner, wanted)).toMatchObject({ number: 2, outside: { signed: true } })
    rmSync(join(dataDir, 'published-checkpoint'))
    const { rows } = await database.asSuperuser.query(`select number, copy_on::text from log_restore order by number`)
    expect(rows[1]).toEqual({ number: 2, copy_on: '2026-11-20' })
  })

  it('never has a row of a restore without its entry, nor one that does not count on', async () => {
    const database = await fresh()
    await restore(await backup(), [], database)
    const insert = (number: number) =>
      database.asSuperuser.query(`insert into log_restore values (${number}, 1, null, null, '2026-11-20', '2026-11-22', '2026-12-22')`)
    await expect(insert(1)).rejects.toThrow(/does not follow/)
    await expect(insert(2)).rejects.toThrow(/has no entry/)
  })
})
