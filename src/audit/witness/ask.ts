import { checkCosignature, FormatFault, parseCheckpoint, readCount, readLines, splitNote, type VerifierKey } from '../notes/index.ts'
import { formatRequest } from './request.ts'

/** A witness that is asked. */
export interface KnownWitness {
  /** Where it is: `https://witness.example`, without `/add-checkpoint`. */
  readonly url: string
  readonly key: VerifierKey
  /** The size it last cosigned as far as we know; 0 for never. A wrong one costs one more request. */
  readonly seenSize: number
}

export type WitnessReply =
  | { readonly outcome: 'cosigned'; readonly line: string; readonly time: number }
  /** It holds a larger tree of ours than we have: ours was put back, or there are two. */
  | { readonly outcome: 'knows_more'; readonly size: number }
  /** It last cosigned at another size than we thought. */
  | { readonly outcome: 'other_size'; readonly size: number }
  /** 403: not our key; 404: not a log it watches; 409: it has another root of this size; 422: our proof does not hold for it. */
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'unreachable' }
  /** It said yes with nothing that its key has signed. */
  | { readonly outcome: 'wrong_answer' }

export interface WitnessReport {
  readonly witness: KnownWitness
  readonly reply: WitnessReply
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface WitnessRound {
  readonly fetch: Fetch
  readonly witnesses: readonly KnownWitness[]
  /** The latest checkpoint's note. */
  readonly note: string
  /** From an earlier size to the note's size. */
  readonly consistencyProof: (from: number, to: number) => Promise<readonly Uint8Array[]>
  /** How long one request may take, in milliseconds. */
  readonly patience?: number
}

const largestAnswer = 16 * 1024
const usualPatience = 10_000

/**
 * Asks every witness, all at once, to cosign a checkpoint, a second time where it names the size to start from. Each line that comes back
 * was checked with that witness's key. Never throws for what a witness does; throws where `consistencyProof` does.
 */
export async function collectCosignatures(round: WitnessRound): Promise<WitnessReport[]> {
  const { size } = parseCheckpoint(splitNote(round.note).text)
  return Promise.all(
    round.witnesses.map(async (witness) => {
      const from = Math.min(witness.seenSize, size)
      const first = await askFrom(round, witness, from, size)
      const again = first.outcome === 'other_size' && first.size !== from && first.size <= size
      return { witness, reply: settled(again ? await askFrom(round, witness, first.size, size) : first, size) }
    }),
  )
}

function settled(reply: WitnessReply, size: number): WitnessReply {
  return reply.outcome === 'other_size' && reply.size > size ? { outcome: 'knows_more', size: reply.size } : reply
}

async function askFrom(
  { fetch, note, consistencyProof, patience }: WitnessRound,
  witness: KnownWitness,
  from: number,
  to: number,
): Promise<WitnessReply> {
  return askWitness(fetch, witness, note, from, await consistencyProof(from, to), patience)
}

/** One request to one witness. Waits `patience` milliseconds at most, and reads 16 kB at most. */
export async function askWitness(
  fetch: Fetch,
  { url, key }: Pick<KnownWitness, 'url' | 'key'>,
  note: string,
  oldSize: number,
  proof: readonly Uint8Array[],
  patience = usualPatience,
): Promise<WitnessReply> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: formatRequest({ oldSize, proof, note }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    return readReply(response, await readAtMost(response, largestAnswer), note, key)
  } catch (error) {
    return { outcome: error instanceof FormatFault ? 'wrong_answer' : 'unreachable' }
  }
}

/** FormatFault where what should be a cosignature or a size is none. */
function readReply({ status, headers }: Response, body: Uint8Array, note: string, key: VerifierKey): WitnessReply {
  if (status === 409 && headers.get('content-type') === 'text/x.tlog.size') {
    return { outcome: 'other_size', size: readCount(readLines(body).replace(/\n$/, ''), 'malformed_request') }
  }
  if (status !== 200) return { outcome: 'refused', status }
  const { text } = splitNote(note)
  const lines = splitNote(`${text}\n${readLines(body)}`).lines
  const own = lines.find(({ name, id }) => name === key.name && id === key.id)
  if (own === undefined) return { outcome: 'wrong_answer' }
  const { time } = checkCosignature(text, own.line, key)
  return time === null ? { outcome: 'wrong_answer' } : { outcome: 'cosigned', line: own.line, time }
}

async function readAtMost(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > most) throw new FormatFault('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
