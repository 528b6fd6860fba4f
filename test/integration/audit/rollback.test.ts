import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRollbackGuard, type KeptNote } from '../../../src/audit/index.ts'
import { addStaffEntries, startLogStage, type LogStage } from '../../support/log.ts'

/** What a restore of ours does by itself and an operator's own may forget: to say so before anything is signed that contradicts the log. */
describe('a database that went back to an older state', () => {
  let stage: LogStage
  let note: string | null = null
  const file: KeptNote = {
    read: () => note,
    write: (text) => {
      note = text
    },
  }
  const guard = () => createRollbackGuard(stage.database.database, file)
  const superuser = async (...statements: readonly string[]) => {
    for (const statement of statements) await stage.database.asSuperuser.query(statement)
  }
  async function grows(): Promise<void> {
    await addStaffEntries(stage.app, 3, stage.clock.now())
    stage.clock.advance({ hours: 24 })
    await stage.integrator().integrate(stage.clock.now())
  }
  beforeAll(async () => {
    stage = await startLogStage()
  })
  afterAll(() => stage.close())

  it('is none before anything was published, and none while the log grows', async () => {
    expect(await guard().isRolledBack()).toBe(false)
    await guard().keepNewest()
    expect(note).toBeNull()
    for (let day = 0; day < 2; day += 1) {
      await grows()
      expect(await guard().isRolledBack()).toBe(false)
      await guard().keepNewest()
    }
    const { rows } = await stage.database.asSuperuser.query<{ note: string }>('select note from log_checkpoint order by size desc limit 1')
    expect(note).toBe(rows[0]!.note)
  })

  it('is none where a kill came between the batch and the file: the log is only ahead', async () => {
    const before = note
    await grows()
    expect(await guard().isRolledBack()).toBe(false)
    note = before
    expect(await guard().isRolledBack()).toBe(false)
    await guard().keepNewest()
  })

  it('is noticed, and is none any more once the restore is declared', async () => {
    await superuser(
      'alter table log_checkpoint disable trigger all',
      'alter table log_restore disable trigger all',
      'delete from log_checkpoint where size = (select max(size) from log_checkpoint)',
    )
    expect(await guard().isRolledBack()).toBe(true)
    await superuser(`insert into log_restore values (1, 1, null, null, '2026-11-20', '2026-11-22', '2026-12-22')`)
    expect(await guard().isRolledBack()).toBe(false)
  })

  it('is not seen in a file that is another log’s or no note at all', async () => {
    await superuser('alter table log_restore disable trigger all', 'delete from log_restore')
    expect(await guard().isRolledBack()).toBe(true)
    note = note!.replace(/^forthright\/\S+/, 'forthright/another')
    expect(await guard().isRolledBack()).toBe(false)
    note = 'half a no'
    expect(await guard().isRolledBack()).toBe(false)
  })
})
