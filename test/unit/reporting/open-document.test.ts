import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { writeSheets } from '../../../src/reporting/open-document.ts'
import type { Cell } from '../../../src/reporting/tables.ts'
import { unzip } from '../../support/unzip.ts'

async function* batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
  yield [['a'], ['b']]
  yield [['c'], ['d']]
}

/** Names of elements in the order they open, where each closes in its turn. Throws where one does not. */
function elementsOf(xml: string): string[] {
  const open: string[] = []
  const names: string[] = []
  for (const [, closing, name = '', alone] of xml.matchAll(/<(\/?)([\w:-]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name)
    else names.push(name)
    if (closing === '' && alone === '') open.push(name)
  }
  expect(open).toEqual([])
  expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/)
  return names
}

test('a spreadsheet is an OpenDocument package: media type first and plain, cells of their kind, nothing a formula, a cut list says so', async () => {
  const out = new PassThrough()
  const rows: Cell[][] = [['=1+1 & <b> "x"\u{0}', 3.5, null, '2026-11-22']]
  const long = { name: 'long', columns: ['only'], batches: batches(), most: 3 }
  const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
  const written = writeSheets(out, [{ name: 'first & last', columns: ['text', 'number', 'empty', 'date'], rows }], long, now)
  const [zip] = await Promise.all([buffer(out), written])
  // ODF 1.3 part 2, 3.3: readable at fixed places of the file
  expect(zip.subarray(30, 38).toString()).toBe('mimetype')
  expect([zip.readUInt16LE(8), zip.readUInt16LE(28)]).toEqual([0, 0])
  expect(zip.subarray(38, 84).toString()).toBe('application/vnd.oasis.opendocument.spreadsheet')
  const files = new Map(unzip(zip).map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]))
  expect([...files.keys()]).toEqual(['mimetype', 'META-INF/manifest.xml', 'styles.xml', 'content.xml'])
  for (const name of ['META-INF/manifest.xml', 'styles.xml', 'content.xml']) elementsOf(files.get(name)!.replace(/^<\?xml[^>]*\?>\n/, ''))
  const content = files.get('content.xml')!
  expect(content).not.toContain('table:formula')
  expect(content).toContain('<text:p>=1+1 &amp; &lt;b&gt; &quot;x&quot;\u{FFFD}</text:p>')
  expect(content).toContain('office:value-type="float" office:value="3.5"')
  expect(content).toContain('office:value-type="date" office:date-value="2026-11-22"')
  const sheet = content.slice(content.indexOf('table:name="long"'))
  expect([...sheet.matchAll(/<text:p>([^<]*)/g)].map(([, text]) => text)).toEqual([
    'only',
    'a',
    'b',
    'c',
    expect.stringContaining('first 3 rows'),
  ])
})
