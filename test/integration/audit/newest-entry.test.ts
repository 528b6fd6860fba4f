import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeEntry, readNewestEntry } from '../../../src/audit/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { addStaffEntries, insertEntries, startLogStage, type LogStage } from '../../support/log.ts'

describe('what the log last said of a rule', () => {
  let stage: LogStage
  beforeAll(async () => {
    stage = await startLogStage()
    const at = stage.clock.now()
    for (const [hours, day] of [
      [0, '2026-12-25'],
      [2, '2026-12-28'],
      [1, '2027-01-01'],
    ] as const) {
      const fields = { division: 'scotland', days: [day] }
      const draft = { kind: 'calendar_published', actor: { role: 'system' }, at: at.add({ hours }), fields } as const
      await insertEntries(stage.app, [{ concern: null, entry: composeEntry(systemRandom, draft, null) }])
    }
    await addStaffEntries(stage.app, 3_000, at.add({ hours: 3 }))
    await stage.database.asSuperuser.query('analyze staff_entry')
  })
  afterAll(() => stage.close())

  /** With how many rows of the table were touched for it. */
  const read = (kind: Parameters<typeof readNewestEntry>[1]) =>
    stage.database.database.read(async (tx) => {
      // The connection may not have handed in what it counted before
      const touched = async () => {
        const [row] = await tx.$queryRaw<{ touched: bigint }[]>`
          select seq_tup_read + idx_tup_fetch as touched from pg_stat_xact_user_tables where relname = 'staff_entry'`
        return Number(row!.touched)
      }
      const before = await touched()
      const entry = await readNewestEntry(tx, kind)
      return { fields: entry?.fields ?? null, touched: (await touched()) - before }
    })

  it('is found by its time in one look, however much was written since', async () => {
    expect(await read('calendar_published')).toEqual({ fields: { division: 'scotland', days: ['2026-12-28'] }, touched: 1 })
  })

  it('is nothing where it never spoke of it, and that takes no longer', async () => {
    expect(await read('limits_published')).toEqual({ fields: null, touched: 0 })
  })
})
