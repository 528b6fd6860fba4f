import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readVerifierKey, verifyBundle, type Verdict } from '../../../scripts/verify-log.mjs'
import { leafHash } from '../../../src/audit/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import { formatCheckpoint, signNote } from '../../../src/audit/notes/index.ts'
import { filesOf, zipOf, type Files } from '../../support/honest-log/bundle.ts'
import type { HonestLog } from '../../support/honest-log/grow.ts'

const folder = mkdtempSync(join(tmpdir(), 'forthright-verifier-'))
// Not after a file: a worker keeps this module for the next one
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A place of the test's own to put a file. */
export function place(name: string, bytes: Uint8Array | string): string {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return file
}

export const stageFolder = folder

interface Given {
  /** Older notes that the auditor kept. */
  readonly kept?: readonly string[]
  readonly keys?: readonly string[]
}

/** The verdict on these files as a zip, with the log's own keys and no other. */
export function verdictOn(files: Files | Buffer, log: Pick<HonestLog, 'keys'>, { kept = [], keys = log.keys }: Given = {}): Verdict {
  const file = place('bundle.zip', Buffer.isBuffer(files) ? files : zipOf(files))
  const checkpoints = kept.map((note, at) => place(`kept-${at}`, note))
  return verifyBundle({ file, keys: keys.map(readVerifierKey), checkpoints })
}

/** What somebody makes who holds the log's key: other entries, all hashes and the newest checkpoint made anew, no older one left. */
export async function rewritten(log: HonestLog, texts: readonly string[], signer = log.signers[0]!): Promise<Files> {
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  edge.append(texts.map(leafHash))
  const extensions = log.restored === 0 ? [] : [`restored ${log.restored}`]
  const text = formatCheckpoint({ origin: log.origin, size: texts.length, root: edge.root(), extensions })
  return filesOf({ texts, checkpoints: new Map([[texts.length, signNote(text, [signer])]]) })
}

/** As `rewritten`, with every checkpoint that was ever published signed anew: nothing outside is left to compare with. */
export async function signedAnew(log: HonestLog, texts: readonly string[]): Promise<Files> {
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  const checkpoints = new Map<number, string>()
  for (const size of [...new Set([...log.checkpoints.keys(), texts.length])]
    .filter((each) => each <= texts.length)
    .toSorted((a, b) => a - b)) {
    edge.append(texts.slice(edge.size, size).map(leafHash))
    const text = formatCheckpoint({ origin: log.origin, size, root: edge.root(), extensions: [] })
    checkpoints.set(size, signNote(text, [log.signers[0]!]))
  }
  return filesOf({ texts, checkpoints })
}

/** The places of all findings, whatever they say. */
export const placesIn = ({ findings }: Verdict): (number | undefined)[] => findings.map(({ index }) => index)
