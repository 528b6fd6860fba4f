import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Secret, type Random } from '../kernel/index.ts'

/** The logins of a server of ours, each with its password in a file of its own under `DATA_DIR/secrets`. */
export type LoginName = 'database-superuser' | 'database-owner' | 'database-app' | 'database-signer' | 'database-auditor'

/** The password in the file, or null where there is none yet. */
export function readPassword(secretsDir: string, name: LoginName): Secret<string> | null {
  const file = join(secretsDir, name)
  return existsSync(file) ? new Secret(readFileSync(file, 'utf8').trim()) : null
}

/**
 * The password in the file, made from 32 random bytes where there is none. The file appears whole or not at all, and when two
 * processes make it at once both read the same one.
 */
export function readOrMakePassword(secretsDir: string, name: LoginName, random: Random): Secret<string> {
  const existing = readPassword(secretsDir, name)
  if (existing !== null) return existing
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 })
  const draft = join(secretsDir, `${name}.draft-${process.pid}`)
  writeDurably(draft, Buffer.from(random.bytes(32)).toString('hex') + '\n')
  try {
    linkSync(draft, join(secretsDir, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
    syncFolder(secretsDir)
  }
  return readPassword(secretsDir, name)!
}

/** Writes a file, mode 0600, that is there whole or not at all, and waits until the disk has it. */
export function writeDurably(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
  syncFolder(dirname(file))
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
