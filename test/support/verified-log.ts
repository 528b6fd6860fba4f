import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { readVerifierKey, verifyBundle, type Verdict } from '../../scripts/verify-log.mjs'
import { createPublishedLog, type Pace } from '../../src/audit/index.ts'
import type { TestApp } from './app.ts'
import { startSigning } from './log.ts'

/** A bundle as an auditor takes it, and the key that they noted down. */
export interface Taken {
  readonly file: string
  readonly key: string
  /** The newest checkpoint, which an auditor keeps. */
  readonly note: string
  readonly size: number
}

type Signed = Pick<TestApp, 'database' | 'dataDir' | 'clock'>

/** Gives everything that waits its place, as the background process does. */
export async function integrateAll(app: Signed, pace?: Pace): Promise<void> {
  const signing = startSigning(app, pace)
  try {
    let { added } = await signing.integrate()
    for (let batches = 0; added > 0 && batches < 500; batches += 1) added = (await signing.integrate()).added
  } finally {
    await signing.close()
  }
}

export async function takeBundle({ database, dataDir }: Signed): Promise<Taken> {
  const log = createPublishedLog(database.database)
  const bundle = await log.prepareBundle()
  const file = join(dataDir, bundle.fileName)
  await bundle.write(createWriteStream(file))
  const [key] = await log.readVerifierKeys()
  return { file, key: key!.verifierKey, note: (await log.readCheckpoint()).note, size: bundle.size }
}

/** What an auditor finds who takes the log of this service home. */
export async function verdictOfLog(app: Signed): Promise<Verdict> {
  await integrateAll(app)
  const { file, key } = await takeBundle(app)
  return verifyBundle({ file, keys: [readVerifierKey(key)] })
}
