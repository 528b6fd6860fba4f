/**
 * `npm run backup -- --make-key FILE` makes the key pair for backups, once; `npm run backup -- --to KEY --out FILE` makes a backup that only the
 * private half opens, while the service runs or not (docs/backup.md). For a database of ours; of an operator's server they keep their own.
 */
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, rmSync, utimesSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigFault } from '../src/config/index.ts'
import { CannotStart, openAsOwner } from '../src/database/index.ts'
import { createLog, londonDate } from '../src/kernel/index.ts'
import { readStartUp, type StartUp } from '../src/start-up.ts'
import { makeKey, readTo } from './backup/keys.ts'
import { takeBackup, type Taken } from './backup/take-backup.ts'
import { refuseExisting, Unreadable } from './recover/files.ts'

const usage = `npm run backup -- --make-key FILE        makes a key pair, once: the private half goes on paper, away from here
npm run backup -- --to KEY --out FILE    makes a backup for that key (KEY: its public half, or the file with it)
docs/backup.md says what a backup holds, where the key lies and how to put one back.`

interface Wanted {
  readonly 'make-key'?: string
  readonly to?: string
  readonly out?: string
}

function wantedOf(words: readonly string[]): Wanted | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { 'make-key': { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
    })
    const whole = values['make-key'] === undefined ? values.to !== undefined && values.out !== undefined : values.to === undefined
    return whole ? values : null
  } catch {
    return null
  }
}

async function backUp(startUp: StartUp, to: Uint8Array, out: string): Promise<Taken> {
  const { config, clock, random } = startUp
  if (config.database.kind === 'operators')
    throw new CannotStart('With DATABASE_URL the database is yours: back it up as you do others, and DATA_DIR with it (docs/backup.md).')
  const { owner, leave } = await openAsOwner({ dataDir: config.data.dir }, createLog(true))
  try {
    const deps = { owner, dataDir: config.data.dir, publicOrigin: config.http.publicOrigin, clock, random }
    const day = Temporal.PlainDate.from(londonDate(clock.now())).toZonedDateTime('UTC')
    return await writeWholeFile(out, day.epochMilliseconds / 1000, (write) => takeBackup(deps, to, write))
  } finally {
    await leave()
  }
}

/**
 * A file that has its name only when it is whole and on the disk. What a killed run leaves is called unfinished, is cut off, which the restore
 * sees, and goes at the next run. Its times say the day alone.
 */
async function writeWholeFile<T>(
  out: string,
  seconds: number,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
): Promise<T> {
  refuseExisting(out)
  const [folder, name] = [dirname(out), basename(out)]
  for (const left of readdirSync(folder)) if (left === `${name}.unfinished`) rmSync(join(folder, left))
  const draft = `${out}.unfinished`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    const done = await fill(async (bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    })
    fsyncSync(descriptor)
    utimesSync(draft, seconds, seconds)
    linkSync(draft, out)
    return done
  } finally {
    closeSync(descriptor)
    rmSync(draft, { force: true })
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof CannotStart || error instanceof ConfigFault || error instanceof Unreadable) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
  return `The backup failed (${code}). Nothing was written.`
}

async function main({ 'make-key': keyFile, to = '', out = '' }: Wanted): Promise<string[]> {
  if (keyFile !== undefined) return makeKey(resolve(keyFile))
  const { files, tables, rows } = await backUp(readStartUp(process.env), readTo(to), resolve(out))
  return [`  ${resolve(out)}: ${tables} tables with ${rows} rows, ${files} files. Only the private half of the key opens it.`]
}

const wanted = wantedOf(process.argv.slice(2))
if (wanted === null) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  try {
    process.stdout.write(`${(await main(wanted)).join('\n')}\n`)
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`)
    process.exitCode = 1
  }
}
