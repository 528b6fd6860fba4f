import { sign, verify } from 'node:crypto'
import { cosignedMessage, readCosignature } from './cosignature.ts'
import { fromBase64, readLines, toBase64 } from './encoding.ts'
import { FormatFault } from './fault.ts'
import { isKeyName, keyPairOf, publicKeyObject, verifierKeyOf, type VerifierKey } from './keys.ts'

/** C2SP signed-note: at least sixteen must be read; no more are. */
export const mostSignatures = 16

/** One line below a note: whose it says it is, and what was signed. Not yet checked. */
export interface SignatureLine {
  readonly name: string
  readonly id: string
  readonly signature: Uint8Array
  /** As it stands in the note, with its newline. */
  readonly line: string
}

/** A note whose parts are told apart, and nothing more: its text must not be believed. */
export interface UncheckedNote {
  readonly text: string
  readonly lines: readonly SignatureLine[]
}

/** A signature that holds, by a key that is trusted. */
export interface CheckedSignature {
  readonly key: VerifierKey
  readonly line: string
  /** When a witness says it signed, in seconds since 1970; null for a log's own signature. */
  readonly time: number | null
}

export interface OpenedNote {
  readonly text: string
  /** At least one, each key once. */
  readonly signatures: readonly CheckedSignature[]
}

/** Somebody who signs notes. */
export interface NoteSigner {
  readonly key: VerifierKey
  /** The signature line for a note's text, with its newline. */
  sign(text: string): string
}

/** A log's signer from its name and its Ed25519 seed of 32 bytes. */
export function createNoteSigner(name: string, seed: Uint8Array): NoteSigner {
  const { privateKey, publicKey } = keyPairOf(seed)
  const key = verifierKeyOf(name, 'log', publicKey)
  return { key, sign: (text) => signatureLine(key, sign(null, Buffer.from(text), privateKey)) }
}

/** `— name base64(id, signature)` with its newline. */
export function signatureLine({ name, id }: VerifierKey, signature: Uint8Array): string {
  return `— ${name} ${toBase64(Buffer.concat([Buffer.from(id, 'hex'), signature]))}\n`
}

/** The note: text, blank line, one line of each signer in the order given. FormatFault `malformed_note` for a text that no note can have. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || signers.length === 0) throw new FormatFault('malformed_note')
  const note = `${text}\n${signers.map((signer) => signer.sign(text)).join('')}`
  splitNote(note)
  return note
}

/** Tells text and signature lines apart. FormatFault as `readLines`, `malformed_note`, `too_many_signatures`. */
export function splitNote(input: string | Uint8Array): UncheckedNote {
  const note = readLines(input)
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || blank + 2 === note.length) throw new FormatFault('malformed_note')
  const lines = note.slice(blank + 2, -1).split('\n', mostSignatures + 1)
  if (lines.length > mostSignatures) throw new FormatFault('too_many_signatures')
  return { text: note.slice(0, blank + 1), lines: lines.map(readSignatureLine) }
}

/** Reads one line without its newline. FormatFault `malformed_note`. */
export function readSignatureLine(line: string): SignatureLine {
  const [dash, name = '', encoded = '', ...more] = line.split(' ', 4)
  const bytes = dash === '—' && more.length === 0 && isKeyName(name) ? fromBase64(encoded) : null
  // an id of four bytes, and something that was signed
  if (bytes === null || bytes.length < 5) throw new FormatFault('malformed_note')
  return { name, id: Buffer.from(bytes.subarray(0, 4)).toString('hex'), signature: bytes.subarray(4), line: `${line}\n` }
}

/**
 * Opens a note for somebody who trusts these keys. Lines by other keys are passed over; a line by one of these that does not hold
 * refuses the whole note. FormatFault as `splitNote`, `wrong_signature`, `no_trusted_signature`, and `ambiguous_key` where two of the
 * keys cannot be told apart.
 */
export function openNote(input: string | Uint8Array, trusted: readonly VerifierKey[]): OpenedNote {
  const { text, lines } = splitNote(input)
  const found = new Map<string, CheckedSignature>()
  for (const line of lines) {
    const key = keyOfLine(line, trusted)
    if (key === null) continue
    const signature = checkSignature(text, line, key)
    if (!found.has(whose(key))) found.set(whose(key), signature)
  }
  if (found.size === 0) throw new FormatFault('no_trusted_signature')
  return { text, signatures: [...found.values()] }
}

const whose = ({ name, id }: VerifierKey): string => `${name}+${id}`

function keyOfLine({ name, id }: SignatureLine, trusted: readonly VerifierKey[]): VerifierKey | null {
  const [key, ...more] = trusted.filter((each) => each.name === name && each.id === id)
  if (key === undefined) return null
  if (more.some((other) => !Buffer.from(other.publicKey).equals(key.publicKey))) throw new FormatFault('ambiguous_key')
  return key
}

/** FormatFault `wrong_signature`. */
export function checkSignature(text: string, line: SignatureLine, key: VerifierKey): CheckedSignature {
  const { time, signature } = key.type === 'witness' ? readCosignature(line.signature) : { time: null, signature: line.signature }
  const message = time === null ? text : cosignedMessage(text, time)
  const holds = signature.length === 64 && verify(null, Buffer.from(message), publicKeyObject(key.publicKey), signature)
  if (!holds) throw new FormatFault('wrong_signature')
  return { key, line: line.line, time }
}
