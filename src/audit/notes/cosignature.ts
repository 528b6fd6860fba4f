import { FormatFault } from './fault.ts'

/** C2SP tlog-cosignature, v1: a time of eight bytes, then an Ed25519 signature of 64. */
const timeLength = 8
const cosignatureLength = timeLength + 64

/** What a witness signs: two lines of its own, then the checkpoint's whole text. */
export function cosignedMessage(text: string, time: number): string {
  return `cosignature/v1\ntime ${time}\n${text}`
}

export function formatCosignature(time: number, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(timeLength + signature.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  bytes.set(signature, timeLength)
  return bytes
}

/** FormatFault `wrong_signature` where the length is another, or the time is past what can be counted. */
export function readCosignature(bytes: Uint8Array): { readonly time: number; readonly signature: Uint8Array } {
  if (bytes.length !== cosignatureLength) throw new FormatFault('wrong_signature')
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(time)) throw new FormatFault('wrong_signature')
  return { time, signature: bytes.subarray(timeLength) }
}
