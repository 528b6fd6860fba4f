import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto'
import { fromBase64, toBase64 } from './encoding.ts'
import { FormatFault } from './fault.ts'

/** C2SP signed-note: what a key signs. A log signs the note's text, a witness a time and the text. */
const keyTypes = { log: 0x01, witness: 0x04 } as const

export type KeyType = keyof typeof keyTypes

/** A key that somebody decided to trust. */
export interface VerifierKey {
  readonly name: string
  /** Eight hexadecimal digits, small letters. */
  readonly id: string
  readonly type: KeyType
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

const keyLength = 32
const longestKeyText = 1024

/** C2SP signed-note: not empty, no space of any kind, no plus sign, no ASCII control character. */
export function isKeyName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}\u0000-\u001F+]/u.test(name)
}

/** The public half of a key in C2SP form. Throws a RangeError where the name can be no key's name. */
export function verifierKeyOf(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== keyLength) throw new RangeError('not a key name and an Ed25519 key')
  const material = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(keyTypes[type]), publicKey])
  return { name, type, publicKey, id: hash('sha256', material, 'hex').slice(0, 8) }
}

/** `name+id+base64`, as everybody who is to trust the key gets it. */
export function verifierKeyText({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(Buffer.concat([Buffer.of(keyTypes[type]), publicKey]))}`
}

/** Reads such a text. FormatFault `malformed_key`, also where the id is not this key's. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = text.length > longestKeyText ? null : /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const [, name = '', id = '', encoded = ''] = match ?? []
  const material = fromBase64(encoded)
  const type = (Object.keys(keyTypes) as KeyType[]).find((each) => keyTypes[each] === material?.[0])
  if (material?.length !== 1 + keyLength || type === undefined || !isKeyName(name)) throw new FormatFault('malformed_key')
  const key = verifierKeyOf(name, type, material.slice(1))
  if (key.id !== id) throw new FormatFault('malformed_key')
  return key
}

// RFC 8410: the fixed beginnings of an Ed25519 key in DER.
const privateBeginning = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicBeginning = Buffer.from('302a300506032b6570032100', 'hex')

/** The key pair that a seed of 32 bytes makes (RFC 8032 5.1.5). */
export function keyPairOf(seed: Uint8Array): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } {
  if (seed.length !== keyLength) throw new RangeError('a seed has 32 bytes')
  const privateKey = createPrivateKey({ key: Buffer.concat([privateBeginning, seed]), format: 'der', type: 'pkcs8' })
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: new Uint8Array(der.subarray(publicBeginning.length)) }
}

export function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicBeginning, publicKey]), format: 'der', type: 'spki' })
}
