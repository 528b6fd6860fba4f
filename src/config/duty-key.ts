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

const textOf = (key: Uint8Array): string => `${Buffer.from(key).toString('hex')}\n`

function readKey(folder: string, name: string): Uint8Array {
  const file = join(folder, name)
  if (!existsSync(file)) throw new ConfigFault([`${file} is missing: put it back from the backup of the secrets`])
  refuseOthers(folder)
  refuseOthers(file)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new ConfigFault([`${file} is not whole: put it back from the backup of the secrets`])
  return new Uint8Array(Buffer.from(text, 'hex'))
}
