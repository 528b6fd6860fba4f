import { fork } from 'node:child_process'
import { join } from 'node:path'
import { asSuperuser, type Household } from '../../test/support/process.ts'
import { line } from './paper.ts'

/** Brings the database to this many concerns, by as many processes as there are processors. */
export async function fillTo(house: Household, size: number): Promise<void> {
  const client = await asSuperuser(house)
  const { rows } = await client.query<{ count: string }>('select count(*) from concern')
  const missing = size - Number(rows[0]?.count)
  if (missing > 0) {
    const began = performance.now()
    await Promise.all([fillApart(house, Math.ceil(missing / 2)), fillApart(house, Math.floor(missing / 2))])
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    line(`${missing} concerns sealed and put in`, `${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  await client.end()
}

function fillApart(house: Household, count: number): Promise<void> {
  const child = fork(join(import.meta.dirname, 'fill.ts'), [house.dataDir, String(count)])
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`filling ended with ${code}`))))
  })
}
