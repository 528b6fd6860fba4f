import { hashLength } from '../merkle/index.ts'
import { mustBeCount, readCount, readHash, readLines, toBase64 } from './encoding.ts'
import { FormatFault } from './fault.ts'
import type { VerifierKey } from './keys.ts'
import { openNote, type OpenedNote } from './note.ts'

/** C2SP tlog-checkpoint: what a log says of itself at one size. */
export interface Checkpoint {
  /** The log's name, not empty and without a newline. */
  readonly origin: string
  /** Leaves in the tree. */
  readonly size: number
  readonly root: Uint8Array
  /** Further lines, none of them empty. */
  readonly extensions: readonly string[]
}

/** The note's text, ready to be signed. FormatFault `malformed_checkpoint` for what no checkpoint can say. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  mustBeCount(size)
  if (root.length !== hashLength) throw new RangeError('a root has 32 bytes')
  const lines = [origin, String(size), toBase64(root), ...extensions]
  if (lines.some((line) => line === '' || line.includes('\n'))) throw new FormatFault('malformed_checkpoint')
  return `${readLines(lines.join('\n'))}\n`
}

/** Reads a note's text as a checkpoint. FormatFault `malformed_checkpoint`. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = readLines(text).split('\n')
  const [origin = '', size = '', root = '', ...extensions] = lines.slice(0, -1)
  if (lines.at(-1) !== '' || origin === '' || extensions.includes('')) throw new FormatFault('malformed_checkpoint')
  return { origin, size: readCount(size, 'malformed_checkpoint'), root: readHash(root, 'malformed_checkpoint'), extensions }
}

export interface OpenedCheckpoint extends OpenedNote {
  readonly checkpoint: Checkpoint
}

/**
 * Opens a checkpoint: a note signed by a log that is trusted, and by the log that it names. Cosignatures of witnesses among the trusted
 * keys are checked too, but do not make up for the log's own. FormatFault as `openNote` and `parseCheckpoint`, and `wrong_origin`.
 */
export function openCheckpoint(note: string | Uint8Array, trusted: readonly VerifierKey[]): OpenedCheckpoint {
  const opened = openNote(note, trusted)
  const checkpoint = parseCheckpoint(opened.text)
  const logs = opened.signatures.filter(({ key }) => key.type === 'log')
  if (logs.length === 0) throw new FormatFault('no_trusted_signature')
  if (!logs.some(({ key }) => key.name === checkpoint.origin)) throw new FormatFault('wrong_origin')
  return { ...opened, checkpoint }
}
