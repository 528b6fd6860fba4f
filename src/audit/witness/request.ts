import { FormatFault, readCount, readHash, readLines, splitNote, toBase64 } from '../notes/index.ts'

/** What a log sends a witness (C2SP tlog-witness `add-checkpoint`). */
export interface CheckpointRequest {
  /** The size at which the log thinks the witness last cosigned; 0 for never. */
  readonly oldSize: number
  /** From the old size to the checkpoint's. */
  readonly proof: readonly Uint8Array[]
  readonly note: string
}

/** Bytes of a request that are read: 63 hashes and a note with sixteen signatures, also long ones. */
export const largestRequest = 128 * 1024

const longestProof = 63

export function formatRequest({ oldSize, proof, note }: CheckpointRequest): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', note].join('\n')
}

/** Reads a request; checks neither proof nor signatures. FormatFault `malformed_request`, `too_large`, and as `splitNote`. */
export function parseRequest(body: Uint8Array): CheckpointRequest {
  if (body.length > largestRequest) throw new FormatFault('too_large')
  const text = readLines(body)
  const blank = text.indexOf('\n\n')
  const [sizeLine = '', ...hashLines] = text.slice(0, Math.max(blank, 0)).split('\n', longestProof + 2)
  if (!sizeLine.startsWith('old ') || hashLines.length > longestProof) throw new FormatFault('malformed_request')
  const note = text.slice(blank + 2)
  splitNote(note)
  return {
    oldSize: readCount(sizeLine.slice('old '.length), 'malformed_request'),
    proof: hashLines.map((line) => readHash(line, 'malformed_request')),
    note,
  }
}
