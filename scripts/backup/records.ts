import { BackupFault } from '../../src/vault/index.ts'

/** What stands inside a sealed backup: records of a kind, a length and their bytes, in this order; then zeros. */
const kinds = { manifest: 1, file: 2, table: 3, rows: 4, tableEnd: 5, end: 6 } as const
export type RecordKind = keyof typeof kinds

export interface BackupRecord {
  readonly kind: RecordKind
  readonly content: Uint8Array
}

const headLength = 5
const longest = 16 * 1024 * 1024

/** One record in bytes. Rows are cut to pieces, so that none is longer than what may be held in memory. */
export function* recordOf(kind: RecordKind, content: Uint8Array): Generator<Uint8Array> {
  if (content.length > longest) throw new RangeError('a record is too long')
  const head = Buffer.alloc(headLength)
  head.writeUInt8(kinds[kind], 0)
  head.writeUInt32BE(content.length, 1)
  yield head
  yield content
}

export const jsonRecord = (kind: RecordKind, value: unknown) => recordOf(kind, Buffer.from(JSON.stringify(value)))

/**
 * Reads records one after the other, and the zeros after the last to their very end: only then is it certain that nothing is missing. `next`
 * gives null after that. Throws `BackupFault` `damaged` where the bytes are no records.
 */
export function readRecords(source: AsyncIterable<Uint8Array>): { next(): Promise<BackupRecord | null> } {
  const pieces = source[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array(0)
  let ended = false

  const more = async (): Promise<boolean> => {
    const next = await pieces.next()
    if (next.done !== true) held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
    return next.done !== true
  }
  const bytes = async (length: number): Promise<Uint8Array> => {
    while (held.length < length) if (!(await more())) throw new BackupFault('damaged')
    const taken = held.subarray(0, length)
    held = held.subarray(length)
    return taken
  }
  const zerosToTheEnd = async (): Promise<void> => {
    do {
      if (held.some((byte) => byte !== 0)) throw new BackupFault('damaged')
      held = new Uint8Array(0)
    } while (await more())
  }
  return {
    next: async () => {
      if (ended) return null
      const head = Buffer.from(await bytes(headLength))
      const kind = kindOf(head.readUInt8(0))
      const length = head.readUInt32BE(1)
      if (kind === undefined || length > longest) throw new BackupFault('damaged')
      const content = await bytes(length)
      ended = kind === 'end'
      if (ended) await zerosToTheEnd()
      return { kind, content }
    },
  }
}

function kindOf(number: number): RecordKind | undefined {
  return (Object.keys(kinds) as RecordKind[]).find((kind) => kinds[kind] === number)
}
