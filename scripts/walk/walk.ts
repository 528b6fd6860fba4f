import { readCases } from '../../src/demonstration/index.ts'
import { Unexpected } from './client.ts'
import { walkCase, type Walked, type Walker } from './walk-case.ts'

/** Walks every case, one after the other, and hands each line over as it is done. True where nothing was off. */
export async function walkAll(walker: Walker, say: (line: string) => void): Promise<boolean> {
  const cases = readCases()
  let sound = true
  for (const given of cases) {
    try {
      const walked = await walkCase(walker, given)
      say(lineOf(walked))
      for (const fault of walked.faults) say(`  off: ${fault}`)
      sound &&= walked.faults.length === 0
    } catch (error) {
      if (!(error instanceof Error)) throw error
      say(`${given.name.padEnd(width)}  off: ${error instanceof Unexpected ? error.message : error.stack}`)
      sound = false
    }
  }
  const entries = await countEntries(walker)
  say(`${cases.length} cases, ${sound ? 'all as they should be' : 'something is off'}; the auditor reads ${entries} entries`)
  await walker.staff.signOutAll()
  return sound
}

const width = 26

function lineOf({ name, stage, status, clock, entries, faults }: Walked): string {
  return [
    name.padEnd(width),
    stage.padEnd(12),
    status.padEnd(13),
    clock.padEnd(38),
    `${entries} entries`.padEnd(11),
    faults.length === 0 ? 'ok' : 'OFF',
  ].join('  ')
}

async function countEntries({ client, staff }: Walker): Promise<number> {
  const { bearer } = await staff.as('auditor')
  let count = 0
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&from=${encodeURIComponent(cursor)}`
    const page: { items: object[]; next: string | null } = await client.call(200, 'GET', `/log/entries?limit=100${query}`, { bearer })
    count += page.items.length
    cursor = page.next
  } while (cursor !== null)
  return count
}
