import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from './fault.ts'
import { makeFolderWhole, refuseOthers } from './files.ts'

const folderOf = (secretsDir: string): string => join(secretsDir, 'duty')

/**
 * The public half of the duty key, from `<secretsDir>/duty/public.key`. Whichever process comes first makes both halves, with its folder, in one
 * step; the web process reads this one alone. `publicOf` reckons it from the private half. Throws `ConfigFault` where the file is lost or not whole.
 */
export function readDutyPublicKey(
  secretsDir: string,
  random: { bytes(count: number): Uint8Array },
  publicOf: (privateKey: Uint8Array) => Uint8Array,
): Uint8Array {
  const folder = folderOf(secretsDir)
  if (!existsSync(folder)) {
    const privateKey = random.bytes(32)
    makeFolderWhole(folder, { 'duty.key': textOf(privateKey), 'public.key': textOf(publicOf(privateKey)) })
  }
  return readKey(folder, 'public.key')
}

/** The private half: for the background process alone, which the import rules see to. Throws `ConfigFault` where its file is lost: older concerns lie under it. */
export function openDutyKey(secretsDir: string): Uint8Array {
  return readKey(folderOf(secretsDir), 'duty.key')
}

/**
 * The same where its file is there, whole, and the other half of `public.key`, which `publicOf` reckons; else null. The background process does without:
 * what is passed to nobody but leads, and letters to who raised a concern, wait for it, and whoever is warned is warned. Throws `ConfigFault` where
 * others may read it.
 */
export function findDutyKey(secretsDir: string, publicOf: (privateKey: Uint8Array) => Uint8Array): Uint8Array | null {
  const folder = folderOf(secretsDir)
  const [key, half] = [findKey(folder, 'duty.key'), findKey(folder, 'public.key')]
  if (typeof key === 'string' || typeof half === 'string') return null
  return Buffer.from(publicOf(key)).equals(half) ? key : null
}

const textOf = (key: Uint8Array): string => `${Buffer.from(key).toString('hex')}\n`

function readKey(folder: string, name: string): Uint8Array {
  const found = findKey(folder, name)
  if (typeof found !== 'string') return found
  throw new ConfigFault([`${join(folder, name)} is ${found}: put it back from the backup of the secrets`])
}

function findKey(folder: string, name: string): Uint8Array | 'missing' | 'not whole' {
  const file = join(folder, name)
  if (!existsSync(file)) return 'missing'
  refuseOthers(folder)
  refuseOthers(file)
  const text = readFileSync(file, 'utf8').trim()
  return /^[0-9a-f]{64}$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : 'not whole'
}
