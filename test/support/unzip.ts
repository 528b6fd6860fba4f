import { inflateRawSync } from 'node:zlib'

/** A file of a zip. `stamp`: its time as the directory has it, two numbers of MS-DOS in one. */
export interface ZippedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly stamp: number
}

const endOfDirectory = 0x06054b50
const inDirectory = 0x02014b50

/** Every file of a zip that fits into memory, by its directory (APPNOTE.TXT 4.3). Throws for what is none. */
export function unzip(zip: Buffer): ZippedFile[] {
  let end = zip.length - 22
  while (zip.readUInt32LE(end) !== endOfDirectory) end -= 1
  const files: ZippedFile[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== inDirectory) throw new Error('not a zip')
    const [nameLength, extraLength, noteLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const head = zip.readUInt32LE(at + 42)
    const from = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28)
    const held = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    files.push({ name, bytes: zip.readUInt16LE(at + 10) === 0 ? held : inflateRawSync(held), stamp: zip.readUInt32LE(at + 12) })
    at += 46 + nameLength + extraLength + noteLength
  }
  return files
}
