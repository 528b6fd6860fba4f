import { hashLength } from '../merkle/index.ts'
import { fromBase64, mustBeCount, readCount, readHash, readLines, toBase64 } from './encoding.ts'
import { FormatFault } from './fault.ts'
import { splitNote } from './note.ts'

/** C2SP tlog-proof: that one entry is in a log, to be checked offline. */
export interface EntryProof {
  /** The entry's place, from 0. */
  readonly index: number
  /** From the leaf's sibling to the child of the root. */
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint's note, as it was published. */
  readonly note: string
  /** Signed by nobody; the application's own use. */
  readonly extra?: Uint8Array
}

const firstLine = 'c2sp.org/tlog-proof@v1'
const longestProof = 63

/** The file. FormatFault as `parseProof` where the note is none. */
export function formatProof({ index, hashes, note, extra }: EntryProof): string {
  mustBeCount(index)
  if (hashes.length > longestProof || hashes.some((hash) => hash.length !== hashLength)) throw new RangeError('not a proof')
  splitNote(note)
  const extraLine = extra === undefined ? [] : [`extra ${toBase64(extra)}`]
  return [firstLine, ...extraLine, `index ${index}`, ...hashes.map(toBase64), '', note].join('\n')
}

/** Reads the file; checks neither proof nor signatures. FormatFault as `readLines` and `splitNote`, and `malformed_proof`. */
export function parseProof(input: string | Uint8Array): EntryProof {
  const file = readLines(input)
  const blank = file.indexOf('\n\n')
  const lines = file.slice(0, Math.max(blank, 0)).split('\n', longestProof + 4)
  const extra = lines[1]?.startsWith('extra ') === true ? lines.splice(1, 1)[0]?.slice('extra '.length) : undefined
  const [first, indexLine = '', ...hashLines] = lines
  const sound = first === firstLine && indexLine.startsWith('index ') && hashLines.length <= longestProof
  const extraBytes = extra === undefined ? undefined : fromBase64(extra)
  if (!sound || extraBytes === null) throw new FormatFault('malformed_proof')

  const note = file.slice(blank + 2)
  splitNote(note)
  return {
    index: readCount(indexLine.slice('index '.length), 'malformed_proof'),
    hashes: hashLines.map((line) => readHash(line, 'malformed_proof')),
    note,
    ...(extraBytes === undefined ? {} : { extra: extraBytes }),
  }
}
