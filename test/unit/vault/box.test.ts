import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import { assertStrong, commitmentHolds, commitTo, deriveKey, keyedHash, openUnder, sealUnder, sizeClass } from '../../../src/vault/index.ts'
import { pad, unpad } from '../../../src/vault/padding.ts'

const key = systemRandom.bytes(32)
const content = new TextEncoder().encode('JBSWY3DPEHPK3PXP')

describe('what is sealed under a server or cookie key', () => {
  test('comes back exactly as it was, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.string(), fc.boolean(), (bytes, context, padded) => {
        expect(openUnder(key, context, sealUnder(key, context, bytes, { padded }))).toEqual(bytes)
      }),
    )
  })

  test('never looks the same twice, under the same key, context and content', () => {
    const seals = Array.from({ length: 1_000 }, () => Buffer.from(sealUnder(key, 'draft', content)).toString('hex', 2))
    expect(new Set(seals.map((seal) => seal.slice(0, 48))).size).toBe(1_000) // the nonce
    expect(new Set(seals.map((seal) => seal.slice(48))).size).toBe(1_000)
  })

  test('opens under no other key and in no other context', () => {
    const sealed = sealUnder(key, 'totp seed|ann', content)
    expect(openUnder(systemRandom.bytes(32), 'totp seed|ann', sealed)).toBeNull()
    expect(openUnder(key, 'totp seed|bob', sealed)).toBeNull()
    expect(openUnder(key, '', sealed)).toBeNull()
  })

  test('with any bit flipped, cut short or lengthened does not open', () => {
    for (const padded of [false, true]) {
      const sealed = sealUnder(key, 'draft', content, { padded })
      for (let byte = 0; byte < sealed.length; byte += 1)
        for (const bit of byte < 60 ? [0, 1, 2, 3, 4, 5, 6, 7] : [byte % 8])
          expect(openUnder(key, 'draft', sealed.with(byte, sealed[byte]! ^ (1 << bit)))).toBeNull()
      for (const other of [new Uint8Array(0), Uint8Array.of(1), Uint8Array.of(1, 0), sealed.slice(0, -1), new Uint8Array([...sealed, 0])])
        expect(openUnder(key, 'draft', other)).toBeNull()
    }
  })

  test('hides its length when it is padded', () => {
    const lengthOf = (length: number) => sealUnder(key, 'draft', new Uint8Array(length), { padded: true }).length
    expect(lengthOf(0)).toBe(lengthOf(1_000))
    expect(lengthOf(20_000) - lengthOf(0)).toBe(sizeClass(20_000) - sizeClass(0))
  })

  test('needs a key of 32 bytes', () => {
    for (const length of [0, 16, 31, 33]) {
      expect(() => sealUnder(new Uint8Array(length), 'draft', content)).toThrow(RangeError)
      expect(() => openUnder(new Uint8Array(length), 'draft', content)).toThrow(RangeError)
    }
  })
})

describe('padding', () => {
  test('takes off what it put on, and nothing that it did not', () => {
    expect(unpad(pad(content))).toEqual(content)
    const padded = pad(new Uint8Array(2_000))
    for (const other of [
      new Uint8Array(0),
      new Uint8Array(1024),
      padded.slice(0, 2048),
      padded.slice(0, -1),
      padded.with(4095, 1),
      padded.with(2000, 0),
    ])
      expect(unpad(other)).toBeNull()
    expect(unpad(new Uint8Array(4096).with(5, 0x80))).toBeNull() // five bytes belong in 1 KiB
  })
})

describe('keys and hashes for a purpose', () => {
  test('differ by purpose, secret, salt and value, and are the same every time', () => {
    const salt = systemRandom.bytes(16)
    const keys = [
      deriveKey(key, salt, 'receipt'),
      deriveKey(key, salt, 'draft'),
      deriveKey(key, systemRandom.bytes(16), 'receipt'),
      deriveKey(systemRandom.bytes(32), salt, 'receipt'),
      keyedHash(key, 'receipt', salt),
      keyedHash(key, 'draft', salt),
      keyedHash(key, 'receip', new Uint8Array([0x74, ...salt])),
    ]
    expect(new Set(keys.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(keys.length)
    expect(keys.every((bytes) => bytes.length === 32)).toBe(true)
    expect(deriveKey(key, salt, 'receipt')).toEqual(keys[0])
    expect(deriveKey(key, salt, 'receipt', 64)).toHaveLength(64)
  })

  test('hash text as its UTF-8 bytes', () => {
    expect(keyedHash(key, 'receipt', 'café')).toEqual(keyedHash(key, 'receipt', new TextEncoder().encode('café')))
  })
})

describe('a commitment', () => {
  const { salt, commitment } = commitTo(systemRandom, content)

  test('holds for the content and salt it was made with', () => {
    expect(commitmentHolds(salt, content, commitment)).toBe(true)
    expect(salt).toHaveLength(32)
  })

  test('holds for no other content, salt or commitment', () => {
    for (let byte = 0; byte < 32; byte += 1) {
      expect(commitmentHolds(salt.with(byte, salt[byte]! ^ 1), content, commitment)).toBe(false)
      expect(commitmentHolds(salt, content, commitment.with(byte, commitment[byte]! ^ 1))).toBe(false)
    }
    expect(commitmentHolds(salt, content.slice(1), commitment)).toBe(false)
    expect(commitmentHolds(new Uint8Array([...salt, content[0]!]), content.slice(1), commitment)).toBe(false)
    expect(commitmentHolds(salt, content, new Uint8Array(0))).toBe(false)
  })

  test('to the same content twice shows nothing of it', () => {
    expect(commitTo(systemRandom, content).commitment).not.toEqual(commitment)
  })
})

describe('a server key at start', () => {
  test('that is random is accepted', () => {
    for (let drawn = 0; drawn < 5_000; drawn += 1) assertStrong(systemRandom.bytes(32), 'PEPPER')
    assertStrong(systemRandom.bytes(64), 'PEPPER')
  })

  const half = systemRandom.bytes(16)
  test.each([
    ['no bytes', new Uint8Array(0)],
    ['31 random bytes', systemRandom.bytes(31)],
    ['zeros', new Uint8Array(32)],
    ['one byte again and again', new Uint8Array(64).fill(0xa7)],
    ['a repeated half', new Uint8Array([...half, ...half])],
    ['sixteen values in any order', systemRandom.bytes(64).map((byte) => (byte & 15) * 17)],
    ['counting', Uint8Array.from({ length: 32 }, (_, at) => at + 128)],
    ['counting down in threes', Uint8Array.from({ length: 32 }, (_, at) => 250 - 3 * at)],
    ['words', new TextEncoder().encode('change-me before the first patient arrives')],
    ['hexadecimal that nobody decoded', Buffer.from(Buffer.from(systemRandom.bytes(32)).toString('hex'))],
  ])('that is %s is refused by name, without its value', (_, weak) => {
    expect(() => assertStrong(weak, 'PEPPER')).toThrow(/^PEPPER is too weak: [a-z0-9 ,]+$/)
  })
})
