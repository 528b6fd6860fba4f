/**
 * `npm run walk`: takes the ten cases through their handling over HTTP, one line each: stage, status, clock, entries. `npm run walk -- URL` walks
 * against a running demonstration; without an address it starts one of its own on a folder that is gone afterwards. Ends with 1 when something is off.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { demonstrationCode, demonstrationPeople } from '../src/accounts/index.ts'
import { londonDate, systemClock } from '../src/kernel/index.ts'
import { newHousehold, startService, untilReady } from '../test/support/process.ts'
import { createServiceClient } from './walk/client.ts'
import { createStaff, type Codes } from './walk/staff.ts'
import { walkAll } from './walk/walk.ts'

const stepMilliseconds = 30_000

const codes: Codes = {
  password: demonstrationPeople[0]?.password ?? '',
  code: (ahead) => demonstrationCode(systemClock.now().add({ milliseconds: ahead * stepMilliseconds })),
  nextCode: async () => {
    console.log('(waiting for the next six-digit code)')
    await pause(stepMilliseconds - (systemClock.now().epochMilliseconds % stepMilliseconds) + 50)
  },
}

async function walk(origin: string): Promise<boolean> {
  const client = createServiceClient(origin)
  return walkAll({ client, staff: createStaff(client, codes), today: () => londonDate(systemClock.now()) }, console.log)
}

async function walkOwnService(): Promise<boolean> {
  const household = await newHousehold()
  try {
    const service = await startService(household)
    try {
      await untilReady(service)
      return await walk(service.origin)
    } finally {
      await service.stop()
    }
  } finally {
    await household.remove()
  }
}

/** Somebody else's service: say so plainly where there is none. */
async function walkRunningService(origin: string): Promise<boolean> {
  const ready = await fetch(`${origin}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
  if (ready) return walk(origin)
  console.log(`No service is ready at ${origin}`)
  return false
}

const [address] = process.argv.slice(2)
const sound = address === undefined ? await walkOwnService() : await walkRunningService(new URL(address).origin)
process.exitCode = sound ? 0 : 1
