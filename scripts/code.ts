/** Prints the second factor of the demonstration people for now, for who has no authenticator app at hand. */
import { demonstrationCode } from '../src/accounts/index.ts'
import { systemClock } from '../src/kernel/index.ts'

const now = systemClock.now()
const left = 30 - (Math.floor(now.epochMilliseconds / 1000) % 30)
process.stdout.write(`${demonstrationCode(now)} (for another ${left} seconds; each code works once a person)\n`)
