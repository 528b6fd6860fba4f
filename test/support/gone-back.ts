import { join } from 'node:path'
import { declareOperators } from '../../scripts/restore/declare-operators.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import type { TestApp } from './app.ts'

/**
 * Puts the log of this service back to the checkpoint of so many entries, as a database of the operator's that was put back, and declares it as
 * the operator does. `outside`: the checkpoint that somebody holds of the line that is left.
 */
export async function goBack({ database, dataDir, clock }: TestApp, kept: number, outside: string): Promise<void> {
  const { asSuperuser, owner } = database
  // What came after the copy is not there: entries that had a place by then had it only later
  const later = `select entry_id from log_position where index >= ${kept}`
  const statements = [
    ['staff_entry', `delete from staff_entry where concern_id is null and id in (${later})`],
    ['log_position', `delete from log_position where index >= ${kept}`],
    ['log_tile', `delete from log_tile where (number + 1) * power(256, level + 1) > ${kept}`],
    ['log_checkpoint', `delete from log_checkpoint where size > ${kept}`],
  ] as const
  for (const [table, statement] of statements) {
    await asSuperuser.query(`alter table ${table} disable trigger user`)
    await asSuperuser.query(statement)
    await asSuperuser.query(`alter table ${table} enable trigger user`)
  }
  const config = { data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
  const world = { config: { ...config, mode: 'real' }, clock, random: systemRandom } as never
  const wanted = { outside: [outside], outsideUnknown: false, old: null, olderList: false, noticeDays: 30, copyOf: '2026-11-23' }
  await declareOperators(world, owner, wanted)
}
