import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { consistencyProof, inclusionProof, tileWidth, widthOfTile, type ReadTile } from '../../src/audit/merkle/index.ts'
import { encodeEntryBundle, entriesPath, formatProof, parseCheckpoint, splitNote, tilePath, toBase64 } from '../../src/audit/notes/index.ts'

/** A log as it is published, at one size, with the checkpoints before and proofs of its own. */
export interface Published {
  readonly entries: readonly string[]
  readonly readTile: ReadTile
  /** Every checkpoint's note, the smallest first. The last one is `checkpoint`. */
  readonly notes: readonly string[]
}

/** Writes the folder that C2SP tlog-tiles describes, with `checkpoints/`, `proofs/` and `consistency/` beside it. */
export async function writePublished(folder: string, { entries, readTile, notes }: Published): Promise<void> {
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const sizes = notes.map((note) => parseCheckpoint(splitNote(note).text).size)
  const size = sizes.at(-1)!
  put('checkpoint', notes.at(-1)!)
  notes.forEach((note, at) => put(`checkpoints/${sizes[at]}`, note))

  for (let level = 0; tileWidth ** level <= size; level += 1) {
    for (let number = 0; widthOfTile(size, level, number) > 0; number += 1) {
      const width = widthOfTile(size, level, number)
      put(tilePath(level, number, width), await readTile(level, number, width))
      if (level > 0) continue
      put(entriesPath(number, width), encodeEntryBundle(entries.slice(number * tileWidth, number * tileWidth + width)))
    }
  }
  for (const index of new Set([0, 1, Math.floor(size / 3), size - 2, size - 1])) {
    put(`proofs/${index}`, formatProof({ index, hashes: await inclusionProof(index, size, readTile), note: notes.at(-1)! }))
  }
  for (const from of sizes) {
    const hashes = await consistencyProof(from, size, readTile)
    put(`consistency/${from}-${size}`, hashes.map((hash) => `${toBase64(hash)}\n`).join(''))
  }
}
