import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BackupFault,
  backupKeyName,
  createBackupKeys,
  openBackup,
  readBackupPrivateKey,
  readBackupPublicKey,
  sealBackup,
  writeBackupPrivateKey,
  writeBackupPublicKey,
} from '../../../src/vault/index.ts'

const chunk = 64 * 1024
const keys = createBackupKeys()

async function* pieces(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + 7) % 251)
const sealed = async (content: Uint8Array, to = keys) => gather(sealBackup(to.publicKey, pieces(content)))
const opened = async (file: Uint8Array, by = keys) => gather(openBackup(by, pieces(file)))
const faultOf = async (file: Uint8Array, by = keys) =>
  opened(file, by).then(
    () => 'opened',
    (error: unknown) => (error instanceof BackupFault ? error.code : String(error)),
  )

describe('a sealed backup', () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 5 * chunk])('of %i bytes opens to the same bytes, then zeros', async (length) => {
    const content = bytes(length)
    const back = await opened(await sealed(content))
    expect(back.subarray(0, length).equals(content)).toBe(true)
    expect(back.subarray(length).every((byte) => byte === 0)).toBe(true)
  })

  it('does not depend on how its bytes were cut on their way', async () => {
    const content = bytes(3 * chunk + 11)
    const cuts = [0, 1, 2, 17, chunk, 2 * chunk + 3, content.length]
    const cut = cuts.slice(1).map((end, at) => content.subarray(cuts[at], end))
    const file = await gather(sealBackup(keys.publicKey, pieces(...cut)))
    const parts = Array.from({ length: Math.ceil(file.length / 977) }, (_, at) => file.subarray(at * 977, (at + 1) * 977))
    expect((await gather(openBackup(keys, pieces(...parts)))).subarray(0, content.length).equals(content)).toBe(true)
  })

  it('has one size whatever a few concerns add', async () => {
    const sizes = await Promise.all([1, 40_000, 2_000_000, 4_000_000].map(async (length) => (await sealed(bytes(length))).length))
    expect(new Set(sizes).size).toBe(1)
    expect((await sealed(bytes(4_200_000))).length).toBeGreaterThan(sizes[0]!)
  })

  it('never holds more than two chunks, however long the whole is', async () => {
    let asked = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; asked < 400; asked += 1) yield new Uint8Array(chunk)
    }
    let opening = 0
    for await (const part of openBackup(keys, sealBackup(keys.publicKey, endless()))) {
      if (part.length > 0) opening += 1
      expect(asked - opening).toBeLessThanOrEqual(2)
    }
    expect(opening).toBeGreaterThanOrEqual(400)
  })

  it('shows nothing of its content, and is another each time', async () => {
    const content = Buffer.from('kanari the night sister signs alone '.repeat(100))
    const [one, other] = [await sealed(content), await sealed(content)]
    expect(one.includes('kanari')).toBe(false)
    expect(one.equals(other)).toBe(false)
  })
})

describe('a backup that somebody changed', () => {
  it('is refused wherever a bit was flipped', async () => {
    const file = await sealed(bytes(3 * chunk))
    const head = 200
    const places = fc.oneof(fc.integer({ min: 0, max: head }), fc.integer({ min: 0, max: file.length - 1 }))
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const changed = Buffer.from(file)
        changed[at]! ^= 1 << bit
        expect(await faultOf(changed)).toMatch(/^(damaged|not_a_backup|unknown_suite|wrong_key)$/)
      }),
      { numRuns: 40 },
    )
  })

  it('is refused as cut off wherever it ends early, between chunks too', async () => {
    const file = await sealed(bytes(3 * chunk))
    const first = file.length - 64 * (chunk + 17)
    for (const end of [first - 1, first, first + 1, first + chunk + 17, file.length - chunk - 17, file.length - 1])
      expect(await faultOf(file.subarray(0, end))).toBe('truncated')
    for (const end of [0, 5]) expect(await faultOf(file.subarray(0, end))).toBe('not_a_backup')
  })

  it('is refused where chunks changed places, are missing, come twice or from another backup', async () => {
    const [file, other] = [await sealed(bytes(3 * chunk)), await sealed(bytes(3 * chunk))]
    const size = chunk + 17
    const first = file.length - 64 * size
    const parts = (from: Buffer) => Array.from({ length: 64 }, (_, at) => from.subarray(first + at * size, first + (at + 1) * size))
    const [own, foreign] = [parts(file), parts(other)]
    const head = file.subarray(0, first)
    const arrangements = [
      [own[1]!, own[0]!, ...own.slice(2)],
      own.slice(1),
      [own[0]!, own[0]!, ...own.slice(1)],
      [foreign[0]!, ...own.slice(1)],
      [...own.slice(0, 63), foreign[63]!],
    ]
    for (const arrangement of arrangements) expect(await faultOf(Buffer.concat([head, ...arrangement]))).toBe('damaged')
    expect(await faultOf(Buffer.concat([file, Buffer.of(0)]))).toBe('damaged')
  })

  it('is told from one for another key, from one of a later kind and from another file', async () => {
    const file = await sealed(bytes(10))
    expect(await faultOf(file, createBackupKeys())).toBe('wrong_key')
    const later = Buffer.from(file)
    later['forthright backup\n'.length] = 2
    expect(await faultOf(later)).toBe('unknown_suite')
    expect(await faultOf(Buffer.from('PK\u0003\u0004 a zip of something else'))).toBe('not_a_backup')
  })
})

describe('the key of a backup', () => {
  it('is read back from paper: six rows of four groups, typed in any manner', () => {
    const rows = writeBackupPrivateKey(keys)
    expect(rows.map((row) => row.length)).toEqual([4, 4, 4, 4, 4, 4])
    const typed = rows.map((row, at) => `${at + 1}. ${row.join(' ').toLowerCase()}`).join('\n')
    const reading = readBackupPrivateKey(typed)
    if (!reading.ok) throw new Error('not read')
    expect(Buffer.from(reading.keys.privateKey.reveal()).equals(keys.privateKey.reveal())).toBe(true)
    expect(backupKeyName(reading.keys.publicKey)).toBe(backupKeyName(keys.publicKey))
    expect(backupKeyName(keys.publicKey)).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  })

  it('names the group with a typing error', () => {
    const rows = writeBackupPrivateKey(keys).flat()
    rows[6] = rows[6]!.replace(/^./, (symbol) => (symbol === 'Z' ? 'Y' : 'Z'))
    expect(readBackupPrivateKey(rows.join(' '))).toEqual({ ok: false, groups: [7] })
  })

  it('has a public half in one word, which is refused with any symbol changed', () => {
    const word = writeBackupPublicKey(keys.publicKey)
    expect(readBackupPublicKey(` ${word}\n`)).toEqual(keys.publicKey)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: word.length - 1 }), fc.constantFrom('A', 'b', '7', '_'), (at, symbol) => {
        fc.pre(word[at] !== symbol)
        expect(readBackupPublicKey(word.slice(0, at) + symbol + word.slice(at + 1))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })
})
