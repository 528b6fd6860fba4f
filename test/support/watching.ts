import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Cosigner } from '../../src/audit/notes/index.ts'
import { createWitness, formatRequest, openWitnessFolder, type WitnessAnswer, type WitnessMemory } from '../../src/audit/witness/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import type { SmallLog } from './small-log.ts'

export const witnessName = 'witness.trust-b.example/1'
export const witnessNow = Temporal.Instant.from('2026-11-22T06:20:00Z')

/** A witness in a folder of its own that watches these logs. */
export interface Watching {
  readonly folder: string
  readonly cosigner: Cosigner
  readonly memory: WitnessMemory
  readonly answer: (body: Uint8Array) => WitnessAnswer
  /** Sends a checkpoint of `from` with the proof that fits, as a log does. */
  add(from: SmallLog, oldSize: number, size: number): Promise<WitnessAnswer>
}

/** Gone when the test is over. */
export function newWitnessFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-witness-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function watch(logs: readonly SmallLog[], folder = newWitnessFolder()): Watching {
  const { cosigner, memory } = openWitnessFolder(folder, witnessName, systemRandom)
  const keys = logs.map(({ signer }) => signer.key)
  const answer = createWitness({ logs: keys, cosigner, memory, clock: { now: () => witnessNow } })
  const add = async (from: SmallLog, oldSize: number, size: number): Promise<WitnessAnswer> =>
    answer(Buffer.from(formatRequest({ oldSize, proof: await from.consistencyProof(oldSize, size), note: await from.note(size) })))
  return { folder, cosigner, memory, answer, add }
}
