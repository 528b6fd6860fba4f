import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from './fault.ts'
import { makeFolderWhole, refuseOthers, writeWhole } from './files.ts'

export interface LogKeyFiles {
  /** Every key there is, 32 bytes each, by its id. Throws `ConfigFault` where a file is open to others, not whole or weak. */
  read(): ReadonlyMap<string, Uint8Array>
  /** The first key, with its folder: where another process makes one at the same moment, the one that is there stays. */
  begin(id: string, seed: Uint8Array): void
  add(id: string, seed: Uint8Array): void
  remove(id: string): void
}

/**
 * `<secretsDir>/log/<id>.key`: the private keys that sign the log. For the background process alone; which files may open them is in the import
 * rules, and the web process is not among them.
 */
export function openLogKeys(secretsDir: string, assertStrong: (key: Uint8Array, name: string) => void): LogKeyFiles {
  const folder = join(secretsDir, 'log')
  const fileOf = (id: string) => join(folder, `${id}.key`)
  return {
    read: () => {
      if (!existsSync(folder)) return new Map()
      refuseOthers(folder)
      const names = readdirSync(folder).filter((name) => /^[0-9a-f]{8}\.key$/.test(name))
      return new Map(names.map((name) => [name.slice(0, 8), readSeed(join(folder, name), assertStrong)]))
    },
    begin: (id, seed) => void makeFolderWhole(folder, { [`${id}.key`]: textOf(seed) }),
    add: (id, seed) => writeWhole(fileOf(id), textOf(seed)),
    remove: (id) => rmSync(fileOf(id), { force: true }),
  }
}

const textOf = (seed: Uint8Array): string => `${Buffer.from(seed).toString('hex')}\n`

function readSeed(file: string, assertStrong: (key: Uint8Array, name: string) => void): Uint8Array {
  refuseOthers(file)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new ConfigFault([`${file} is not whole: put it back from the backup of the secrets`])
  const seed = new Uint8Array(Buffer.from(text, 'hex'))
  assertStrong(seed, 'the key of the log')
  return seed
}
