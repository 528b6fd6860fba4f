import { sign } from 'node:crypto'
import { parseCheckpoint } from './checkpoint.ts'
import { cosignedMessage, formatCosignature } from './cosignature.ts'
import { mustBeCount } from './encoding.ts'
import { FormatFault } from './fault.ts'
import { keyPairOf, verifierKeyOf, type VerifierKey } from './keys.ts'
import { checkSignature, readSignatureLine, signatureLine, type CheckedSignature } from './note.ts'

/** A witness's key at work. */
export interface Cosigner {
  readonly key: VerifierKey
  /** The cosignature line, with its newline, for a checkpoint's text at a time in seconds since 1970. FormatFault `malformed_checkpoint`. */
  cosign(text: string, time: number): string
}

/** A witness's signer from its name and its Ed25519 seed of 32 bytes, which must be no other key's (C2SP tlog-cosignature). */
export function createCosigner(name: string, seed: Uint8Array): Cosigner {
  const { privateKey, publicKey } = keyPairOf(seed)
  const key = verifierKeyOf(name, 'witness', publicKey)
  return {
    key,
    cosign: (text, time) => {
      mustBeCount(time)
      parseCheckpoint(text)
      return signatureLine(key, formatCosignature(time, sign(null, Buffer.from(cosignedMessage(text, time)), privateKey)))
    },
  }
}

/**
 * Checks one cosignature line, with or without its newline, over a checkpoint's text. FormatFault `malformed_note`,
 * `no_trusted_signature` where it is another key's, `wrong_signature`.
 */
export function checkCosignature(text: string, line: string, key: VerifierKey): CheckedSignature {
  const read = readSignatureLine(line.endsWith('\n') ? line.slice(0, -1) : line)
  if (read.name !== key.name || read.id !== key.id || key.type !== 'witness') throw new FormatFault('no_trusted_signature')
  return checkSignature(text, read, key)
}
