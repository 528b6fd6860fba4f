import { createTreeEdge, openCheckpoint, parseVerifierKey } from '../../src/audit/index.ts'
import type { Refill } from '../../src/database/index.ts'
import type { LogNames, OutsideCheckpoint } from './outside.ts'
import { RestoreRefused } from './refused.ts'

/** The log as it was put back. */
export interface KeptLog {
  readonly size: number
  /** The highest number of a restore it had declared before this one. */
  readonly restored: number
  /** The newest checkpoint known outside; null where none is. */
  readonly outside: OutsideCheckpoint | null
}

type Rows = Pick<Refill, 'query' | 'walk'>

/** The names the log goes by, from its own rows. */
export async function readNames(database: Rows, organisationId: string): Promise<LogNames> {
  const keys = await database.query<{ key: string }>('select verifier_key as key from log_key')
  return { origin: `forthright/${organisationId}`, verifierKeys: keys.map(({ key }) => key) }
}

/**
 * Proves what the guard of checkpoints stands for while it sleeps, and more: the tree that the entries make has, at the size of every checkpoint
 * ever published, the root that was published; it ends with the newest of them, whose signature is that of a key of the log. Checkpoints known
 * outside must say the same of what is here. Throws `RestoreRefused`.
 */
export async function checkTree(database: Rows, names: LogNames, known: readonly OutsideCheckpoint[]): Promise<KeptLog> {
  const restores = await database.query<{ number: number; kept: string }>('select number, kept_size as kept from log_restore')
  const ofThisLine = known.filter((each) => !isOfOlderLine(each, restores))
  if (known.length > 0 && ofThisLine.length === 0) throw new RestoreRefused('outside_older_line')
  const published = await database.query<Published>('select size, root, note from log_checkpoint order by size')
  const restored = Math.max(0, ...restores.map(({ number }) => number))
  const size = await walkTree(
    database,
    published,
    // One that was signed after a restore that is not known here may have left this line anywhere: nothing can be compared
    ofThisLine.filter((each) => (each.restored ?? 0) <= restored),
  )
  const newest = published.at(-1)
  if (Number(newest?.size ?? 0) !== size) throw new RestoreRefused('log_does_not_hold')
  if (newest !== undefined) mustBeSigned(newest.note, names, size)
  const [outside = null] = ofThisLine.toSorted((a, b) => (b.restored ?? 0) - (a.restored ?? 0) || b.size - a.size)
  return { size, restored, outside }
}

interface Published {
  readonly size: string
  readonly root: Uint8Array
  readonly note: string
}

async function walkTree(database: Rows, published: readonly Published[], outside: readonly OutsideCheckpoint[]): Promise<number> {
  const roots = new Map(published.map(({ size, root }) => [Number(size), root]))
  const edge = await createTreeEdge(0, async () => new Uint8Array(0))
  const compare = (): void => {
    const own = roots.get(edge.size)
    const others = outside.filter(({ size }) => size === edge.size)
    if (own === undefined && others.length === 0) return
    const root = edge.root()
    if (own !== undefined && !isSame(own, root)) throw new RestoreRefused('log_does_not_hold')
    if (others.some((other) => !isSame(other.root, root))) throw new RestoreRefused('outside_contradicts')
    roots.delete(edge.size)
  }
  compare()
  for await (const { hash } of database.walk<{ hash: Uint8Array }>('select hash from log_position order by index')) {
    edge.append([hash])
    compare()
  }
  if (roots.size > 0) throw new RestoreRefused('log_does_not_hold')
  return edge.size
}

/** Of a state after what an earlier restore kept, and signed before it: it can say nothing of this line. A bare line does not tell. */
function isOfOlderLine(
  { restored, size }: OutsideCheckpoint,
  restores: readonly { readonly number: number; readonly kept: string }[],
): boolean {
  return restored !== null && restores.some(({ number, kept }) => number > restored && size > Number(kept))
}

function mustBeSigned(note: string, { origin, verifierKeys }: LogNames, size: number): void {
  try {
    const { checkpoint } = openCheckpoint(note, verifierKeys.map(parseVerifierKey))
    if (checkpoint.origin === origin && checkpoint.size === size) return
  } catch {
    // Said below: what the note holds instead is nobody's business here
  }
  throw new RestoreRefused('log_does_not_hold')
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
