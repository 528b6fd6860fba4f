import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { leafHash } from '../../../src/audit/index.ts'
import { encodeEntryBundle, entriesPath, tilePath } from '../../../src/audit/notes/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import type { HonestLog } from './grow.ts'

/** A bundle's files by name. */
export type Files = Map<string, Buffer>

type Parts = Pick<HonestLog, 'texts' | 'checkpoints'> & { readonly openings?: readonly string[] }

/** The files of a bundle of the newest checkpoint: tiles and entry bundles of exactly that size, and every note. */
export async function filesOf({ texts, checkpoints, openings = [] }: Parts): Promise<Files> {
  const files: Files = new Map([['README.txt', Buffer.from('How to check this log: see the auditors guide.\n')]])
  const [newest] = [...checkpoints].toSorted(([a], [b]) => b - a)
  for (const [size, note] of checkpoints) files.set(`checkpoints/${size}`, Buffer.from(note))
  if (newest !== undefined) files.set('checkpoint', Buffer.from(newest[1]))
  for (let first = 0; first < texts.length; first += 256) {
    const batch = texts.slice(first, first + 256)
    files.set(entriesPath(first / 256, batch.length), Buffer.from(encodeEntryBundle(batch)))
  }
  for (const [name, bytes] of await tilesOf(texts)) files.set(name, bytes)
  if (openings.length > 0) files.set('openings.jsonl', Buffer.from(`${openings.join('\n')}\n`))
  return files
}

async function tilesOf(texts: readonly string[]): Promise<Files> {
  const files: Files = new Map()
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  const leaves = texts.map(leafHash)
  const rows: Uint8Array[][] = [leaves]
  for (const { level, root } of edge.append(leaves)) (rows[level + 1] ??= []).push(root)
  rows.forEach((row, level) => {
    for (let first = 0; first < row.length; first += 256) {
      const tile = row.slice(first, first + 256)
      files.set(tilePath(level, first / 256, tile.length), Buffer.concat(tile))
    }
  })
  return files
}

export function writeFolder(folder: string, files: Files): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}

/** What a zip's list says of a file; a test may lie. */
export interface Listed {
  name: string
  bytes: Buffer
  stored: boolean
  size: number
  crc: number
  attributes: number
  localName: string
}

/** Makes a zip as any program does, piece by piece; `lie` may change what it says of each file. */
export function createZip(write: (bytes: Buffer) => void, lie: (listed: Listed) => void = () => {}) {
  const directory: Buffer[] = []
  let at = 0
  let count = 0
  return {
    add: (name: string, bytes: Buffer): void => {
      const listed: Listed = { name, bytes, stored: count % 3 === 0, size: bytes.length, crc: crc32(bytes), attributes: 0, localName: name }
      lie(listed)
      const packed = listed.stored ? listed.bytes : deflateRawSync(listed.bytes, { level: 1 })
      const middle = Buffer.alloc(16)
      middle.writeUInt32LE(listed.crc, 0)
      middle.writeUInt32LE(packed.length, 4)
      middle.writeUInt32LE(listed.size, 8)
      middle.writeUInt16LE(Buffer.byteLength(listed.name), 12)
      const method = Buffer.from([listed.stored ? 0 : 8, 0, 0, 0, 0x21, 0x5c])
      const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'), method, middle, Buffer.from(listed.localName)])
      const central = Buffer.alloc(14)
      central.writeUInt32LE(listed.attributes, 6)
      central.writeUInt32LE(at, 10)
      directory.push(Buffer.from('PK\x01\x02\x14\x03\x14\x00\x00\x00', 'latin1'), method, middle, central, Buffer.from(listed.name))
      write(local)
      write(packed)
      at += local.length + packed.length
      count += 1
    },
    end: (): void => {
      const list = Buffer.concat(directory)
      const end = Buffer.alloc(22)
      end.write('PK\x05\x06', 'latin1')
      end.writeUInt16LE(count, 8)
      end.writeUInt16LE(count, 10)
      end.writeUInt32LE(list.length, 12)
      end.writeUInt32LE(at, 16)
      write(list)
      write(end)
    },
  }
}

export function zipOf(files: Iterable<readonly [string, Buffer]>, lie?: (listed: Listed) => void): Buffer {
  const pieces: Buffer[] = []
  const zip = createZip((bytes) => pieces.push(bytes), lie)
  for (const [name, bytes] of files) zip.add(name, bytes)
  zip.end()
  return Buffer.concat(pieces)
}
