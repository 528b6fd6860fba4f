import { chmodSync, closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConfigFault } from './fault.ts'

const othersRights = 0o077

/** Refuses a secret that others on the machine may read or change. */
export function refuseOthers(path: string): void {
  const { mode } = statSync(path)
  if ((mode & othersRights) !== 0) {
    throw new ConfigFault([`${path} is open to other users of this machine: take their rights away (chmod go-rwx)`])
  }
}

/** Writes a file of mode 0600 that is there whole or not at all, and waits until the disk has it. */
export function writeWhole(file: string, content: string): void {
  const draft = `${file}.draft-${process.pid}`
  writeNew(draft, content)
  renameSync(draft, file)
  syncFolder(dirname(file))
}

/**
 * Makes a folder of mode 0700 with these files, all at once: a run that is killed leaves none of it. False where another process
 * made it first.
 */
export function makeFolderWhole(folder: string, files: Readonly<Record<string, string>>): boolean {
  const parent = dirname(folder)
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(join(parent, `.${basename(folder)}-`))
  chmodSync(draft, 0o700)
  for (const [name, content] of Object.entries(files)) writeNew(join(draft, name), content)
  syncFolder(draft)
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
  syncFolder(parent)
  return true
}

function writeNew(file: string, content: string): void {
  const descriptor = openSync(file, 'w', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
