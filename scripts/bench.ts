/**
 * `npm run bench`: what the service does in a second, beside what its machine could do at best, measured on a service started for it and
 * thrown away. `--quick`: a minute instead of ten. `--only=raise,queue,inbox,night,clocks,audited,integrator,log-kills,log-page,timeliness,verifier`: some of the sections.
 * `--profile=<folder>`: where the web process leaves a CPU profile.
 */
import { parseArgs } from 'node:util'
import { newHousehold, residentBytes, startDatabase, startService, untilReady, type Household } from '../test/support/process.ts'
import { measureActs } from './bench/acts.ts'
import { measureAudited } from './bench/audited.ts'
import { measureClocks, measureReckoning } from './bench/clocks.ts'
import { measureInbox } from './bench/inbox.ts'
import { measureMachine } from './bench/machine.ts'
import { measureNight } from './bench/night.ts'
import { measureIntegrator, measureLogKills } from './bench/log.ts'
import { measureLogPage } from './bench/log-page.ts'
import { line, megabytes, title } from './bench/paper.ts'
import { measureQueue } from './bench/queue.ts'
import { measureRaising } from './bench/raising.ts'
import { measureTimeliness } from './bench/timeliness.ts'
import { measureVerifier } from './bench/verifier.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, profile: { type: 'string' } },
})
const sections = values.only?.split(',') ?? [
  'raise',
  'inbox',
  'queue',
  'night',
  'clocks',
  'audited',
  'integrator',
  'log-kills',
  'log-page',
  'timeliness',
  'verifier',
]

const household = await newHousehold()
let failed = false
try {
  failed = !(await bench(household))
} finally {
  await household.remove()
}
process.exitCode = failed ? 1 : 0

/** True where nothing that was sent was refused or lost. */
async function bench(house: Household): Promise<boolean> {
  const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
  const service = await startService(house, profile)
  await untilReady(service)
  title('Machine')
  line('first answer after start', `${(service.milliseconds / 1000).toFixed(2)} s (first run: makes the database)`)
  await measureMachine(house.dataDir, service.origin, values.quick)
  let sound = true
  const memory = () => line('memory of the web process', `${megabytes(residentBytes(service.pid))} MB`)
  if (sections.includes('raise')) {
    sound = (await measureRaising(service, values.quick)) && sound
    memory()
  }
  if (sections.includes('inbox')) await measureInbox(house, values.quick)
  await service.stop()
  await benchSizes(house)
  await benchStopped(house)
  return (await benchLog()) && sound
}

/** In the database of the service that was stopped. */
async function benchStopped(house: Household): Promise<void> {
  const { quick } = values
  if (sections.includes('audited')) await measureActs(house, quick)
  if (sections.includes('log-page'))
    await measureLogPage(quick ? { house, sizes: [20_000, 100_000], looks: 50 } : { house, sizes: [100_000, 1_000_000], looks: 200 })
  // Last of what uses its database: it takes everything out of it
  if (sections.includes('timeliness')) await measureTimeliness(house, quick ? 10_000 : 100_000)
}

/** What depends on how many concerns there are. */
async function benchSizes(house: Household): Promise<void> {
  const server = await startDatabase(house)
  for (const size of values.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
    if (sections.includes('queue')) await measureQueue(house, size)
    if (sections.includes('night')) await measureNight(house, size)
    if (sections.includes('clocks')) await measureClocks(house, size)
  }
  await server.stop()
}

/** The reckoning and the log by themselves, without the service. True where nothing of it was lost, and an honest one was found whole. */
async function benchLog(): Promise<boolean> {
  if (sections.includes('clocks')) measureReckoning(values.quick)
  if (sections.includes('audited')) await measureAudited(values.quick)
  if (sections.includes('integrator')) await measureIntegrator(values.quick)
  const survived = !sections.includes('log-kills') || (await measureLogKills(values.quick))
  const found = !sections.includes('verifier') || (await measureVerifier(values.quick ? 100_000 : 1_000_000))
  return survived && found
}
