import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyRoot, leafHash } from '../../../src/audit/merkle/index.ts'
import {
  checkCosignature,
  createCosigner,
  createNoteSigner,
  FormatFault,
  formatCheckpoint,
  formatFaultCodes,
  mostSignatures,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseProof,
  parseTilePath,
  parseVerifierKey,
  signNote,
  splitNote,
  toBase64,
  verifierKeyOf,
  verifierKeyText,
  type Checkpoint,
} from '../../../src/audit/notes/index.ts'

const seedOf = (number: number): Uint8Array => leafHash(`seed ${number}`)
const origin = 'forthright/0195a8f2-7e2c-7bb1-a3ce-1f0c6b1c2d3e'
const log = createNoteSigner(origin, seedOf(1))
const nextKey = createNoteSigner(origin, seedOf(2))
const witness = createCosigner('witness.trust-b.example/w1', seedOf(3))
const checkpoint: Checkpoint = { origin, size: 513, root: leafHash('root'), extensions: [] }
const text = formatCheckpoint(checkpoint)
const note = signNote(text, [log])

/** The code with which something is refused; a throw of anything else fails the test. */
function faultOf(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error
    expect(formatFaultCodes).toContain(error.code)
    expect(error.message).toBe(error.code)
    return error.code
  }
}

const root = fc.uint8Array({ minLength: 32, maxLength: 32 })
const line = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((each) => !/[\u0000-\u001F]/.test(each))

describe('a checkpoint', () => {
  test('is three lines that anybody can read, and a fourth only after a restore', () => {
    expect(text).toBe(`${origin}\n513\n${toBase64(checkpoint.root)}\n`)
    expect(formatCheckpoint({ ...checkpoint, extensions: ['restored 2'] })).toBe(`${text}restored 2\n`)
  })

  test('is read as it was written, whatever it says', () => {
    const any = fc.record({ origin: line, size: fc.maxSafeNat(), root, extensions: fc.array(line, { maxLength: 3 }) })
    fc.assert(
      fc.property(any, (each) => {
        expect(parseCheckpoint(formatCheckpoint(each))).toEqual(each)
      }),
    )
    expect(parseCheckpoint(formatCheckpoint({ ...checkpoint, size: 0, root: emptyRoot })).size).toBe(0)
  })

  test.each([
    ['without a last newline', text.slice(0, -1)],
    ['with a blank line', `${text}\n`],
    ['with a blank line before an extension', `${text}\nrestored 1\n`],
    ['without an origin', text.slice(origin.length)],
    ['with two lines only', `${origin}\n513\n`],
    ['of nothing', ''],
    ['with a size that begins with zero', text.replace('513', '0513')],
    ['with a size below zero', text.replace('513', '-513')],
    ['with a size with a sign', text.replace('513', '+513')],
    ['with a size in other digits', text.replace('513', '0x201')],
    ['with a size in letters that are digits elsewhere', text.replace('513', '٥١٣')],
    ['with a size that is no whole number', text.replace('513', '513.0')],
    ['with spaces round the size', text.replace('513', ' 513')],
    ['with a size of 2 to the power of 53', text.replace('513', '9007199254740992')],
    ['with a size of a thousand digits', text.replace('513', '1'.repeat(1000))],
    ['with a root that is too short', text.replace(toBase64(checkpoint.root), toBase64(checkpoint.root.subarray(1)))],
    ['with a root without its padding', text.replace('=\n', '\n')],
    ['with a root in another alphabet', text.replace(toBase64(checkpoint.root), Buffer.alloc(32, 0xff).toString('base64url') + '=')],
  ])('is refused %s', (_, bad) => {
    expect(faultOf(() => parseCheckpoint(bad))).toBe('malformed_checkpoint')
  })

  test('is refused with a carriage return, which some editors add', () => {
    expect(faultOf(() => parseCheckpoint(text.replaceAll('\n', '\r\n')))).toBe('control_character')
  })

  test('is refused with a root in a second spelling of the same bytes', () => {
    const encoded = toBase64(checkpoint.root)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const second = `${encoded.slice(0, -2)}${alphabet[alphabet.indexOf(encoded.at(-2)!) + 1]}=`
    expect(Buffer.from(second, 'base64')).toEqual(Buffer.from(encoded, 'base64'))
    expect(faultOf(() => parseCheckpoint(text.replace(encoded, second)))).toBe('malformed_checkpoint')
  })

  test('cannot be written with a line that would be read as two or none', () => {
    for (const bad of [{ origin: 'a\nb' }, { origin: '' }, { extensions: [''] }, { extensions: ['a\n\nb'] }]) {
      expect(faultOf(() => formatCheckpoint({ ...checkpoint, ...bad }))).toBe('malformed_checkpoint')
    }
    expect(() => formatCheckpoint({ ...checkpoint, size: 0.5 })).toThrow(RangeError)
    expect(() => formatCheckpoint({ ...checkpoint, root: new Uint8Array(31) })).toThrow(RangeError)
  })
})

describe('a signed note', () => {
  test('opens for whoever trusts the key, and for nobody else', () => {
    expect(openNote(note, [log.key])).toEqual({ text, signatures: [{ key: log.key, line: note.slice(text.length + 1), time: null }] })
    expect(openNote(Buffer.from(note), [log.key]).text).toBe(text)
    expect(faultOf(() => openNote(note, [nextKey.key]))).toBe('no_trusted_signature')
    expect(faultOf(() => openNote(note, []))).toBe('no_trusted_signature')
  })

  test('with any bit flipped opens for nobody, or says the same', () => {
    const bytes = Buffer.from(note)
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const bent = Uint8Array.from(bytes)
        bent[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
        expect(faultOf(() => openNote(bent, [log.key]))).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('carries both keys while one takes over from the other, and opens with either', () => {
    const both = signNote(text, [log, nextKey])
    for (const { key } of [log, nextKey]) expect(openNote(both, [key]).signatures.map((each) => each.key)).toEqual([key])
    expect(openNote(both, [nextKey.key, log.key]).signatures).toHaveLength(2)
  })

  test('with one signature that does not hold is refused, though another does', () => {
    const forged = signNote(text, [nextKey]).replaceAll(nextKey.sign(text), nextKey.sign('something else\n'))
    const both = `${forged}${log.sign(text)}`
    expect(openNote(both, [log.key]).signatures).toHaveLength(1)
    expect(faultOf(() => openNote(both, [log.key, nextKey.key]))).toBe('wrong_signature')
    expect(faultOf(() => openNote(`${note}${log.sign('something else\n')}`, [log.key]))).toBe('wrong_signature')
  })

  test('passes over keys that share a name or an id with a trusted one, but not both', () => {
    const sameName = { ...log.key, id: '00000000' }
    const sameId = { ...log.key, name: 'forthright/other' }
    expect(faultOf(() => openNote(note, [sameName, sameId]))).toBe('no_trusted_signature')
    expect(openNote(note, [sameName, sameId, log.key]).signatures).toHaveLength(1)
  })

  test('is refused where two trusted keys cannot be told apart', () => {
    const twin = { ...log.key, publicKey: nextKey.key.publicKey }
    expect(faultOf(() => openNote(note, [log.key, twin]))).toBe('ambiguous_key')
    expect(openNote(note, [log.key, log.key]).signatures).toHaveLength(1)
  })

  test('has its signatures after its last blank line, so that its text may have others', () => {
    const poem = signNote('one\n\ntwo\n\n\nthree\n', [log])
    expect(openNote(poem, [log.key]).text).toBe('one\n\ntwo\n\n\nthree\n')
  })

  test('has sixteen signatures at most', () => {
    const lines = Array.from({ length: mostSignatures }, (_, at) => createNoteSigner(origin, seedOf(100 + at)).sign(text))
    const sixteen = `${text}\n${lines.slice(1).join('')}${log.sign(text)}`
    expect(openNote(sixteen, [log.key]).signatures).toHaveLength(1)
    expect(faultOf(() => openNote(`${sixteen}${lines[0]}`, [log.key]))).toBe('too_many_signatures')
  })

  test('is refused over one mebibyte before anything in it is looked at', () => {
    const large = `${'a'.repeat(1024 * 1024)}\n\n${log.sign(text)}`
    expect(faultOf(() => openNote(large, [log.key]))).toBe('too_large')
    expect(faultOf(() => openNote(Buffer.from(large), [log.key]))).toBe('too_large')
    expect(faultOf(() => openNote('é'.repeat(1024 * 600), [log.key]))).toBe('too_large')
  })

  test('is refused in bounded time, whatever its shape', () => {
    const started = performance.now()
    const shapes = [
      '\n'.repeat(1_000_000),
      '— '.repeat(250_000),
      `a\n\n${'— a A\n'.repeat(100_000)}`,
      `a\n\n— a ${'A'.repeat(1_000_000)}\n`,
    ]
    for (const shape of shapes) faultOf(() => openNote(shape, [log.key]))
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test.each([
    ['a tab', note.replace('513', '5\t13'), 'control_character'],
    ['a zero byte', note.replace('513', '5\u000013'), 'control_character'],
    ['a carriage return', note.replaceAll('\n', '\r\n'), 'control_character'],
    ['half a letter', note.replace('513', '\uD800'), 'not_utf8'],
    ['a hyphen for the dash', note.replace('—', '-'), 'malformed_note'],
    ['two spaces', note.replace('— ', '—  '), 'malformed_note'],
    ['a space at the end of a signature', note.replace(/\n$/, ' \n'), 'malformed_note'],
    ['a no-break space in a name', note.replace('— forthright/', '— forthright\u00A0'), 'malformed_note'],
    ['a plus sign in a name', note.replace('— forthright/', '— forthright+'), 'malformed_note'],
    ['a signature without its padding', note.replace(/=\n$/, '\n'), 'malformed_note'],
    ['nothing after an id', `${text}\n— ${origin} AAAAAA==\n`, 'malformed_note'],
  ])('is refused with %s', (_, bad, code) => {
    expect(faultOf(() => openNote(bad, [log.key]))).toBe(code)
  })

  test('begins where it begins: a byte order mark is part of the text and breaks the signature', () => {
    const marked = Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from(note)])
    expect(faultOf(() => openNote(marked, [log.key]))).toBe('wrong_signature')
  })

  test('is never made of a text that no note can have', () => {
    for (const bad of ['', 'no newline', 'a\u0007b\n', '\uDC00\n']) expect(faultOf(() => signNote(bad, [log]))).not.toBeNull()
    expect(faultOf(() => signNote(text, []))).toBe('malformed_note')
  })

  test('made of anything never throws anything but its fault', () => {
    const parts = fc.constantFrom('\n', '\n\n', '— ', ' ', 'a', '+', 'AAAAAAAA', '=', '0', '\r', '\uD800', note, text, log.sign(text))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts, { maxLength: 12 }).map((each) => each.join('')),
          fc.string(),
        ),
        (any) => {
          for (const read of [splitNote, parseCheckpoint, parseProof, parseTilePath, parseVerifierKey]) faultOf(() => read(any))
          faultOf(() => openCheckpoint(any, [log.key]))
          faultOf(() => checkCosignature(text, any, witness.key))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a verifier key', () => {
  test('is one line of text that is read back as the key it was', () => {
    const names = fc.string({ minLength: 1, maxLength: 30 }).filter((name) => !/[\s+\u0000-\u001F]/.test(name))
    fc.assert(
      fc.property(names, root, fc.constantFrom('log' as const, 'witness' as const), (name, publicKey, type) => {
        const key = verifierKeyOf(name, type, publicKey)
        expect(parseVerifierKey(verifierKeyText(key))).toEqual(key)
      }),
    )
  })

  test('has another id for another name, type or key', () => {
    const ids = [
      log.key,
      nextKey.key,
      verifierKeyOf('other', 'log', log.key.publicKey),
      verifierKeyOf(origin, 'witness', log.key.publicKey),
    ]
    expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
  })

  test('is refused in capitals, with a line end, with another id, or of a type that is not ours', () => {
    const [name, id, encoded] = [origin, log.key.id, verifierKeyText(log.key).slice(origin.length + 10)]
    const ecdsa = toBase64(Buffer.concat([Buffer.of(2), log.key.publicKey]))
    const capitals = `${name}+${id.toUpperCase()}+${encoded}`
    const bad = [
      `${name}+${id}+${encoded}\n`,
      `${name}+00000000+${encoded}`,
      `${name}+${id}+${ecdsa}`,
      `${name}+${id}`,
      `+${id}+${encoded}`,
      '',
    ]
    for (const each of [...bad, ...(capitals === `${name}+${id}+${encoded}` ? [] : [capitals]), 'a'.repeat(5000)]) {
      expect([each, faultOf(() => parseVerifierKey(each))]).toEqual([each, 'malformed_key'])
    }
  })
})

describe('opening a checkpoint', () => {
  test('needs the signature of the log that it names', () => {
    expect(openCheckpoint(note, [log.key]).checkpoint).toEqual(checkpoint)
    const other = createNoteSigner('forthright/another', seedOf(4))
    expect(faultOf(() => openCheckpoint(signNote(text, [other]), [other.key]))).toBe('wrong_origin')
    expect(openCheckpoint(signNote(text, [other, log]), [other.key, log.key]).checkpoint).toEqual(checkpoint)
  })

  test('keeps a log key and a witness key apart, even where name and key are the same', () => {
    const double = createCosigner(origin, seedOf(1))
    const cosigned = `${text}\n${double.cosign(text, 1_763_800_000)}`
    expect(faultOf(() => openCheckpoint(cosigned, [log.key]))).toBe('no_trusted_signature')
    expect(faultOf(() => openCheckpoint(cosigned, [double.key]))).toBe('no_trusted_signature')
  })

  test('is refused for a signed text that is no checkpoint', () => {
    expect(faultOf(() => openCheckpoint(signNote('If you think\n', [log]), [log.key]))).toBe('malformed_checkpoint')
  })
})

describe('a cosignature', () => {
  const time = 1_763_800_000
  const cosigned = `${note}${witness.cosign(text, time)}`

  test('says who saw the checkpoint and when', () => {
    const { signatures } = openCheckpoint(cosigned, [log.key, witness.key])
    expect(signatures.map(({ key, time: seen }) => [key.name, seen])).toEqual([
      [origin, null],
      [witness.key.name, time],
    ])
    expect(checkCosignature(text, witness.cosign(text, time), witness.key)).toMatchObject({ time, key: witness.key })
  })

  test('is refused over another text, at another time, or from another witness', () => {
    const cosignature = witness.cosign(text, time)
    const other = createCosigner('witness.trust-c.example/w1', seedOf(5))
    expect(faultOf(() => checkCosignature(formatCheckpoint({ ...checkpoint, size: 514 }), cosignature, witness.key))).toBe(
      'wrong_signature',
    )
    expect(faultOf(() => checkCosignature(formatCheckpoint({ ...checkpoint, extensions: ['restored 1'] }), cosignature, witness.key))).toBe(
      'wrong_signature',
    )
    expect(faultOf(() => checkCosignature(text, cosignature, other.key))).toBe('no_trusted_signature')
    const bytes = Buffer.from(cosignature.split(' ')[2]!, 'base64')
    for (const at of [4, 11, 12, 75]) {
      const bent = Uint8Array.from(bytes)
      bent[at]! ^= 1
      expect(faultOf(() => checkCosignature(text, `— ${witness.key.name} ${toBase64(bent)}\n`, witness.key))).toBe('wrong_signature')
    }
    expect(faultOf(() => checkCosignature(text, `— ${witness.key.name} ${toBase64(bytes.subarray(0, -1))}\n`, witness.key))).toBe(
      'wrong_signature',
    )
  })

  test('is given to checkpoints only, at a time that can be counted', () => {
    expect(faultOf(() => witness.cosign('any text\n', time))).toBe('malformed_checkpoint')
    expect(() => witness.cosign(text, -1)).toThrow(RangeError)
    expect(() => witness.cosign(text, 0.5)).toThrow(RangeError)
  })
})
