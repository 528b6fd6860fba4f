import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import sodium from 'sodium-native'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import {
  createCompartmentKeys,
  createKeys,
  openItem,
  openJson,
  sealItem,
  sealJson,
  sizeClass,
  type ItemBinding,
  type SealedItem,
} from '../../../src/vault/index.ts'

const reporter = createKeys()
const shared = createCompartmentKeys()
const binding: ItemBinding = {
  concernId: randomUUID(),
  itemId: randomUUID(),
  kind: 'narrative',
  compartmentId: randomUUID(),
  epoch: 1,
  version: 1,
  author: 'reporter',
}
const words = new TextEncoder().encode('The syringe drivers on ward 7 run fast.')
const sealed = sealItem(binding, words, shared.publicKey, reporter)
const open = (row: SealedItem, changes: Partial<ItemBinding> = {}) =>
  openItem({ ...binding, ...changes }, row, shared, reporter.publicKeys.sign)

function flipped(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('what a person wrote', () => {
  test('comes back exactly as it was', () => {
    expect(open(sealed)).toEqual({ genuine: true, content: words })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (content) => {
        expect(open(sealItem(binding, content, shared.publicKey, reporter))).toEqual({ genuine: true, content })
      }),
    )
  })

  const kibibyte = 1024
  const borders = [1, 4, 16, 64, 128, 256, 512, 768].map((size) => size * kibibyte)

  test.each([0, 1, ...borders.flatMap((border) => [border - 2, border - 1, border, border + 1])])('%i bytes come back whole', (length) => {
    for (const content of [systemRandom.bytes(length), new Uint8Array(length).fill(0x80), new Uint8Array(length)]) {
      const opened = open(sealItem(binding, content, shared.publicKey, reporter))
      expect(opened.genuine && Buffer.from(opened.content).equals(content)).toBe(true)
    }
  })

  test('shows its length only in classes: 1, 4, 16, 64, 128 KiB, then multiples of 256 KiB', () => {
    expect(borders.map((border) => sizeClass(border - 1))).toEqual(borders)
    expect(borders.slice(0, -1).map((border) => sizeClass(border))).toEqual(borders.slice(1))
    const overhead = 1 + 32 + 24 + 16
    for (const length of [0, 1, 500, 1023, 1024, 20_000, 131_071, 131_072, 300_000])
      expect(sealItem(binding, new Uint8Array(length), shared.publicKey, reporter).ciphertext).toHaveLength(sizeClass(length) + overhead)
  })

  test('never seals twice to the same bytes', () => {
    const again = sealItem(binding, words, shared.publicKey, reporter)
    expect(again.itemKey).not.toEqual(sealed.itemKey)
    expect(again.ciphertext).not.toEqual(sealed.ciphertext)
  })

  test('lies in the row without one of its words, every part marked with suite 1', () => {
    for (const part of Object.values(sealed)) {
      expect(part[0]).toBe(1)
      expect(Buffer.from(part).includes('syringe')).toBe(false)
    }
  })

  test('is sealed from and opened out of the middle of a larger buffer, as drivers hand them over', () => {
    const inside = (bytes: Uint8Array) => Buffer.concat([Buffer.alloc(3, 9), bytes, Buffer.alloc(5, 9)]).subarray(3, 3 + bytes.length)
    const row = sealItem(binding, inside(words), inside(shared.publicKey), reporter)
    const opened = openItem(
      binding,
      { itemKey: inside(row.itemKey), ciphertext: inside(row.ciphertext), signature: inside(row.signature) },
      shared,
      inside(reporter.publicKeys.sign),
    )
    expect(opened).toEqual({ genuine: true, content: words })
  })
})

describe('a writer to the database', () => {
  test('who flips any one bit gets "not genuine", not an error and not the text', () => {
    for (const part of ['itemKey', 'signature'] as const)
      for (let bit = 0; bit < sealed[part].length * 8; bit += 1)
        expect(open({ ...sealed, [part]: flipped(sealed[part], bit) })).toEqual({ genuine: false })
    for (let byte = 0; byte < sealed.ciphertext.length; byte += 1)
      expect(open({ ...sealed, ciphertext: flipped(sealed.ciphertext, byte * 8 + (byte % 8)) })).toEqual({ genuine: false })
  })

  test('who cuts, lengthens, empties or replaces a column gets "not genuine"', () => {
    for (const part of ['itemKey', 'ciphertext', 'signature'] as const) {
      const column = sealed[part]
      const others = [
        column.slice(0, -1),
        column.slice(1),
        new Uint8Array(0),
        Uint8Array.of(1),
        new Uint8Array([...column, 0]),
        systemRandom.bytes(200),
      ]
      for (const other of others) expect(open({ ...sealed, [part]: new Uint8Array(other) })).toEqual({ genuine: false })
    }
  })

  test.each<Partial<ItemBinding>>([
    { concernId: randomUUID() },
    { itemId: randomUUID() },
    { kind: 'message' },
    { compartmentId: randomUUID() },
    { epoch: 2 },
    { version: 2 },
    { author: randomUUID() },
    { concernId: binding.itemId, itemId: binding.concernId },
    { concernId: binding.concernId + binding.itemId, itemId: '' },
    { kind: 'narrativ', compartmentId: `e${binding.compartmentId}` },
    { epoch: 11, version: 1 },
  ])('who moves an item to %o gets "not genuine"', (changes) => {
    expect(open(sealed, changes)).toEqual({ genuine: false })
  })

  test('who gives one item the key, the text or the signature of another gets "not genuine"', () => {
    const other = sealItem(binding, words, shared.publicKey, reporter)
    for (const part of ['itemKey', 'ciphertext', 'signature'] as const) {
      expect(open({ ...sealed, [part]: other[part] })).toEqual({ genuine: false })
      expect(open({ ...other, [part]: sealed[part] })).toEqual({ genuine: false })
    }
  })

  test('who writes an item of their own cannot pass it off as another’s', () => {
    const forged = sealItem(binding, words, shared.publicKey, createKeys())
    expect(open(forged)).toEqual({ genuine: false })
  })

  test('who breaks the author’s key gets "not genuine", not an error', () => {
    for (const key of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(32), new Uint8Array(33), createKeys().publicKeys.sign])
      expect(openItem(binding, sealed, shared, key)).toEqual({ genuine: false })
  })

  test('who holds the wrong compartment opens nothing', () => {
    expect(openItem(binding, sealed, createCompartmentKeys(), reporter.publicKeys.sign)).toEqual({ genuine: false })
  })
})

test('a later epoch re-seals the item key, and what the reporter signed stays genuine without asking the reporter', () => {
  const next = createCompartmentKeys()
  const itemKey = Buffer.alloc(32)
  const own = Buffer.from(shared.privateKey.reveal())
  expect(sodium.crypto_box_seal_open(itemKey, Buffer.from(sealed.itemKey).subarray(1), Buffer.from(shared.publicKey), own)).toBe(true)
  const box = Buffer.alloc(32 + 48)
  sodium.crypto_box_seal(box, itemKey, Buffer.from(next.publicKey))
  const row = { ...sealed, itemKey: new Uint8Array([1, ...box]) }
  expect(openItem(binding, row, next, reporter.publicKeys.sign)).toEqual({ genuine: true, content: words })
})

describe('plain data', () => {
  const openData = (row: SealedItem) => openJson(binding, row, shared, reporter.publicKeys.sign)

  test('comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(openData(sealJson(binding, value, shared.publicKey, reporter))).toEqual({ genuine: true, content: plain })
      }),
    )
  })

  test('that is signed but is no JSON is not genuine', () => {
    for (const bytes of [words, new Uint8Array(0), Uint8Array.of(0x22, 0xff, 0x22)])
      expect(openData(sealItem(binding, bytes, shared.publicKey, reporter))).toEqual({ genuine: false })
  })

  test('that has no JSON is refused before anything is sealed', () => {
    expect(() => sealJson(binding, undefined, shared.publicKey, reporter)).toThrow(TypeError)
    expect(() => sealItem({ ...binding, epoch: 1.5 }, words, shared.publicKey, reporter)).toThrow(TypeError)
  })
})
