import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** A file, or its name in it, that will not do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** The file's content as `read` understands it. Throws `Unreadable`. */
export function readWith<T>(file: string, read: (text: string) => T | null, otherwise: string): T {
  if (!existsSync(file)) throw new Unreadable(`There is no file ${file}.`)
  const content = read(readFileSync(file, 'utf8'))
  if (content === null) throw new Unreadable(`${file}: ${otherwise}`)
  return content
}

/** Throws `Unreadable` where something has the name: nothing is ever written over. */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Unreadable(`${file} is there already. Give another name, or put it away.`)
}

/** Writes a new file of mode 0600 and waits until the disk has it. Throws `Unreadable` where there is one. */
export function writeNew(file: string, content: string): void {
  refuseExisting(file)
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
