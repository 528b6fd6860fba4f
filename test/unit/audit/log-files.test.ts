import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash } from '../../../src/audit/merkle/index.ts'
import {
  createNoteSigner,
  decodeEntryBundle,
  encodeEntryBundle,
  entriesPath,
  FormatFault,
  formatCheckpoint,
  formatProof,
  longestEntry,
  parseProof,
  parseTilePath,
  signNote,
  tilePath,
  toBase64,
} from '../../../src/audit/notes/index.ts'

const origin = 'forthright/0195a8f2-7e2c-7bb1-a3ce-1f0c6b1c2d3e'
const text = formatCheckpoint({ origin, size: 513, root: leafHash('root'), extensions: [] })
const note = signNote(text, [createNoteSigner(origin, leafHash('seed'))])

/** The code with which something is refused; a throw of anything else fails the test. */
function faultOf(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error
    return error.code
  }
}

const root = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('a path in the log', () => {
  const number = fc.oneof(fc.nat(5000), fc.maxSafeNat(), fc.constantFrom(0, 999, 1000, 999_999, 1_000_000, Number.MAX_SAFE_INTEGER))
  const width = fc.integer({ min: 1, max: 256 })

  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.nat(63), number, width, (level, at, wide) => {
        expect(parseTilePath(tilePath(level, at, wide))).toEqual({ kind: 'tile', level, number: at, width: wide })
        expect(parseTilePath(entriesPath(at, wide))).toEqual({ kind: 'entries', number: at, width: wide })
      }),
    )
  })

  test('has one spelling, and no way out of the log', () => {
    const bad = [
      ['tile/0', 'tile/0/', 'tile//000', '/tile/0/000', 'tile/0/000/', 'tile/0/0', 'tile/0/00', 'tile/0/0000', 'tile/0/1000'],
      ['tile/00/000', 'tile/64/000', 'tile/100/000', 'tile/-1/000', 'tile/+1/000', 'tile/data/000', 'tile/Entries/000'],
      ['tile/0/x000/001', 'tile/0/x00/001', 'tile/0/001/002', 'tile/0/X001/002', 'tile/0/x001/x002'],
      ['tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/', 'tile/0/000.p/-1', 'tile/0/000.p/1/', 'tile/0/000.p/1000'],
      ['tile/0/../../secrets', 'tile/entries/../000', 'tile/0/000%00', 'tile/0/000\n', 'tile/0/000?x', 'tile/0/٠٠٠', 'tile/0/000.p/1 '],
      ['tile/0/x009/x007/x199/x254/x740/992', `tile/0/${'x001/'.repeat(1000)}001`, 'checkpoint', ''],
    ]
    for (const path of bad.flat()) expect([path, faultOf(() => parseTilePath(path))]).toEqual([path, 'malformed_path'])
  })

  test('is only written for places that there can be', () => {
    expect(() => tilePath(64, 0, 1)).toThrow(RangeError)
    expect(() => tilePath(0, -1, 1)).toThrow(RangeError)
    expect(() => tilePath(0, 2 ** 53, 1)).toThrow(RangeError)
    expect(() => entriesPath(0, 0)).toThrow(RangeError)
    expect(() => entriesPath(0, 257)).toThrow(RangeError)
  })
})

describe('a bundle of entries', () => {
  const entries = fc
    .array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 256 })
    .map((list) => list.map((each) => each.toWellFormed()))

  test('is read as it was written', () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(decodeEntryBundle(encodeEntryBundle(list), list.length)).toEqual(list)
      }),
      { numRuns: 50 },
    )
  })

  test('has the length of each entry before it, in two bytes', () => {
    expect(Buffer.from(encodeEntryBundle(['{}', 'é'])).toString('hex')).toBe('00027b7d0002c3a9')
    expect(decodeEntryBundle(encodeEntryBundle(['\uFEFFx']), 1)).toEqual(['\uFEFFx'])
  })

  test('holds entries up to 65,535 bytes, and 256 of them', () => {
    expect(decodeEntryBundle(encodeEntryBundle(['é'.repeat(32_767) + 'a']), 1)[0]).toHaveLength(32_768)
    expect(faultOf(() => encodeEntryBundle(['a'.repeat(longestEntry + 1)]))).toBe('malformed_bundle')
    expect(faultOf(() => encodeEntryBundle(Array.from({ length: 257 }, () => 'a')))).toBe('malformed_bundle')
    expect(faultOf(() => encodeEntryBundle([]))).toBe('malformed_bundle')
    expect(faultOf(() => encodeEntryBundle(['\uD800']))).toBe('malformed_bundle')
  })

  test('is refused cut short, with something after it, of another width, or not in UTF-8', () => {
    const bundle = encodeEntryBundle(['one', 'two', 'three'])
    for (let length = 0; length < bundle.length; length += 1) {
      expect(faultOf(() => decodeEntryBundle(bundle.subarray(0, length), 3))).toBe('malformed_bundle')
    }
    expect(faultOf(() => decodeEntryBundle(Buffer.concat([bundle, Buffer.of(0)]), 3))).toBe('malformed_bundle')
    expect(faultOf(() => decodeEntryBundle(Buffer.concat([bundle, Buffer.of(0, 0)]), 3))).toBe('malformed_bundle')
    for (const width of [0, 2, 4, 256]) expect(faultOf(() => decodeEntryBundle(bundle, width))).toBe('malformed_bundle')
    expect(faultOf(() => decodeEntryBundle(Buffer.of(0, 1, 0xff), 1))).toBe('not_utf8')
  })

  test('made of anything never throws anything but its fault', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 256 }),
        (bytes, width) => void faultOf(() => decodeEntryBundle(bytes, width)),
      ),
    )
  })
})

describe('a proof in a file', () => {
  const hashes = [leafHash('a'), leafHash('b')]
  const file = formatProof({ index: 300, hashes, note })

  test('is read as it was written', () => {
    expect(file.startsWith(`c2sp.org/tlog-proof@v1\nindex 300\n${toBase64(hashes[0]!)}\n`)).toBe(true)
    expect(file.endsWith(`\n\n${note}`)).toBe(true)
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(root, { maxLength: 63 }), (index, any) => {
        expect(parseProof(formatProof({ index, hashes: any, note }))).toEqual({ index, hashes: any, note })
      }),
      { numRuns: 50 },
    )
    const extra = Uint8Array.of(1, 2, 3)
    expect(parseProof(formatProof({ index: 0, hashes: [], note, extra }))).toEqual({ index: 0, hashes: [], note, extra })
  })

  test.each([
    ['another first line', file.replace('@v1', '@v2'), 'malformed_proof'],
    ['a blank line before the index', file.replace('\nindex', '\n\nindex'), 'malformed_proof'],
    ['no index', file.replace('index 300\n', ''), 'malformed_proof'],
    ['an index that begins with zero', file.replace('index 300', 'index 0300'), 'malformed_proof'],
    ['an index past 2 to the power of 53', file.replace('index 300', 'index 9007199254740992'), 'malformed_proof'],
    ['a hash that is too long', file.replace(toBase64(hashes[0]!), toBase64(Buffer.alloc(33))), 'malformed_proof'],
    ['the same hash in a second spelling', file.replace('=\n', '\n'), 'malformed_proof'],
    ['two extra lines', file.replace('\nindex', '\nextra AQID\nextra AQID\nindex'), 'malformed_proof'],
    ['an extra line that is not base64', file.replace('\nindex', '\nextra A\nindex'), 'malformed_proof'],
    [
      'more hashes than any tree is high',
      file.replace(toBase64(hashes[0]!), Array.from({ length: 63 }, () => toBase64(hashes[0]!)).join('\n')),
      'malformed_proof',
    ],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2), 'malformed_note'],
    ['a checkpoint without a signature', file.slice(0, file.indexOf('— ')), 'malformed_note'],
    ['carriage returns', file.replaceAll('\n', '\r\n'), 'control_character'],
  ])('is refused with %s', (_, bad, code) => {
    expect(faultOf(() => parseProof(bad))).toBe(code)
  })

  test('cannot be written with an index, a hash or a note that is none', () => {
    expect(() => formatProof({ index: -1, hashes, note })).toThrow(RangeError)
    expect(() => formatProof({ index: 0, hashes: [new Uint8Array(31)], note })).toThrow(RangeError)
    expect(faultOf(() => formatProof({ index: 0, hashes, note: text }))).toBe('malformed_note')
  })
})
