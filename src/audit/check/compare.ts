import { invalid, type Clock } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { readLogKeys } from '../integrate/key-store.ts'
import { consistencyProof, rootOf, verifyConsistency } from '../merkle/index.ts'
import { FormatFault, openCheckpoint, parseVerifierKey, type Checkpoint } from '../notes/index.ts'
import { readCheckpointRow } from '../publish/log-store.ts'
import { requireAuditor } from '../search/search-log.ts'
import { createReadTile, TileMissing } from '../tile-store.ts'
import { actorOf, type LogReader } from '../view-log.ts'
import { readRestores } from './restore-store.ts'

/**
 * `same_line`: the log of today goes on from that checkpoint. `before_restore`: it is of a line that a declared restore left. `does_not_fit`:
 * signed by this log, and not a beginning of it: one of the two was changed. `not_ours`: no key of this log signed it.
 */
export type ComparedAs = 'same_line' | 'before_restore' | 'does_not_fit' | 'not_ours' | 'malformed' | 'nothing_signed'

export interface Comparison {
  readonly verdict: ComparedAs
  /** Entries of the checkpoint that was brought, and of ours; null where it could not be read, or there is none. */
  readonly theirs: number | null
  readonly ours: number | null
  readonly comparedAt: Temporal.Instant
}

/** Characters of a signed note at most. */
export const longestNote = 64 * 1024

/** Holds a checkpoint that somebody kept against the log. Recorded: `log_checked`. Refusal `permission_denied`, `invalid_input`. */
export type CompareCheckpoint = (ctx: LogReader, note: string) => Promise<Comparison>

export function createCompareCheckpoint(database: Database, audited: AuditedTransaction, clock: Clock): CompareCheckpoint {
  return async (ctx, given) => {
    requireAuditor(ctx)
    const note = noteIn(given)
    if (note.trim() === '') throw invalid('/note', 'required', 'Paste the checkpoint that you kept.')
    if (Buffer.byteLength(note) > longestNote)
      throw invalid('/note', 'too_long', 'A checkpoint is shorter than this. Paste one checkpoint only.')
    const compared = { ...(await database.read((tx) => compare(tx, note))), comparedAt: clock.now() }
    const fields = { what: 'checkpoint', verdict: compared.verdict, entries: compared.theirs ?? 0 }
    const entry = { kind: 'log_checked', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields } as const
    await audited(async () => ({ value: null, entries: [entry] }))
    return compared
  }
}

/** What a box of a form does to a note: its line ends, blanks round it, and the newline at its end. */
const noteIn = (given: string): string => `${given.replaceAll('\r\n', '\n').trim()}\n`

type Found = Omit<Comparison, 'comparedAt'>

async function compare(tx: Tx, note: string): Promise<Found> {
  const newest = await readCheckpointRow(tx, null)
  if (newest === null) return { verdict: 'nothing_signed', theirs: null, ours: null }
  const keys = (await readLogKeys(tx)).map(({ verifierKey }) => parseVerifierKey(verifierKey))
  const opened = openTheirs(note, keys)
  if (typeof opened === 'string') return { verdict: opened, theirs: null, ours: newest.size }
  const of = { theirs: opened.size, ours: newest.size }
  const { restored } = newest
  const theirRestores = countOf(opened)
  if (theirRestores > restored) return { verdict: 'does_not_fit', ...of }
  const restores = await readRestores(tx)
  const left = restores.some(({ number, keptSize }) => number > theirRestores && opened.size > keptSize)
  if (left) return { verdict: 'before_restore', ...of }
  if (await isBeginning(tx, opened, newest)) return { verdict: 'same_line', ...of }
  return { verdict: isGivenUp(theirRestores, restores) ? 'before_restore' : 'does_not_fit', ...of }
}

/**
 * Whether the next restore went on from a copy that knew nothing of this one: it then kept no more than this one is said to have. One that knew
 * of it kept its declaration too.
 */
function isGivenUp(restored: number, restores: readonly { readonly number: number; readonly keptSize: number }[]): boolean {
  const [own, next] = [restored, restored + 1].map((wanted) => restores.find(({ number }) => number === wanted)?.keptSize)
  return own !== undefined && next !== undefined && next <= own
}

function openTheirs(note: string, keys: Parameters<typeof openCheckpoint>[1]): Checkpoint | 'not_ours' | 'malformed' {
  try {
    return openCheckpoint(note, keys).checkpoint
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error
    return ['no_trusted_signature', 'wrong_signature', 'wrong_origin', 'ambiguous_key'].includes(error.code) ? 'not_ours' : 'malformed'
  }
}

function countOf({ extensions }: Checkpoint): number {
  const [, digits] = /^restored (\d{1,9})$/.exec(extensions.find((line) => line.startsWith('restored ')) ?? '') ?? []
  return Number(digits ?? 0)
}

async function isBeginning(tx: Tx, theirs: Checkpoint, ours: { readonly size: number; readonly root: Uint8Array }): Promise<boolean> {
  if (theirs.size > ours.size) return false
  try {
    const readTile = createReadTile(tx)
    // Its own root anew: two equal notes would tell nothing of what the log holds today
    if (!Buffer.from(await rootOf(theirs.size, readTile)).equals(theirs.root)) return false
    const proof = await consistencyProof(theirs.size, ours.size, readTile)
    return verifyConsistency({ from: theirs.size, to: ours.size, fromRoot: theirs.root, toRoot: ours.root, proof })
  } catch (error) {
    if (error instanceof TileMissing) return false
    throw error
  }
}
