import { passwordCost, type PasswordCost } from './vault/index.ts'
import { FormatFault, parseVerifierKey } from './audit/index.ts'
import { ConfigFault, loadConfig, type Config } from './config/index.ts'
import type { ServerChoice } from './database/index.ts'
import { createLog, Secret, systemClock, systemRandom, type Clock, type Log, type Random } from './kernel/index.ts'

/** What both processes know before they touch anything. */
export interface StartUp {
  readonly config: Config
  readonly server: ServerChoice
  readonly log: Log
  readonly clock: Clock
  readonly random: Random
  readonly passwordCost: PasswordCost
}

/** Reads the environment once. Throws `ConfigFault` with every fault in it. */
export function readStartUp(env: NodeJS.ProcessEnv): StartUp {
  const config = loadConfig(env)
  if (!config.witnesses.every(({ verifierKey }) => isWitnessKey(verifierKey)))
    throw new ConfigFault(['WITNESSES names a key that is no witness’s verifier key: take it as the witness prints it'])
  return { config, server: serverOf(config), log: createLog(), clock: systemClock, random: systemRandom, passwordCost }
}

/** A log's own key in the place of a witness's would accept our signature as a stranger's. */
function isWitnessKey(text: string): boolean {
  try {
    return parseVerifierKey(text).type === 'witness'
  } catch (error) {
    if (error instanceof FormatFault) return false
    throw error
  }
}

function serverOf({ database, data }: Config): ServerChoice {
  if (database.kind === 'embedded') return { dataDir: data.dir }
  const { url, ownerUrl, signerUrl } = database
  return { url: new Secret(url()), signerUrl: new Secret(signerUrl()), ...(ownerUrl !== null && { ownerUrl: new Secret(ownerUrl()) }) }
}
