import type { Database, Tx } from '../../database/index.ts'
import { consistencyProof } from '../merkle/index.ts'
import { parseVerifierKey } from '../notes/index.ts'
import { createReadTile } from '../tile-store.ts'
import { collectCosignatures, type Fetch, type WitnessReply } from '../witness/index.ts'
import { readLastCheckpoint } from './batch-store.ts'
import { keyTransaction } from './signing-transaction.ts'

/** A witness as the operator names it. */
export interface NamedWitness {
  readonly url: string
  /** In signed-note form. */
  readonly verifierKey: string
}

export interface CosignDeps {
  /** Open with the signer's login. */
  readonly signer: Database
  readonly witnesses: readonly NamedWitness[]
  readonly fetch: Fetch
  /** How long one request may take, in milliseconds. */
  readonly patience?: number
}

export type WitnessOutcome = WitnessReply['outcome']

/**
 * Asks each witness that has not signed the last checkpoint yet to do so, and keeps what they sign. Answers with what became of each that was
 * asked. A witness that is away is asked again after the next batch, with the proof from the size it last signed. Throws like `Database.read`.
 */
export function createCosign({ signer, witnesses, fetch, patience }: CosignDeps): () => Promise<readonly WitnessOutcome[]> {
  const keys = witnesses.map(({ url, verifierKey }) => ({ url, key: parseVerifierKey(verifierKey) }))
  return async () => {
    const asked = await signer.read(async (tx) => {
      const last = await readLastCheckpoint(tx)
      return last === null ? null : { last, sizes: await readCosignedSizes(tx) }
    })
    if (asked === null) return []
    const { last, sizes } = asked
    const known = keys
      .map((witness) => ({ ...witness, seenSize: sizes.get(witness.key.name) ?? 0 }))
      .filter(({ seenSize }) => seenSize < last.size)
    const reports = await collectCosignatures({
      fetch,
      witnesses: known,
      note: last.note,
      consistencyProof: (from, to) => signer.read((tx) => consistencyProof(from, to, createReadTile(tx))),
      ...(patience !== undefined && { patience }),
    })
    for (const { witness, reply } of reports) {
      if (reply.outcome === 'cosigned') await keyTransaction(signer, (tx) => insertCosignature(tx, last.size, witness.key.name, reply.line))
    }
    return reports.map(({ reply }) => reply.outcome)
  }
}

async function readCosignedSizes(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<
    { witness: string; size: bigint }[]
  >`select witness, max(size) as size from log_cosignature group by witness`
  return new Map(rows.map(({ witness, size }) => [witness, Number(size)]))
}

async function insertCosignature(tx: Tx, size: number, witness: string, line: string): Promise<void> {
  await tx.$executeRaw`insert into log_cosignature (size, witness, line) values (${size}::bigint, ${witness}, ${line}) on conflict do nothing`
}
