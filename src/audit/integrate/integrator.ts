import { londonDate, type Random } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import { createTreeEdge, sameHash, type TreeEdge } from '../merkle/index.ts'
import { formatCheckpoint, openCheckpoint, signNote, type NoteSigner } from '../notes/index.ts'
import { createReadTile, TileMissing } from '../tile-store.ts'
import {
  countPositions,
  insertCheckpoint,
  insertPositions,
  insertTiles,
  readLastCheckpoint,
  readOrganisationId,
  readRestores,
  readSize,
  type CheckpointRow,
} from './batch-store.ts'
import { choose } from './order.ts'
import { lastBatchTime, sizeOfBatch, type Pace } from './pace.ts'
import { placeAll, slice } from './place-all.ts'
import { LogRefused } from './refused.ts'
import { signingTransaction } from './signing-transaction.ts'
import { readReady, waitingSince } from './waiting-store.ts'

export interface IntegratorDeps {
  /** Open with the signer's login, and patient: a large batch is one transaction. */
  readonly signer: Database
  readonly random: Random
  readonly pace: Pace
  /** Whoever signs now; nobody before the organisation is set up. */
  readonly signers: () => Promise<readonly NoteSigner[]>
  /** Entries of one transaction at most. */
  readonly largestBatch?: number
}

export interface Integrator {
  /**
   * Makes the batch that is due, if one is: gives waiting entries their places, fills up with cover entries, stores the tiles that became full,
   * and signs and publishes the checkpoint, all in one transaction, so that a kill leaves all of it or nothing. A backlog takes several, each with
   * its own checkpoint. Answers with the entries added and the size of the log. Throws `LogRefused`, and like `Database.read`.
   */
  integrate(now: Temporal.Instant): Promise<Integrated>
}

export interface Integrated {
  readonly added: number
  readonly size: number
}

const usualLargestBatch = 32_768

/** The log's name in notes and keys (C2SP): the organisation's id, which is random and stays. */
export const originOf = (organisationId: string): string => `forthright/${organisationId}`

export function createIntegrator({ largestBatch = usualLargestBatch, ...deps }: IntegratorDeps): Integrator {
  let lookedAtAll = false
  return {
    integrate: async (now) => {
      let added = 0
      const signers = await deps.signers()
      if (signers.length === 0) return { added, size: 0 }
      for (let first = true; ; first = false) {
        const look = { everything: deps.pace.byTheClock || !lookedAtAll, first, largestBatch }
        const made = await signingTransaction(deps.signer, (tx) => makeBatch(tx, { ...deps, signers }, now, look))
        lookedAtAll ||= made !== null
        added += made?.added ?? 0
        if (made?.more !== true) return { added, size: made?.size ?? 0 }
      }
    },
  }
}

interface LookAt {
  readonly everything: boolean
  readonly first: boolean
  readonly largestBatch: number
}

async function makeBatch(
  tx: Tx,
  { random, pace, signers }: Pick<IntegratorDeps, 'random' | 'pace'> & Signers,
  now: Temporal.Instant,
  { everything, first, largestBatch }: LookAt,
): Promise<Integrated & { readonly more: boolean }> {
  const organisationId = await readOrganisationId(tx)
  const last = await readLastCheckpoint(tx)
  const size = await readSize(tx)
  const nothing = { added: 0, size, more: false }
  if (organisationId === null || (first && !isDue(pace, last, now))) return nothing
  if (everything && (await countPositions(tx)) !== size) throw new LogRefused('tree_altered')
  const edge = await openEdge(tx, size, last, signers)

  // One more than is ever left and taken: where as many are seen, there may be more
  const limit = largestBatch + pace.patience + 1
  const ready = await readReady(tx, {
    daysBefore: pace.byTheClock ? londonDate(now) : null,
    from: everything ? null : sinceOf(last),
    limit,
  })
  const waiting = ready.reporters.length + ready.staff.length
  if (waiting === 0 && !pace.byTheClock) return nothing
  const count = Math.min(sizeOfBatch(pace, waiting), largestBatch)
  const chosen = choose(random, ready.reporters, ready.staff, count)

  const placed = await placeAll(tx, random, chosen, count)
  for (let at = 0; at < placed.length; at += slice) await insertPositions(tx, size + at, placed.slice(at, at + slice))
  await insertTiles(tx, edge.append(placed.map(({ hash }) => hash)))
  const since = waitingSince(ready, new Set(chosen.map(({ id }) => id)), limit, now)
  await publish(tx, { origin: originOf(organisationId), edge, signers }, { publishedAt: now, ...since })
  return { added: placed.length, size: edge.size, more: waiting - chosen.length > pace.patience && chosen.length > 0 }
}

interface Signers {
  readonly signers: readonly NoteSigner[]
}

const sinceOf = (last: CheckpointRow | null) => last && { staff: last.staffFrom, reporter: last.reporterFrom }

/** Signs what the tree has become, and how often it was put back. */
async function publish(
  tx: Tx,
  { origin, edge, signers }: Signers & { readonly origin: string; readonly edge: TreeEdge },
  rest: Pick<CheckpointRow, 'publishedAt' | 'staffFrom' | 'reporterFrom'>,
): Promise<void> {
  const { size } = edge
  const root = edge.root()
  const restored = await readRestores(tx)
  const text = formatCheckpoint({ origin, size, root, extensions: restored === 0 ? [] : [`restored ${restored}`] })
  await insertCheckpoint(tx, { size, root, restored, note: signNote(text, signers), ...rest })
}

function isDue(pace: Pace, last: CheckpointRow | null, now: Temporal.Instant): boolean {
  return !pace.byTheClock || last === null || Temporal.Instant.compare(last.publishedAt, lastBatchTime(now)) < 0
}

/** The right edge of the tree, which must give the root that was signed last, under a key of ours. */
async function openEdge(tx: Tx, size: number, last: CheckpointRow | null, signers: readonly NoteSigner[]) {
  if (size !== (last?.size ?? 0)) throw new LogRefused('tree_altered')
  const edge = await createTreeEdge(size, createReadTile(tx)).catch((error: unknown) => {
    throw error instanceof TileMissing ? new LogRefused('tree_altered') : error
  })
  if (last === null) return edge
  if (!sameHash(edge.root(), last.root)) throw new LogRefused('tree_altered')
  const said = opened(last.note, signers)
  if (said === null || said.size !== last.size || !sameHash(said.root, last.root)) throw new LogRefused('checkpoint_altered')
  return edge
}

function opened(note: string, signers: readonly NoteSigner[]) {
  try {
    return openCheckpoint(
      note,
      signers.map(({ key }) => key),
    ).checkpoint
  } catch {
    return null
  }
}
