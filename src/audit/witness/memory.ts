import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Random } from '../../kernel/index.ts'
import { createCosigner, fromBase64, parseCheckpoint, splitNote, toBase64, type Checkpoint, type Cosigner } from '../notes/index.ts'
import { createFile, makeFolder, readIfThere, replaceFile, WitnessFault } from './folder.ts'

/** The largest checkpoint of one log that a witness has cosigned. */
export interface Seen {
  readonly checkpoint: Checkpoint
  readonly note: string
}

/** What a witness must not forget. Everything is on disk before a call returns, and read from there each time. */
export interface WitnessMemory {
  latest(origin: string): Seen | null
  /** Throws a WitnessFault where another process has taken the folder since. */
  remember(origin: string, note: string): void
  /** Keeps two notes of one size that contradict each other: a proof against the log. Where there is one of that size, nothing more. */
  keepFork(size: number, notes: readonly string[]): void
}

const stateFormat = 'forthright-witness/1'

/**
 * The key and memory in a folder, made at the first start under the name given. Throws a WitnessFault where a file is lost or not what
 * was written: a witness that has forgotten must not go on with the same key.
 *
 * The process that opened the folder last is the only one that may write: an older one notices before it would.
 */
export function openWitnessFolder(folder: string, name: string | null, random: Random): { cosigner: Cosigner; memory: WitnessMemory } {
  makeFolder(folder)
  const at = { key: join(folder, 'key'), state: join(folder, 'checkpoints.json'), writer: join(folder, 'writer') }
  const keyText = readIfThere(at.key)
  if (keyText !== null && readIfThere(at.state) === null) {
    throw new WitnessFault(`${at.state} is missing: a witness that has forgotten what it saw must not sign with this key again`)
  }
  if (keyText === null) createFile(at.state, stateText(new Map()))
  const cosigner = readKey(at.key, keyText ?? makeKey(at.key, name, random), name)
  const writer = toBase64(random.bytes(16))
  replaceFile(at.writer, writer)
  readState(at.state)

  return {
    cosigner,
    memory: {
      latest: (origin) => readState(at.state).get(origin) ?? null,
      remember: (origin, note) => {
        const state = readState(at.state).set(origin, seenOf(note))
        if (readIfThere(at.writer) !== writer) throw new WitnessFault(`another witness has taken ${folder}`)
        replaceFile(at.state, stateText(state))
      },
      keepFork: (size, notes) => {
        const [first = ''] = notes
        const log = createHash('sha256')
          .update(parseCheckpoint(splitNote(first).text).origin)
          .digest('hex')
          .slice(0, 16)
        createFile(join(folder, `fork-${log}-${size}.txt`), notes.join('\n'))
      },
    },
  }
}

function makeKey(path: string, name: string | null, random: Random): string {
  if (name === null) throw new WitnessFault('the first start needs a name for the key, such as witness.your-trust.nhs.uk/1')
  const seed = random.bytes(32)
  try {
    createCosigner(name, seed)
  } catch {
    throw new WitnessFault('a key name has no spaces and no plus sign')
  }
  createFile(path, `${name}\n${toBase64(seed)}\n`)
  return readIfThere(path) ?? ''
}

function readKey(path: string, text: string, wanted: string | null): Cosigner {
  const [name = '', encoded = '', ...rest] = text.split('\n')
  const seed = fromBase64(encoded)
  if (seed?.length !== 32 || rest.join('') !== '') throw new WitnessFault(`${path} is not what was written there`)
  if (wanted !== null && wanted !== name) throw new WitnessFault(`the key in ${path} has the name ${name}, and keeps it`)
  return createCosigner(name, seed)
}

/** The whole signed note is kept, not a size and a root beside it: it is what the log can be held to. */
function stateText(state: ReadonlyMap<string, Seen>): string {
  const logs = Object.fromEntries([...state].map(([origin, { note }]) => [origin, note]))
  return `${JSON.stringify({ format: stateFormat, logs }, null, 2)}\n`
}

function readState(path: string): Map<string, Seen> {
  const text = readIfThere(path) ?? ''
  try {
    const state: unknown = JSON.parse(text)
    if (!isRecord(state) || state['format'] !== stateFormat || !isRecord(state['logs'])) throw new TypeError('not a state')
    return new Map(Object.entries(state['logs']).map(([origin, note]) => [origin, seenOf(note, origin)]))
  } catch {
    throw new WitnessFault(`${path} is not what was written there`)
  }
}

function seenOf(note: unknown, origin?: string): Seen {
  if (typeof note !== 'string') throw new TypeError('not a note')
  const checkpoint = parseCheckpoint(splitNote(note).text)
  if (origin !== undefined && origin !== checkpoint.origin) throw new TypeError('the note of another log')
  return { checkpoint, note }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
