import { once } from 'node:events'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { instantToColumn } from '../kernel/index.ts'
import type { Cell, Table } from './tables.ts'

const mediaType = 'application/vnd.oasis.opendocument.spreadsheet'

/** Rows that come in batches, of which nobody knows before how many. */
export interface LongTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>
  /** More rows than these are left out, which the last row says. */
  readonly most: number
}

/**
 * Writes tables as the sheets of an OpenDocument spreadsheet (ODF 1.3) and ends the stream. Numbers and dates are cells of their kind; text is text
 * and never a formula. Throws where the stream breaks or a batch does.
 */
export async function writeSheets(to: Writable, tables: readonly Table[], long: LongTable | null, now: Temporal.Instant): Promise<void> {
  const zip = new ZipFile()
  zip.outputStream.on('error', () => {})
  const broken = once(zip, 'error').then(([error]: unknown[]) => {
    throw error
  })
  const mtime = instantToColumn(now)
  // ODF 1.3 part 2, 3.3: the media type comes first, is not compressed and has no extra field
  zip.addBuffer(Buffer.from(mediaType), 'mimetype', { mtime, compress: false, forceDosTimestamp: true })
  zip.addBuffer(Buffer.from(manifest), 'META-INF/manifest.xml', { mtime, forceDosTimestamp: true })
  zip.addBuffer(Buffer.from(styles), 'styles.xml', { mtime, forceDosTimestamp: true })
  zip.addReadStreamLazy('content.xml', { mtime, forceDosTimestamp: true }, (give) => give(null, Readable.from(contentXml(tables, long))))
  zip.end()
  await Promise.race([pipeline(zip.outputStream as Readable, to), broken])
}

const names =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ' +
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ' +
  'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

const manifest =
  `${declaration}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
  `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mediaType}"/>` +
  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>' +
  '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'

const styles = `${declaration}<office:document-styles ${names} office:version="1.3"><office:styles/></office:document-styles>`

/** Dates as this service writes them everywhere, and headings that stand out. */
const automaticStyles =
  '<office:automatic-styles><number:date-style style:name="day"><number:year number:style="long"/><number:text>-</number:text>' +
  '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>' +
  '<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>' +
  '<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'

async function* contentXml(tables: readonly Table[], long: LongTable | null): AsyncGenerator<string> {
  yield `${declaration}<office:document-content ${names} office:version="1.3">${automaticStyles}<office:body><office:spreadsheet>`
  for (const { name, columns, rows } of tables) yield `${sheetBegin(name, columns)}${rows.map(rowXml).join('')}${sheetEnd}`
  if (long !== null) yield* longSheet(long)
  yield '</office:spreadsheet></office:body></office:document-content>'
}

async function* longSheet({ name, columns, batches, most }: LongTable): AsyncGenerator<string> {
  yield sheetBegin(name, columns)
  let left = most
  for await (const rows of batches) {
    yield rows.slice(0, left).map(rowXml).join('')
    left -= rows.length
    if (left < 0) {
      yield rowXml([`Only the first ${most} rows are in this sheet. All of them are in the CSV file.`])
      break
    }
  }
  yield sheetEnd
}

function sheetBegin(name: string, columns: readonly string[]): string {
  const headings = columns.map((column) => cellXml(column, ' table:style-name="heading"')).join('')
  return `<table:table table:name="${escaped(name)}"><table:table-header-rows><table:table-row>${headings}</table:table-row></table:table-header-rows>`
}

const sheetEnd = '</table:table>'

const rowXml = (cells: readonly Cell[]): string => `<table:table-row>${cells.map((cell) => cellXml(cell)).join('')}</table:table-row>`

const date = /^\d{4}-\d\d-\d\d$/

function cellXml(cell: Cell, style = ''): string {
  if (cell === null) return '<table:table-cell/>'
  if (typeof cell === 'number')
    return `<table:table-cell office:value-type="float" office:value="${cell}"><text:p>${cell}</text:p></table:table-cell>`
  if (date.test(cell))
    return `<table:table-cell table:style-name="date" office:value-type="date" office:date-value="${cell}"><text:p>${cell}</text:p></table:table-cell>`
  return `<table:table-cell${style} office:value-type="string"><text:p>${escaped(cell)}</text:p></table:table-cell>`
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 has no place for most control characters, however they are written. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escaped = (text: string): string => text.replaceAll(unwritable, '\u{FFFD}').replaceAll(/[&<>"]/g, (mark) => marks[mark]!)
