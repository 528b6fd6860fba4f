/**
 * `npm run restore -- --from FILE --outside CHECKPOINT`: puts a backup into an empty data folder and declares it in the log (docs/backup.md). The
 * whole file is opened and checked before anything is made; whatever is refused or killed later leaves nothing that could be started.
 */
import { createReadStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigFault } from '../src/config/index.ts'
import { CannotStart, makeDatabase, migrationNames } from '../src/database/index.ts'
import { createLog } from '../src/kernel/index.ts'
import { readStartUp, type StartUp } from '../src/start-up.ts'
import { BackupFault, openBackup, type BackupKeys } from '../src/vault/index.ts'
import { manifestShape, readAs, type Manifest } from './backup/contents.ts'
import { readKey } from './backup/keys.ts'
import { readRecords } from './backup/records.ts'
import { closingWords } from './restore/closing-words.ts'
import { comparePins, leftCheckpoints, publishedCheckpoint } from './restore/old-folder.ts'
import { putBack, type PutBack } from './restore/put-back.ts'
import { RestoreRefused } from './restore/refused.ts'
import { Interrupted, openTerminal, type Terminal } from './setup/terminal.ts'

const usage = `npm run restore -- --from FILE --outside CHECKPOINT
  --key FILE           the private half of the backup key; without it the rows are asked for
  --outside TEXT|FILE  the newest checkpoint somebody outside holds: a note, or its line from the minutes; may come more than once
  --outside-unknown    nobody holds one
  --old FOLDER         the old data folder, where it was set aside: its last checkpoint and its pins are compared
  --older-list         go on although the old folder has seen a newer list of readers
  --moved              the service has another address now than when the backup was made
  --notice-days N      how long the first page tells people (90)
It takes the same settings as npm start, and an empty DATA_DIR. docs/backup.md goes through it step by step.`

const options = {
  from: { type: 'string' },
  key: { type: 'string' },
  outside: { type: 'string', multiple: true },
  'outside-unknown': { type: 'boolean' },
  old: { type: 'string' },
  'older-list': { type: 'boolean' },
  moved: { type: 'boolean' },
  'notice-days': { type: 'string' },
} as const

type Wanted = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'] & { readonly from: string }

function wantedOf(words: readonly string[]): Wanted | null {
  try {
    const { values } = parseArgs({ args: [...words], options })
    const { from, 'notice-days': days = '90' } = values
    return from !== undefined && /^\d{1,3}$/.test(days) ? { ...values, from } : null
  } catch {
    return null
  }
}

/** Opens the file to its very end, so that a copy that is cut off or damaged is refused before anything is made. */
async function readToTheEnd(keys: BackupKeys, file: string): Promise<Manifest> {
  const records = readRecords(openBackup(keys, createReadStream(file)))
  const manifest = readAs('manifest', manifestShape, await records.next())
  // oxlint-disable-next-line no-await-in-loop -- a stream
  while ((await records.next()) !== null);
  return manifest
}

function refuseOthers({ config }: StartUp, { moved }: Wanted, { mode, publicOrigin, migrations }: Manifest): void {
  if (mode !== config.mode) throw new RestoreRefused('other_mode')
  if (publicOrigin !== config.http.publicOrigin && moved !== true && mode === 'real') throw new RestoreRefused('other_deployment')
  const known = new Set(migrationNames())
  if (!migrations.every((name) => known.has(name))) throw new RestoreRefused('newer_release')
}

function outsideOf(wanted: Wanted, dataDir: string): string[] {
  const found = [...(wanted.outside ?? []), ...leftCheckpoints(dataDir, ...(wanted.old === undefined ? [] : [wanted.old]))]
  if (found.length === 0 && wanted['outside-unknown'] !== true) throw new RestoreRefused('outside_missing')
  return found
}

async function restore(startUp: StartUp, terminal: Terminal, wanted: Wanted): Promise<PutBack & { readonly where: string }> {
  const { config, clock, random } = startUp
  const dataDir = config.data.dir
  if (config.database.kind === 'operators')
    throw new CannotStart('With DATABASE_URL the database is yours: put it back as you do others, then declare it (docs/backup.md).')
  if (!existsSync(wanted.from)) throw new CannotStart(`There is no file ${wanted.from}.`)
  const keys = await readKey(terminal, wanted.key)
  const manifest = await readToTheEnd(keys, wanted.from)
  refuseOthers(startUp, wanted, manifest)
  const outside = outsideOf(wanted, dataDir)

  const made = await makeDatabase({ dataDir }, createLog(true), [publishedCheckpoint])
  try {
    const records = readRecords(openBackup(keys, createReadStream(wanted.from)))
    await records.next()
    const old = wanted.old === undefined ? null : resolve(wanted.old)
    const compare = () => comparePins(old, dataDir, wanted['older-list'] === true)
    const deps = { clock, random, dataDir, outside, noticeDays: Number(wanted['notice-days'] ?? 90), comparePins: compare }
    const done = await putBack(deps, made, manifest, records)
    await made.finish()
    return { ...done, where: made.where }
  } catch (error) {
    await made.giveUp()
    throw error
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof Interrupted) return '\nStopped. Nothing was put back.'
  if (error instanceof BackupFault) return new RestoreRefused(error.code).message
  if (error instanceof RestoreRefused || error instanceof CannotStart || error instanceof ConfigFault) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
  return `This failed (${code}). Nothing was put back.`
}

const wanted = wantedOf(process.argv.slice(2))
if (wanted === null) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  const terminal = openTerminal()
  try {
    const startUp = readStartUp(process.env)
    terminal.say(...closingWords(await restore(startUp, terminal, wanted)))
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`)
    process.exitCode = 1
  } finally {
    terminal.close()
  }
}
