import { createTreeEdge, openCheckpoint, parseVerifierKey } from '../../src/audit/index.ts'
import type { Refill } from '../../src/database/index.ts'
import type { LogNames, OutsideCheckpoint } from './outside.ts'
import { RestoreRefused } from './refused.ts'

/** The log as it was put back. */
export interface KeptLog {
  readonly size: number
  /** Restores it had declared before this one. */
  readonly restored: number
}

/** The names the log goes by, from its own rows. */
export async function readNames(refill: Refill, organisationId: string): Promise<LogNames> {
  const keys = await refill.query<{ key: string }>('select verifier_key as key from log_key')
  return { origin: `forthright/${organisationId}`, verifierKeys: keys.map(({ key }) => key) }
}

/**
 * Proves what the guard of checkpoints stands for while it sleeps, and more: the tree that the entries make has, at the size of every checkpoint
 * ever published, the root that was published; it ends with the newest of them, whose signature is that of a key of the log. Throws
 * `RestoreRefused` `log_does_not_hold`.
 */
export async function checkTree(refill: Refill, names: LogNames, outside: OutsideCheckpoint | null): Promise<KeptLog> {
  const published = await refill.query<{ size: string; root: Uint8Array; note: string }>(
    'select size, root, note from log_checkpoint order by size',
  )
  const roots = new Map(published.map(({ size, root }) => [Number(size), root]))
  const restores = await refill.query<{ number: number; kept: string }>('select number, kept_size as kept from log_restore')
  const restored = Math.max(0, ...restores.map(({ number }) => number))
  refuseOlderLine(
    outside,
    restores.map(({ number, kept }) => ({ number, kept: Number(kept) })),
  )

  const edge = await createTreeEdge(0, async () => new Uint8Array(0))
  const compare = (): void => {
    const root = roots.get(edge.size)
    if (root !== undefined && !isSame(root, edge.root())) throw new RestoreRefused('log_does_not_hold')
    roots.delete(edge.size)
    if (outside?.size === edge.size && !isSame(outside.root, edge.root())) throw new RestoreRefused('outside_contradicts')
  }
  compare()
  for await (const { hash } of refill.walk<{ hash: Uint8Array }>('select hash from log_position order by index')) {
    edge.append([hash])
    if (roots.has(edge.size) || outside?.size === edge.size) compare()
  }
  const newest = published.at(-1)
  if (roots.size > 0 || (newest !== undefined && Number(newest.size) !== edge.size)) throw new RestoreRefused('log_does_not_hold')
  if (newest === undefined && edge.size > 0) throw new RestoreRefused('log_does_not_hold')
  if (newest !== undefined) mustBeSigned(newest.note, names, edge.size)
  return { size: edge.size, restored }
}

/** Of a state after what an earlier restore kept, and signed before it: it can say nothing of this line. */
function refuseOlderLine(outside: OutsideCheckpoint | null, restores: readonly { readonly number: number; readonly kept: number }[]): void {
  if (outside === null || outside.restored === null) return
  const { restored, size } = outside
  if (restores.some(({ number, kept }) => number > restored && size > kept)) throw new RestoreRefused('outside_older_line')
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
