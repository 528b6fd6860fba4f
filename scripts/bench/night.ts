import { asSuperuser, type Household } from '../../test/support/process.ts'
import { fillTo } from './filling.ts'
import { line, title } from './paper.ts'

/** The nightly job that writes reporters' rows anew: every table it writes is locked meanwhile. */
export async function measureNight(house: Household, size: number): Promise<void> {
  title(`The night with ${size.toLocaleString('en-GB')} concerns`)
  await fillTo(house, size)
  const client = await asSuperuser(house)
  const began = performance.now()
  await client.query('select forget_reporter_order()')
  line('writing all reporters’ rows anew', `${((performance.now() - began) / 1000).toFixed(1)} s`)
  await client.end()
}
