import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from './fault.ts'
import { makeFolderWhole, refuseOthers } from './files.ts'

/** The ES256 key that signs access tokens, and every public key a token may name, by `kid`. */
export interface SessionKeys {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKeys: ReadonlyMap<string, KeyObject>
}

/** What must not be in the database: whoever has the one without the other opens nothing. 32 random bytes each. */
export interface ServerSecrets {
  readonly tokenPepper: Uint8Array
  readonly passwordPepper: Uint8Array
  readonly totpKey: Uint8Array
  readonly receiptPepper: Uint8Array
  readonly session: SessionKeys
  /** True at the first start with this data folder: the database has to be new as well. */
  readonly made: boolean
}

export interface SecretsOptions {
  /** The source of chance, which the kernel owns. */
  readonly random: { bytes(count: number): Uint8Array }
  /** Throws an Error that names the key and the rule, where a key is weak; the vault owns the rule. */
  readonly assertStrong: (key: Uint8Array, name: string) => void
}

const peppers = ['token-pepper', 'password-pepper', 'totp-key', 'receipt-pepper'] as const
const sessionKeyFile = 'session-key.pem'

/**
 * Reads the server's secrets from `<secretsDir>/server`, or makes all of them where that folder is missing, in both modes. Two
 * processes that start at once end with the same ones. Throws `ConfigFault` where a file is lost, weak, or open to others: a new
 * one in its place would shut everybody out of what the old one sealed.
 */
export function loadSecrets(secretsDir: string, { random, assertStrong }: SecretsOptions): ServerSecrets {
  const folder = join(secretsDir, 'server')
  const made = !existsSync(folder) && makeFolderWhole(folder, newSecrets(random))
  refuseOthers(secretsDir)
  refuseOthers(folder)
  const faults: string[] = []
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch (error) {
      faults.push(error instanceof Error ? error.message : 'a server secret could not be read')
      return null
    }
  }
  const [tokenPepper, passwordPepper, totpKey, receiptPepper] = peppers.map((name) => attempt(() => readKey(folder, name, assertStrong)))
  const session = attempt(() => readSessionKey(folder))
  if (!tokenPepper || !passwordPepper || !totpKey || !receiptPepper || !session) throw new ConfigFault(faults)
  return { tokenPepper, passwordPepper, totpKey, receiptPepper, session, made }
}

function newSecrets(random: SecretsOptions['random']): Record<string, string> {
  const keys = peppers.map((name) => [name, `${Buffer.from(random.bytes(32)).toString('hex')}\n`])
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return { ...Object.fromEntries(keys), [sessionKeyFile]: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
}

function readKey(folder: string, name: string, assertStrong: SecretsOptions['assertStrong']): Uint8Array {
  const text = readSecret(folder, name).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new ConfigFault([`${name} must hold 32 bytes as 64 hexadecimal digits`])
  const key = new Uint8Array(Buffer.from(text, 'hex'))
  assertStrong(key, name)
  return key
}

function readSessionKey(folder: string): SessionKeys {
  const privateKey = parseKey(readSecret(folder, sessionKeyFile))
  if (privateKey?.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new ConfigFault([`${sessionKeyFile} must hold a P-256 private key`])
  const publicKey = createPublicKey(privateKey)
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
  return { kid, privateKey, publicKeys: new Map([[kid, publicKey]]) }
}

function parseKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null // the library's message quotes what it read
  }
}

function readSecret(folder: string, name: string): string {
  const file = join(folder, name)
  if (!existsSync(file)) throw new ConfigFault([`${file} is missing: put it back from the backup of the secrets`])
  refuseOthers(file)
  return readFileSync(file, 'utf8')
}
