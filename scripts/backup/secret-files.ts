import { existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync, fsyncSync, closeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file that goes with the database, by its path below the data folder. */
export interface KeptFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * What a restored service cannot do without: every file below `secrets` (server secrets, pins, the log's keys) and the page of fingerprints. Not
 * the passwords of the database, which a new one makes anew, nor drafts of files that a killed process left.
 */
export function readKeptFiles(dataDir: string): KeptFile[] {
  const paths = [...filesBelow(dataDir, 'secrets'), ...['fingerprints.txt'].filter((name) => existsSync(join(dataDir, name)))]
  return paths.filter((path) => !leftBehind.test(path)).map((path) => ({ path, bytes: readFileSync(join(dataDir, path)) }))
}

const leftBehind = /^secrets\/(database-|.*\.draft-|\.|.*\/\.)/

/** Plain files only: a link could lead anywhere. */
function filesBelow(dataDir: string, folder: string): string[] {
  if (!existsSync(join(dataDir, folder))) return []
  return readdirSync(join(dataDir, folder))
    .toSorted()
    .flatMap((name) => {
      const path = `${folder}/${name}`
      const found = lstatSync(join(dataDir, path))
      if (found.isDirectory()) return filesBelow(dataDir, path)
      return found.isFile() ? [path] : []
    })
}

/** Puts a file where it was, for its owner alone, and waits until the disk has it. The path was checked when it was read. */
export function writeKeptFile(dataDir: string, { path, bytes }: KeptFile): void {
  const file = join(dataDir, path)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    writeSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
