import { join } from 'node:path'
import { createSweep } from '../../src/concerns/index.ts'
import { openDutyKey } from '../../src/config/index.ts'
import { dutyKeysOf } from '../../src/vault/index.ts'
import type { TestApp } from './app.ts'

/** The background process's sweep, with the duty key that lies in the data folder. */
export const sweepOf = ({ service, dataDir }: Pick<TestApp, 'service' | 'dataDir'>): (() => Promise<number>) =>
  createSweep({
    ...service,
    directory: service.accounts.directory,
    dutyKeys: dutyKeysOf(openDutyKey(join(dataDir, 'secrets'))),
  })

/** The same where the file of that key is lost. */
export const sweepWithoutKey = ({ service }: Pick<TestApp, 'service'>): (() => Promise<number>) =>
  createSweep({ ...service, directory: service.accounts.directory, dutyKeys: null })
