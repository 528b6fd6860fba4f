import type { Clock } from '../../kernel/index.ts'
import { emptyRoot, sameHash, verifyConsistency } from '../merkle/index.ts'
import { FormatFault, openCheckpoint, parseCheckpoint, splitNote, type Cosigner, type VerifierKey } from '../notes/index.ts'
import type { WitnessMemory } from './memory.ts'
import { parseRequest, type CheckpointRequest } from './request.ts'

/** What a witness answers, as HTTP has it. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
  readonly body: string
}

export interface WitnessParts {
  /** The logs that are watched: their public keys, the key's name being the log's origin. */
  readonly logs: readonly VerifierKey[]
  readonly cosigner: Cosigner
  readonly memory: WitnessMemory
  readonly clock: Clock
}

/**
 * A witness (C2SP tlog-witness): it cosigns a checkpoint only where the log has signed it and it continues the last one this witness
 * cosigned. It answers one request after the other, without a pause in which a second one could be looked at, and what it will hold the
 * log to is on disk before it signs. Throws a WitnessFault where its folder is no longer its own, or another error where the disk fails.
 */
export function createWitness(parts: WitnessParts): (body: Uint8Array) => WitnessAnswer {
  return (body) => {
    try {
      const request = parseRequest(body)
      const { origin } = parseCheckpoint(splitNote(request.note).text)
      const keys = parts.logs.filter((key) => key.name === origin)
      return keys.length === 0 ? refusal(404, 'no such log here') : judgeSigned(parts, request, keys)
    } catch (error) {
      if (error instanceof FormatFault) return refusal(400, error.code)
      throw error
    }
  }
}

function judgeSigned(parts: WitnessParts, request: CheckpointRequest, keys: readonly VerifierKey[]): WitnessAnswer {
  try {
    openCheckpoint(request.note, keys)
  } catch (error) {
    if (error instanceof FormatFault) return refusal(403, error.code)
    throw error
  }
  return judge(parts, request)
}

function judge({ memory, cosigner, clock }: WitnessParts, { oldSize, proof, note }: CheckpointRequest): WitnessAnswer {
  const { text } = splitNote(note)
  const { origin, size, root } = parseCheckpoint(text)
  if (oldSize > size) return refusal(400, 'the old size is larger than the checkpoint')

  const latest = memory.latest(origin)
  const last = latest?.checkpoint ?? { size: 0, root: emptyRoot }
  const forked = latest !== null && last.size === size && !sameHash(last.root, root)
  if (forked) memory.keepFork(size, [latest.note, note])
  if (oldSize !== last.size) return { status: 409, type: 'text/x.tlog.size', body: `${last.size}\n` }
  if (forked) return refusal(409, 'another root at this size was cosigned before')
  if (!verifyConsistency({ from: last.size, to: size, fromRoot: last.root, toRoot: root, proof })) {
    return refusal(422, 'the proof does not lead from the last checkpoint to this one')
  }
  if (latest === null || size > last.size) memory.remember(origin, note)
  return { status: 200, type: plain, body: cosigner.cosign(text, Math.floor(clock.now().epochMilliseconds / 1000)) }
}

const plain = 'text/plain; charset=utf-8'

function refusal(status: WitnessAnswer['status'], why: string): WitnessAnswer {
  return { status, type: plain, body: `${why}\n` }
}
