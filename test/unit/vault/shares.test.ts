import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createCompartmentKeys,
  createKeys,
  fingerprint,
  holdRecoveryCeremony,
  openGrant,
  readShare,
  readShareRow,
  rebuildRecoveryKeys,
  sealGrant,
  signStatement,
  verifyStatement,
  type GrantBinding,
  type RecoveryShare,
} from '../../../src/vault/index.ts'
import vectors from '../../vectors/shares.json' with { type: 'json' }

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ceremony = await holdRecoveryCeremony()
const papers = ceremony.shares.map((rows) => rows.map((groups) => groups.join(' ')).join('\n'))
const shareOf = (typed: string): RecoveryShare => {
  const reading = readShare(typed)
  if (!reading.ok) throw new Error(`groups ${reading.groups.join()}`)
  return reading.share
}
const groupsOf = (paper: string) => paper.split(/\s/)
const faultOf = async (shares: readonly RecoveryShare[], keys = ceremony.publicKeys) => {
  const rebuilt = await rebuildRecoveryKeys(shares, keys)
  return rebuilt.ok ? null : rebuilt.fault
}

describe('a ceremony', () => {
  test('gives three papers of six rows with four groups of four, and nothing else that is secret', () => {
    expect(Object.keys(ceremony).sort()).toEqual(['publicKeys', 'shares'])
    expect(ceremony.shares.map((rows) => rows.map((groups) => groups.length))).toEqual([1, 2, 3].map(() => Array(6).fill(4)))
    for (const paper of papers) expect(groupsOf(paper).every((group) => /^[0-9A-HJKMNP-TV-Z]{4}$/.test(group))).toBe(true)
    expect(papers.map((paper) => shareOf(paper).number)).toEqual([1, 2, 3])
  })

  test.each([
    [0, 1],
    [1, 0],
    [0, 2],
    [1, 2],
  ])('is undone by any two: %i and %i open what was sealed for it and sign in its name', async (one, other) => {
    const rebuilt = await rebuildRecoveryKeys([shareOf(papers[one]!), shareOf(papers[other]!)], ceremony.publicKeys)
    expect(rebuilt.ok).toBe(true)
    if (!rebuilt.ok) return
    const binding: GrantBinding = { concernId: 'c', compartmentId: 'p', kind: 'shared', epoch: 1, holder: 'recovery' }
    const part = createCompartmentKeys()
    const opened = openGrant(binding, sealGrant(binding, part, ceremony.publicKeys.box), rebuilt.keys)
    expect(opened.privateKey.reveal()).toEqual(part.privateKey.reveal())
    const said = new TextEncoder().encode('a list')
    expect(verifyStatement(ceremony.publicKeys.sign, 'x', said, signStatement(rebuilt.keys, 'x', said))).toBe(true)
  })

  test('is undone by all three as well', async () => {
    expect(await faultOf(papers.map(shareOf))).toBeNull()
  })

  test('is not undone by one share, however often it is given', async () => {
    const [first] = papers.map(shareOf)
    expect(await faultOf([])).toEqual({ code: 'too_few' })
    expect(await faultOf([first!])).toEqual({ code: 'too_few' })
    expect(await faultOf([first!, shareOf(papers[0]!)])).toEqual({ code: 'same_share', share: 1 })
  })

  test('is never undone with a share of another, which is named', async () => {
    const other = await holdRecoveryCeremony()
    const stray = shareOf(other.shares[1]!.flat().join(' '))
    expect(await faultOf([shareOf(papers[0]!), stray])).toEqual({ code: 'another_ceremony', share: 2 })
    expect(await faultOf([stray, shareOf(papers[0]!)])).toEqual({ code: 'another_ceremony', share: 2 })
    expect(await faultOf(papers.map(shareOf), other.publicKeys)).toEqual({ code: 'another_ceremony', share: 1 })
  })

  test('is held against its public half: a share somebody made up to fit gives no key', async () => {
    const forged = Buffer.from(shareOf(papers[1]!).content.reveal())
    forged[20]! ^= 1
    const share = {
      number: 2,
      content: { ...shareOf(papers[1]!).content, reveal: () => new Uint8Array(forged) },
    } as unknown as RecoveryShare
    expect(await faultOf([shareOf(papers[0]!), share])).toEqual({ code: 'not_the_key' })
  })

  test('leaves each share alone as likely for every key: whatever the key, some other share would give it', () => {
    // Shamir: through one point of a line goes exactly one line to each value at zero
    const [first] = papers.map((paper) => bytesOf(paper).subarray(8, 41))
    const x = first![32]!
    const otherX = x === 1 ? 2 : 1
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (wanted) => {
        const slopes = [...wanted].map((value, at) => divide(first![at]! ^ value, x))
        const invented = Uint8Array.from([...wanted.map((value, at) => value ^ times(slopes[at]!, otherX)), otherX])
        expect(atZero(first!, invented)).toEqual(wanted)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a share typed by hand', () => {
  const anyPaper = fc.constantFrom(...papers)
  const disguises: Readonly<Record<string, readonly string[]>> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] }

  test('reads the same in any case, with row numbers, hyphens or no gaps at all, O for 0, I and L for 1', () => {
    const gap = fc.constantFrom(' ', '-', '  ', ' - ', '\u00a0', '\t')
    const written = (paper: string) =>
      fc
        .tuple(fc.array(fc.nat(4), { minLength: 96, maxLength: 96 }), gap, fc.constantFrom('', '%. ', '%) ', 'Row %: '), fc.boolean())
        .map(([picks, between, label]) => {
          let at = 0
          const symbol = (plain: string) => {
            const ways = disguises[plain] ?? [plain, plain.toLowerCase()]
            return ways[picks[at++]! % ways.length]!
          }
          const rows = paper.split('\n').map((row) =>
            row
              .split(' ')
              .map((group) => [...group].map(symbol).join(''))
              .join(between),
          )
          return rows.map((row, index) => label.replace('%', String(index + 1)) + row).join('\n')
        })
    fc.assert(
      fc.property(
        anyPaper.chain((paper) => fc.tuple(fc.constant(paper), written(paper))),
        ([paper, typed]) => {
          expect(hex(shareOf(typed).content.reveal())).toBe(hex(bytesOf(paper)))
        },
      ),
      { numRuns: 300 },
    )
    expect(shareOf(papers[0]!.replaceAll(/\s/g, '')).number).toBe(1)
  })

  test('with one wrong symbol is refused and just that group is named, in the whole and in its row', () => {
    for (const paper of papers)
      for (let place = 0; place < 96; place += 1) {
        const groups = groupsOf(paper)
        const at = Math.floor(place / 4)
        const right = groups[at]![place % 4]!
        for (const wrong of alphabet.replace(right, '')) {
          const mistyped = groups.with(at, replaced(groups[at]!, place % 4, wrong))
          expect(readShare(mistyped.join(' '))).toEqual({ ok: false, groups: [at + 1] })
          const row = Math.floor(at / 4)
          expect(readShareRow(row + 1, mistyped.slice(row * 4, row * 4 + 4).join(''))).toEqual({ ok: false, groups: [at + 1] })
        }
      }
  })

  test('with two symbols of a group swapped is refused and that group is named', () => {
    fc.assert(
      fc.property(anyPaper, fc.nat(23), fc.nat(3), fc.nat(3), (paper, at, one, other) => {
        const groups = groupsOf(paper)
        const group = groups[at]!
        fc.pre(group[one] !== group[other])
        const swapped = replaced(replaced(group, one, group[other]!), other, group[one]!)
        expect(readShare(groups.with(at, swapped).join(' '))).toEqual({ ok: false, groups: [at + 1] })
      }),
    )
  })

  test('with a group too short, too long or unreadable names that group where gaps were kept', () => {
    for (const [change, at] of [
      [(group: string) => group.slice(1), 5],
      [(group: string) => `${group}7`, 11],
      [(group: string) => `${group.slice(0, 3)}U`, 23],
    ] as const) {
      const groups = groupsOf(papers[1]!)
      expect(readShare(groups.with(at, change(groups[at]!)).join(' '))).toEqual({ ok: false, groups: [at + 1] })
    }
  })

  test('with two groups or two rows in each other’s place is refused, and both are named', () => {
    const groups = groupsOf(papers[0]!)
    expect(readShare(groups.with(6, groups[9]!).with(9, groups[6]!).join(' '))).toEqual({ ok: false, groups: [7, 10] })
    expect(readShareRow(3, papers[0]!.split('\n')[3]!)).toEqual({ ok: false, groups: [9, 10, 11, 12] })
  })

  test('made of rows of two shares is refused, though every group is right', () => {
    const [first, second] = papers.map((paper) => paper.split('\n'))
    expect(readShare([...first!.slice(0, 3), ...second!.slice(3)].join('\n'))).toEqual({ ok: false, groups: [] })
  })

  test('is refused, never read, when it is something else', () => {
    for (const typed of ['', '\0', 'hello', '1. 2. 3.', 'A'.repeat(96), '🙂'.repeat(24), 'x'.repeat(1_000_000)])
      expect(readShare(typed).ok).toBe(false)
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (typed) => !readShare(typed).ok))
  })
})

describe('papers of the first ceremony', () => {
  const [one, two, three] = vectors.shares.map((rows) => rows.join('\n'))
  const publicKeys = { box: new Uint8Array(Buffer.from(vectors.box, 'hex')), sign: new Uint8Array(Buffer.from(vectors.sign, 'hex')) }

  test('still give its key', async () => {
    expect(await faultOf([shareOf(one!), shareOf(three!)], publicKeys)).toBeNull()
    expect(await faultOf([shareOf(three!), shareOf(two!)], publicKeys)).toBeNull()
    expect(fingerprint(publicKeys)).toMatch(/^(\w{4}-){5}\w{4}$/)
  })

  test('give its seed to somebody who has only the description and no code of ours', () => {
    for (const [a, b] of [
      [one, two],
      [two, three],
      [one, three],
    ])
      expect(hex(atZero(bytesOf(a!).subarray(8, 41), bytesOf(b!).subarray(8, 41)))).toBe(vectors.seed)
    const body = bytesOf(one!).subarray(0, 41)
    const checked = createHash('sha256').update(encoded('forthright recovery share 1', body)).digest()
    expect(hex(checked.subarray(0, 4))).toBe(hex(bytesOf(one!).subarray(41)))
  })
})

test('nobody’s ordinary keys are taken for the recovery key', async () => {
  expect(await faultOf(papers.slice(0, 2).map(shareOf), createKeys().publicKeys)).toEqual({ code: 'another_ceremony', share: 1 })
})

/** A paper's 45 bytes, read again from the description: three of each four symbols, five bits each. */
function bytesOf(paper: string): Uint8Array {
  const bits = groupsOf(paper)
    .flatMap((group) => [...group].slice(0, 3))
    .map((symbol) => alphabet.indexOf(symbol).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

function replaced(text: string, at: number, symbol: string): string {
  return text.slice(0, at) + symbol + text.slice(at + 1)
}

/** GF(256) with x⁸ + x⁴ + x³ + x + 1, by the schoolbook. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 0, shifted = a; bit < 8; bit += 1) {
    if ((b >> bit) & 1) product ^= shifted
    shifted = (shifted << 1) ^ (shifted & 128 ? 0x11b : 0)
  }
  return product
}

function divide(a: number, b: number): number {
  return Array.from({ length: 256 }, (_, value) => value).find((value) => times(value, b) === a) ?? 0
}

/** The line through two shares, at zero: a share is 32 values and, last, where they were taken. */
function atZero(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [xa, xb] = [a[32]!, b[32]!]
  const apart = xa ^ xb
  return Uint8Array.from({ length: 32 }, (_, at) => times(a[at]!, divide(xb, apart)) ^ times(b[at]!, divide(xa, apart)))
}

function encoded(...pieces: readonly (string | Uint8Array)[]): Buffer {
  const le64 = (value: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(value))
    return bytes
  }
  const all = pieces.map((piece) => Buffer.from(piece))
  return Buffer.concat([le64(all.length), ...all.flatMap((piece) => [le64(piece.length), piece])])
}
