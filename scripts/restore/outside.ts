import { existsSync, readFileSync } from 'node:fs'
import { FormatFault, openCheckpoint, parseVerifierKey } from '../../src/audit/index.ts'
import { RestoreRefused } from './refused.ts'

/** The newest state of the log that somebody outside holds. */
export interface OutsideCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  /** How many restores the log had been through when it was signed; null where a line does not say. */
  readonly restored: number | null
  readonly signed: boolean
}

/** What is needed to tell a checkpoint of this log from another's. */
export interface LogNames {
  readonly origin: string
  readonly verifierKeys: readonly string[]
}

/**
 * Reads a checkpoint that is known outside: a file or text with a signed note, or the one line that stands in the minutes (size and root).
 * Throws `RestoreRefused` where it is none, or not of this log.
 */
export function readOutside(given: string, names: LogNames): OutsideCheckpoint {
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given
  return text.includes('\n\n') ? readNote(text, names) : readLine(text, names)
}

function readNote(note: string, { origin, verifierKeys }: LogNames): OutsideCheckpoint {
  try {
    const { checkpoint } = openCheckpoint(note, verifierKeys.map(parseVerifierKey))
    if (checkpoint.origin !== origin) throw new RestoreRefused('outside_not_ours')
    const restored = checkpoint.extensions.map((line) => /^restored ([1-9]\d{0,8})$/.exec(line)?.[1]).find((found) => found !== undefined)
    return { size: checkpoint.size, root: checkpoint.root, restored: Number(restored ?? 0), signed: true }
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error
    throw new RestoreRefused(notOurs.has(error.code) ? 'outside_not_ours' : 'outside_unreadable')
  }
}

const notOurs: ReadonlySet<string> = new Set(['no_trusted_signature', 'wrong_signature', 'wrong_origin'])

/** Nobody signed the line: it is believed as far as whoever types it. The size is the whole number that stands nearest before the root. */
function readLine(line: string, { origin }: LogNames): OutsideCheckpoint {
  const named = /forthright\/[0-9a-f-]{36}/.exec(line)?.[0]
  if (named !== undefined && named !== origin) throw new RestoreRefused('outside_not_ours')
  const restored = /\brestored ([1-9]\d{0,8})\b/.exec(line)?.[1]
  const plain = line.replaceAll(origin, ' ').replaceAll(/\brestored \d+\b/g, ' ')
  const root = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/.exec(plain)
  const size = plain
    .slice(0, root?.index ?? 0)
    .match(/(?<![\w.-])\d{1,15}(?![\w-])/g)
    ?.at(-1)
  if (root === null || size === undefined) throw new RestoreRefused('outside_unreadable')
  return {
    size: Number(size),
    root: new Uint8Array(Buffer.from(root[0], 'base64')),
    restored: restored === undefined ? null : Number(restored),
    signed: false,
  }
}
