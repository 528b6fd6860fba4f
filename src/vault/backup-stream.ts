import { backupKeyId, type BackupKeys } from './backup-keys.ts'
import { join, suite, utf8, type Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { openSealed, sealToPublicKey } from './sealed-box.ts'
import { lengths, sodium, stream } from './sodium.ts'

/**
 * A backup in bytes: magic, suite byte, the key's name, a sealed box of a random stream key, then libsodium's secretstream in chunks of one
 * size, each bound to all that stands before the first. A chunk that is missing, moved, changed or taken from another backup does not open.
 */
export type BackupFaultCode = 'not_a_backup' | 'unknown_suite' | 'wrong_key' | 'damaged' | 'truncated'

/** A file that does not open, and why. Holds nothing of what was in it. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
  readonly code: BackupFaultCode

  constructor(code: BackupFaultCode) {
    super(code)
    this.code = code
  }
}

const magic = utf8('forthright backup\n')
const backupChunk = 64 * 1024
const sealedChunk = backupChunk + stream.overhead
const boxLength = 1 + lengths.key + lengths.boxOverhead
const keyIdLength = backupKeyId(new Uint8Array(lengths.key)).length
/** 4 MiB: what one concern adds shows in the size of a backup about once in a hundred times. */
const leastChunks = 64

/**
 * Seals a run of bytes for whoever holds the private half, in constant memory. The bytes must say themselves where they end: zeros are added
 * up to the next size class (4 MiB, or an eighth of a larger whole), so that sizes tell little of what came in between two backups.
 */
export async function* sealBackup(publicKey: Uint8Array, source: AsyncIterable<Uint8Array>): AsyncGenerator<Bytes, void, undefined> {
  const key = new Uint8Array(lengths.key)
  sodium.randombytes_buf(key)
  const head = join(magic, Uint8Array.of(suite), backupKeyId(publicKey), sealToPublicKey(publicKey, key))
  const state = new Uint8Array(stream.state)
  const header = new Uint8Array(stream.header)
  sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, key)
  sodium.sodium_memzero(key)
  yield join(head, header)

  const associated = bindingOf(head)
  const seal = (content: Uint8Array, tag: number): Bytes => {
    const sealed = new Uint8Array(sealedChunk)
    sodium.crypto_secretstream_xchacha20poly1305_push(state, sealed, content, associated, tag)
    return sealed
  }
  const chunk = new Uint8Array(backupChunk)
  let filled = 0
  let count = 0
  for await (const piece of source) {
    for (let at = 0; at < piece.length;) {
      // A full one waits until more comes: only then is it known not to be the last
      if (filled === backupChunk) {
        yield seal(chunk, stream.message)
        count += 1
        filled = 0
      }
      const taken = Math.min(piece.length - at, backupChunk - filled)
      chunk.set(piece.subarray(at, at + taken), filled)
      filled += taken
      at += taken
    }
  }
  chunk.fill(0, filled)
  for (let left = paddedCount(count + 1) - count; left > 0; left -= 1) {
    yield seal(chunk, left === 1 ? stream.final : stream.message)
    chunk.fill(0)
  }
  sodium.sodium_memzero(state)
}

/** Opens what `sealBackup` made, chunk by chunk, the zeros at its end included. Throws `BackupFault` at the first byte that does not hold. */
export async function* openBackup(
  { publicKey, privateKey }: BackupKeys,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  const read = exactly(source)
  const begins = await read(magic.length)
  if (begins === null || Buffer.compare(begins, magic) !== 0) throw new BackupFault('not_a_backup')
  const kind = await wholeOr(read(1))
  if (kind[0] !== suite) throw new BackupFault('unknown_suite')
  const named = await wholeOr(read(keyIdLength))
  const box = await wholeOr(read(boxLength))
  const key = keyIn(box, named, publicKey, privateKey.reveal())
  const state = new Uint8Array(stream.state)
  sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, await wholeOr(read(stream.header)), key)
  sodium.sodium_memzero(key)

  const associated = bindingOf(join(magic, kind, named, box))
  const tag = new Uint8Array(1)
  while (tag[0] !== stream.final) {
    const sealed = await wholeOr(read(sealedChunk))
    const content = new Uint8Array(backupChunk)
    try {
      sodium.crypto_secretstream_xchacha20poly1305_pull(state, content, tag, sealed, associated)
    } catch {
      throw new BackupFault('damaged') // libsodium says no by failing, and says nothing more
    }
    yield content
  }
  if ((await read(1)) !== null) throw new BackupFault('damaged')
}

function keyIn(box: Uint8Array, named: Uint8Array, publicKey: Uint8Array, privateKey: Uint8Array): Bytes {
  if (Buffer.compare(named, backupKeyId(publicKey)) !== 0) throw new BackupFault('wrong_key')
  const key = openSealed(box, publicKey, privateKey)
  if (key?.length !== lengths.key) throw new BackupFault('damaged')
  return key
}

function bindingOf(head: Uint8Array): Bytes {
  return encode('backup stream', sha256(head))
}

function paddedCount(count: number): number {
  const step = Math.max(leastChunks, 2 ** (Math.floor(Math.log2(count)) - 3))
  return Math.ceil(count / step) * step
}

async function wholeOr(reading: Promise<Bytes | null>): Promise<Bytes> {
  const bytes = await reading
  if (bytes === null) throw new BackupFault('truncated')
  return bytes
}

/** Pieces of a wanted length out of pieces of any length; null where the source ends before it. */
function exactly(source: AsyncIterable<Uint8Array>): (length: number) => Promise<Bytes | null> {
  const pieces = source[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array(0)
  return async (length) => {
    const wanted = new Uint8Array(length)
    for (let at = 0; at < length;) {
      if (held.length === 0) {
        const next = await pieces.next()
        if (next.done === true) return null
        held = next.value
      }
      const taken = Math.min(held.length, length - at)
      wanted.set(held.subarray(0, taken), at)
      held = held.subarray(taken)
      at += taken
    }
    return wanted
  }
}
