import { spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Random } from '../../kernel/index.ts'
import { CannotStart } from '../cannot-start.ts'
import { readOrMakePassword, readPassword, writeDurably } from '../secrets.ts'
import { leash, serverEnvironment } from './leash.ts'
import { isAlive } from './processes.ts'
import type { Account, Places } from './places.ts'

/** What the data folder says about where its database is. Written once the database is there. */
const noteName = 'database-folder'

/**
 * Makes the database folder where there is none: whole or not at all, whatever is killed. Returns the folder an older database was
 * put aside to, or null. Refuses (`CannotStart`) where data folder and database no longer belong together; it never deletes one.
 */
export async function prepareCluster(places: Places, binaries: string, random: Random): Promise<{ putAside: string | null }> {
  const putAside = putAsideStranger(places)
  refuseStrangers(places)
  makeFolders(places)
  sweepDrafts(places.home)
  if (!existsSync(places.cluster)) await initialise(places, binaries, random)
  const note = join(places.dataDir, noteName)
  if (!existsSync(note)) writeDurably(note, `${whereText(places)}\n`)
  return { putAside }
}

/** A data folder that was deleted and made anew has no key to the old database, which root keeps elsewhere. */
function putAsideStranger(places: Places): string | null {
  const fresh = !existsSync(join(places.dataDir, noteName)) && readPassword(places.secrets, 'database-superuser') === null
  if (!fresh || !existsSync(places.cluster)) return null
  let number = 1
  while (existsSync(`${places.home}-before-${number}`)) number += 1
  const aside = `${places.home}-before-${number}`
  renameSync(places.home, aside)
  return aside
}

function refuseStrangers(places: Places): void {
  const note = join(places.dataDir, noteName)
  if (!existsSync(note)) return
  const noted = readFileSync(note, 'utf8').trim()
  if (noted !== whereText(places)) {
    throw new CannotStart(
      `The data folder ${places.dataDir} was moved, copied or used by another account: its database is ${noted}, ` +
        `and this start would look for it ${whereText(places)}. Put the data folder back, or move the database there and correct the file ${note}.`,
    )
  }
  if (!existsSync(places.cluster)) {
    throw new CannotStart(
      `The database of ${places.dataDir} is missing: it should be in ${places.cluster}. Nothing was started in its place.`,
    )
  }
  if (readPassword(places.secrets, 'database-superuser') === null) {
    throw new CannotStart(
      `The passwords of the database in ${places.cluster} are missing from ${places.secrets}. Put them back from a backup.`,
    )
  }
}

function whereText(places: Places): string {
  return places.account === null ? 'inside the data folder' : `in ${places.home}`
}

/**
 * For root, `home` stays root's: what root writes there the server's account can't turn into a link to somewhere else. It may only
 * walk through, whatever the umask.
 */
function makeFolders(places: Places): void {
  mkdirSync(places.home, { recursive: true })
  chmodSync(places.home, places.account === null ? 0o700 : 0o711)
  mkdirSync(places.socketDir, { recursive: true, mode: 0o700 })
  hand(places.socketDir, places.account)
  chmodSync(places.socketDir, 0o700)
}

async function initialise(places: Places, binaries: string, random: Random): Promise<void> {
  const draft = join(places.home, `draft-${process.pid}`)
  const passwordFile = `${draft}-password`
  const password = readOrMakePassword(places.secrets, 'database-superuser', random)
  writeDurably(passwordFile, password.reveal())
  mkdirSync(draft, { mode: 0o700 })
  for (const path of [passwordFile, draft]) hand(path, places.account)
  try {
    const words = ['-U', superuserName, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--data-checksums']
    await run(join(binaries, 'initdb'), ['-D', draft, ...words], places.account)
    renameUnlessThere(draft, places.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Another launcher may have been quicker; both made theirs with the same password. */
function renameUnlessThere(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster)
  } catch (error) {
    if (!existsSync(cluster)) throw error
  }
}

export const superuserName = 'forthright_superuser'

/** Drafts of launchers that were killed in the middle: at every start, since the next launcher may have finished its own. */
function sweepDrafts(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = /^draft-(\d+)/.exec(name)?.[1]
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid))))
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 20 })
  }
}

function hand(path: string, account: Account | null): void {
  if (account !== null) chownSync(path, account.uid, account.gid)
}

function run(command: string, words: string[], account: Account | null): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const [program, ...rest] = [...leash(account), command, ...words] as [string, ...string[]]
  const child = spawn(program, rest, { cwd: '/', env: serverEnvironment, stdio: ['ignore', 'ignore', 'pipe'], ...account })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  child.once('error', reject)
  child.once('close', (code) => {
    if (code === 0) resolve()
    else reject(new CannotStart(`${basename(command)} in ${dirname(command)} failed: ${complaint.trim()}`))
  })
  return promise
}
