import { createReadStream, existsSync } from 'node:fs'
import type { Config } from '../../src/config/index.ts'
import { CannotStart, makeDatabase, migrationNames } from '../../src/database/index.ts'
import type { Clock, Random } from '../../src/kernel/index.ts'
import { BackupFault, openBackup, type BackupKeys } from '../../src/vault/index.ts'
import { manifestShape, readAs, type Manifest } from '../backup/contents.ts'
import { readRecords } from '../backup/records.ts'
import { comparePins, leftCheckpoints, publishedCheckpoint } from './old-folder.ts'
import { putBack, type PutBack } from './put-back.ts'
import { RestoreRefused } from './refused.ts'

export interface RestoreWorld {
  readonly config: Pick<Config, 'mode' | 'data' | 'http'>
  readonly clock: Clock
  readonly random: Random
}

/** What somebody decided at the terminal. */
export interface RestoreWanted {
  readonly from: string
  /** Checkpoints known outside: files, or lines. */
  readonly outside: readonly string[]
  readonly outsideUnknown: boolean
  /** The old data folder, where it was set aside. */
  readonly old: string | null
  readonly olderList: boolean
  readonly moved: boolean
  readonly noticeDays: number
}

export interface Restored extends PutBack {
  readonly where: string
  /** Where an older database was put whose data folder was gone; null nearly always. */
  readonly putAside: string | null
}

/** Opens the file to its very end, so that a copy that is cut off or damaged is refused before anything is made. */
async function readToTheEnd(records: ReturnType<typeof readRecords>): Promise<Manifest> {
  const manifest = readAs('manifest', manifestShape, await records.next())
  while ((await records.next()) !== null);
  return manifest
}

function refuseOthers({ config }: RestoreWorld, { moved }: RestoreWanted, { mode, publicOrigin, migrations }: Manifest): void {
  if (mode !== config.mode) throw new RestoreRefused('other_mode')
  if (publicOrigin !== config.http.publicOrigin && !moved && mode === 'real') throw new RestoreRefused('other_deployment')
  const known = new Set(migrationNames())
  if (!migrations.every((name) => known.has(name))) throw new RestoreRefused('newer_release')
}

function outsideOf(wanted: RestoreWanted, dataDir: string): string[] {
  const found = [...wanted.outside, ...leftCheckpoints(dataDir, ...(wanted.old === null ? [] : [wanted.old]))]
  if (found.length === 0 && !wanted.outsideUnknown) throw new RestoreRefused('outside_missing')
  return found
}

/**
 * Puts a backup into the empty data folder of these settings and declares it in the log. Throws `RestoreRefused`, or `CannotStart` where there is
 * no such file or the folder is not empty; then nothing is left of it.
 */
export async function restoreBackup(world: RestoreWorld, keys: BackupKeys, wanted: RestoreWanted): Promise<Restored> {
  const { config, clock, random } = world
  const dataDir = config.data.dir
  if (!existsSync(wanted.from)) throw new CannotStart(`There is no file ${wanted.from}.`)
  const read = () => readRecords(openBackup(keys, createReadStream(wanted.from)))
  const manifest = await inOurWords(readToTheEnd(read()))
  refuseOthers(world, wanted, manifest)
  const outside = outsideOf(wanted, dataDir)

  const made = await makeDatabase({ dataDir }, () => {}, [publishedCheckpoint])
  try {
    const records = read()
    await records.next()
    const compare = () => comparePins(wanted.old, dataDir, wanted.olderList)
    const deps = { clock, random, dataDir, outside, noticeDays: wanted.noticeDays, comparePins: compare }
    const done = await inOurWords(putBack(deps, made, manifest, records))
    await made.finish()
    return { ...done, where: made.where, putAside: made.putAside }
  } catch (error) {
    await made.giveUp()
    throw error
  }
}

async function inOurWords<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof BackupFault ? new RestoreRefused(error.code) : error
  }
}
