import { readCases } from '../../src/demonstration/index.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { asSuperuser, processorMilliseconds, type Household, type RunningService } from '../../test/support/process.ts'
import { load, type Loaded } from './load.ts'
import { line, perSecond, spread, title } from './paper.ts'
import { measurePlainRows } from './plain-rows.ts'

const cases = readCases()

/**
 * Concerns raised over HTTP, the ten cases in turn, each with an Idempotency-Key, beside the same rows put in by plain `pg`. True where every
 * answer was 201 and every concern is in the database.
 */
export async function measureRaising(service: RunningService, quick: boolean): Promise<boolean> {
  const { household: house, origin } = service
  title('Raising a concern over HTTP')
  const next = (place: number) => ({
    path: '/api/v1/concerns',
    body: cases[place % cases.length]?.body,
    headers: { 'Idempotency-Key': newId(systemRandom) },
  })
  const before = await countConcerns(house)
  const warm = await load({ origin, clients: 8, seconds: 2, next, wanted: 201 })
  const runs = new Map<number, Loaded>()
  for (const clients of [1, 8, 32]) {
    const used = processorUse(service)
    const run = await load({ origin, clients, seconds: quick ? 3 : 8, next, wanted: 201 })
    const after = processorUse(service)
    runs.set(clients, run)
    const use = (part: 'web' | 'database') => `${((after[part] - used[part]) / run.answers.length).toFixed(1)} ms`
    line(`${clients} clients`, `${perSecond(run.rate)}, ${run.failures.length} failures, ${spread(run.milliseconds)}`)
    line('', `processor time for one: web ${use('web')}, database ${use('database')}`)
    if (run.failures.length > 0) line('', [...new Set(run.failures)].join(', '))
  }
  const all = [warm, ...runs.values()]
  const answered = all.reduce((sum, run) => sum + run.answers.length, 0)
  const found = (await countConcerns(house)) - before
  line('answered, and found in the database', `${answered}, ${found}`)
  await measurePlainRows(house, quick, new Map([...runs].map(([clients, { rate }]) => [clients, rate])))
  return all.every(({ failures }) => failures.length === 0) && answered === found
}

/** Processor time of the web process, and of the database's processes, in milliseconds: what a machine with nothing else to do would need. */
function processorUse({ pid, databaseProcesses }: RunningService): { web: number; database: number } {
  const sum = (pids: readonly number[]) => pids.reduce((total, each) => total + processorMilliseconds(each), 0)
  return { web: processorMilliseconds(pid), database: sum(databaseProcesses()) }
}

async function countConcerns(house: Household): Promise<number> {
  const client = await asSuperuser(house)
  const { rows } = await client.query<{ count: string }>('select count(*) from concern')
  await client.end()
  return Number(rows[0]?.count)
}
