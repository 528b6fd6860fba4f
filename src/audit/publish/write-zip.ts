import { once } from 'node:events'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file of a zip: its name, and its bytes once its turn comes. */
export interface ZippedFile {
  readonly name: string
  readonly compress: boolean
  readonly read: () => Promise<Uint8Array>
}

/** Writes files one after the other and ends the stream, each read when its turn comes. `last` is one whose length nobody knows before. */
export async function writeZip(
  to: Writable,
  files: readonly ZippedFile[],
  mtime: Date,
  last?: { readonly name: string; readonly bytes: AsyncIterable<string> },
): Promise<void> {
  const zip = new ZipFile()
  // A reader who goes away breaks the stream while a file is on its way: told by the pipeline, and not a second time
  zip.outputStream.on('error', () => {})
  const broken = once(zip, 'error').then(([error]: unknown[]) => {
    throw error
  })
  for (const { name, compress, read } of files) {
    zip.addReadStreamLazy(name, { mtime, compress }, (give) => {
      read().then(
        (bytes) => give(null, Readable.from([Buffer.from(bytes)])),
        (error: unknown) => give(error, Readable.from([])),
      )
    })
  }
  if (last !== undefined) zip.addReadStreamLazy(last.name, { mtime }, (give) => give(null, Readable.from(last.bytes)))
  zip.end()
  await Promise.race([pipeline(zip.outputStream as Readable, to), broken])
}
